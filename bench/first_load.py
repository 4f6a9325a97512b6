"""Weighs the first load of the participant's page, and times it on a slow phone and road.

Chromium opens the page as DevTools throttle it, with an empty cache and again with what it kept, once as the page is
and once without its preloading. Usable is: the session's state is shown live and *Request the floor* can be tapped.
"""

import base64
import os
import re
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from bench.commands import said
from bench.crowd import Crowd
from bench.rows import Measured, Row, Scale, at_most, not_measured, table
from bench.server import Server
from tests.journeys.server import free_port

CHROMIUM: Final = "/usr/bin/chromium"
SWITCHES: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-features=LocalNetworkAccessChecks",  # a page handed on without its preloading has no address of its own
)
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
WHEN_USABLE: Final = """
new MutationObserver((_, observer) => {
  if (!document.querySelector('.tag.ready') || !document.querySelector('.request .act:not([aria-disabled="true"])')) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.usableAt = performance.now(); }));
}).observe(document, { subtree: true, childList: true, attributes: true });
"""
_LATER: Final = "/static/pages/participant-papers-"
"""How the address of what the page fetches once it can be used begins."""
_PRELOADING: Final = re.compile(rb'<link rel="(?:modulepreload|preload)"[^>]*>')
KILOBYTE: Final = 1_000
TARGET_KILOBYTES: Final = 80
TARGET_MS: Final = 1_000
_IDLE_BELOW: Final = 0.5
"""Of its cores: what others keep busy makes a phone out of a laptop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A device and what lies between it and the server."""

    name: str
    slower: int = 1
    bits_per_second: int = 0
    latency_ms: int = 0


