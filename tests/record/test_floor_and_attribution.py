"""A byte search of all that a record tells of the floor, in every mode: what would say who is who stands nowhere."""

from companion.core.procedure import AttributionMode, Rule
from companion.core.reckoned import Dimension
from companion.record.formats import Format, render
from companion.record.model import Record
from companion.record.model_documents import Notes
from tests.record.floor import (
    AFFILIATIONS,
    ELSEWHERE,
    IDENTIFIERS,
    NAMES,
    NEVER,
    NOT_RELEASED,
    PANELLIST,
    RULES,
    discussed,
    record_of,
    with_modes,
)
from tests.record.test_texts_and_attribution import every_format, every_mode, every_scope, found

ATTRIBUTED, AFFILIATION, NEITHER = AttributionMode


def hidden(mode: AttributionMode, panellists: AttributionMode, scope: Notes) -> list[str]:
    """Return what may stand nowhere in a record."""
    released = scope is Notes.RELEASED
    words = [
        (NEVER, True),
        (NOT_RELEASED, released),
        ((*NAMES, ELSEWHERE), mode is not ATTRIBUTED),
        (AFFILIATIONS, mode is NEITHER),
        (IDENTIFIERS, mode is NEITHER and released),
        (PANELLIST, panellists is not ATTRIBUTED),
        (("University A",), panellists is NEITHER),
        (RULES, NEITHER in {mode, panellists}),
        (("on rivers",), mode is panellists is NEITHER),
    ]
    return [word for some, hidden_ in words if hidden_ for word in some]


@every_mode
@every_format
@every_scope
def test_what_may_not_be_said_of_the_floor_stands_nowhere(
    mode: AttributionMode, panellists: AttributionMode, format_: Format, scope: Notes
) -> None:
    record = record_of(discussed(with_modes(mode, panellists)), scope)
    assert found(render(record, format_, "en"), hidden(mode, panellists, scope)) == []


@every_format
def test_where_all_is_attributed_what_may_be_said_is_there(format_: Format) -> None:
    """The search would find them."""
    written = render(record_of(discussed(), Notes.ALL), format_, "en")
    words = ["Иванова", "بدر", "Gül", "Zoé", "Lata", "Alma", "Greta Guest", "Panelista", ELSEWHERE, "on rivers"]
    words += ["State A", "NGO Z", "Bureau", "written of rivers", *NOT_RELEASED]
    if format_ in {Format.JSON, Format.CSV}:
        words += [*IDENTIFIERS, "round_robin_group", "alphabetical_from_letter", "Anna Ivanova"]
        words.append('"quota"' if format_ is Format.JSON else ",quota,")
    else:
        words += ["Groups take turns", "By shares", "In alphabetical order"]
    assert found(written, words) == words


@every_scope
def test_in_the_strictest_mode_rows_tell_neither_place_nor_seconds_nor_whose_speaking_time_it_was(
    scope: Notes,
) -> None:
    record = record_of(discussed(with_modes(NEITHER)), scope)
    for held in record.interventions:
        assert (held.attendance, held.allotted_seconds, held.reply_to) == (None, None, None)
        assert {at.second for at in (held.started_at, held.placed_at or held.started_at)} == {0}
    for request in record.requests:
        assert (request.text, request.reply_to, request.carried_from) == (None, None, None)
    assert {rule for rule in (*placing(record), *in_force(record)) if rule} == {Rule.FIRST_COME, Rule.MANUAL}
    assert {each.at.second for each in record.presiding} == {0}
    assert {(each.who.name, each.who.organisation, each.role.value) for each in record.presiding} == {
        (None, None, "moderator")
    }


def placing(record: Record) -> list[Rule | None]:
    return [*(each.placed_by for each in record.interventions), *(each.placed_by for each in record.requests)]


def in_force(record: Record) -> list[Rule | None]:
    return [*(each.rule for each in record.interventions), *(each.rule for each in record.list_events)]


def test_what_the_list_did_by_itself_tells_neither_when_nor_by_whose_asking() -> None:
    exact = next(each for each in record_of(discussed()).list_events if each.automatic and each.moved)
    coarse = next(
        each for each in record_of(discussed(with_modes(NEITHER))).list_events if each.automatic and each.moved
    )
    assert (exact.by, exact.at.second, exact.rule, exact.moved) == (None, 30, Rule.ALPHABETICAL_FROM_LETTER, 1)
    assert (coarse.by, coarse.at.second, coarse.rule, coarse.moved) == (None, 0, None, 1)


def test_requests_of_those_who_may_be_followed_keep_their_identifiers_for_staff_all_do() -> None:
    told = {request.id for request in record_of(discussed(with_modes(AFFILIATION))).requests}
    staff = {request.id for request in record_of(discussed(with_modes(NEITHER)), Notes.ALL).requests}
    assert set(IDENTIFIERS) <= told & staff
    record = record_of(discussed(with_modes(NEITHER)))
    assert [request.id for request in record.requests] == [f"request-{n}" for n in range(1, len(record.requests) + 1)]
    known = {request.id for request in record.requests}
    assert {held.request for held in record.interventions} <= known
    assert {held.suggested for held in record.interventions if held.suggested} <= known
    assert {event.request for event in record.list_events if event.request} <= known
    assert {event.partner for event in record.list_events if event.partner} <= known


def test_that_a_guest_was_recognised_is_told_as_far_as_whoever_they_are_is_shown() -> None:
    def told(mode: AttributionMode, panellists: AttributionMode) -> list[tuple[str, str, str]]:
        record = record_of(discussed(with_modes(mode, panellists)))
        lines = [each for each in record.transcript if each.type == "person.linked"]
        assert [record.corrections[each.index or 0] for each in lines] == list(record.corrections)
        return [(each.field, each.before, each.after) for each in record.corrections]

    gul, pia = ("person", "Greta Guest", "Gül Yılmaz"), ("person", "Panelista Guest", "Pía Panelista")
    assert told(ATTRIBUTED, ATTRIBUTED) == [gul, pia]
    assert told(NEITHER, ATTRIBUTED) == [pia]
    assert told(ATTRIBUTED, NEITHER) == [gul]
    assert told(AFFILIATION, AFFILIATION) == [
        ("person", "Passers by", "State G"),
        ("person", "Passers by", "University A"),
    ]
    assert told(NEITHER, NEITHER) == []


def test_corrections_of_entries_say_no_name_that_is_hidden_and_no_place_that_tells_when() -> None:
    record = record_of(discussed(with_modes(AFFILIATION)))
    assert record.entry_corrections[0].text == "[…] said 1998, not 1989."
    note = next(each for each in record.entry_corrections if each.type == "note.added")
    assert (note.seq, note.of) == (None, "transcript")


def test_figures_of_the_floor_are_told_of_the_dimensions_that_give_nobody_away() -> None:
    def told(mode: AttributionMode) -> dict[Dimension, tuple[int, int, int]]:
        balance = record_of(discussed(with_modes(mode))).balance
        return {each.dimension: (len(each.session), len(each.day), len(each.workshop)) for each in balance}

    assert told(ATTRIBUTED) == told(AFFILIATION) == {Dimension.GROUP: (2, 1, 2), Dimension.ATTENDANCE: (2, 0, 0)}
    assert told(NEITHER) == {Dimension.GROUP: (0, 1, 2)}
