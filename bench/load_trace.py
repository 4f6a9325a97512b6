"""What the main thread of a phone does while it loads the participant's page, read from Chromium's own trace.

Every task's time belongs to the innermost event within it; what is told are the shares of kinds of work, until the page can be used.
"""

import json
from collections import Counter
from contextlib import closing
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

from bench import first_load
from bench.rows import table
from bench.server import Server

CATEGORIES: Final = [
    "blink.user_timing",
    "toplevel",
    "devtools.timeline",
    "loading",
    "v8",
    "disabled-by-default-v8.compile",
]
LOADS: Final = 3
SHOWN: Final = 14


def told(server: Server) -> str:
    """Return what the load in the middle of three by its time was spent on."""
    [token] = server.tokens_of_guests(1)
    url = f"{server.base_url}/sessions/{server.session}/participant"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=first_load.CHROMIUM, args=list(first_load.SWITCHES))
        loads = sorted((_loaded(browser, url, token) for _ in range(LOADS)), key=lambda load: load[0])
        browser.close()
    usable_ms, trace = loads[LOADS // 2]
    worked = _spent(json.loads(trace)["traceEvents"], usable_ms)
    rows = [(name, f"{ms:.0f} ms", f"{ms / usable_ms * 100:.0f} %") for name, ms in worked.most_common(SHOWN)]
    return (
        f"Usable after {usable_ms:.0f} ms (a trace costs some of it), of which the page's main thread was busy for {worked.total():.0f} ms.\n\n"
        + table(("a task, or an event within it, by itself", "time", "of all"), rows)
    )


def _loaded(browser: Browser, url: str, token: str) -> tuple[float, bytes]:
    """Open the page in a browser that has never seen it; return when it could be used, and the trace."""
    with closing(browser.new_context(viewport=first_load.PHONE, device_scale_factor=2, is_mobile=True)) as context:
        context.add_cookies([{"name": "companion", "value": token, "domain": "127.0.0.1", "path": "/"}])
        page = context.new_page()
        page.add_init_script(first_load.WHEN_USABLE)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": first_load.ROADS[1].slower})
        browser.start_tracing(page=page, categories=CATEGORIES)
        page.goto(url)
        usable_ms = float(page.wait_for_function("() => window.usableAt", timeout=60_000).json_value())
        return usable_ms, browser.stop_tracing()


def _spent(events: list[dict[str, Any]], usable_ms: float) -> Counter[str]:
    """Return how many milliseconds each kind of event took by itself, from the navigation until the page could be used."""
    begun = [each for each in events if each["name"] == "navigationStart" and "participant" in json.dumps(each["args"])]
    pid, since = begun[-1]["pid"], begun[-1]["ts"]
    tid = next(
        each["tid"]
        for each in events
        if (each["name"], each["pid"]) == ("thread_name", pid) and each["args"]["name"] == "CrRendererMain"
    )
    until = since + usable_ms * 1_000
    theirs = [
        each
        for each in events
        if (each["pid"], each["tid"], each["ph"]) == (pid, tid, "X") and since <= each["ts"] <= until
    ]
    spent: Counter[str] = Counter()
    within: list[tuple[str, float]] = []
    for each in sorted(theirs, key=lambda each: (each["ts"], -each["dur"])):
        while within and within[-1][1] <= each["ts"]:
            within.pop()
        if within:
            spent[within[-1][0]] -= each["dur"] / 1_000
        spent[each["name"]] += each["dur"] / 1_000
        within.append((each["name"], each["ts"] + each["dur"]))
    return spent
