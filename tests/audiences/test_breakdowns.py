"""What of a breakdown is told: all of it to staff, and in a record nothing that gives somebody away."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.audiences import breakdowns
from companion.audiences.attribution import FEWEST_IN_A_GROUP
from companion.audiences.disclosures import MOST_NAMES, not_yet_answered
from companion.core import commands as c
from companion.core.ids import SYSTEM
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import AttributionMode, BallotKind, PollUnit
from companion.core.reckoned import Dimension
from companion.core.refusals import Refusal, Refused
from tests.core.profile import PROFILE
from tests.core.scenario import PROGRAMME, Scenario, opened

ATTRIBUTED, AFFILIATION, NEITHER = AttributionMode
GROUP, REGION, ATTENDANCE = Dimension.GROUP, Dimension.REGION, Dimension.ATTENDANCE
PERSON, DELEGATION = PollUnit
Table = dict[str, dict[str, int | None]]
OPTIONS = ("support", "support_with_changes", "cannot_support", "abstain")


def crowd(**groups: int) -> tuple[Person, ...]:
    """Return so many participants of each group, each with a delegation of its own, in the group's own region."""
    return tuple(
        Person(
            id=f"{group}-{number}",
            name=f"{group.capitalize()} {number:02}",
            organisation=f"Office {number} of {group}",
            delegation=f"delegation-{group}-{number}",
            group=None if group == "nobody" else group,
            region=f"region of {group}",
        )
        for group, size in groups.items()
        for number in range(size)
    )


def panel(*people: Person, mode: AttributionMode = NEITHER) -> Scenario:
    programme = replace(PROGRAMME, people=(*PROGRAMME.people, *people))
    return opened(replace(programme, attribution_mode=mode, attribution_mode_panellists=mode))


def polled(
    mode: AttributionMode, unit: PollUnit, /, *people: Person, **answers: tuple[int, int, int, int]
) -> tuple[Scenario, str]:
    """Return a session with a poll that was answered so: of each group how many, by option."""
    scenario = panel(*people, mode=mode)
    poll = scenario.poll(unit=unit)
    for group, counts in answers.items():
        chosen = [option for option, count in zip(OPTIONS, counts, strict=True) for _ in range(count)]
        for number, option in enumerate(chosen):
            scenario.answer(f"{group}-{number}", poll, option)
    return scenario, poll


def told(scenario: Scenario, poll: str) -> dict[Dimension, Table]:
    found = breakdowns.told(scenario.session, scenario.poll_of(poll))
    return {each.dimension: {value: dict(counts) for value, counts in each.rows} for each in found}


def counts(*figures: int | None) -> dict[str, int | None]:
    return dict(zip(OPTIONS, figures, strict=True))


# For staff


def test_staff_are_told_all_of_it() -> None:
    scenario, poll = polled(NEITHER, PERSON, *crowd(states=2, nobody=1), states=(1, 0, 1, 0), nobody=(0, 0, 0, 1))
    assert breakdowns.for_staff(scenario.session, poll) == {
        "group": {"": counts(0, 0, 0, 1), "states": counts(1, 0, 1, 0)},
        "attendance": {"in_room": counts(1, 0, 1, 1)},
        "region": {"region of nobody": counts(0, 0, 0, 1), "region of states": counts(1, 0, 1, 0)},
    }


def test_where_nobody_answers_any_more_nothing_is_told_of_it() -> None:
    scenario = panel(*crowd(states=1), replace(crowd(civil_society=1)[0], delegation="delegation-states-0"))
    poll = scenario.poll(unit=DELEGATION)
    scenario.answer("states-0", poll, "support")
    scenario.answer("civil_society-0", poll, "abstain")
    assert breakdowns.for_staff(scenario.session, poll)["group"] == {"civil_society": counts(0, 0, 0, 1)}


@pytest.mark.parametrize(
    ("poll", "ask", "refusal"),
    [
        ("poll.999", breakdowns.for_staff, Refusal.NOT_FOUND),
        ("poll.999", not_yet_answered, Refusal.NOT_FOUND),
        ("poll-that-is-secret", breakdowns.for_staff, Refusal.NOT_FOUND),
        ("poll-that-is-drafted", breakdowns.for_staff, Refusal.POLL_NOT_OPEN),
        ("poll-that-is-drafted", not_yet_answered, Refusal.POLL_NOT_OPEN),
        ("poll-that-is-closed", not_yet_answered, Refusal.POLL_NOT_OPEN),
    ],
)
def test_there_is_nothing_to_tell_of_a_poll_that_is_secret_or_not_open(
    poll: str, ask: object, refusal: Refusal
) -> None:
    scenario = panel()
    scenario.poll(poll="poll-that-is-secret", ballot=BallotKind.SECRET)
    scenario.close(scenario.poll(poll="poll-that-is-closed"))
    draft = c.DraftPoll(
        poll="poll-that-is-drafted",
        question="Shall we?",
        options=(c.GivenOption(label="A"), c.GivenOption(label="B")),
        ballot=BallotKind.RECORDED,
        unit=PERSON,
        results=scenario.poll_of("poll-that-is-closed").results,
    )
    scenario.by("rapporteur", draft)
    with pytest.raises(Refused) as refused:
        ask(scenario.session, poll)  # type: ignore[operator]  # either of two functions
    assert refused.value.reason is refusal
    assert breakdowns.told(scenario.session, scenario.poll_of("poll-that-is-secret")) == ()


