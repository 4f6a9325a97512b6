"""Which sums a record may show: those that tell nothing of anybody who is hidden in what they sum up.

Of one dimension all sums are shown or none, since one that is missing is the difference of the others. A sum is shown if
nobody whose value is hidden is in it, or so many of them that it tells nothing of any (`attribution.FEWEST_IN_A_GROUP`).
What people said of their gender stands beside nobody's name in any record, so it is always hidden.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from companion.audiences import attribution
from companion.core import reckoning, whose_turn
from companion.core.ids import PersonId
from companion.core.people import Person
from companion.core.procedure import RequestList
from companion.core.proceedings import Intervention
from companion.core.reckoned import Dimension
from companion.core.state import Session

_IN_TOTALS: Final = (Dimension.GROUP, Dimension.ATTENDANCE)


@dataclass(frozen=True, slots=True)
class Shown:
    """The dimensions of which sums may be shown.

    `balance`: requests and turns, as in the session's reckoning; `totals`: all interventions but points of order; `exact`:
    to the second, elsewhere whole minutes, since times that the recording tells can be summed up too.
    """

    balance: frozenset[Dimension]
    totals: frozenset[Dimension]
    exact: frozenset[Dimension]


@dataclass(slots=True)
class _Crowd:
    """Who is behind the sums of one value of a dimension; None for those of whom no value is known, who are the rest."""

    asked: set[PersonId] = field(default_factory=set)
    heard: set[PersonId] = field(default_factory=set)
    otherwise: set[PersonId] = field(default_factory=set)
    """Who spoke otherwise than in turn, or has not ended yet: the difference between totals and balance."""

    @property
    def spoke(self) -> set[PersonId]:
        """Return all who spoke."""
        return self.heard | self.otherwise


_Crowds: TypeAlias = Mapping[Dimension, Mapping[str | None, _Crowd]]


def shown(session: Session) -> Shown:
    """Return which sums the record of `session` may show."""
    crowds = _crowds(session)
    hidden = {dimension: _hidden(session, dimension, values.values()) for dimension, values in crowds.items()}
    totals = {each for each in _IN_TOTALS if _enough(hidden[each], [c.spoke for c in crowds[each].values()])}
    balance = set()
    for dimension, values in crowds.items():
        sums = [each for crowd in values.values() for each in (crowd.asked, crowd.heard)]
        if dimension in totals:
            # Where both are shown, so is their difference.
            sums += [crowd.otherwise for crowd in values.values()]
        if _enough(hidden[dimension], sums):
            balance.add(dimension)
    exact = {each for each in Dimension if not hidden[each]}
    return Shown(balance=frozenset(balance), totals=frozenset(totals), exact=frozenset(exact))


def _crowds(session: Session) -> _Crowds:
    crowds: dict[Dimension, dict[str | None, _Crowd]] = {each: defaultdict(_Crowd) for each in Dimension}
    for id_, request in session.requests.items():
        parts = reckoning.parts_of(session, id_)
        asked = {which: value for (which, value), share in parts if share.requests}
        heard = {which: value for (which, value), share in parts if share.interventions}
        for dimension, values in crowds.items():
            if asked:
                values[asked.get(dimension)].asked.add(request.person)
            if heard:
                values[heard.get(dimension)].heard.add(request.person)
    for held in _spoken_otherwise(session):
        crowds[Dimension.GROUP][session.people[held.person].group].otherwise.add(held.person)
        crowds[Dimension.ATTENDANCE][held.attendance.value].otherwise.add(held.person)
    return crowds


def _spoken_otherwise(session: Session) -> Iterator[Intervention]:
    for held in session.interventions.values():
        in_turn = held.ended_at is not None and whose_turn.is_turn(held)
        if not (held.void or in_turn or held.list is RequestList.ORDER):
            yield held


def _hidden(session: Session, dimension: Dimension, crowds: Iterable[_Crowd]) -> frozenset[PersonId]:
    """Return those behind the sums whose value the record tells nowhere else."""
    people = {person for crowd in crowds for person in crowd.asked | crowd.spoke}
    return frozenset(each for each in people if not _tells(session, session.people[each], dimension))


def _tells(session: Session, person: Person, dimension: Dimension) -> bool:
    if dimension is Dimension.GENDER:
        return False
    if dimension in {Dimension.REGION, Dimension.LANGUAGE}:
        return attribution.may_show_affiliation(session, person)
    return attribution.attributed(session, person).traceable


def _enough(hidden: frozenset[PersonId], sums: Iterable[set[PersonId]]) -> bool:
    """Say whether in no sum somebody hidden is among too few of their like."""
    counts = (len(people & hidden) for people in sums)
    return all(count == 0 or count >= attribution.FEWEST_IN_A_GROUP for count in counts)
