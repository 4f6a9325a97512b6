"""The course of a session, as its record has it: the programme, segments, who presided, what everybody was told."""

from collections.abc import Iterator

from companion.core import events as e
from companion.record.history import History
from companion.record.model import About, Announcement, PresidingPassed, SegmentStretch
from companion.record.naming import Naming


def about(history: History) -> About:
    """Return what the programme says of the session, and how far it has come."""
    programme, course, settings = history.session.programme, history.session.course, history.session.settings
    return About(
        id=programme.session,
        number=programme.number,
        title=programme.title,
        status=course.status,
        scheduled_start=programme.starts_at,
        scheduled_end=programme.ends_at,
        started_at=course.started_at,
        closed_at=course.closed_at,
        attribution_mode=settings.attribution_mode,
        attribution_mode_panellists=settings.attribution_mode_panellists,
    )


def segments(history: History) -> Iterator[SegmentStretch]:
    """Yield the segments that there were."""
    kinds = {segment.id: segment.kind for segment in history.session.programme.segments}
    for span in history.spans:
        yield SegmentStretch(
            segment=span.segment, kind=kinds[span.segment], began_at=span.began_at, ended_at=span.ended_at
        )


def presiding(history: History, naming: Naming) -> Iterator[tuple[int, PresidingPassed]]:
    """Yield how the moderator's place was handed over, each time with the number of its entry."""
    for then, recorded in history.steps():
        if not isinstance(recorded.event, e.PresidingPassed):
            continue
        person, before = then.people[recorded.event.person], then.course.presiding
        yield (
            recorded.seq,
            PresidingPassed(
                at=naming.at(person, recorded.at),
                before=naming.who(before) if before is not None else None,
                who=naming.who(person.id),
                role=person.role,
                by=naming.role(recorded.by, then=then),
                undone=recorded.seq in history.undone,
            ),
        )


def announcements(history: History, naming: Naming) -> Iterator[tuple[int, Announcement]]:
    """Yield what everybody was told, each with the number of its entry."""
    for recorded in history.happened:
        if isinstance(recorded.event, e.Announced) and recorded.event.text:
            yield recorded.seq, Announcement(at=recorded.at, text=naming.text(recorded.event.text))
