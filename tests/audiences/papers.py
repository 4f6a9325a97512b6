"""Random taps of those who write, propose, ask and answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from companion.core import commands as c
from companion.core.edits import difference
from companion.core.ids import UNSET
from companion.core.procedure import (
    BallotKind,
    NoteAttribution,
    NoteKind,
    PollStatus,
    PollUnit,
    PositionKind,
    Preset,
    Reasons,
    RecommendationStatus,
    Results,
    RoomAnswers,
)

if TYPE_CHECKING:
    from tests.audiences.walk import Walk


def _note(walk: Walk) -> str:
    return walk.any_of(each.id for each in walk.session.notes.values() if not each.removed)


def _place(walk: Walk) -> Any:  # noqa: ANN401 (a note, first, or last)
    return walk.random.choice([UNSET, None, _note(walk)])


def _version(walk: Walk, note: str) -> int:
    known = walk.session.notes.get(note)
    return known.version if known and walk.random.random() < 0.9 else 1


def _add(walk: Walk) -> c.Command:
    return c.AddNote(
        kind=walk.random.choice([*NoteKind]),
        text=walk.text("NOTE"),
        intervention=walk.maybe(walk.any_of(walk.session.interventions)),
        group=walk.maybe("states"),
        attribution=walk.random.choice([*NoteAttribution]),
        after=_place(walk),
    )


def _write(walk: Walk) -> c.Command:
    note = _note(walk)
    return c.WriteNote(note=note, text=walk.text("NOTE"), expect=_version(walk, note))


def _type(walk: Walk) -> c.Command:
    note = _note(walk)
    known = walk.session.notes.get(note)
    edit = walk.maybe(difference(known.text if known else "", walk.text("NOTE")))
    return c.TypeNote(note=note, update="AAA=", client=7, clock=1, edit=edit)


def _mark(walk: Walk) -> c.Command:
    said: dict[str, Any] = {
        "kind": walk.random.choice([*NoteKind]),
        "attribution": walk.random.choice([*NoteAttribution]),
        "intervention": walk.maybe(walk.any_of(walk.session.interventions)),
        "group": walk.maybe("civil_society"),
    }
    name = walk.random.choice([*said])
    return c.MarkNote(note=_note(walk), **{name: said[name]})


def _recommendation(walk: Walk) -> tuple[str, int]:
    recommendation = walk.any_of(walk.session.recommendations)
    known = walk.session.recommendations.get(recommendation)
    return recommendation, known.current.number if known else 1


def _propose(walk: Walk) -> c.Command:
    return c.ProposeRecommendation(
        text=walk.text("RECOMMENDED"), note=walk.maybe(_note(walk)), group=walk.maybe("states"), addressees=("States",)
    )


def _revise(walk: Walk) -> c.Command:
    recommendation, version = _recommendation(walk)
    return c.ReviseRecommendation(recommendation=recommendation, text=walk.text("RECOMMENDED"), expect=version)


def _amend(walk: Walk) -> c.Command:
    recommendation, version = _recommendation(walk)
    return c.AmendRecommendation(
        recommendation=recommendation, text=walk.text("AMENDED"), version=walk.maybe(walk.random.randint(1, version))
    )


def _amendment(walk: Walk) -> tuple[str, str, int]:
    """Return an amendment, its recommendation, and the version that stands of that."""
    found = walk.session.amendments.get(walk.any_of(walk.session.amendments))
    if found is None:
        return "nothing", *_recommendation(walk)
    return found.id, found.recommendation, walk.session.recommendations[found.recommendation].current.number


def _take_in(walk: Walk) -> c.Command:
    amendment, recommendation, version = _amendment(walk)
    return c.ReviseRecommendation(
        recommendation=recommendation, text=walk.text("RECOMMENDED"), expect=version, amendment=amendment
    )


def _set_aside(walk: Walk) -> c.Command:
    amendment, recommendation, _ = _amendment(walk)
    aside = walk.random.random() < 0.7
    return c.SetAsideAmendment(recommendation=recommendation, amendment=amendment, set_aside=aside)


def _take_position(walk: Walk) -> c.Command:
    recommendation, _ = _recommendation(walk)
    position = walk.maybe(walk.random.choice([*PositionKind]))
    return c.TakePosition(
        recommendation=recommendation, position=position, text=walk.text("POSITION") if position else None
    )


def _set_status(walk: Walk) -> c.Command:
    recommendation, version = _recommendation(walk)
    status = walk.random.choice([*RecommendationStatus])
    return c.SetRecommendationStatus(recommendation=recommendation, status=status, expect=version)


def _bring(walk: Walk) -> c.Command:
    brought = c.Brought(
        symbol="R9",
        title="",
        text=walk.text("RECOMMENDED"),
        addressees=(),
        group=None,
        status=RecommendationStatus.PROPOSED,
    )
    source = c.Source(session="panel-0", recommendation=walk.text("brought"), version=2)
    return c.BringRecommendation(source=source, brought=brought)


def _terms(walk: Walk, word: str) -> dict[str, Any]:
    return {
        "question": walk.text(word),
        "preset": Preset.CONSENSUS_SCALE,
        "ballot": BallotKind.RECORDED,
        "unit": walk.random.choice([*PollUnit]),
        "results": walk.random.choice([*Results]),
        "reasons": walk.random.choice([*Reasons]),
        "room": walk.random.choice([RoomAnswers.BY_APP, *RoomAnswers]),
    }


def _draft(walk: Walk) -> c.Command:
    return c.DraftPoll(**_terms(walk, "DRAFT"))


def _open(walk: Walk) -> c.Command:
    drafts = [each.id for each in walk.session.polls.values() if each.status is PollStatus.DRAFTED]
    recommendation, version = _recommendation(walk)
    match walk.random.randrange(3):
        case 0 if drafts:
            return c.OpenPoll(poll=walk.random.choice(sorted(drafts)))
        case 1:
            on: dict[str, Any] = {"question": "", "recommendation": recommendation, "expect": version}
            return c.OpenPoll(**{**_terms(walk, "ASKED"), **on})
        case _:
            return c.OpenPoll(**_terms(walk, "ASKED"))


def _poll(walk: Walk, *statuses: PollStatus) -> str:
    """Return a poll of one of these statuses; now and then one that there is not."""
    polls = sorted(each.id for each in walk.session.polls.values() if each.status in statuses)
    return walk.random.choice(polls) if polls and walk.random.random() < 0.9 else "nothing"


def _answer(walk: Walk) -> c.Command:
    option = walk.random.choice(["agree", "can_live_with", "stand_aside", "cannot_support"])
    poll = _poll(walk, PollStatus.OPEN)
    asked = poll in walk.session.polls and walk.session.polls[poll].reasons is not Reasons.NEVER
    reason = walk.text("BECAUSE") if walk.random.random() < (0.9 if asked else 0.1) else None
    return c.AnswerPoll(poll=poll, option=option, reason=reason)


def _count(walk: Walk) -> c.Command:
    counts = {"agree": walk.random.randrange(9), "stand_aside": walk.random.randrange(9)}
    return c.CountRoom(poll=_poll(walk, PollStatus.OPEN, PollStatus.CLOSED), counts=counts, present=15)


def _close(walk: Walk) -> c.Command:
    poll = _poll(walk, PollStatus.OPEN)
    return c.ClosePoll(poll=poll, expect=poll)


def _publish(walk: Walk) -> c.Command:
    poll = _poll(walk, PollStatus.CLOSED)
    return c.PublishPoll(poll=poll, expect=poll)


MAKERS: Final[dict[type[c.Command], Callable[[Walk], c.Command]]] = {
    c.AddNote: _add,
    c.WriteNote: _write,
    c.TypeNote: _type,
    c.MarkNote: _mark,
    c.MoveNote: lambda walk: c.MoveNote(note=_note(walk), after=_place(walk)),
    c.RemoveNote: lambda walk: c.RemoveNote(note=_note(walk)),
    c.ReleaseNote: lambda walk: c.ReleaseNote(note=_note(walk), released=walk.random.random() < 0.6),
    c.ProposeRecommendation: _propose,
    c.ReviseRecommendation: lambda walk: _take_in(walk) if walk.random.random() < 0.4 else _revise(walk),
    c.AmendRecommendation: _amend,
    c.SetAsideAmendment: _set_aside,
    c.TakePosition: _take_position,
    c.SetRecommendationStatus: _set_status,
    c.BringRecommendation: _bring,
    c.DraftPoll: _draft,
    c.OpenPoll: _open,
    c.AnswerPoll: _answer,
    c.CountRoom: _count,
    c.ClosePoll: _close,
    c.PublishPoll: _publish,
    c.AskAgain: lambda walk: c.AskAgain(poll=_poll(walk, PollStatus.CLOSED, PollStatus.PUBLISHED)),
    c.SetOutcome: lambda walk: c.SetOutcome(
        poll=_poll(walk, PollStatus.CLOSED, PollStatus.PUBLISHED), text=walk.text("OUTCOME")
    ),
}
OFTEN: Final = (*(c.AnswerPoll,) * 8, c.OpenPoll, c.AddNote)