ROADS: Final = (
    Road(name="this machine"),
    Road(name="a phone four times slower", slower=4),
    Road(name="that phone on 1.6 Mbit/s with 150 ms", slower=4, bits_per_second=1_600_000, latency_ms=150),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one load took until it was usable, and `after` that: bytes as they came over the road, `body` without headers."""

    answers: int
    body: int
    headers: int
    answers_after: int
    body_after: int
    usable_ms: float
    work_ms: float
    """Processor time of the page's main thread."""


class Counter:
    """Counts what comes over the road to a page."""

    def __init__(self, cdp: CDPSession) -> None:
        self._cdp = cdp
        self._addresses: dict[str, str] = {}
        self._headers: dict[str, int] = {}
        self._whole: dict[str, int] = {}
        self._worked_ms = 0.0
        cdp.on("Network.responseReceived", self._answered)
        cdp.on("Network.loadingFinished", self._finished)
        cdp.send("Network.enable")
        cdp.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked_ms(self) -> float:
        """Return for how long the page's main thread has worked since this was last asked."""
        metrics = self._cdp.send("Performance.getMetrics")["metrics"]
        before, self._worked_ms = (
            self._worked_ms,
            next(each["value"] for each in metrics if each["name"] == "TaskDuration") * 1e3,
        )
        return self._worked_ms - before

    def taken(self, *, usable_ms: float, work_ms: float) -> Load:
        """Return what came since this was last asked."""
        # Of what the browser had kept, nothing came over the road.
        came = {id_: size for id_, size in self._whole.items() if size}
        bodies = {id_: size - self._headers[id_] for id_, size in came.items()}
        after = {id_ for id_ in came if self._addresses[id_].startswith(_LATER)}
        self._whole.clear()
        return Load(
            answers=len(came) - len(after),
            body=sum(size for id_, size in bodies.items() if id_ not in after),
            headers=sum(self._headers[id_] for id_ in came if id_ not in after),
            answers_after=len(after),
            body_after=sum(bodies[id_] for id_ in after),
            usable_ms=usable_ms,
            work_ms=work_ms,
        )

    def _answered(self, event: dict[str, Any]) -> None:
        id_, answer = event["requestId"], event["response"]
        self._addresses[id_] = urlsplit(answer["url"]).path
        self._headers[id_] = int(answer["encodedDataLength"])

    def _finished(self, event: dict[str, Any]) -> None:
        self._whole[event["requestId"]] = int(event["encodedDataLength"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A first load and the next."""

    first: Load
    again: Load


Visits = dict[tuple[Road, bool], list[Visit]]


def visit(browser: Browser, url: str, token: str, road: Road, *, preloading: bool) -> Visit:
    """Open the page in a browser that has never seen it, and once more."""
    with closing(browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, locale="en-GB")) as context:
        context.add_cookies([{"name": "companion", "value": token, "domain": "127.0.0.1", "path": "/"}])
        page = context.new_page()
        page.add_init_script(WHEN_USABLE)
        cdp = context.new_cdp_session(page)
        _throttle(cdp, road)
        if not preloading:
            _leave_preloading_out(cdp)
        counter = Counter(cdp)
        return Visit(first=_load(page, counter, url), again=_load(page, counter, url))


def _load(page: Page, counter: Counter, url: str) -> Load:
    page.goto(url)
    usable_ms = float(page.wait_for_function("() => window.usableAt", timeout=60_000).json_value())
    work_ms = counter.worked_ms()
    page.wait_for_function("() => ['participant-polls', 'participant-texts'].every(each => customElements.get(each))")
    page.wait_for_load_state("networkidle")  # what else it asks for is counted too
    return counter.taken(usable_ms=usable_ms, work_ms=work_ms)


def _throttle(cdp: CDPSession, road: Road) -> None:
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": road.slower})
    if road.bits_per_second:
        bytes_per_second = road.bits_per_second / 8
        cdp.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": road.latency_ms, "downloadThroughput": bytes_per_second,
             "uploadThroughput": bytes_per_second},
        )  # fmt: skip


def _leave_preloading_out(cdp: CDPSession) -> None:
    def hand_on(event: dict[str, Any]) -> None:
        body = cdp.send("Fetch.getResponseBody", {"requestId": event["requestId"]})
        content = base64.b64decode(body["body"]) if body["base64Encoded"] else body["body"].encode()
        cdp.send(
            "Fetch.fulfillRequest",
            {"requestId": event["requestId"], "responseCode": 200, "responseHeaders": event["responseHeaders"],
             "body": base64.b64encode(_PRELOADING.sub(b"", content)).decode()},
        )  # fmt: skip

    cdp.on("Fetch.requestPaused", hand_on)
    cdp.send("Fetch.enable", {"patterns": [{"resourceType": "Document", "requestStage": "Response"}]})


def _row(name: str, loads: Sequence[Load], *, idle: bool) -> tuple[str, ...]:
    load = loads[0]
    usable = f"{_usable_ms(loads):.0f} ms" if idle else "—"
    return (
        name,
        str(load.answers),
        f"{load.body / KILOBYTE:.1f} KB",
        f"{load.headers / KILOBYTE:.1f} KB",
        usable,
    )


def _usable_ms(loads: Sequence[Load]) -> float:
    return statistics.median(load.usable_ms for load in loads)


def _told(visits: Visits, chromium: str, *, idle: bool) -> str:
    lines = [
        _row(f"{which} load, {'as it is' if preloading else 'without preloading'}, {road.name}", loads, idle=idle)
        for which in ("first", "next")
        for (road, preloading), each in visits.items()
        if idle or road is ROADS[0]
        for loads in [[visit.first if which == "first" else visit.again for visit in each]]
    ]
    here = [visit.first for visit in visits[ROADS[0], True]]
    return f"""\
The participant's page in English, list open, at 390 × 844, in Chromium {chromium}: answers that came over the road and their bytes, and the
time until it is usable, that is: shown live, and *Request the floor* can be tapped. Slower devices and roads as Chromium's DevTools
emulate them; the server runs on one core, the browser on the other; {len(here)} loads each, by turns, of which the median.
{"" if idle else "Others were using the machine, so there are no times here."}

{table(("", "answers", "compressed", "headers", "usable after"), lines)}

For the first load the page's main thread works {statistics.median(load.work_ms for load in here):.0f} ms on this machine. Once it can be
used, the page fetches what shows polls and texts: {here[0].answers_after} answers, {here[0].body_after / KILOBYTE:.1f} KB.
"""


def _rows(visits: Visits, *, idle: bool) -> list[Row]:
    light = visits[ROADS[0], True][0].first
    what = "first load of the participant’s page"
    weight = at_most("first_load", f"{what}, compressed", light.body / KILOBYTE, TARGET_KILOBYTES, "KB")
    weight = replace(weight, figure=f"{weight.figure} (and {light.headers / KILOBYTE:.0f} KB of headers)")
    slow = f"{what}, usable on {ROADS[1].name} than this machine"
    if not idle:
        return [weight, not_measured("first_load", slow, f"≤ {TARGET_MS} ms", "others were using the machine")]
    usable = _usable_ms([visit.first for visit in visits[ROADS[1], True]])
    return [weight, at_most("first_load", slow, usable, TARGET_MS, "ms")]


def _visited(server: Server, rounds: int) -> tuple[Visits, str]:
    """Return all visits, and the version of the browser."""
    [token] = server.tokens_of_guests(1)
    url, visits = f"{server.base_url}/sessions/{server.session}/participant", Visits()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        # By turns, so that a busy moment of the machine falls on all of them.
        for _ in range(rounds):
            for road in ROADS:
                for preloading in (False, True):
                    found = visit(browser, url, token, road, preloading=preloading)
                    visits.setdefault((road, preloading), []).append(found)
        chromium = browser.version
        browser.close()
    return visits, chromium


def measure(scale: Scale) -> Measured:
    """Open the page again and again; there are no times where others use the machine."""
    idle = os.getloadavg()[0] < (os.cpu_count() or 1) * _IDLE_BELOW
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), free_port()) as server:
        with Crowd(server.port) as crowd:
            [moderator] = crowd.open([server.token_of("moderator")])
            for type_ in ("session.start", "list.open"):
                said(crowd, moderator, server.session, type_, {})
        visits, chromium = _visited(server, scale.of(5, 1))
    return Measured(title="First load", rows=_rows(visits, idle=idle), text=_told(visits, chromium, idle=idle))
