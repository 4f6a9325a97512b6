"""`python -m bench.moderator_trace`: how the moderator's screen keeps up with a very long list, read from browser traces.

Chromium shows the list with its processor throttled. Once a second another tablet changes the list; then, while that
goes on, a card is dragged by its handle, and held at the edge. Counted is what the page's main thread did for
each frame that it drew (the task that draws it and those that ended within a sixtieth of a second before), and its
longest task. What a frame costs at the least, on this machine at this hour, is told beside it: a page of nothing but a
number that changes. With `--write` the figures go into `docs/benchmarks.md`.
"""

import argparse
import asyncio
import itertools
import json
import os
import secrets
import statistics
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Browser, CDPSession, Page, ViewportSize, async_playwright

from bench.light_client import LightClient, connected
from bench.page import machine, write_section
from bench.server import Server

CHROMIUM: Final = "/usr/bin/chromium"
SWITCHES: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
TABLET: Final[ViewportSize] = {"width": 1180, "height": 820}
CATEGORIES: Final = ("toplevel", "disabled-by-default-devtools.timeline.frame")
"""Of a trace, what is read: tasks and frames. Each thing more that is recorded takes time of the thread that is measured."""
TASK: Final = "ThreadControllerImpl::RunTask"
MOST_P95_MS: Final = 12
LONG_TASK_MS: Final = 50
FRAME_MS: Final = 1_000 / 60
STEP_SECONDS: Final = FRAME_MS / 1_000
EDGE_PX: Final = 10
SCROLLS_PX: Final = 60
HAND_PX: Final = 5.0
_SETTLING_SECONDS: Final = 3
WARMING_UP_SECONDS: Final = 10
"""A screen that has been in use for a while has its scripts compiled and the fonts of its names at hand."""
COUNT: Final = """() => {
  const text = document.querySelector("p").firstChild;
  const count = () => { text.data = Number(text.data) + 1; requestAnimationFrame(count); };
  count();
}"""

