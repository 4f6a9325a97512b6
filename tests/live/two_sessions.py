"""A house with two sessions."""

from dataclasses import replace
from typing import Final

from companion.core import commands as c
from companion.core.people import Actor, Role
from companion.live.host import Host
from companion.store import directory
from companion.store.directory import SessionRow
from tests.audiences.walk import PEOPLE, PREPARED
from tests.live.conftest import Start
from tests.live.house import MODERATOR, NOBODY, House

RAPPORTEUR: Final = Actor(person=next(each.id for each in PEOPLE if each.role is Role.RAPPORTEUR), role=Role.RAPPORTEUR)
OTHER: Final = "panel-2"
RECOMMENDED: Final = c.ProposeRecommendation(
    recommendation="recommended", symbol="R8", title="A calendar", text="Should agree", addressees=("States",)
)


def with_another(start: Start) -> House:
    """Return a house with a second session, in which a recommendation has two versions."""
    house = start()
    other = SessionRow(id=OTHER, workshop="workshop", number="2", title="The second panel")
    house.committer.run(lambda db: directory.add_session(db, other))
    host = Host(
        OTHER,
        engine=house.engine,
        clock=house.clock,
        committer=house.committer,
        announcer=house.listener,
        epoch="preparing",
        ring_patches=1,
    )
    prepared = replace(PREPARED, session=OTHER)
    host.command(NOBODY, "prepare-session", prepared)
    host.command(MODERATOR, "start-session", c.StartSession())
    host.command(RAPPORTEUR, "propose-one", RECOMMENDED)
    revise = c.ReviseRecommendation(recommendation="recommended", text="Should soon agree", expect=1)
    host.command(RAPPORTEUR, "revise-one", revise)
    return start()
