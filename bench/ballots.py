"""`python -m bench.ballots`: what a recorded answer costs among few and among many, and a thousand people who answer at once.

The cost in the core and the maps, on CPU time. The burst against a real server on one core, the clients on the other: each
answer is on disk before it is acknowledged, and the tally goes to every screen.
"""

import argparse
import asyncio
import os
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any, Final

import msgspec

from bench.light_client import LightClient, connected
from bench.page import machine, write_section
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
OPTIONS: Final = ("support", "support_with_changes", "cannot_support", "abstain")
BURST_SECONDS: Final = 2.0
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


@dataclass(slots=True)
class Burst:
    """A thousand who answer within two seconds."""

    people: int
    acknowledged: int = 0
    refused: int = 0
    delays: tuple[float, ...] = ()
    all_after: float = 0.0
    counts_told: int = 0
    counting_seconds: float = 0.0
    tally: dict[str, int] | None = None
    expected: dict[str, int] | None = None
    cpu: float = 0.0


async def burst(server: Server, people: int) -> Burst:
    """Have them all answer, and return what came of it."""
    session = server.links()["sessions"][0]["id"]
    moderator = await connected(server.port, server.token_of("moderator"))
    await said(moderator, session, "session.start", {})
    sockets = [await connected(server.port, token) for token in server.tokens_of_guests(people)]
    for socket in sockets:
        await socket.call("join", {"session": session})
    data = {
        "question": "Shall we?",
        "preset": "support_scale",
        "ballot": "recorded",
        "unit": "person",
        "results": "live",
    }
    poll = str((await said(moderator, session, "poll.open", data))["result"]["poll"])
    result, delays, told = Burst(people), list[float](), list[float]()
    result.expected = {
        option: sum(number % len(OPTIONS) == at for number in range(people)) for at, option in enumerate(OPTIONS)
    }
    sockets[0].heard = lambda message: told.append(time.perf_counter()) if b'"tally"' in message else None
    cpu, began = server.cpu_seconds(), time.perf_counter()
    taken = await asyncio.gather(
        *(
            answered(socket, answer_of(session, poll, number), number / people * BURST_SECONDS, delays)
            for number, socket in enumerate(sockets)
        )
    )
    result.all_after = time.perf_counter() - began
    await asyncio.sleep(1)
    result.cpu = server.cpu_seconds() - cpu
    result.delays, result.acknowledged, result.refused = tuple(sorted(delays)), sum(taken), people - sum(taken)
    result.counts_told, result.counting_seconds = len(told), told[-1] - told[0]
    joined = await moderator.call("join", {"session": session})
    result.tally = joined["snapshot"][f"poll/{poll}"]["tally"]
    return result


async def answered(socket: LightClient, command: dict[str, Any], after: float, delays: list[float]) -> bool:
    """Have one of them answer at a moment of their own; say whether it was taken."""
    await asyncio.sleep(after)
    answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
    began = time.perf_counter()
    socket.ask("command", command, answer.set_result)
    taken = bool(msgspec.json.decode(await answer)[0]["ok"])
    delays.append(time.perf_counter() - began)
    return taken


def answer_of(session: str, poll: str, number: int) -> dict[str, Any]:
    """Return the answer that one of them gives."""
    data = {"poll": poll, "option": OPTIONS[number % len(OPTIONS)]}
    return {"session": session, "id": f"answer-{number}-{os.urandom(4).hex()}", "type": "poll.vote", "data": data}


async def said(client: LightClient, session: str, type_: str, data: dict[str, Any]) -> dict[str, Any]:
    """Send a command that is accepted; return the answer."""
    answer = await client.call("command", {"session": session, "id": os.urandom(8).hex(), "type": type_, "data": data})
    if not answer["ok"]:
        raise SystemExit(f"{type_}: {answer}")
    return dict(answer)


def written(costs: list[float], found: Burst, load: float) -> str:
    """Return the section."""
    heads = " | ".join(f"{voters} eligible" for voters in VOTERS)
    figures = " | ".join(f"{cost:.0f} µs" for cost in costs)
    p50, p99 = (found.delays[int(len(found.delays) * part)] * 1e3 for part in (0.5, 0.99))
    right = "right" if found.tally == found.expected else f"wrong: {found.tally} and not {found.expected}"
    return f"""\
Made by `python -m bench.ballots --write` on {machine()}; load of the machine meanwhile: {load:.1f}.

| a recorded answer, changed, from the decision to all patches | {heads} | ratio (aim 1.3) |
|---|{"---:|" * (len(VOTERS) + 1)}
| CPU time | {figures} | {costs[-1] / costs[0]:.2f} |

{found.people} people answer within {BURST_SECONDS:.0f} s; the server on one core, the clients on the other, each with the session's map:

| what | figure |
|---|---:|
| acknowledged and on disk / refused | {found.acknowledged} / {found.refused} |
| all acknowledged after (aim 3 s) | {found.all_after:.2f} s |
| an answer to its acknowledgement: p50 / p99 / longest (aim of p99: 250 ms) | {p50:.0f} / {p99:.0f} / {found.delays[-1] * 1e3:.0f} ms |
| the tally | {right} |
| tallies to a screen, a second (at most {COUNTS_PER_SECOND}) | {(found.counts_told - 1) / max(found.counting_seconds, 0.001):.1f} |
| the server's processor | {found.cpu:.2f} s |
"""


def main() -> None:
    """Measure, print, and write the section if asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench.ballots", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--write", action="store_true", help="write the section into docs/benchmarks.md")
    given = parser.parse_args()
    costs = [microseconds(voters) for voters in VOTERS]
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), free_port()) as server:
        found = asyncio.run(burst(server, given.people))
    section = written(costs, found, os.getloadavg()[0])
    if given.write:
        write_section("Ballots", section)
    else:
        print(section)


if __name__ == "__main__":
    main()