# The first names of a real list: of every length and script.
NAMES: Final = (
    "Delegate, Sample State A",
    "ممثلة، المؤسسة الوطنية لحقوق الإنسان (عينة)",
    "Representante, Mecanismo Regional de Muestra (Américas)",
    "专家,样本大学",
    "Representative of the Permanent Observer Mission of the Sample Intergovernmental Organization for Cooperation",
    "Представитель, Государство-образец К",
)
GROUPS: Final = ("member_state", "ngo", "academia", "nhri", "regional_mechanism", "un_mechanism")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task of the main thread: when it began, how long it lasted, and how long the thread worked in it; milliseconds."""

    at: float
    lasted: float
    worked: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """What the main thread did in one run; milliseconds. `worked`: of the thread itself, without waiting for a core."""

    frames: int
    p50: float
    p95: float
    longest_frame: float
    longest_task: float
    long_tasks: int
    worked_p95: float
    worked_longest: float


class Meeting:
    """A discussion with a long list, run by a second tablet."""

    def __init__(self, client: LightClient, session: str) -> None:
        self._client = client
        self._session = session
        self._numbers = itertools.count()
        self._intervention: str | None = None
        self.waiting: list[str] = []

    async def begin(self, count: int) -> None:
        """Start the discussion, with `count` guests on the list and a speaker on the floor."""
        snapshot = (await self._client.call("join", {"session": self._session}))["snapshot"]
        discussion = next(
            each["id"] for each in snapshot["programme"]["segments"] if each["kind"] == "interactive_discussion"
        )
        await self.do("session.start")
        await self.do("session.segment", {"segment": discussion, "waiting": "hold"})
        await self.do("list.open")
        for _ in range(count + 1):
            await self.put()
        await self.next()

    async def put(self) -> None:
        """Put one more on the list."""
        number = next(self._numbers)
        guest = {
            "name": f"{NAMES[number % len(NAMES)]} {number + 1}",
            "organisation": "Sample Organization for Human Rights",
            "group": GROUPS[number % len(GROUPS)],
            "attendance": "remote" if number % 3 else "in_room",
        }
        more = {"topic": "Access to remedy for communities"} if number % 2 else {}
        answer = await self.do("floor.request", {"kind": "statement", "guest": guest, **more})
        self.waiting.append(answer["result"]["request"])

    async def next(self) -> None:
        """Give the floor to the first: everybody else moves up."""
        request = self.waiting.pop(0)
        answer = await self.do("floor.give", {"request": request}, expect={"intervention": self._intervention})
        self._intervention = answer["result"]["intervention"]

    async def change(self, turn: int) -> None:
        """Change the list in one of the ways in which lists change."""
        match turn % 5:
            case 0:
                await self.put()
            case 1:
                await self.next()
            case 2:
                await self.do("floor.ready", {"request": self.waiting[turn % 7], "ready": bool(turn % 2)})
            case 3:
                self.waiting.insert(3, self.waiting.pop())
                await self.do("floor.move", {"request": self.waiting[3], "after": self.waiting[2]})
            case _:
                await self.do("floor.withdraw", {"request": self.waiting.pop(5)})
                await self.put()

    async def go_on(self, seconds: int) -> None:
        """Change the list once a second."""
        for turn in range(seconds):
            await self.change(turn)
            await asyncio.sleep(1)

    async def do(self, type_: str, data: Mapping[str, Any] | None = None, **more: object) -> Any:  # noqa: ANN401 (JSON)
        """Send a command, which must be accepted."""
        command = {"session": self._session, "id": secrets.token_hex(8), "type": type_, "data": data or {}, **more}
        answer = await self._client.call("command", command)
        if not answer["ok"]:
            raise SystemExit(f"{type_}: {answer}")
        return answer


@dataclass(frozen=True, slots=True)
class Hand:
    """Where a card is taken by its handle, and between which heights it can be dragged.

    What it does comes to the browser as input alone: `page.mouse` would have a script of its own evaluated on the page's
    main thread at each step of a drag.
    """

    cdp: CDPSession
    x: float
    y: float
    top: float
    bottom: float

    @classmethod
    async def over(cls, page: Page) -> "Hand":
        """Return the hand above the handle of the third card."""
        box = await page.locator(".speakers .scroll").bounding_box()
        grip = await page.locator("speaker-card .grip").nth(2).bounding_box()
        if box is None or grip is None:
            raise SystemExit("there is no list to drag in")
        x, y = grip["x"] + EDGE_PX, grip["y"] + 2 * EDGE_PX
        cdp = await page.context.new_cdp_session(page)
        hand = cls(cdp, x, y, box["y"] + EDGE_PX, box["y"] + box["height"] - EDGE_PX)
        await hand.send("mouseMoved", y, button="none")
        return hand

    async def send(self, type_: str, y: float, button: str = "left") -> None:
        """Do `mousePressed`, `mouseMoved` (with the button down, unless it is `none`) or `mouseReleased` at the height `y`."""
        held = {"button": button, "buttons": int(button == "left" and type_ != "mouseReleased"), "clickCount": 1}
        await self.cdp.send("Input.dispatchMouseEvent", {"type": type_, "x": self.x, "y": y, **held})


async def drag(hand: Hand, seconds: int) -> None:
    """Drag a card up and down between the edges of the list, at the pace of a hand, until the time is over."""
    now = asyncio.get_running_loop().time
    y, step, until = hand.y, HAND_PX, now() + seconds
    await hand.send("mousePressed", y)
    while now() < until:
        y += step
        if not hand.top + SCROLLS_PX < y < hand.bottom - SCROLLS_PX:
            step = -step
        await hand.send("mouseMoved", y)
        await asyncio.sleep(STEP_SECONDS)
    await hand.send("mouseReleased", y)


async def hold_at_the_edge(hand: Hand, seconds: int) -> None:
    """Hold a card at the lower edge, then at the upper, where the list scrolls by itself, until the time is over."""
    now = asyncio.get_running_loop().time
    begun, turn, y = now(), 0, hand.y
    await hand.send("mousePressed", y)
    while now() < begun + seconds:
        turn += 1
        y = (hand.bottom if now() < begun + seconds / 2 else hand.top) + turn % 2
        await hand.send("mouseMoved", y)
        await asyncio.sleep(STEP_SECONDS)
    await hand.send("mouseReleased", y)


def read(trace: bytes) -> Traced:
    """Return what a trace says about the main thread of the page that drew most."""
    events = json.loads(trace)["traceEvents"]
    begun = [each for each in events if each["name"] == "BeginMainThreadFrame"]
    pid = statistics.mode(each["pid"] for each in begun)
    tid = next(
        each["tid"]
        for each in events
        if each["name"] == "thread_name" and each["pid"] == pid and each["args"]["name"] == "CrRendererMain"
    )
    tasks = [
        Task(at=each["ts"] / 1_000, lasted=each["dur"] / 1_000, worked=each.get("tdur", 0) / 1_000)
        for each in events
        if (each["pid"], each["tid"], each["name"]) == (pid, tid, TASK) and "dur" in each
    ]
    frames = [each["ts"] / 1_000 for each in begun if each["pid"] == pid]
    return _summed(sorted(frames), sorted(tasks, key=lambda task: task.at))


def _summed(frames: list[float], tasks: list[Task]) -> Traced:
    """Add up the tasks for each frame: the one that draws it, and those that ended less than a sixtieth of a second before."""
    lasted: list[float] = []
    worked: list[float] = []
    at = 0
    for frame in frames:
        theirs: list[Task] = []
        while at < len(tasks) and tasks[at].at <= frame:
            if tasks[at].at + tasks[at].lasted > frame - FRAME_MS:
                theirs.append(tasks[at])
            at += 1
        lasted.append(sum(task.lasted for task in theirs))
        worked.append(sum(task.worked for task in theirs))
    return Traced(
        frames=len(frames),
        p50=_percentile(lasted, 0.5),
        p95=_percentile(lasted, 0.95),
        longest_frame=max(lasted),
        longest_task=max(task.lasted for task in tasks),
        long_tasks=sum(task.lasted > LONG_TASK_MS for task in tasks),
        worked_p95=_percentile(worked, 0.95),
        worked_longest=max(task.worked for task in tasks),
    )


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


def median(runs: list[Traced]) -> Traced:
    """Return the run in the middle by its p95."""
    return sorted(runs, key=lambda run: run.p95)[len(runs) // 2]


@asynccontextmanager
async def shown(browser: Browser, server: Server, session: str, token: str, slower: int) -> AsyncIterator[Page]:
    """Show the moderator's screen on a processor that is `slower`."""
    async with opened(browser) as page:
        await page.context.add_cookies([{"name": "companion", "value": token, "url": server.base_url}])
        await page.goto(f"{server.base_url}/sessions/{session}/moderator")
        await page.locator("speaker-card .name").nth(5).wait_for()
        await slow_down(page, slower)
        yield page


