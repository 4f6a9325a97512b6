"""A draft of what the report may say of a session, on a page: its notes by theme, its recommendations, who took the floor.

It is made from a record, so it names nobody whom the record does not. It is for somebody to go on writing, and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from companion.core.procedure import NoteKind
from companion.record.model import Record
from companion.record.model_documents import Note, Notes, PolledOn, Recommendation
from companion.record.model_people import Who
from companion.record.words import Words
from companion.wording import _

THEMES: Final[tuple[tuple[str, tuple[NoteKind, ...]], ...]] = (
    (_("Key points"), (NoteKind.KEY_POINT,)),
    (_("Trends"), (NoteKind.TREND,)),
    (_("Good practices"), (NoteKind.GOOD_PRACTICE,)),
    (_("Lessons learnt"), (NoteKind.LESSON_LEARNED,)),
    (_("Challenges"), (NoteKind.CHALLENGE,)),
    (_("Gaps"), (NoteKind.GAP,)),
    (_("Questions and answers"), (NoteKind.QUESTION, NoteKind.ANSWER)),
    (_("Quotations"), (NoteKind.QUOTATION,)),
    (_("Ideas for recommendations"), (NoteKind.RECOMMENDATION_IDEA,)),
    (_("Actions"), (NoteKind.ACTION,)),
    (_("Procedure"), (NoteKind.PROCEDURAL,)),
)
"""The themes of a report, in its order: what was found, then what is to follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something to be said: a text, what stands behind it in brackets, and lines that belong to it."""

    text: str
    aside: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A theme and its points."""

    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The draft in the reader's language; `facts` are names and values, `scope` says which notes are in it."""

    language: str
    direction: str
    title: str
    facts: tuple[tuple[str, str], ...]
    scope: str
    sections: tuple[Section, ...]
    as_of: datetime


def draft(record: Record, language: str) -> Draft:
    """Return the draft of a session."""
    words = Words(record, language)
    for_everybody = record.notes_shown is Notes.RELEASED
    scope = _("With released notes only.") if for_everybody else _("For staff: with notes that are not released.")
    return Draft(
        language=language,
        direction=words.direction,
        title=f"{record.session.number}. {record.session.title}" if record.session.number else record.session.title,
        facts=tuple((name, value) for name, value in _facts(record, words) if value),
        scope=words.gettext(scope),
        sections=tuple(section for section in _sections(record, words) if section.points),
        as_of=record.as_of,
    )


def _facts(record: Record, words: Words) -> Iterator[tuple[str, str]]:
    gettext, session = words.gettext, record.session
    yield gettext("Workshop"), words.workshop_title
    yield gettext("Date"), words.day(session.started_at or session.scheduled_start)
    yield gettext("Place"), record.workshop.room
    yield gettext("Panel"), "; ".join(dict.fromkeys(_briefly(who) for who in _panel(record)))
    yield gettext("Attribution"), words.label(session.attribution_mode)


def _sections(record: Record, words: Words) -> Iterator[Section]:
    for title, kinds in THEMES:
        points = tuple(_point(note, words) for note in record.notes if note.kind in kinds and note.text)
        yield Section(title=words.gettext(title), points=points)
    recommended = tuple(_recommended(each, record, words) for each in record.recommendations)
    yield Section(title=words.gettext("Recommendations"), points=recommended)
    yield Section(title=words.gettext("Took the floor"), points=tuple(_speakers(record, words)))


def _point(note: Note, words: Words) -> Point:
    labels = (words.whose(note), "" if note.released else words.gettext("not released"))
    return Point(text=note.text, aside="; ".join(label for label in labels if label))


def _recommended(recommendation: Recommendation, record: Record, words: Words) -> Point:
    current = recommendation.versions[-1]
    named = ", ".join(part for part in (recommendation.symbol, current.title) if part)
    return Point(
        text=f"{named}: {current.text}" if named else current.text,
        aside=words.label(recommendation.status),
        lines=tuple(_polled(each, record, words) for each in recommendation.polls),
    )


def _polled(polled: PolledOn, record: Record, words: Words) -> str:
    poll = next(each for each in record.polls if each.id == polled.poll)
    counts = words.gettext("The numbers are not public yet.")
    if poll.total is not None:
        counts = ", ".join(f"{words.option(option)} {poll.total[option.id]}" for option in poll.options)
    title = words.gettext("Indicative poll on version {number}").format(number=polled.version)
    return f"{title}: {'; '.join(part for part in (counts, words.answered(poll), polled.outcome) if part)}"


def _speakers(record: Record, words: Words) -> Iterator[Point]:
    """Yield, as one point, each who was heard, once; where nobody may be told from the others, nothing."""
    times: dict[str, int] = {}
    for held in record.interventions:
        if held.void or not words.is_shown(held.who):
            continue
        behalf = f" ({words.gettext('on behalf of')} {held.on_behalf_of})" if held.on_behalf_of else ""
        said = f"{_briefly(held.who)}{behalf}"
        times[said] = times.get(said, 0) + 1
    if times:
        yield Point(
            text="; ".join(f"{said} (×\u00a0{number})" if number > 1 else said for said, number in times.items())
        )


def _briefly(who: Who) -> str:
    return ", ".join(dict.fromkeys(part for part in (who.name, who.organisation) if part))


def _panel(record: Record) -> Iterator[Who]:
    everybody = (*(each.who for each in record.interventions), *(each.who for each in record.requests))
    return (who for who in everybody if who.panellist and (who.name is not None or who.organisation is not None))
