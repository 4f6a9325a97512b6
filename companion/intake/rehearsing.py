"""What a workshop file holds to be played by `companion simulate`: recommendations, notes, polls.

None of it is written into a journal at import: it is kept with the details of the session that it belongs to.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from companion import text
from companion.codec.problems import BadMessage
from companion.intake.form import ATTRIBUTIONS, AgendaItem, Poll, RapporteurNote, Recommendation, WorkshopFile

_TEXT: Final = 10_000
_TITLE: Final = 200
_SYMBOL: Final = 20


def cleaned_recommendations(form: WorkshopFile) -> list[Recommendation]:
    """Return the recommendations with their texts clean; raise `BadMessage` for one that is too long or empty."""
    return [
        msgspec.structs.replace(
            each,
            text=_required(each.text, f"{at}.text"),
            symbol=_optional(each.symbol, f"{at}.symbol", _SYMBOL),
            title=_optional(each.title, f"{at}.title", _TITLE),
            addressees=[_required(to, f"{at}.addressees[{n}]", _TITLE) for n, to in enumerate(each.addressees)],
        )
        for at, each in _places("recommendations", form.recommendations)
    ]


def cleaned_notes(form: WorkshopFile) -> list[RapporteurNote]:
    """Return the notes with their texts clean; raise `BadMessage` likewise."""
    places = _places("rapporteur_notes", form.rapporteur_notes)
    return [msgspec.structs.replace(each, text=_required(each.text, f"{at}.text")) for at, each in places]


def check(form: WorkshopFile) -> None:
    """Raise `BadMessage` for what leads nowhere."""
    items = {each for item in form.agenda_items for each in _ids(item)}
    groups = {group.id for group in form.stakeholder_groups}
    people = {person.id for person in form.participants}
    recommendations: set[str] = set()
    for at, each in _places("recommendations", form.recommendations):
        _refer(each.agenda_item, f"{at}.agenda_item", items, "agenda item")
        _refer(each.proposed_by_group, f"{at}.proposed_by_group", groups, "stakeholder group")
        if each.id in recommendations:
            raise BadMessage(f"{at}.id", f"{each.id} is taken by another before it")
        recommendations.add(each.id)
    for at, note in _places("rapporteur_notes", form.rapporteur_notes):
        _refer(note.agenda_item, f"{at}.agenda_item", items, "agenda item")
        _refer(note.source_group, f"{at}.source_group", groups, "stakeholder group")
        _refer(note.author, f"{at}.author", people, "person")
    delegations = {organization.id for organization in form.organizations}
    for at, poll in _places("polls", form.polls):
        _refer(poll.recommendation, f"{at}.recommendation", recommendations, "recommendation")
        _check_poll(poll, at, people if poll.unit == "person" else delegations)


def _check_poll(poll: Poll, at: str, units: Iterable[str]) -> None:
    known, options = frozenset(units), frozenset(poll.options)
    for index, unit in enumerate(poll.eligible):
        _refer(unit, f"{at}.eligible[{index}]", known, poll.unit)
    if poll.ballot == "secret" and poll.ballots:
        raise BadMessage(f"{at}.ballots", "nobody may know who answered what in a secret poll")
    for unit, option in poll.ballots.items():
        _refer(unit, f"{at}.ballots.{unit}", frozenset(poll.eligible), f"eligible {poll.unit}")
        _refer(option, f"{at}.ballots.{unit}", options, "option")
    for option in poll.expected_counts:
        _refer(option, f"{at}.expected_counts.{option}", options, "option")


def of_item(form: WorkshopFile, item: AgendaItem) -> dict[str, Any]:
    """Return what is to be played in the session of an agenda item, for its details; nothing where there is nothing."""
    ids = frozenset(_ids(item))
    recommendations = [each for each in form.recommendations if each.agenda_item in ids]
    theirs = {each.id for each in recommendations}
    notes = [
        {**msgspec.to_builtins(each), "attribution": ATTRIBUTIONS[each.attribution].value}
        for each in form.rapporteur_notes
        if each.agenda_item in ids
    ]
    found: dict[str, list[Any]] = {
        "recommendations": [msgspec.to_builtins(each) for each in recommendations],
        "rapporteur_notes": notes,
        "polls": [msgspec.to_builtins(each) for each in form.polls if each.recommendation in theirs],
    }
    return {name: parts for name, parts in found.items() if parts}


def _ids(item: AgendaItem) -> Iterator[str]:
    yield item.id
    yield from (part.id for part in item.sub_items)


def _places(name: str, parts: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    return ((f"{name}[{index}]", part) for index, part in enumerate(parts))


def _refer(reference: str | None, at: str, known: Iterable[str], noun: str) -> None:
    if reference is not None and reference not in known:
        raise BadMessage(at, f"there is no {noun} {reference}")


def _required(value: str, at: str, most: int = _TEXT) -> str:
    try:
        clean = text.clean_text(value, most=most)
    except text.TooLong as error:
        raise BadMessage(at, str(error)) from None
    if not clean:
        raise BadMessage(at, "must not be empty")
    return clean


def _optional(value: str | None, at: str, most: int) -> str | None:
    try:
        return None if value is None else text.clean_line(value, most=most) or None
    except text.TooLong as error:
        raise BadMessage(at, str(error)) from None