# In a record that names who answered


def test_where_answers_stand_with_names_so_do_all_the_figures() -> None:
    people = crowd(states=2, civil_society=1)
    scenario, poll = polled(ATTRIBUTED, PERSON, *people, states=(1, 1, 0, 0), civil_society=(0, 0, 1, 0))
    assert told(scenario, poll) == {
        GROUP: {"civil_society": counts(0, 0, 1, 0), "states": counts(1, 1, 0, 0)},
        REGION: {"region of civil_society": counts(0, 0, 1, 0), "region of states": counts(1, 1, 0, 0)},
    }
    assert {each.named for each in breakdowns.told(scenario.session, scenario.poll_of(poll))} == {True}


def test_whoever_is_not_named_is_not_in_figures_of_those_who_are() -> None:
    people = crowd(states=2, civil_society=2)
    scenario, poll = polled(ATTRIBUTED, PERSON, *people, states=(1, 1, 0, 0), civil_society=(0, 0, 1, 1))
    hidden = replace(scenario.session.people["civil_society-0"], unpublished=True)
    scenario.by(SYSTEM, c.EnterPerson(person=hidden))
    assert told(scenario, poll)[GROUP] == {"civil_society": counts(0, 0, 0, 1), "states": counts(1, 1, 0, 0)}


def test_a_delegation_that_is_named_is_counted_but_not_where_its_member_was() -> None:
    scenario, poll = polled(AFFILIATION, DELEGATION, *crowd(states=2, civil_society=1), states=(1, 1, 0, 0))
    scenario.answer("civil_society-0", poll, "abstain")
    assert set(told(scenario, poll)) == {GROUP, REGION}
    assert told(scenario, poll)[GROUP] == {"civil_society": counts(0, 0, 0, 1), "states": counts(1, 1, 0, 0)}


# In a record that does not


@pytest.mark.parametrize(("mode", "unit"), [(NEITHER, PERSON), (NEITHER, DELEGATION), (AFFILIATION, PERSON)])
def test_cells_of_fewer_than_five_are_hidden_and_whatever_would_give_them_away(
    mode: AttributionMode, unit: PollUnit
) -> None:
    answers = {"states": (9, 8, 6, 5), "civil_society": (7, 5, 9, 7), "academia": (6, 7, 2, 4), "media": (8, 9, 7, 6)}
    people = crowd(**{group: sum(figures) for group, figures in answers.items()})
    scenario, poll = polled(mode, unit, *people, **answers)
    # 2 and 4 are small; of their columns the smallest goes with them, and of the rows of those whatever would give it away.
    assert told(scenario, poll)[GROUP] == {
        "academia": counts(6, 7, None, None),
        "civil_society": counts(7, 5, 9, 7),
        "media": counts(8, 9, 7, 6),
        "states": counts(9, 8, None, None),
    }


def test_a_poll_of_few_has_no_breakdown() -> None:
    people = crowd(states=4, civil_society=4)
    scenario, poll = polled(NEITHER, PERSON, *people, states=(2, 1, 1, 0), civil_society=(4, 0, 0, 0))
    assert told(scenario, poll) == {}


def test_those_of_one_kind_are_no_breakdown() -> None:
    scenario, poll = polled(NEITHER, PERSON, *crowd(states=12), states=(6, 6, 0, 0))
    assert told(scenario, poll) == {}


def test_where_the_member_of_a_delegation_was_is_hidden_as_names_are_although_delegations_are_named() -> None:
    people = crowd(states=14, civil_society=13)
    people = tuple(replace(each, attendance=Attendance.REMOTE) if each.group == "states" else each for each in people)
    scenario, poll = polled(AFFILIATION, DELEGATION, *people, states=(7, 6, 1, 0), civil_society=(6, 7, 0, 0))
    assert told(scenario, poll)[GROUP]["states"] == counts(7, 6, 1, 0)
    assert ATTENDANCE not in told(scenario, poll)


TABLES = st.integers(2, 3).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 8), min_size=columns, max_size=columns), min_size=2, max_size=3)
)


