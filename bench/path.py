"""`python -m bench.path`: what one command costs between the road and the disk and back, in microseconds of the processor.

Everything from the handler of `command` inwards, in one process and without sockets: people who each send the next command
as soon as the last is on disk, through the desk, the codec, the host and a real committer on a file of its own. The thread of
the loop and that of the committer are told apart; `--profile` says which functions take the loop's time.
"""

# ruff: noqa: E402 (the engine comes first)

import argparse
import base64
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import Any, Final

from companion.engine import Engine, Event, choose

# Before the libraries that it patches.
ENGINE: Final = choose("eventlet")

from pycrdt import Doc, Text, TransactionEvent

from bench.page import machine, write_section
from companion.app import App, create_app
from companion.cli.demonstrating import prepare_database
from companion.config import DatabaseSettings, LimitSettings, Settings
from companion.core.people import Role
from companion.live.arrivals import NewPerson

OPTIONS: Final = ("support", "support_with_changes", "cannot_support", "abstain")
WRITERS: Final = 10
_HOT: Final = 60
_SAMPLED_EVERY_SECONDS: Final = 0.001

Payload = dict[str, Any]
Handler = Callable[[str, Payload], dict[str, Any]]


class Nowhere:
    """A road that leads nowhere: takes the handlers, and counts what it is given to send."""

    def __init__(self) -> None:
        self.handlers: dict[str, Callable[..., Any]] = {}
        self.sent = 0

    def on(self, event: str, handler: Callable[..., Any]) -> None:
        """Keep a handler."""
        self.handlers[event] = handler

    def emit(self, *_: object, **__: object) -> None:
        """Count a message."""
        self.sent += 1

    def enter_room(self, *_: object) -> None:
        """Take no note of it."""

    def leave_room(self, *_: object) -> None:
        """Take no note of it."""


