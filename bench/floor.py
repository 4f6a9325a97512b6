"""What a tap costs on a long list, what arranging one costs, and how well the forecast foretells.

All in the core and the maps, on CPU time, without disk and sockets: those cost the same whatever the length of the list.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from bench.charts import Chart, Curve
from bench.rows import Measured, Scale, at_most, table
from companion.audiences import keys, maps
from companion.audiences.maps import Maps
from companion.core import arrangement
from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core.forecast import forecast
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import RequestList, Rule
from companion.core.state import Session
from tests.core.scenario import PEOPLE, PROGRAMME, Scenario, opened

LENGTHS: Final = (10, 100, 1_000)
GROWTH: Final = 1.5
ARRANGING_MS: Final = 20
ARRANGED: Final = (
    Rule.FIRST_COME,
    Rule.ROUND_ROBIN_GROUP,
    Rule.JOINT_FIRST_ROUND_ROBIN_GROUP,
    Rule.NOT_YET_SPOKEN_FIRST,
)
TAPS: Final = 60
ROUNDS: Final = 9
PANELS: Final = 40
WAITING: Final = 20
GROUPS: Final = ("states", "civil_society", None)

Tap = Callable[[Session, int], c.Command]


def in_line(session: Session, place: int) -> str:
    """Return the request in a place of the list of speakers."""
    return session.places(RequestList.SPEAKERS)[place][1]


ON_ONE_ENTRY: Final[dict[str, Tap]] = {
    "ready": lambda session, tap: c.MarkReady(request=in_line(session, 5), ready=tap % 2 == 0),
    "move": lambda session, _: c.MoveRequest(request=in_line(session, 7), after=in_line(session, 1)),
    "change the topic": lambda session, tap: c.ChangeRequest(request=in_line(session, 4), topic=f"Topic {tap}"),
    "give and take back": lambda session, tap: (
        c.GiveFloor(request=in_line(session, 3), expect=None)
        if tap % 2 == 0
        else c.Undo(command=str(session.undo[0].command))
    ),
}


def room(waiting: int, rule: Rule) -> Scenario:
    """Return a session in which so many wait, under a rule."""
    people = tuple(
        Person(
            id=f"person-{number:05}",
            name=f"Person {number}",
            role=Role.PARTICIPANT,
            group=GROUPS[number % 3],
            attendance=Attendance.REMOTE if number % 5 == 0 else Attendance.IN_ROOM,
        )
        for number in range(waiting)
    )
    scenario = opened(replace(PROGRAMME, people=(*PEOPLE, *people)))
    for person in people:
        scenario.enter(person.id)
    scenario.by("officer", c.SetRule(rule=rule))
    return scenario


def microseconds(scenario: Scenario, tap: Tap) -> float:
    """Return the CPU time of a tap, from the decision to the patches of all audiences; the median of many."""
    kept, session, spent = Maps(scenario.session), scenario.session, []
    by = scenario.actor("secretary")
    for number in range(TAPS):
        command, began = tap(session, number), time.process_time_ns()
        before, happened = session, []
        for event in rules.decide(session, command, by=by, at=scenario.now):
            recorded = e.Recorded(
                seq=session.seq + 1, at=scenario.now, by=by.person, command=f"bench-{number}", event=event
            )
            session = rules.evolve(session, recorded)
            happened.append(recorded)
        kept.advance(session, happened)
        for person in keys.touched_people(before, session, happened):
            maps.personal(before, person)
            maps.personal(session, person)
        spent.append((time.process_time_ns() - began) / 1_000)
    return median(spent)


def arranging(rule: Rule) -> float:
    """Return the CPU milliseconds in which a list of a thousand, shuffled, is put into the order of a rule."""
    scenario = room(LENGTHS[-1], rule)
    order = [request for _, request in scenario.session.places(RequestList.SPEAKERS)]
    random.Random(1).shuffle(order)  # noqa: S311 (the same every time)
    ranks = arrangement.new_ranks(scenario.session, tuple(order))
    shuffled = e.ListArranged(rule=rule, automatic=False, ranks=ranks)
    session = rules.evolve(
        scenario.session,
        e.Recorded(seq=scenario.session.seq + 1, at=scenario.now, by="officer", command="shuffle", event=shuffled),
    )
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time_ns()
        arrangement.arrange(session, automatic=False)
        spent.append((time.process_time_ns() - began) / 1e6)
    return median(spent)


@dataclass(frozen=True, slots=True)
class Foretold:
    """A forecast and what then happened, in seconds from when it was made; `plain` is the sum of the limits."""

    foretold: float
    plain: float
    happened: float


def foretelling(seed: int) -> Iterator[Foretold]:
    """Yield forecasts of a simulated panel at its start, and after a quarter, a half and three quarters of its speakers.

    Speakers take 60 to 150 % of their time, most a little over it; there are 5 to 25 s between two.
    """
    dice = random.Random(seed)  # noqa: S311 (the same every time)
    habit = dice.uniform(0.85, 1.25)
    scenario = room(WAITING, Rule.FIRST_COME)
    made = []
    for heard in range(WAITING):
        if heard % (WAITING // 4) == 0:
            expected = forecast(scenario.session, at=scenario.now)
            made.append((scenario.now, expected))
        scenario.next()
        limit = scenario.speaking.limit_seconds or 0
        scenario.later(round(limit * min(1.5, max(0.6, dice.gauss(habit, 0.15))))).end()
        scenario.later(dice.randrange(5, 26))
    for at, expected in made:
        yield Foretold(
            foretold=(expected.through_at - at).total_seconds(),
            plain=expected.waiting_seconds,
            happened=(scenario.now - at).total_seconds(),
        )


def errors() -> list[tuple[float, float]]:
    """Return how far off the forecasts of many panels were at each of their quarters, and how far the plain sums, in %."""
    rounds = [[*foretelling(seed)] for seed in range(PANELS)]
    return [
        (
            median(abs(each.foretold / each.happened - 1) for each in quarter) * 100,
            median(abs(each.plain / each.happened - 1) for each in quarter) * 100,
        )
        for quarter in zip(*rounds, strict=True)
    ]


def measure(scale: Scale) -> Measured:
    """Measure taps on lists of all lengths, arranging, and the forecast."""
    microseconds(room(LENGTHS[0], Rule.FIRST_COME), ON_ONE_ENTRY["ready"])  # what runs for the first time takes longer
    spent = {
        (name, rule): [microseconds(room(length, rule), tap) for length in LENGTHS]
        for rule in (Rule.FIRST_COME, Rule.JOINT_FIRST_ROUND_ROBIN_GROUP)
        for name, tap in ON_ONE_ENTRY.items()
    }
    arranged = {rule: arranging(rule) for rule in ARRANGED}
    worst = max(each[-1] / each[0] for each in spent.values())
    what = f"per command on one entry, a list of {LENGTHS[-1]} ÷ {LENGTHS[0]}: the worst of {len(spent)}"
    return Measured(
        title="The floor",
        rows=[
            at_most("floor", what, worst, GROWTH, "×"),
            at_most("floor", f"arranging {LENGTHS[-1]}: the slowest rule", max(arranged.values()), ARRANGING_MS, "ms"),
        ],
        text=_told(spent, arranged, errors() if not scale.quick else []),
        charts=[_chart(spent)],
    )


def _told(
    spent: Mapping[tuple[str, Rule], Sequence[float]],
    arranged: Mapping[Rule, float],
    off: Sequence[tuple[float, float]],
) -> str:
    taps = [
        (f"{name}, `{rule.value}`", *(f"{each:.0f} µs" for each in figures), f"{figures[-1] / figures[0]:.2f}")
        for (name, rule), figures in spent.items()
    ]
    heads = ("a tap on one entry, from the decision to all patches", *(f"{each} wait" for each in LENGTHS), "ratio")
    forecasts = [
        (f"{quarter * WAITING // 4} of {WAITING} were heard", f"{ours:.1f} %", f"{plain:.1f} %")
        for quarter, (ours, plain) in enumerate(off)
    ]
    return f"""\
CPU time in the core and the maps, medians of {TAPS} taps: disk and sockets cost the same whatever the length of the list.

{table(heads, taps)}

{table(("arranging a shuffled list of 1,000", "CPU"), [(f"`{rule.value}`", f"{each:.1f} ms") for rule, each in arranged.items()])}

The forecast against what then happened, in {PANELS} simulated panels of {WAITING} speakers:

{table(("made when", "error of the forecast, median", "error of a plain sum of the limits"), forecasts)}
"""


def _chart(spent: Mapping[tuple[str, Rule], Sequence[float]]) -> Chart:
    return Chart(
        name="floor",
        title="A tap on one entry of the list",
        along="who wait",
        unit="µs of CPU",
        curves=[
            Curve(name, [*zip(LENGTHS, figures, strict=True)])
            for (name, rule), figures in spent.items()
            if rule is Rule.FIRST_COME
        ],
    )
