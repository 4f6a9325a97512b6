"""What a reader of a session may find by searching, and by which words.

Whoever writes finds all notes, everybody else those that were released. Of people the search tells what the record may, not
what the screens do while somebody speaks: a name that the record withholds leads to nothing, and does not stand in a text
that is found. What is found under no name has no identifier either where the screens would lead from it to one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from companion.audiences import attribution, recommendations, texts
from companion.audiences.audience import Audience
from companion.audiences.proceedings import intervention_value
from companion.audiences.views import ABSENT
from companion.clock import format_time
from companion.core.people import Person
from companion.core.procedure import NoteAttribution, RequestStatus
from companion.core.state import Ref, Session
from companion.folding import words_in, words_of

FINDS_ALL: Final = frozenset({Audience.STAFF, Audience.TECHNICAL})
"""The audiences that read notes before they are released, and people by their names in every mode."""
_HANDED_IN: Final = frozenset(
    {RequestStatus.WAITING, RequestStatus.HELD, RequestStatus.SPEAKING, RequestStatus.DELIVERED, RequestStatus.WRITTEN}
)
_TYPED: Final = frozenset({"on_behalf_of", "topic", "title", "text"})
"""The texts in which somebody may have typed a name."""


class Sort(StrEnum):
    """What is found; a statement is one that was handed in."""

    NOTE = "note"
    INTERVENTION = "intervention"
    STATEMENT = "statement"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """Something that can be found by its `texts`, which are by field.

    `id` is the one that the reader's map has, None where it would tell more than the reader may know. `at` is as on the wire.
    """

    of: Sort
    id: str | None
    kind: str
    at: str | None
    texts: Mapping[str, str]
    intervention: str | None = None
    group: str | None = None
    attribution: NoteAttribution | None = None
    released: bool | None = None


def addresses(session: Session) -> Iterator[Ref]:
    """Yield the addresses of all that somebody may find."""
    yield from (Ref("note", note) for _, note in session.note_places)
    current = (session.floor.intervention, session.floor.interrupted)
    yield from (Ref("intervention", each) for each in (*session.ended, *current) if each is not None)
    yield from (Ref("request", each.id) for each in session.requests.values() if _is_statement(each.status, each.text))
    yield from (Ref("recommendation", each) for each in session.recommendations)


def made_of(session: Session, ref: Ref) -> tuple[object, ...]:
    """Return what the findable at `ref` is made of: the same objects make the same."""
    always = (session.settings, session.programme)
    match ref.noun:
        case "note":
            note = session.notes[ref.id]
            return (*always, note, *(_speaker_of(session, note.intervention) if note.intervention else ()))
        case "intervention":
            return (*always, session.interventions[ref.id], *_speaker_of(session, ref.id))
        case "request":
            request = session.requests[ref.id]
            return (*always, request, *_known(session, request.person))
        case _:
            recommendation = session.recommendations[ref.id]
            offered = recommendation.offered and recommendation.by
            return (*always, recommendation, *(_known(session, offered) if offered else ()))


def findable(session: Session, ref: Ref, *, finds_all: bool) -> Findable | None:
    """Return what a reader may find at `ref`, or None: names in what people typed still have to be taken out."""
    match ref.noun:
        case "note":
            found = _note(session, ref.id, finds_all=finds_all)
        case "intervention":
            found = _intervention(session, ref.id, finds_all=finds_all)
        case "request":
            found = _statement(session, ref.id, finds_all=finds_all)
        case _:
            found = _recommendation(session, ref.id)
    return found if found is not None and any(found.texts.values()) else None


class Withheld:
    """The names that a reader may not find, also where accents, vowel marks or spaces are written otherwise."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self._folded = [(name.casefold(), name) for name in names]
        self._by_first: dict[str, list[list[str]]] = {}
        for words in filter(None, map(words_of, names)):
            self._by_first.setdefault(words[0], []).append(words)

    def stands_in(self, found: Findable) -> bool:
        """Say whether one of the names may stand in a text, so that it has to be looked at again."""
        typed = [found.texts[field] for field in _TYPED & found.texts.keys()]
        return any(self._by_first.keys() & words_of(text) or self._plain(text) for text in typed)

    def without(self, found: Findable) -> Findable:
        """Return what may be found, without the names."""
        if not self.names:
            return found
        cut = {field: self._cut(text) if field in _TYPED else text for field, text in found.texts.items()}
        return replace(found, texts=cut)

    def _cut(self, text: str) -> str:
        # Word by word first: letter by letter, part of a longer name in other letters would be left.
        text = self._cut_words(text)
        return attribution.withhold(text, self._plain(text))

    def _cut_words(self, text: str) -> str:
        if not self._by_first.keys() & words_of(text):
            return text
        words, kept, done = words_in(text), "", 0
        folded = [word.folded for word in words]
        for at, word in enumerate(words):
            length = self._longest(folded, at)
            if length and word.start >= done:
                kept += text[done : word.start] + attribution.WITHHELD
                done = words[at + length - 1].end
        return kept + text[done:]

    def _plain(self, text: str) -> list[str]:
        """Return the names that stand in `text` letter by letter, perhaps inside a word."""
        folded = text.casefold()
        return [name for each, name in self._folded if each in folded]

    def _longest(self, folded: Sequence[str], at: int) -> int:
        """Return how many words from `at` on are a name, 0 if they are none."""
        names = self._by_first.get(folded[at], ())
        return max((len(name) for name in names if [*folded[at : at + len(name)]] == name), default=0)