@asynccontextmanager
async def counting(browser: Browser, slower: int) -> AsyncIterator[Page]:
    """Show a page of nothing but a number that changes in each frame."""
    async with opened(browser) as page:
        await page.set_content("<p>0</p>")
        await page.evaluate(COUNT)
        await slow_down(page, slower)
        yield page


@asynccontextmanager
async def opened(browser: Browser) -> AsyncIterator[Page]:
    """Open a page of the size of a tablet."""
    async with await browser.new_context(viewport=TABLET) as context:
        yield await context.new_page()


async def slow_down(page: Page, slower: int) -> None:
    """Have the processor of what the page shows now be `slower`, and let it settle."""
    cdp = await page.context.new_cdp_session(page)
    await cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    await asyncio.sleep(_SETTLING_SECONDS)


async def traced(browser: Browser, page: Page, *doing: Any) -> Traced:  # noqa: ANN401 (coroutines of any kind)
    """Return what the main thread did while all of `doing` was done."""
    await browser.start_tracing(page=page, categories=list(CATEGORIES))
    await asyncio.gather(*doing)
    return read(await browser.stop_tracing())


async def measure(server: Server, given: argparse.Namespace) -> dict[str, list[Traced]]:
    """Return what each run of each scene took."""
    session = str(server.links()["sessions"][0]["id"])
    meeting = Meeting(await connected(server.port, server.token_of("secretariat")), session)
    await meeting.begin(given.cards)
    token = server.token_of("moderator")
    runs: dict[str, list[Traced]] = {}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        for slower, _ in itertools.product((given.slower, 1), range(given.runs)):

            def tell(what: str, run: Traced, slower: int = slower) -> None:
                runs.setdefault(f"{what}, {slower} times slower" if slower > 1 else what, []).append(run)
                # Each at once: all of them take a quarter of an hour.
                print(what, slower, run, sep="\n", flush=True)

            async with counting(browser, slower) as page:
                tell("a number changes on a page of its own", await traced(browser, page, asyncio.sleep(given.seconds)))
            async with shown(browser, server, session, token, slower) as page:
                await meeting.go_on(WARMING_UP_SECONDS)
                async for what, run in scenes(browser, page, meeting, given.seconds):
                    tell(what, run)
        await browser.close()
    return runs


