"""Breakdowns of recorded polls: all of them for staff, and of each what a record may tell.

Where the record names who answered what, it counts those whom it names, and so tells nothing more. Elsewhere cells of
fewer than five are hidden, and others with them until no hidden one follows from the sums of its row or its column: of
each line none are hidden, or two at least that hold five answers at least between them. Of a secret poll there is none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from companion.audiences import attribution
from companion.core.breakdown import DIMENSIONS, values_of
from companion.core.ids import PollId
from companion.core.polling import Answer, Poll
from companion.core.procedure import BallotKind, PollStatus, PollUnit
from companion.core.reckoned import Dimension
from companion.core.refusals import Refusal, Refused
from companion.core.state import Session

_FEWEST_ROWS: Final = 2
_FEWEST_HIDDEN: Final = 2

Counts: TypeAlias = Mapping[str, int | None]
"""By option; None where it is hidden."""
_Cell: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """The answers by one dimension: its values in order ("" for those who have none), each with its counts.

    `named`: only the answers that the record names are counted; else those of everybody, as far as they may be told.
    """

    dimension: Dimension
    rows: tuple[tuple[str, Counts], ...]
    named: bool


def for_staff(session: Session, id_: PollId) -> dict[str, Any]:
    """Return the answers to a recorded poll by dimension, value and option, as they stand, those that nobody gave left out.

    Raises `Refused`: the poll is not there, not opened, or secret.
    """
    poll = session.polls.get(id_)
    if poll is None or not _is_recorded(poll):
        raise Refused(Refusal.NOT_FOUND)
    if poll.status is PollStatus.DRAFTED:
        raise Refused(Refusal.POLL_NOT_OPEN)
    found: dict[str, dict[str, dict[str, int]]] = {each.value: {} for each in DIMENSIONS}
    for (dimension, value), counts in sorted(poll.breakdown.items()):
        given = {option.id: counts.get(option.id, 0) for option in poll.options}
        if any(given.values()):
            found[dimension.value][value] = given
    return found


def told(session: Session, poll: Poll) -> tuple[Breakdown, ...]:
    """Return the breakdowns that a record may tell; none of a dimension with one value, or with nothing left to tell."""
    if not _is_recorded(poll):
        return ()
    found = (_told(session, poll, dimension) for dimension in DIMENSIONS)
    return tuple(each for each in found if len(each.rows) >= _FEWEST_ROWS and _says_something(each))


def _is_recorded(poll: Poll) -> bool:
    return poll.ballot is BallotKind.RECORDED


def _told(session: Session, poll: Poll, dimension: Dimension) -> Breakdown:
    named = _may_name(session, poll, dimension)
    answers = (answer for voter, answer in poll.answers.items() if not named or _is_named(session, poll, voter, answer))
    table = _table(poll, dimension, answers)
    hidden = set[_Cell]() if named else _hidden(table)
    rows = (
        (value, {option: None if (value, option) in hidden else count for option, count in counts.items()})
        for value, counts in sorted(table.items(), key=lambda row: (row[0] == "", row[0]))
    )
    return Breakdown(dimension=dimension, rows=tuple(rows), named=named)


def _may_name(session: Session, poll: Poll, dimension: Dimension) -> bool:
    """Say whether the record names whose answers they are; of a delegation's, it may not say where its member was."""
    if attribution.may_name_answers(session, PollUnit.PERSON):
        return True
    of_delegations = poll.unit is PollUnit.DELEGATION and dimension is not Dimension.ATTENDANCE
    return of_delegations and attribution.may_name_answers(session, PollUnit.DELEGATION)


def _is_named(session: Session, poll: Poll, voter: str, answer: Answer) -> bool:
    openly = attribution.speaks_openly(session, poll, voter) is not None
    return openly and not session.people[answer.person].unpublished


def _table(poll: Poll, dimension: Dimension, answers: Iterable[Answer]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for answer in answers:
        value = dict(values_of(poll.known[answer.person]))[dimension]
        counts = table.setdefault(value, {option.id: 0 for option in poll.options})
        counts[answer.option] += 1
    return table


def _hidden(table: Mapping[str, Mapping[str, int]]) -> set[_Cell]:
    """Return the cells that are hidden: the small ones, and the smallest of others as long as one could be reckoned."""
    counts = {(value, option): count for value, row in table.items() for option, count in row.items()}
    hidden = {cell for cell, count in counts.items() if count < attribution.FEWEST_IN_A_GROUP}
    rows_and_columns: dict[tuple[int, str], list[_Cell]] = defaultdict(list)
    for cell in counts:
        for axis in (0, 1):
            rows_and_columns[axis, cell[axis]].append(cell)
    lines = rows_and_columns.values()
    # Of a line with fewer than five answers all is hidden and its sum says much: its cells hide nothing in other lines.
    open_ = {
        cell for line in lines if sum(counts[cell] for cell in line) < attribution.FEWEST_IN_A_GROUP for cell in line
    }
    while more := {cell for line in lines for cell in _next_hidden(line, counts, hidden, open_)}:
        hidden |= more
    return hidden


def _next_hidden(
    line: Collection[_Cell], counts: Mapping[_Cell, int], hidden: set[_Cell], open_: set[_Cell]
) -> Iterable[_Cell]:
    """Yield one more cell to hide where what is hidden of a line is one cell, or too few answers."""
    away = [cell for cell in line if cell in hidden and cell not in open_]
    left = sorted((cell for cell in line if cell not in hidden), key=lambda cell: (counts[cell], cell))
    enough = sum(counts[cell] for cell in away) >= attribution.FEWEST_IN_A_GROUP
    if left and len(left) < len(line) and not (len(away) >= _FEWEST_HIDDEN and enough):
        yield left[0]


def _says_something(breakdown: Breakdown) -> bool:
    return any(count is not None for _value, counts in breakdown.rows for count in counts.values())