def _is_statement(status: RequestStatus, text: str | None) -> bool:
    return status is RequestStatus.WRITTEN or (text is not None and status in _HANDED_IN)


def _known(session: Session, person: str) -> tuple[object, ...]:
    known = session.people[person]
    return known, None if known.linked_to is None else session.people[known.linked_to]


def _speaker_of(session: Session, intervention: str) -> tuple[object, ...]:
    return _known(session, session.interventions[intervention].person)


def _note(session: Session, id_: str, *, finds_all: bool) -> Findable | None:
    views = texts.note_views(session, id_)
    value: Any = views.staff if finds_all else views.public
    if value is ABSENT:
        return None
    note = session.notes[id_]
    whose: Mapping[str, str] = {}
    if note.intervention is not None:
        speaker = session.people[session.interventions[note.intervention].person]
        shown = attribution.attributed_in_note(session, speaker, note.attribution)
        whose = _whose(speaker) if finds_all else _whose(shown)
    return Findable(
        of=Sort.NOTE,
        id=value["id"],
        kind=value["kind"],
        at=value["added_at"],
        texts={**whose, "text": value["text"]},
        intervention=value["intervention"],
        group=value["group"],
        attribution=note.attribution,
        released=note.released if finds_all else None,
    )


def _intervention(session: Session, id_: str, *, finds_all: bool) -> Findable | None:
    held = session.interventions[id_]
    person = session.people[held.person]
    value, whose = intervention_value(held), _person(session, person, finds_all=finds_all)
    if held.void or whose is None:
        return None
    id_or_none = id_ if finds_all or "name" in whose.texts else None
    return Findable(
        of=Sort.INTERVENTION,
        id=id_or_none,
        kind=value["kind"],
        at=value["started_at"],
        texts={**whose.texts, **_about(held.topic, held.on_behalf_of)},
        intervention=id_or_none,
        group=whose.group,
    )


def _statement(session: Session, id_: str, *, finds_all: bool) -> Findable | None:
    request = session.requests[id_]
    whose = _person(session, session.people[request.person], finds_all=finds_all)
    # What was handed in and then delivered is for those who prepare for it.
    if whose is None or not (finds_all or request.status is RequestStatus.WRITTEN):
        return None
    return Findable(
        of=Sort.STATEMENT,
        id=id_ if finds_all or "name" in whose.texts else None,
        kind=request.kind.value,
        at=format_time(request.ended_at or request.requested_at),
        texts={**whose.texts, **_about(request.topic, request.on_behalf_of), "text": request.text or ""},
        group=whose.group,
    )


def _recommendation(session: Session, id_: str) -> Findable:
    """Return a recommendation as its key tells it: of one that a participant offered no more than attribution allows."""
    told = recommendations.text_value(session, session.recommendations[id_])
    return Findable(
        of=Sort.RECOMMENDATION,
        id=id_,
        kind=told["status"].value,
        at=told["revised_at"],
        texts={field: told[field] for field in ("symbol", "title", "text")},
        group=told["group"],
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    texts: Mapping[str, str]
    group: str | None


def _person(session: Session, person: Person, *, finds_all: bool) -> _Shown | None:
    """Return a speaker as a reader may find them; None where neither they nor what they spoke about may be told."""
    if finds_all:
        return _Shown(_whose(person), person.group)
    if not attribution.may_show_affiliation(session, person):
        return None
    shown = attribution.attributed(session, person)
    return _Shown(_whose(shown), shown.group)


def _whose(shown: Person | attribution.Attributed) -> Mapping[str, str]:
    said = (("name", shown.name), ("latin_name", shown.latin_name), ("organisation", shown.organisation))
    return {field: text for field, text in said if text}


def _about(topic: str | None, on_behalf_of: str | None) -> Mapping[str, str]:
    said: Iterable[tuple[str, str | None]] = (("topic", topic), ("on_behalf_of", on_behalf_of))
    return {field: text for field, text in said if text}