async def scenes(browser: Browser, page: Page, meeting: Meeting, seconds: int) -> AsyncIterator[tuple[str, Traced]]:
    """Yield what the main thread did in each scene."""
    yield "the list changes once a second", await traced(browser, page, meeting.go_on(seconds))
    for what, moved in (
        ("a card is dragged meanwhile", drag),
        ("it is held at the edge, where the list scrolls", hold_at_the_edge),
    ):
        hand = await Hand.over(page)
        yield what, await traced(browser, page, meeting.go_on(seconds), moved(hand, seconds))
        await asyncio.sleep(_SETTLING_SECONDS)


def written(runs: dict[str, list[Traced]], given: argparse.Namespace) -> str:
    """Return the figures as a table."""
    rows = [
        f"| {what} | {each.frames} | {each.p50:.1f} | {each.p95:.1f} | {min(run.p95 for run in all_):.1f} to {max(run.p95 for run in all_):.1f} "
        f"| {each.longest_frame:.1f} | {max(run.longest_task for run in all_):.1f} | {sum(run.long_tasks for run in all_)} "
        f"| {each.worked_p95:.1f} | {each.worked_longest:.1f} |"
        for what, all_ in runs.items()
        for each in (median(all_),)
    ]
    return f"""Made by `python -m bench.moderator_trace --write` on {machine()}, Chromium without a graphics
processor, {given.cards} on the list, the page's processor as it is and slowed down, {given.seconds} s of each; of {given.runs} runs the one in the
middle by its p95, and of all of them the range of p95, the longest task, and how many took longer than {LONG_TASK_MS} ms; before the scenes of a run, the list changed for
{WARMING_UP_SECONDS} s. Milliseconds of the page's main thread for each frame that it drew; the aim is {MOST_P95_MS} ms at p95 and no task longer than {LONG_TASK_MS} ms on a
processor four times slower. *Processor* is the time in which the thread itself worked: what it waits for a core is not in it. The number on a page of its own
is no scene: it is what a frame costs at the least, and tells runs of different hours apart. Load of the machine meanwhile: {os.getloadavg()[0]:.1f}.

| while … | frames | p50 | p95 | p95, all runs | longest frame | longest task, all runs | tasks over {LONG_TASK_MS} ms, all runs | processor: p95 | processor: longest task |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
{chr(10).join(rows)}"""


def main() -> None:
    """Measure, print, and write the section if asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench.moderator_trace", description=__doc__)
    parser.add_argument("--cards", type=int, default=300)
    parser.add_argument("--slower", type=int, default=4)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--port", type=int, default=5057)
    parser.add_argument("--write", action="store_true", help="write the figures into docs/benchmarks.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), given.port) as server:
        # The browser works on several threads, as on a tablet; the server has little to do.
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
        runs = asyncio.run(measure(server, given))
    page = written(runs, given)
    if given.write:
        write_section("The moderator’s screen", page)
    else:
        print(page)


if __name__ == "__main__":
    main()
