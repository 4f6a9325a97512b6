"""`python -m bench.soak --minutes 60 --clients 500`: a room that goes on as a room does, and whether anything grows.

Everybody hears of taps; people ask for the floor and take it back, speakers follow each other, rapporteurs write, polls are
answered, and some lose their connection and come back. Each minute: the server's memory and processor, how long a command
takes to be on disk and answered, and how late a tap is on a screen; in the end what each grows by, and what a server needs that
is started anew on the same file, with the same people: what is kept, and not what was left behind. The server on one core, the
clients on the other.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import requests

from bench.light_client import LightClient, connected
from bench.page import machine, write_section
from tests.journeys.client import sign_in
from tests.journeys.server import DemoServer, free_port

TAP_SECONDS: Final = 5
SPEAKER_SECONDS: Final = 20
NOTE_SECONDS: Final = 10
POLL_SECONDS: Final = 600
ANSWERING_SECONDS: Final = 10
COMES_BACK_SECONDS: Final = 600
"""Each client loses its connection once in so long, on average."""
ASKS_AGAIN_SECONDS: Final = 1_200
"""Each asks for the floor, or takes it back, once in so long: of 500, 1,500 times an hour; a discussion has some sixty."""
WARM_UP_MINUTES: Final = 20
"""Left out of what it grows by: caches fill, and the changes that are kept for those who come back."""
FEWEST_MINUTES: Final = 5
SHOWN: Final = 12
SETTLES_SECONDS: Final = 30
"""After everybody has come to a server that was started anew."""


@dataclass(slots=True)
class Minute:
    """What was measured in a minute; times in milliseconds."""

    answers: list[float] = field(default_factory=list)
    taps: list[float] = field(default_factory=list)
    refused: int = 0
    back: int = 0
    memory_mib: float = 0.0
    processor: float = 0.0
    database_mib: float = 0.0


class Soak:
    """The room, and what becomes of it."""

    def __init__(self, server: DemoServer, dice: random.Random) -> None:
        self.server = server
        self.dice = dice
        self.minutes: list[Minute] = [Minute()]
        self.clients: dict[str, LightClient] = {}
        self.refusals: Counter[str] = Counter()
        self._ids = itertools.count()
        self._sent: dict[int, float] = {}

    @property
    def minute(self) -> Minute:
        """Return the minute that is running."""
        return self.minutes[-1]

    async def come(self, token: str) -> LightClient:
        """Connect somebody, and have them join."""
        client = self.clients[token] = await connected(self.server.port, token)
        client.heard = self._hear
        await client.call("join", {"session": self.server.session})
        return client

    async def do(self, client: LightClient, type_: str, data: dict[str, Any], **more: object) -> dict[str, Any]:
        """Send a command, and return its answer; a connection that was lost meanwhile answers nothing."""
        command = {
            "session": self.server.session,
            "id": f"soak-command-{next(self._ids)}",
            "type": type_,
            "data": data,
            **more,
        }
        answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()

        def take(answer: bytes) -> None:
            if not answered.done():
                answered.set_result(answer)

        client.ask("command", command, take)
        try:
            answer: dict[str, Any] = json.loads(await asyncio.wait_for(answered, 30))[0]
        except TimeoutError:
            return {"ok": False}
        self.minute.answers.append((time.perf_counter() - began) * 1e3)
        if not answer["ok"]:
            self.refusals[f"{type_} {answer['code']}"] += 1
            self.minute.refused += 1
        return answer

    async def tap(self, moderator: LightClient) -> None:
        """Say something to everybody."""
        tap = len(self._sent)
        self._sent[tap] = time.perf_counter()
        await self.do(moderator, "announce", {"text": f"tap {tap}"})

    async def next_speaker(self, moderator: LightClient) -> None:
        """End whoever speaks, and give the floor to the next."""
        joined = await moderator.call("join", {"session": self.server.session})
        seen = {"intervention": joined["snapshot"]["floor"]["intervention"]}
        waiting = joined["snapshot"]["list"]["waiting"]
        if joined["snapshot"]["list"]["status"] != "open":  # the alarm of a panel closes it after a quarter of an hour
            await self.do(moderator, "list.open", {})
        if waiting:
            await self.do(moderator, "floor.next", {}, expect=seen)
        elif seen["intervention"]:
            await self.do(moderator, "floor.end", {}, expect=seen)

    async def write(self, rapporteur: LightClient) -> None:
        """Write a note down and release it."""
        added = await self.do(rapporteur, "note.add", {"kind": "gap", "text": "What was said, in a line or two. " * 4})
        if added["ok"]:
            await self.do(rapporteur, "note.release", {"note": added["result"]["note"], "released": True})

    async def poll(self, moderator: LightClient, people: list[str]) -> None:
        """Ask something, have everybody answer, and close."""
        asked = {
            "question": "Shall we?",
            "preset": "support_scale",
            "ballot": "recorded",
            "unit": "person",
            "results": "live",
        }
        opened = await self.do(moderator, "poll.open", {**asked, "room": "by_app"})
        if not opened["ok"]:
            return
        poll = opened["result"]["poll"]

        async def answer(token: str) -> None:
            await asyncio.sleep(self.dice.uniform(0, ANSWERING_SECONDS))
            option = self.dice.choice(("support", "support_with_changes", "cannot_support", "abstain"))
            await self.do(self.clients[token], "poll.vote", {"poll": poll, "option": option})

        await asyncio.gather(*(answer(token) for token in people))
        await self.do(moderator, "poll.close", {"poll": poll}, expect={"poll": poll})

    async def take_part(self, token: str) -> None:
        """Lose the connection, come back, and at times ask for the floor, or think better of it; for ever."""
        requested: str | None = None
        while True:
            await asyncio.sleep(self.dice.expovariate(1 / COMES_BACK_SECONDS))
            self.clients[token].close()
            await asyncio.sleep(self.dice.uniform(0.5, 5))
            await self.come(token)
            self.minute.back += 1
            if self.dice.random() > COMES_BACK_SECONDS / ASKS_AGAIN_SECONDS:
                continue
            if requested is None:
                answer = await self.do(self.clients[token], "floor.request", {"kind": "statement"})
                requested = answer["result"]["request"] if answer["ok"] else None
            else:
                await self.do(self.clients[token], "floor.withdraw", {"request": requested})
                requested = None

    def _hear(self, message: bytes) -> None:
        at = message.find(b'"text":"tap ')
        if at >= 0:
            sent = self._sent[int(message[at + 12 : message.index(b'"', at + 12)])]
            self.minute.taps.append((time.perf_counter() - sent) * 1e3)


async def every(seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Do something again and again, so many seconds after it was done."""
    while True:
        await asyncio.sleep(seconds)
        await work()


