"""What a recorded answer costs among few and among many, and a thousand people who answer at once.

The cost in the core and the maps, on CPU time. The burst against a real server on one core, the clients on the other: each
answer is on disk before it is acknowledged, and the tally goes to every screen.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Final

from bench.commands import OPTIONS, POLL, said
from bench.crowd import Client, Crowd
from bench.rows import Measured, Scale, at_most, holds, percentile, table
from bench.server import Server
from companion.audiences import keys, maps
from companion.audiences.maps import Maps
from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core.people import Actor, Person, Role
from tests.core.scenario import PEOPLE, PROGRAMME, opened
from tests.journeys.server import free_port

VOTERS: Final = (100, 1_000, 10_000)
ANSWERS: Final = 200
ROUNDS: Final = 5
BURST_SECONDS: Final = 2.0
ALL_WITHIN_SECONDS: Final = 3
P99_MS: Final = 250
GROWTH: Final = 1.3
COUNTS_PER_SECOND: Final = 5


def microseconds(voters: int) -> float:
    """Return the CPU time of an answer, from the decision to all patches; the median of several rounds' means.

    Everybody but the last has answered before, so the poll is as large as it gets; counts are left for later in all but one
    of fifty, as they are when many answer.
    """
    people = tuple(
        Person(id=f"person-{number:05}", name=f"Person {number}", role=Role.PARTICIPANT) for number in range(voters)
    )
    scenario = opened(replace(PROGRAMME, people=(*PEOPLE, *people)))
    poll = scenario.poll()
    for person in people:
        scenario.by(person.id, c.AnswerPoll(poll=poll, option="support"))
    session, kept, spent = scenario.session, Maps(scenario.session), []
    for round_ in range(ROUNDS):
        began = time.process_time_ns()
        for number in range(ANSWERS):
            by = Actor(person=people[number * len(people) // ANSWERS].id, role=Role.PARTICIPANT)
            option = OPTIONS[(number + round_) % len(OPTIONS)]
            before, happened = session, []
            command = c.AnswerPoll(poll=poll, option=option)
            for event in rules.decide(session, command, by=by, at=scenario.now):
                recorded = e.Recorded(
                    seq=session.seq + 1, at=scenario.now, by=by.person, command=f"bench-{number}", event=event
                )
                session = rules.evolve(session, recorded)
                happened.append(recorded)
            kept.advance(session, happened, with_counts=number % 50 == 0)
            for person_id in keys.touched_people(before, session, happened):
                maps.personal(before, person_id)
                maps.personal(session, person_id)
        spent.append((time.process_time_ns() - began) / 1_000 / ANSWERS)
    return median(spent)


@dataclass(slots=True, kw_only=True)
class Burst:
    """People who answer within two seconds."""

    people: int
    delays: list[float]
    refused: int
    all_after: float
    counts_per_second: float
    right: bool
    cpu: float


def burst(server: Server, people: int) -> Burst:
    """Have them all answer, each at a moment of their own, and return what came of it."""
    session = server.session
    moderator, tokens = server.token_of("moderator"), server.tokens_of_guests(people)
    with Crowd(server.port) as crowd:
        [chair] = crowd.open([moderator])
        clients = crowd.open(tokens)
        crowd.call_all([(client, "join", {"session": session}) for client in clients])
        said(crowd, chair, session, "session.start", {})
        poll = str(said(crowd, chair, session, "poll.open", POLL)["result"]["poll"])
        told: list[float] = []
        clients[0].heard = lambda _, message: told.append(time.perf_counter()) if b'"tally"' in message else None
        delays, refusals, answered_at = list[float](), list[bytes](), [0.0]

        def answer(client: Client, option: str) -> None:
            began = time.perf_counter()

            def answered(taken: bytes) -> None:
                answered_at[0] = time.perf_counter()
                delays.append(answered_at[0] - began)
                if b'"ok":true' not in taken:
                    refusals.append(taken)

            data = {"poll": poll, "option": option}
            command = {"session": session, "id": f"answer-{client.number:06}", "type": "poll.vote", "data": data}
            client.ask("command", command, answered)

        chosen = [OPTIONS[number % len(OPTIONS)] for number in range(people)]
        cpu, began = server.cpu_seconds(), time.perf_counter()
        for number, (client, option) in enumerate(zip(clients, chosen, strict=True)):
            crowd.after(number / people * BURST_SECONDS, lambda client=client, option=option: answer(client, option))  # type: ignore[misc]
        crowd.until(lambda: len(delays) == people)
        crowd.rest(1)
        cpu = server.cpu_seconds() - cpu
        tally = crowd.call(chair, "join", {"session": session})["snapshot"][f"poll/{poll}"]["tally"]
    return Burst(
        people=people,
        delays=delays,
        refused=len(refusals),
        all_after=answered_at[0] - began,
        counts_per_second=(len(told) - 1) / max(told[-1] - told[0], 0.001),
        right={option: count for option, count in tally.items() if count} == Counter(chosen),
        cpu=cpu,
    )


def measure(scale: Scale) -> Measured:
    """Measure both."""
    microseconds(VOTERS[0])  # what runs for the first time takes longer
    costs = [microseconds(voters) for voters in VOTERS]
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), free_port()) as server:
        found = burst(server, scale.of(1_000, 100))
    what = f"{found.people} participants answer within {BURST_SECONDS:.0f} s"
    written = f"{found.people - found.refused} of {found.people}, the tally {'right' if found.right else 'wrong'}"
    all_there = found.right and not found.refused
    rows = [
        holds("ballots", f"{what}: durable and acknowledged", "all", written, true=all_there),
        at_most("ballots", f"{what}: the last acknowledged after", found.all_after, ALL_WITHIN_SECONDS, "s"),
        at_most("ballots", f"{what}: p99", percentile(found.delays, 0.99), P99_MS, "ms"),
        at_most("ballots", f"per ballot, {VOTERS[-1]} voters ÷ {VOTERS[0]}", costs[-1] / costs[0], GROWTH, "×"),
    ]
    return Measured(title="Answers at once", rows=rows, text=_told(costs, found))


def _told(costs: Sequence[float], found: Burst) -> str:
    p50, p99 = (percentile(found.delays, part) for part in (0.5, 0.99))
    heads = ("a recorded answer, changed, from the decision to all patches", *(f"{each} eligible" for each in VOTERS))
    return f"""\
{table(heads, [("CPU time", *(f"{cost:.0f} µs" for cost in costs))])}

{found.people} people answer within {BURST_SECONDS:.0f} s, each with the session's map: {found.people - found.refused} are acknowledged and on disk, the last after
{found.all_after:.2f} s; an answer to its acknowledgement p50 {p50:.1f} ms, p99 {p99:.0f} ms, the longest {max(found.delays) * 1e3:.0f} ms. The tally is
{"right" if found.right else "wrong"}, and goes to a screen {found.counts_per_second:.1f} times a second (at most {COUNTS_PER_SECOND}). The server works {found.cpu:.2f} s.
"""
