"""What is handed out beside the maps: the journal to the secretariat, past interventions to whoever was there."""

from collections.abc import Iterable
from heapq import nsmallest
from typing import Any, Final

import msgspec

from companion.audiences import proceedings
from companion.audiences.polls import NO_MARKS, Marks
from companion.clock import format_time
from companion.core import arrangement as arrangement_
from companion.core import events as e
from companion.core import whose_turn
from companion.core.ids import PollId
from companion.core.note_versions import TextVersion
from companion.core.polling import Poll
from companion.core.procedure import PollStatus, PollUnit
from companion.core.refusals import Refusal, Refused
from companion.core.state import Session

MOST_NAMES: Final = 200
"""Of those who have not answered yet so many are named; of a thousand names nobody reads more."""
TEXT_CHANGES: Final[tuple[type[e.Event], ...]] = (e.NoteAdded, e.NoteTyped, e.NoteWritten)
"""What the versions of a note's text are made of."""
_WITH_PERSON: Final = frozenset({"person.entered", "person.corrected"})


def journal_body(name: str, body: str) -> Any:  # noqa: ANN401 (JSON)
    """Return an event's body for `GET …/events`: without accessibility needs, gender and the reasons of extra time."""
    value = msgspec.json.decode(body)
    if name in _WITH_PERSON:
        value["person"].pop("accessibility_needs", None)
        value["person"].pop("gender", None)
    if name == "list.limit_set":
        value.pop("reason", None)
    return value


def arrangement(session: Session) -> dict[str, Any]:
    """Return the order that the rule of the list suggests to staff: all who wait, and who of them would move."""
    order = whose_turn.arranged(session, keep_moved=False)
    return {
        "rule": session.list.rule,
        "order": order,
        "moved": [request for request, _ in arrangement_.new_ranks(session, order)],
    }


def not_yet_answered(session: Session, id_: PollId, marks: Marks = NO_MARKS) -> dict[str, Any]:
    """Return who of an open poll has not answered: how many, and the first of them by name, with no choices.

    Asked for by staff, and not in any map: with ten thousand who may answer, each answer would write the list anew. Raises
    `Refused`: the poll is not there, or not open.
    """
    poll = session.polls.get(id_)
    if poll is None:
        raise Refused(Refusal.NOT_FOUND)
    if poll.status is not PollStatus.OPEN:
        raise Refused(Refusal.POLL_NOT_OPEN)
    answered = marks.get(id_, poll.answers)
    missing = (unit for unit in poll.members if unit not in answered)
    first = nsmallest(MOST_NAMES, ((_named(poll, unit).casefold(), unit) for unit in missing))
    names = [_unit_value(poll, unit) for _name, unit in first]
    return {"unit": poll.unit, "count": poll.voters - len(answered), "names": names}


def _named(poll: Poll, unit: str) -> str:
    """Return what a unit is called: a delegation as its organisation, as it was when the poll opened."""
    one = poll.known[poll.members[unit][0]]
    return one.name if poll.unit is PollUnit.PERSON else one.organisation or one.name


def _unit_value(poll: Poll, unit: str) -> dict[str, Any]:
    members = poll.members[unit]
    organisation = poll.known[members[0]].organisation if poll.unit is PollUnit.PERSON else ""
    return {"id": unit, "name": _named(poll, unit), "organisation": organisation, "members": len(members)}


def history(session: Session) -> list[dict[str, Any]]:
    """Return the interventions that have ended, oldest first, with who spoke: the same for every reader."""
    return [
        {
            **proceedings.intervention_value(session.interventions[intervention]),
            "person": proceedings.person_value(session.people[session.interventions[intervention].person]),
        }
        for intervention in session.ended
    ]


def note_versions(session: Session, versions: Iterable[TextVersion]) -> list[dict[str, Any]]:
    """Return what a note's text was, oldest first, with who wrote it: for those who get its shared text."""
    return [
        {
            "version": each.version,
            "began_at": format_time(each.began_at),
            "at": format_time(each.at),
            "by": [{"id": person, "name": session.people[person].name} for person in each.by],
            "text": each.text,
        }
        for each in versions
    ]