async def soak(room: Soak, staff: dict[str, str], people: list[str], minutes: int) -> None:
    """Let the room go on for so long, and keep what each minute was like."""
    moderator, rapporteur = [await room.come(staff[role]) for role in ("moderator", "rapporteur")]
    for type_ in ("session.start", "list.open"):
        await room.do(moderator, type_, {})
    for token in people:
        await room.come(token)
    room.minutes[0] = Minute()
    tasks = [
        asyncio.create_task(work)
        for work in (
            every(TAP_SECONDS, lambda: room.tap(moderator)),
            every(SPEAKER_SECONDS, lambda: room.next_speaker(moderator)),
            every(NOTE_SECONDS, lambda: room.write(rapporteur)),
            every(POLL_SECONDS, lambda: room.poll(moderator, people)),
            *map(room.take_part, people),
        )
    ]
    processor = processor_seconds(room.server.pid)
    for number in range(minutes):
        await asyncio.sleep(60)
        fell = [task for task in tasks if task.done()]
        if fell:
            raise SystemExit(f"somebody stopped: {fell[0].exception()!r}")
        minute, now = room.minute, processor_seconds(room.server.pid)
        minute.memory_mib, minute.processor, processor = memory_mib(room.server.pid), (now - processor) / 60, now
        minute.database_mib = room.server.database.stat().st_size / 2**20
        print(f"minute {number + 1}: {row(number, minute)} {dict(room.refusals)}", flush=True)
        if number + 1 < minutes:
            room.minutes.append(Minute())
    for task in tasks:
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks)


async def started_anew(server: DemoServer, tokens: list[str]) -> float:
    """Return the memory of a server that was started anew on the file, in MiB, once all of them have joined."""
    room = Soak(server, random.Random(1))  # noqa: S311 (nothing is drawn)
    for token in tokens:
        await room.come(token)
    await asyncio.sleep(SETTLES_SECONDS)
    return memory_mib(server.pid)


