"""`simulate`: plays a panel into a running server."""

import argparse
import importlib.util
import signal
import threading
from typing import TYPE_CHECKING

from companion.cli.refusing import CommandRefused

if TYPE_CHECKING:
    from companion.simulate import panel

_CLIENT = ("requests", "websocket")


def simulate(options: argparse.Namespace) -> int:
    """Play as the options say, print what was done, and compare the record with it."""
    if any(importlib.util.find_spec(name) is None for name in _CLIENT):
        raise CommandRefused("the client that plays is not installed: pip install 'companion[simulate]'")

    from companion.simulate import cast, panel
    from companion.simulate.client import Unexpected

    try:
        plan = panel.Plan(
            links=cast.read(options.links),
            session=options.session,
            speed=options.speed,
            people=options.people,
            seed=options.seed,
            requests=options.requests,
            stop_after=options.stop_after,
        )
        with panel.connected(plan, _say) as played:
            return _play(played, stay=options.stay)
    except (cast.CannotPlay, Unexpected) as error:
        raise CommandRefused(str(error)) from error


def _play(played: "panel.Panel", *, stay: bool) -> int:
    to_its_end = played.play()
    differences = played.differences() if to_its_end else []
    for difference in differences:
        _say(difference)
    if differences:
        raise CommandRefused(f"the record differs from what was played in {len(differences)} places")
    if to_its_end:
        count = len(played.account.spoke)
        _say(f"{count} interventions, {len(played.account.requests)} requests: the record says the same.")
    if stay:
        ended = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        _say("Everybody stays until this is ended (Ctrl+C).")
        ended.wait()
    return 0


def _say(text: str) -> None:
    print(text, flush=True)
