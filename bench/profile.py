"""`python -m bench.profile delivery|commands`: what the server's loop does in the time that a target of `make bench` measures.

Prints the share of each part of the program (by the innermost frame that belongs to one), of each function with all that it
calls, and of the lines that take most themselves. The server is looked at every few milliseconds of its processor.
"""

import argparse
import json
import signal
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bench import commands, delivery
from bench.crowd import Crowd
from bench.rows import table
from bench.server import Server
from tests.journeys.server import free_port

SECONDS: Final = 10
LEAST: Final = 0.01
_LINES: Final = 25
_FUNCTIONS: Final = 60

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


SCENES: Final[dict[str, tuple[Callable[[Server, Crowd, int], object], int]]] = {
    "delivery": (during_deliveries, 1_500),
    "commands": (during_commands, 500),
}


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    parser.add_argument("scene", choices=SCENES)
    given = parser.parse_args()
    scene, many = SCENES[given.scene]
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "stacks.json"
        with Server(Path(folder), free_port(), sampled_into=into) as server, Crowd(server.port) as crowd:
            print(scene(server, crowd, many))
            server.signal(signal.SIGUSR2)
        print(told(json.loads(into.read_text())))


def told(stacks: Stacks) -> str:
    """Return the shares, as tables."""
    lines: Counter[str] = Counter()
    functions: Counter[str] = Counter()
    for count, stack in stacks:
        lines[stack[0]] += count
        for function in {frame.rpartition(":")[0] for frame in stack}:
            functions[function] += count
    total = lines.total()
    return "\n\n".join(
        (
            f"{total} looks",
            table(("a function, with what it calls", "share"), _shares(functions, total, _FUNCTIONS)),
            table(("a line by itself", "share"), _shares(lines, total, _LINES)),
        )
    )


def _shares(counts: Counter[str], total: int, most: int) -> list[tuple[str, str]]:
    return [(f"`{what}`", f"{n / total * 100:.1f} %") for what, n in counts.most_common(most) if n >= LEAST * total]


if __name__ == "__main__":
    main()
