"""`python -m bench.profile [delivery] [commands] [load]`: what the server's loop does while a target of `make bench` is measured.

Told are the share of each part of the program (a look belongs to the innermost frame that is in one), of each function with
all that it calls, and of the lines that take most themselves. The server is looked at every few milliseconds of its processor. Of the load of a page, it is the
page's main thread that is told of.
"""

import argparse
import json
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bench import commands, delivery, first_load, load_trace
from bench.crowd import Crowd
from bench.page import machine, write_section
from bench.rows import table
from bench.server import Server
from tests.journeys.server import free_port

SECONDS: Final = 10
LOAD: Final = "load"
LEAST: Final = 0.015
PARTS: Final = {
    "sockets/lanes.py:Lane.write:": "handing frames to the kernel",
    "sockets/ear.py:Ear.read:": "taking from the kernel what has come",
    "sockets/frames.py": "frames, JSON and the shapes of messages",
    "codec/": "frames, JSON and the shapes of messages",
    "core/": "deciding and folding",
    "audiences/": "what each may see",
    "store/": "sealing: the chain of hashes",
    "live/entries.py": "sealing: the chain of hashes",
    "live/": "staging, answers, telling",
    "sockets/": "the road between them",
    "socketio/": "the road between them",
    "engineio/": "the road between them",
    "hubs/": "the loop, and waking who waits",
    "companion/waking.py": "the loop, and waking who waits",
    "companion/engine.py": "the loop, and waking who waits",
}
"""What a frame belongs to, by how it begins."""

Stacks = list[tuple[int, list[str]]]


def during_deliveries(server: Server, crowd: Crowd, many: int) -> object:
    """Have a patch sent to `many` clients, five times a second."""
    [tapper] = crowd.open([server.token_of("moderator")])
    clients = crowd.open(server.tokens_of_guests(many))
    crowd.call_all([(client, "join", {"session": server.session}) for client in clients])
    crowd.rest(delivery.SETTLE_SECONDS)

    def say(tap: int) -> None:
        data = {"text": delivery.text_of(tap)}
        command = {"session": server.session, "id": f"profile-{tap:06}", "type": "announce", "data": data}
        tapper.ask("command", command, delivery.accepted)

    taps = SECONDS * delivery.DELIVERIES_PER_SECOND // many
    server.signal(signal.SIGUSR1)
    return delivery.broadcasts(crowd, delivery.OURS, clients, say, server.cpu_seconds, delivery.Pace(count=taps))


def during_commands(server: Server, crowd: Crowd, many: int) -> object:
    """Have `many` clients send one command after the other."""
    [chair] = crowd.open([server.token_of("moderator")])
    clients = crowd.open(server.tokens_of_guests(many))
    crowd.call_all([(client, "join", {"session": server.session}) for client in clients])
    commands.said(crowd, chair, server.session, "session.start", {})
    poll = str(commands.said(crowd, chair, server.session, "poll.open", commands.POLL)["result"]["poll"])
    crowd.call_all([(client, "leave", {"session": server.session}) for client in clients])
    where = (server.session, poll)
    server.signal(signal.SIGUSR1)
    return commands.closed_loop(crowd, commands.OURS, clients, where, server.cpu_seconds, SECONDS)


SCENES: Final[dict[str, tuple[Callable[[Server, Crowd, int], object], int, str]]] = {
    "delivery": (during_deliveries, 1_500, "a patch to 1,500 clients, five times a second"),
    "commands": (during_commands, 500, "500 clients, each of which answers a poll again as soon as it has the answer"),
}


def sampled(name: str) -> str:
    """Return where the loop's time goes in a scene."""
    scene, many, words = SCENES[name]
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "stacks.json"
        with Server(Path(folder), free_port(), sampled_into=into) as server, Crowd(server.port) as crowd:
            print(scene(server, crowd, many))
            server.signal(signal.SIGUSR2)
        return f"**{name.capitalize()}:** {words}. {told(json.loads(into.read_text()))}"


def loaded() -> str:
    """Return where the time of a phone goes that opens the participant's page."""
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), free_port()) as server:
        with Crowd(server.port) as crowd:
            [moderator] = crowd.open([server.token_of("moderator")])
            for type_ in ("session.start", "list.open"):
                commands.said(crowd, moderator, server.session, type_, {})
        words = f"the participant's page, for the first time, on {first_load.ROADS[1].name} than this machine"
        return f"**Load:** {words}. {load_trace.told(server)}"


def main() -> None:
    """Measure, print, and write the section if asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=f"only these: {', '.join((*SCENES, LOAD))}")
    parser.add_argument("--write", action="store_true", help="write the section into docs/benchmarks.md")
    given = parser.parse_args()
    if unknown := {*given.scenes} - {*SCENES, LOAD}:
        parser.error(f"no such scene: {', '.join(sorted(unknown))}")
    found = [f"Made by `python -m bench.profile --write` on {machine()}. {__doc__.partition(chr(10) * 2)[2].strip()}"]
    found += [loaded() if name == LOAD else sampled(name) for name in given.scenes or (*SCENES, LOAD)]
    section = "\n\n".join(found)
    if given.write:
        write_section("Where the loop’s time goes", section)
    else:
        print(section)


def told(stacks: Stacks) -> str:
    """Return the shares, as tables."""
    parts: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    functions: Counter[str] = Counter()
    for count, stack in stacks:
        parts[_part(stack)] += count
        lines[stack[0]] += count
        for function in {frame.rpartition(":")[0] for frame in stack if _is_ours(frame)}:
            functions[function] += count
    tables = (
        table(("part", "share"), _shares(parts)),
        table(("a function of ours, with what it calls", "share"), _shares(functions, lines.total())),
        table(("a line by itself", "share"), _shares(lines)),
    )
    return "\n\n".join((f"{lines.total()} looks.", *tables))


def _part(stack: Sequence[str]) -> str:
    return next(
        (part for frame in stack for begins, part in PARTS.items() if frame.startswith(begins)), "everything else"
    )


def _is_ours(frame: str) -> bool:
    return any(frame.startswith(begins) for begins in PARTS) and not frame.startswith(
        ("socketio/", "engineio/", "hubs/")
    )


def _shares(counts: Counter[str], total: int = 0) -> list[tuple[str, str]]:
    total = total or counts.total()
    return [(what, f"{n / total * 100:.1f} %") for what, n in counts.most_common() if n >= LEAST * total]


if __name__ == "__main__":
    main()