class Room:
    """A workshop with so many participants, and a few who write."""

    def __init__(self, folder: Path, engine: Engine, people: int) -> None:
        settings = Settings(
            database=DatabaseSettings(path=str(folder / "path.db")),
            limits=LimitSettings(commands_per_second=1_000_000, burst=1_000_000),
        )
        prepare_database(Path(settings.database.path), settings.session)
        self.engine, self.road = engine, Nowhere()
        self.app: App = create_app(settings, engine, base_url="http://127.0.0.1", stop_program=_stop)
        self.app.sockets.open(self.road)
        desk, workshop = self.app.desk, next(iter(self.app.sessions)).committed.programme.workshop
        self.session = next(iter(self.app.sessions)).id
        code = desk.workshop(workshop).join_code or ""
        tokens = [desk.join(code, NewPerson(name=f"Participant {number}")).token for number in range(people)]
        self.people = [self._connected(f"participant-{number}", token) for number, token in enumerate(tokens)]
        self.chair = self._connected("chair", self._staff(workshop, Role.MODERATOR))
        self.writers = [
            self._connected(f"writer-{number}", self._staff(workshop, Role.RAPPORTEUR)) for number in range(WRITERS)
        ]
        self.handle: Handler = self.road.handlers["command"]
        self._ids = 0

    def say(self, sid: str, type_: str, data: Payload, expect: object = None) -> dict[str, Any]:
        """Send a command that is accepted; return the answer."""
        answer = self.handle(sid, self.payload(type_, data, expect))
        if not answer["ok"]:
            raise SystemExit(f"{type_}: {answer}")
        return answer

    def payload(self, type_: str, data: Payload, expect: object = None) -> Payload:
        """Return a command as it comes over the road."""
        self._ids += 1
        said = {"session": self.session, "id": f"bench-path-{self._ids:08}", "type": type_, "data": data}
        return said if expect is None else {**said, "expect": expect}

    def rounds(self, sids: list[str], payloads: list[list[Payload]]) -> "Spent":
        """Have each of them send their commands one after the other, all at the same time; return what it took."""
        left = len(sids)
        done: Event[None] = self.engine.event()

        def go(sid: str, theirs: list[Payload]) -> None:
            nonlocal left
            for payload in theirs:
                answer = self.handle(sid, payload)
                if not answer["ok"]:
                    print(answer)
                    os._exit(1)
            left -= 1
            if not left:
                done.set(None)

        commands, sent = sum(len(theirs) for theirs in payloads), self.road.sent
        loop, process, wall = time.thread_time(), time.process_time(), time.perf_counter()
        for sid, theirs in zip(sids, payloads, strict=True):
            self.engine.spawn(go, sid, theirs)
        done.wait()
        loop, process, wall = time.thread_time() - loop, time.process_time() - process, time.perf_counter() - wall
        return Spent(commands, loop, process - loop, wall, self.road.sent - sent)

    def _staff(self, workshop: str, role: Role) -> str:
        _, key = self.app.desk.make_link(workshop, role=role)
        return self.app.desk.redeem(key, f"The {role}").token

    def _connected(self, sid: str, token: str) -> str:
        self.road.handlers["connect"](sid, {}, {"token": token})
        joined = self.road.handlers["join"](sid, {"session": self.session})
        if not joined["ok"]:
            raise SystemExit(str(joined))
        return sid


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the processor that commands took: of the loop, and of the committer; of the clock; messages to send."""

    commands: int
    loop: float
    committer: float
    wall: float
    sent: int

    def line(self, name: str) -> str:
        """Return a row of the table."""
        each = 1e6 / self.commands
        both, per_second = (self.loop + self.committer) * each, self.commands / self.wall
        return (
            f"| `{name}` | {both:.0f} | {self.loop * each:.0f} | {self.committer * each:.0f} |"
            f" {per_second:.0f} | {self.sent / self.commands:.2f} |"
        )


Work = Callable[[Room, int], tuple[list[str], Callable[[], list[list[Payload]]]]]


def _votes(room: Room, rounds: int) -> tuple[list[str], Callable[[], list[list[Payload]]]]:
    data = {
        "question": "Shall we?", "preset": "support_scale", "ballot": "recorded", "unit": "person", "results": "live"
    }  # fmt: skip
    poll = room.say(room.chair, "poll.open", data)["result"]["poll"]
    turn = iter(range(1_000_000))

    def more() -> list[list[Payload]]:
        at = [next(turn) for _ in range(rounds)]
        return [
            [room.payload("poll.vote", {"poll": poll, "option": OPTIONS[(number + each) % 4]}) for each in at]
            for number in range(len(room.people))
        ]

    return room.people, more


def _asking(room: Room, rounds: int) -> tuple[list[str], Callable[[], list[list[Payload]]]]:
    """Have everybody ask for the floor and withdraw, again and again."""
    turn = iter(range(1_000_000))

    def theirs(number: int, at: list[int]) -> Iterator[Payload]:
        for each in at:
            request = f"bench-asks-{number}-{each}"
            yield room.payload("floor.request", {"kind": "statement", "request": request})
            yield room.payload("floor.withdraw", {"request": request})

    def more() -> list[list[Payload]]:
        at = [next(turn) for _ in range(rounds // 2)]
        return [[*theirs(number, at)] for number in range(len(room.people))]

    return room.people, more


def _ready(room: Room, rounds: int) -> tuple[list[str], Callable[[], list[list[Payload]]]]:
    for number, sid in enumerate(room.people):
        room.say(sid, "floor.request", {"kind": "statement", "request": f"bench-request-{number}"})
    turn = iter(range(1_000_000))

    def more() -> list[list[Payload]]:
        at = [next(turn) for _ in range(rounds)]
        return [
            [room.payload("floor.ready", {"request": f"bench-request-{number}", "ready": each % 2 == 0}) for each in at]
            for number in range(len(room.people))
        ]

    return room.people, more


def _typing(room: Room, rounds: int) -> tuple[list[str], Callable[[], list[list[Payload]]]]:
    """Have each of those who write type into a note of their own, one letter a command."""
    docs: list[tuple[str, Doc[Text], list[bytes]]] = []
    for number, sid in enumerate(room.writers):
        note = f"bench-note-{number}"
        room.say(sid, "note.add", {"kind": "key_point", "note": note})
        doc, updates = Doc[Text](client_id=number + 1_001), list[bytes]()
        doc["text"] = Text()
        doc.observe(lambda event, kept=updates: _keep(kept, event))
        docs.append((note, doc, updates))

    def typed(note: str, doc: Doc[Text], updates: list[bytes]) -> Iterator[Payload]:
        text = doc.get("text", type=Text)
        for _ in range(rounds * 5):
            text += "e" if len(str(text)) % 6 else " "
            data = {
                "note": note,
                "update": base64.b64encode(updates[-1]).decode(),
                "client": doc.client_id,
                "clock": len(str(text)),
            }
            yield room.payload("note.text", data)

    return room.writers, lambda: [[*typed(*each)] for each in docs]


def _keep(kept: list[bytes], event: TransactionEvent) -> None:
    kept.append(event.update)


WORK: Final[dict[str, Work]] = {
    "poll.vote": _votes,
    "floor.request": _asking,
    "floor.ready": _ready,
    "note.text": _typing,
}


def _stop(error: BaseException) -> None:
    print(f"stopped: {error!r}")
    os._exit(1)


def measured(room: Room, work: Work, given: argparse.Namespace) -> Spent:
    """Return the run of several that took the least of the processor: what others do on the machine only adds to it."""
    sids, more = work(room, given.rounds)
    room.rounds(sids, more())  # the first is not measured
    if given.profile:
        with sampled():
            room.rounds(
                sids, [[*chain.from_iterable(rounds)] for rounds in zip(*(more() for _ in range(10)), strict=True)]
            )
    runs = [room.rounds(sids, more()) for _ in range(given.runs)]
    return min(runs, key=lambda run: run.loop + run.committer)


@contextmanager
def sampled() -> Iterator[None]:
    """Print, for what is run inside of this, in which functions and lines the processor was, and what it was in on behalf of them."""
    lines, functions, samples = Counter[str](), Counter[str](), 0

    def look(_: int, frame: FrameType | None) -> None:
        nonlocal samples
        samples += 1
        if frame is not None:
            lines[f"{_short(frame)}:{frame.f_lineno}"] += 1
        seen = set[str]()
        while frame is not None:
            seen.add(_short(frame))
            frame = frame.f_back
        functions.update(seen)

    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _SAMPLED_EVERY_SECONDS, _SAMPLED_EVERY_SECONDS)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    for title, found in (("with all that it calls", functions), ("by itself", lines)):
        print(f"{title}, % of {samples} samples")
        for where, count in found.most_common(_HOT):
            print(f"  {100 * count / samples:5.1f}  {where}")


def _short(frame: FrameType) -> str:
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_qualname}"


def main() -> None:
    """Measure, print, and write the section if asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench.path", description=__doc__)
    parser.add_argument("work", nargs="*", metavar="COMMAND", help=f"of {', '.join(WORK)}")
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--profile", action="store_true", help="say where the time of the loop goes")
    parser.add_argument("--write", action="store_true", help="write the section into docs/benchmarks.md")
    given = parser.parse_args()
    for name in given.work:
        if name not in WORK:
            parser.error(f"{name} is none of {', '.join(WORK)}")
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder), ENGINE, given.people)
        for type_ in ("session.start", "list.open"):
            room.say(room.chair, type_, {})
        for name in given.work or WORK:
            lines.append(measured(room, WORK[name], given).line(name))
            print(lines[-1], flush=True)
        room.app.close()
    section = f"""\
Made by `python -m bench.path --write` on {machine()}; {given.people} people in a closed loop, {WRITERS} of those who
type; the cheapest of {given.runs} runs. Load of the machine meanwhile: {os.getloadavg()[0]:.1f}.

| microseconds of the processor for a command, without sockets | both | the loop | the committer | a second | messages |
|---|---:|---:|---:|---:|---:|
{chr(10).join(lines)}
"""
    if given.write:
        write_section("One command", section)
    else:
        print(section)


if __name__ == "__main__":
    main()