@given(TABLES)
@settings(PROFILE, max_examples=150)
def test_no_hidden_cell_follows_from_the_sums_of_its_row_and_its_column(figures: list[list[int]]) -> None:
    table = {str(row): {str(column): n for column, n in enumerate(line)} for row, line in enumerate(figures)}
    hidden = breakdowns._hidden(table)
    shown = [n for row, line in table.items() for column, n in line.items() if (row, column) not in hidden]
    assert all(n >= FEWEST_IN_A_GROUP for n in shown)
    if shown:
        for cell in hidden:
            column = [line[cell[1]] for line in table.values()]
            # Of an option that nobody chose everybody knows as much by its total.
            assert not sum(column) or len(possible(table, hidden, cell)) > 1


def possible(table: dict[str, dict[str, int]], hidden: set[tuple[str, str]], cell: tuple[str, str]) -> set[int]:
    """Return what may stand in a hidden cell for whoever knows all other cells and all sums; two values are enough."""
    cells = sorted(hidden, key=lambda each: each != cell)
    rows = {row: sum(n for column, n in line.items() if (row, column) in hidden) for row, line in table.items()}
    columns = {
        column: sum(line[column] for row, line in table.items() if (row, column) in hidden) for _, column in hidden
    }
    found: set[int] = set()
    for value in range(min(rows[cell[0]], columns[cell[1]]) + 1):
        if next(_filled(cells, rows, columns, value), False):
            found.add(value)
        if len(found) > 1:
            break
    return found


def _filled(
    cells: list[tuple[str, str]], rows: dict[str, int], columns: dict[str, int], first: int | None = None
) -> Iterator[bool]:
    """Yield once for each way to fill the cells so that all sums are right."""
    if not cells:
        if not any(rows.values()) and not any(columns.values()):
            yield True
        return
    (row, column), rest = cells[0], cells[1:]
    most = min(rows[row], columns[column])
    for value in range(most + 1) if first is None else (first,):
        left_in_row, left_in_column = {**rows, row: rows[row] - value}, {**columns, column: columns[column] - value}
        if (any(r == row for r, _ in rest) or not left_in_row[row]) and (
            any(other == column for _, other in rest) or not left_in_column[column]
        ):
            yield from _filled(rest, left_in_row, left_in_column)


# Who has not answered


def test_staff_are_told_by_name_who_has_not_answered_and_never_what() -> None:
    scenario, poll = polled(NEITHER, PERSON, *crowd(states=3), states=(1, 0, 0, 0))
    found = not_yet_answered(scenario.session, poll)
    ours = [each for each in found["names"] if each["id"].startswith("states")]
    assert ours == [
        {
            "id": f"states-{number}",
            "name": f"States {number:02}",
            "organisation": f"Office {number} of states",
            "members": 1,
        }
        for number in (1, 2)
    ]
    assert (found["unit"], found["count"]) == ("person", scenario.poll_of(poll).voters - 1)
    assert "support" not in str(found)


def test_a_delegation_that_has_not_answered_is_named_as_it_was_at_the_opening() -> None:
    two = (crowd(states=1)[0], replace(crowd(civil_society=1)[0], delegation="delegation-states-0"))
    scenario = panel(*two, *crowd(academia=1))
    poll = scenario.poll(unit=DELEGATION)
    renamed = replace(scenario.session.people["academia-0"], organisation="Renamed", role=Role.OBSERVER)
    scenario.by(SYSTEM, c.EnterPerson(person=renamed))
    assert not_yet_answered(scenario.session, poll) == {
        "unit": "delegation",
        "count": 2,
        "names": [
            {"id": "delegation-academia-0", "name": "Office 0 of academia", "organisation": "", "members": 1},
            {"id": "delegation-states-0", "name": "Office 0 of civil_society", "organisation": "", "members": 2},
        ],
    }
    scenario.answer("states-0", poll, "abstain")
    assert [each["id"] for each in not_yet_answered(scenario.session, poll)["names"]] == ["delegation-academia-0"]


def test_of_very_many_the_first_are_named_and_all_counted() -> None:
    scenario = panel(*crowd(states=MOST_NAMES + 50))
    poll = scenario.poll()
    found = not_yet_answered(scenario.session, poll)
    assert (found["count"], len(found["names"])) == (scenario.poll_of(poll).voters, MOST_NAMES)
    names = [each["name"].casefold() for each in found["names"]]
    assert names == sorted(names)


def test_of_a_secret_poll_those_without_a_mark_have_not_answered() -> None:
    scenario = opened()
    poll = scenario.poll(ballot=BallotKind.SECRET)
    everybody = {each["id"] for each in not_yet_answered(scenario.session, poll)["names"]}
    found = not_yet_answered(scenario.session, poll, {poll: ("ana", "ben")})
    assert ({each["id"] for each in found["names"]}, found["count"]) == (everybody - {"ana", "ben"}, len(everybody) - 2)
