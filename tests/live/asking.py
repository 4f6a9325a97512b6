"""People who ask for the floor, one of whom the disk may refuse; and what is seen of it."""

from collections.abc import Mapping
from typing import Any, Final

from companion.audiences.audience import Audience
from companion.audiences.maps import Maps, personal
from companion.core import commands as c
from companion.core.people import Actor, Role
from companion.core.procedure import RequestKind, RequestList
from companion.core.state import Session
from tests.audiences.walk import PEOPLE
from tests.live.house import ANA, MODERATOR, SESSION, House, Sent

ASK: Final = c.RequestFloor(kind=RequestKind.STATEMENT)
PARTICIPANTS: Final = [Actor(person=each.id, role=each.role) for each in PEOPLE if each.role is Role.PARTICIPANT]


def everything(session: Session) -> list[Mapping[str, Any]]:
    """Return all that anybody sees of a session."""
    return [*(Maps(session).of(audience) for audience in Audience), *(personal(session, who) for who in session.people)]


def waiting(house: House) -> list[str]:
    session = house.host.committed
    return [session.requests[request].person for _, request in session.places(RequestList.SPEAKERS)]


def see(house: House) -> str | None:
    return house.host.committed.floor.intervention


def wait_for(all_of_it: list[Sent]) -> None:
    for each in all_of_it:
        each.answer()


KNOWN: Final = ((ANA, Role.PARTICIPANT), (MODERATOR, Role.MODERATOR))


def spoil(house: House, who: Actor, id_: str) -> None:
    """Put an answer there by hand: the command with this id cannot be written."""
    row = (SESSION, who.person, id_, 1, 1, None)
    house.committer.run(lambda db: db.sql.conn.execute("INSERT INTO command VALUES (?, ?, ?, ?, ?, ?)", row))
