"""Who takes part: read from the file that `companion demo --links` writes."""

from pathlib import Path
from typing import Final

import msgspec

from companion.core.people import Role
from companion.intake.form import Poll, RapporteurNote, Recommendation

FEWEST_PARTICIPANTS: Final = 6
_TWO_OF: Final = frozenset({Role.MODERATOR, Role.RAPPORTEUR})
"""One to preside and the alternate; two who write at once."""

_BEHIND_THE_SCENES: Final = (
    Role.MODERATOR,
    Role.SECRETARIAT,
    Role.LIST_OFFICER,
    Role.TECHNICAL_MODERATOR,
    Role.DISPLAY,
    Role.RAPPORTEUR,
    Role.INTERPRETER,
    Role.OBSERVER,
)


class CannotPlay(Exception):  # noqa: N818 (a state of affairs)
    """The panel cannot be played; the message is one sentence."""


class Linked(msgspec.Struct, frozen=True):
    """A person with their way in."""

    id: str
    name: str
    role: Role
    organisation: str
    key: str
    delegation: str = ""


class Listed(msgspec.Struct, frozen=True):
    """A session of the file, with what the workshop file gives to be played in it."""

    id: str
    title: str
    recommendations: tuple[Recommendation, ...] = ()
    rapporteur_notes: tuple[RapporteurNote, ...] = ()
    polls: tuple[Poll, ...] = ()


class Links(msgspec.Struct, frozen=True):
    """The file."""

    base_url: str
    join_code: str
    sessions: tuple[Listed, ...]
    people: tuple[Linked, ...]

    def session(self, id_: str) -> Listed:
        """Return a session of the file; one that it does not name has nothing to play."""
        return next((session for session in self.sessions if session.id == id_), Listed(id=id_, title=""))

    def one(self, role: Role) -> Linked:
        """Return the first person of a role."""
        found = next((person for person in self.people if person.role is role), None)
        if found is None:
            raise CannotPlay(f"nobody in the links file is {role.replace('_', ' ')}")
        return found


def read(path: Path) -> Links:
    """Return what the file says, or raise `CannotPlay`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Links)
    except OSError as error:
        raise CannotPlay(f"{path} cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CannotPlay(f"{path} is not a links file: {error}") from error


def choose(links: Links, people: int) -> list[Linked]:
    """Return who takes part, `people` of them: whoever runs the room, everybody who may be on a panel, participants.

    One of each delegation comes before the second of any. However few are asked for, there are participants enough for all
    that the play has to show.
    """
    crew: list[Linked] = []
    for role in _BEHIND_THE_SCENES:
        theirs = [person for person in links.people if person.role is role]
        crew += theirs[: 2 if role in _TWO_OF else 1]
    panel = [person for person in links.people if person.role is Role.PANELLIST]
    floor = [person for person in links.people if person.role is Role.PARTICIPANT]
    seen = {person.delegation for person in panel}
    first: list[Linked] = []
    others: list[Linked] = []
    for person in floor:
        (others if person.delegation and person.delegation in seen else first).append(person)
        seen.add(person.delegation)
    return [*crew, *panel, *first, *others][: max(people, len(crew) + len(panel) + FEWEST_PARTICIPANTS)]
