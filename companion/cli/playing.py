"""`simulate`: plays a panel, or all of them, into a running server."""

import argparse
import dataclasses
import importlib.util
import signal
import time
from typing import TYPE_CHECKING

from companion.cli.refusing import CommandRefused

if TYPE_CHECKING:
    from companion.simulate import panel
    from companion.simulate.account import Account
    from companion.simulate.company import Plan, Source

_LOOK_SECONDS = 0.1
_CLIENT = ("requests", "websocket")


def simulate(options: argparse.Namespace) -> int:
    """Play as the options say, print what was done, and compare the record with it."""
    if any(importlib.util.find_spec(name) is None for name in _CLIENT):
        raise CommandRefused("the client that plays is not installed: pip install 'companion[simulate]'")

    from companion.simulate import cast, company, panel
    from companion.simulate.client import Unexpected

    try:
        plan = company.Plan(
            links=cast.read(options.links),
            session=options.session,
            speed=options.speed,
            people=options.people,
            seed=options.seed,
            requests=options.requests,
            stop_after=options.stop_after,
        )
        if options.all:
            return _play_all(plan)
        with panel.connected(plan, _say) as played:
            return _play(played, stay=options.stay)
    except (cast.CannotPlay, Unexpected) as error:
        raise CommandRefused(str(error)) from error


def _play_all(plan: "Plan") -> int:
    """Play every session in the order of the programme, each with those whom the one before did not reach.

    The last one takes up what the others have recommended.
    """
    from companion.simulate import panel

    began, waits, sources = time.monotonic(), list[float](), list["Source"]()
    sessions = plan.links.sessions
    for session in sessions:
        earlier = tuple(sources) if session is sessions[-1] else ()
        plan = dataclasses.replace(plan, session=session.id, earlier=earlier)
        with panel.connected(plan, _say) as played:
            _play(played, stay=False)
            sources += played.sources()
            waits += played.waits()
            plan = dataclasses.replace(plan, left=played.left())
    _say(f"{len(sessions)} sessions in {_minutes(time.monotonic() - began)}: {_answered(sorted(waits))}.")
    return 0


def _play(played: "panel.Panel", *, stay: bool) -> int:
    began = time.monotonic()
    to_its_end = played.play()
    took = time.monotonic() - began
    differences = played.differences() if to_its_end else []
    for difference in differences:
        _say(difference)
    if differences:
        raise CommandRefused(f"the record differs from what was played in {len(differences)} places")
    if to_its_end:
        _say(f"{_figures(played.account)}: the record says the same.")
        _say(f"Played in {_minutes(took)}: {_answered(played.waits())}.")
    if stay:
        # The handler takes no lock: one may be held where the signal comes. And it may come to another thread, which
        # does not wake this one: it has to look.
        ended: list[int] = []
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, _: ended.append(number))
        _say("Everybody stays until this is ended (Ctrl+C).")
        while not ended:
            time.sleep(_LOOK_SECONDS)
    return 0


def _figures(account: "Account") -> str:
    answers = sum(len(poll.answers) for poll in account.polls.values())
    versions = sum(len(each.texts) for each in account.recommendations.values())
    return (
        f"{len(account.spoke)} interventions, {len(account.requests)} requests, {len(account.notes)} notes, "
        f"{len(account.recommendations)} recommendations in {versions} versions, "
        f"{len(account.polls)} polls with {answers} answers"
    )


def _answered(waits: list[float]) -> str:
    """Return how long answers to commands took; `waits` are in seconds, shortest first."""
    if not waits:
        return "no commands"
    median, slow = waits[len(waits) // 2], waits[len(waits) * 95 // 100]
    milliseconds = (
        f"{median * 1000:.0f} ms, 95 of 100 within {slow * 1000:.0f} ms, all within {waits[-1] * 1000:.0f} ms"
    )
    return f"{len(waits)} commands, half of them answered within {milliseconds}"


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"


def _say(text: str) -> None:
    print(text, flush=True)
