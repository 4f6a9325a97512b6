"""A journal read from end to end: the state that it leads to, and what the state does not keep.

Nine in ten entries say what was typed. Of these the record tells the text that they made, so they are folded together and
are no steps of their own: a session of 50,000 entries is read in a tenth of the time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from companion.codec.events import read_recorded
from companion.core import events as e
from companion.core.procedure import SessionStatus
from companion.core.replay import Unfinished, replay
from companion.core.state import Session
from companion.store.journal import Brief, Entry

_LOOKS_AT_TEXTS: Final = e.NoteEvent | e.CommandUndone


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
    """What happened, but for what was typed, which stands in `typed`; the seqs of what was taken back in `undone`.

    `before[i]` is the session just before `happened[i]`. Texts of notes in it may be older than that: what was typed is
    folded in where something looks at it. Its reckoning, and what can be undone of it, are not made; those of `session` are.
    """

    session: Session = field(default_factory=Session)
    happened: list[e.Recorded] = field(default_factory=list)
    typed: list[e.Recorded] = field(default_factory=list)
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
        return max(each[-1].at for each in (self.happened, self.typed) if each)


def read(entries: Iterable[Entry | Brief]) -> History:
    """Return the history of a session; raise `NothingRecorded` without one, `UnknownEvent` for a later version's."""
    history, folded = History(), 0
    unfinished = Unfinished(history.session)
    for entry in entries:
        history.seq, history.chain = entry.seq, entry.chain
        if entry.body is None:
            continue
        recorded = read_recorded(entry)
        if isinstance(recorded.event, e.NoteTyped):
            history.typed.append(recorded)
            continue
        if isinstance(recorded.event, _LOOKS_AT_TEXTS):
            folded = _fold(history, folded)
        _add(history, unfinished, recorded)
    if not history.happened:
        raise NothingRecorded("nothing is recorded of this session")
    _fold(history, folded)
    history.session = unfinished.whole(history.session)
    return history


def _fold(history: History, folded: int) -> int:
    """Bring what was typed since the first `folded` keys into the state; return how many are in it now."""
    if len(history.typed) > folded:
        session = replay(history.typed[folded:], history.session)
        # Other things may have happened since.
        later = max(session, history.session, key=lambda each: each.seq)
        history.session = replace(session, seq=later.seq, at=later.at)
    return len(history.typed)


def _add(history: History, unfinished: Unfinished, recorded: e.Recorded) -> None:
    history.before.append(history.session)
    history.happened.append(recorded)
    history.session = unfinished.evolve(history.session, recorded)
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