def memory_mib(pid: int) -> float:
    """Return how much memory a process has now."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(values: list[float], part: float) -> float:
    """Return the value below which that part of them lies; 0 where there is none."""
    return sorted(values)[int(len(values) * part)] if values else 0.0


def slope(values: list[float]) -> float:
    """Return by how much the values grow from one to the next, as the line that fits them best says."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    spread = sum((at - middle) ** 2 for at in range(len(values)))
    return sum((at - middle) * (value - mean) for at, value in enumerate(values)) / spread if spread else 0.0


def row(number: int, minute: Minute) -> str:
    """Return a row of the table."""
    return (
        f"| {number + 1} | {minute.memory_mib:.1f} | {minute.processor * 100:.0f} % | {len(minute.answers)} | {minute.refused} "
        f"| {percentile(minute.answers, 0.5):.1f} / {percentile(minute.answers, 0.99):.1f} "
        f"| {percentile(minute.taps, 0.5):.1f} / {percentile(minute.taps, 0.99):.1f} | {minute.back} "
        f"| {minute.database_mib:.1f} |"
    )


def written(minutes: list[Minute], clients: int, anew_mib: float) -> str:
    """Return the section."""
    every_so_many = max(1, len(minutes) // SHOWN)
    rows = [row(number, minute) for number, minute in enumerate(minutes) if (number + 1) % every_so_many == 0]
    table = "\n".join(rows)
    return f"""\
Made by `python -m bench.soak --minutes {len(minutes)} --clients {clients} --write` on {machine()}; load of the machine in the end:
{os.getloadavg()[0]:.1f}. A tap every {TAP_SECONDS} s to everybody, a speaker every {SPEAKER_SECONDS} s, a note every {NOTE_SECONDS} s, a poll that all answer every {POLL_SECONDS} s;
each participant loses the connection once in {COMES_BACK_SECONDS} s, and asks for the floor or takes it back once in {ASKS_AGAIN_SECONDS} s, on average.
Times in milliseconds. Requests, notes, answers to polls and the last 2,000 changes are kept, so memory grows by them.

| minute | memory, MiB | processor | commands | refused | answered: p50 / p99 | tap to screen: p50 / p99 | came back | database, MiB |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|
{table}

{growth(minutes)} It had {minutes[-1].memory_mib:.1f} MiB in the end; a server that was started anew on the same file has
{anew_mib:.1f} MiB once the same people have come.
"""


def growth(minutes: list[Minute]) -> str:
    """Return by how much it grows in an hour, where the run was long enough to tell."""
    steady = minutes[WARM_UP_MINUTES:]
    if len(steady) < FEWEST_MINUTES:
        return "Too short to say what grows."
    memory = slope([minute.memory_mib for minute in steady]) * 60
    answers = slope([percentile(minute.answers, 0.99) for minute in steady]) * 60
    taps = slope([percentile(minute.taps, 0.99) for minute in steady]) * 60
    return (
        f"After the first {WARM_UP_MINUTES} minutes it grows in an hour by {memory:+.1f} MiB of memory, {answers:+.1f} ms of the answers' p99 "
        f"and {taps:+.1f} ms of the taps'."
    )


def main() -> None:
    """Measure, print, and write the section if asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--write", action="store_true", help="write the section into docs/benchmarks.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = DemoServer(Path(folder), engine="eventlet", port=free_port()).start()
        try:
            os.sched_setaffinity(server.pid, {0})
            os.sched_setaffinity(0, {1})
            staff = {role: sign_in(server.base_url, server.people(role)[0]) for role in ("moderator", "rapporteur")}
            code = {"code": server.links["join_code"]}
            people = [
                str(
                    requests.post(
                        f"{server.base_url}/api/join", json={**code, "name": f"Participant {number}"}, timeout=30
                    ).json()["token"]
                )
                for number in range(given.clients)
            ]
            room = Soak(server, random.Random(1))  # noqa: S311 (the same every time)
            asyncio.run(soak(room, staff, people, given.minutes))
            server.stop()
            os.sched_setaffinity(server.start().pid, {0})
            anew_mib = asyncio.run(started_anew(server, [*staff.values(), *people]))
        finally:
            server.stop()
    section = written(room.minutes, given.clients, anew_mib)
    if given.write:
        write_section("Soak", section)
    else:
        print(section)


if __name__ == "__main__":
    main()
