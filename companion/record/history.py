"""A journal read from end to end: the state that it leads to, and what the state does not keep."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from companion.codec.events import read_recorded
from companion.core import events as e
from companion.core import session as rules
from companion.core.procedure import SessionStatus
from companion.core.state import Session
from companion.store.journal import Entry


class NothingRecorded(ValueError):  # noqa: N818 (a state of affairs)
    """There is no journal to make a record of."""


@dataclass(slots=True, kw_only=True)
class SegmentSpan:
    """A segment while it lasted. One that was begun by mistake and taken back leaves no span."""

    segment: str
    began_at: datetime
    ended_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Break:
    """A break of the session."""

    since: datetime
    until: datetime | None = None


@dataclass(slots=True)
class History:
    """`before[i]` is the session just before `happened[i]`; `undone` holds the seqs of what was taken back."""

    session: Session = field(default_factory=Session)
    happened: list[e.Recorded] = field(default_factory=list)
    before: list[Session] = field(default_factory=list)
    undone: set[int] = field(default_factory=set)
    spans: list[SegmentSpan] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    seq: int = 0
    chain: str = ""

    def steps(self) -> Iterator[tuple[Session, e.Recorded]]:
        """Yield what happened, in order, each with the session just before it."""
        return zip(self.before, self.happened, strict=True)

    @property
    def as_of(self) -> datetime:
        """Return when the last thing happened."""
        return self.happened[-1].at


def read(entries: Iterable[Entry]) -> History:
    """Return the history of a session; raise `NothingRecorded` without one, `UnknownEvent` for a later version's."""
    history = History()
    for entry in entries:
        history.seq, history.chain = entry.seq, entry.chain
        if entry.body is None:
            continue
        _add(history, read_recorded(entry))
    if not history.happened:
        raise NothingRecorded("nothing is recorded of this session")
    return history


def _add(history: History, recorded: e.Recorded) -> None:
    history.before.append(history.session)
    history.happened.append(recorded)
    history.session = rules.evolve(history.session, recorded)
    if isinstance(recorded.event, e.CommandUndone):
        _mark_undone(history, recorded.event.command)
    _follow_segments(history, recorded.at)
    _follow_breaks(history, recorded.at)


def _mark_undone(history: History, first: int) -> None:
    """Mark what came from the command whose first event is `first`; where the list kept itself in order, that stands."""
    known = [recorded for recorded in history.happened if recorded.seq >= first]
    maker = (known[0].by, known[0].command)
    history.undone.update(
        recorded.seq
        for recorded in known
        if (recorded.by, recorded.command) == maker
        and not (isinstance(recorded.event, e.ListArranged) and recorded.event.automatic)
    )


def _follow_segments(history: History, at: datetime) -> None:
    course, spans = history.session.course, history.spans
    if course.segment is None or course.segment_started_at is None:
        return
    same = next((s for s in spans if (s.segment, s.began_at) == (course.segment, course.segment_started_at)), None)
    if same is None:
        _end_last(spans, at)
        spans.append(SegmentSpan(segment=course.segment, began_at=course.segment_started_at))
    else:
        del spans[spans.index(same) + 1 :]
        same.ended_at = None
    if course.status.is_over:
        spans[-1].ended_at = course.closed_at


def _end_last(spans: list[SegmentSpan], at: datetime) -> None:
    if spans:
        spans[-1].ended_at = at


def _follow_breaks(history: History, at: datetime) -> None:
    suspended = history.session.course.status is SessionStatus.SUSPENDED
    lasts = bool(history.breaks) and history.breaks[-1].until is None
    if suspended and not lasts:
        history.breaks.append(Break(since=at))
    elif lasts and not suspended:
        history.breaks[-1].until = at
