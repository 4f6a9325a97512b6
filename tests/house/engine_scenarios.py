"""What an engine must do, run in a process of its own by `test_engine.py`: choosing eventlet patches the whole process.

Usage: `python engine_scenarios.py ENGINE`. Prints a JSON object: scenario → "" or what went wrong.
"""

import sys

from companion import engine as engines

ENGINE = engines.choose("threading" if sys.argv[1] == "threading" else "eventlet")

# The engine comes before every other import, as in the program.
import json  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
import traceback  # noqa: E402
from collections.abc import Callable  # noqa: E402

PATIENCE = 10.0  # seconds: more than anything here takes on a slow machine


def a_task_runs_beside_the_one_that_spawned_it() -> None:
    done: engines.Event[str] = ENGINE.event()

    def join(first: str, *, second: str) -> None:
        done.set(first + second)

    ENGINE.spawn(join, "a", second="b")
    assert done.wait(timeout=PATIENCE) == "ab"


def a_task_that_raises_harms_nobody() -> None:
    done: engines.Event[None] = ENGINE.event()
    ENGINE.spawn(lambda: 1 / 0)
    ENGINE.spawn(done.set, None)
    assert done.wait(timeout=PATIENCE) is None


def an_event_carries_an_exception_to_all_who_wait() -> None:
    event: engines.Event[int] = ENGINE.event()
    seen: engines.Queue[str] = ENGINE.queue()

    def wait() -> None:
        try:
            event.wait(timeout=PATIENCE)
        except KeyError as error:
            seen.put(repr(error))

    ENGINE.spawn(wait)
    ENGINE.spawn(wait)
    ENGINE.sleep(0)
    assert not event.is_set()
    event.fail(KeyError("gone"))
    assert event.is_set()
    assert [seen.get(timeout=PATIENCE) for _ in range(2)] == ["KeyError('gone')"] * 2


def one_that_raises_when_it_is_woken_harms_nobody() -> None:
    event: engines.Event[int] = ENGINE.event()
    seen: engines.Queue[int] = ENGINE.queue()

    def wait(*, then: int) -> None:
        seen.put(event.wait(timeout=PATIENCE) // then)

    for then in (1, 0, 1):
        ENGINE.spawn(wait, then=then)
    ENGINE.sleep(0)
    event.set(7)
    assert [seen.get(timeout=PATIENCE) for _ in range(2)] == [7, 7]


def one_that_is_woken_may_wake_others() -> None:
    events: list[engines.Event[int]] = [ENGINE.event() for _ in range(50)]

    def pass_on(place: int) -> None:
        events[place + 1].set(events[place].wait(timeout=PATIENCE) + 1)

    for place in range(49):
        ENGINE.spawn(pass_on, place)
    ENGINE.sleep(0)
    events[0].set(0)
    assert events[-1].wait(timeout=PATIENCE) == 49


def waiting_ends_in_time() -> None:
    event: engines.Event[int] = ENGINE.event()
    queue: engines.Queue[int] = ENGINE.queue()
    waits: tuple[Callable[..., int], ...] = (event.wait, queue.get)
    for wait in waits:
        try:
            wait(timeout=0.01)
        except TimeoutError:
            continue
        raise AssertionError("nothing came, and nothing was said")


def an_event_may_hold_none() -> None:
    event: engines.Event[None] = ENGINE.event()
    event.set(None)
    assert event.wait(timeout=0) is None


def a_queue_keeps_its_order() -> None:
    queue: engines.Queue[int] = ENGINE.queue()

    def fill() -> None:
        for number in range(5):
            queue.put(number)

    ENGINE.spawn(fill)
    assert [queue.get(timeout=PATIENCE) for _ in range(5)] == [0, 1, 2, 3, 4]


def a_lock_lets_its_holder_in_again_and_others_wait() -> None:
    lock = ENGINE.lock()
    order: list[str] = []
    done: engines.Event[None] = ENGINE.event()

    def other() -> None:
        order.append("other asks")
        with lock:
            order.append("other enters")
        done.set(None)

    with lock, lock:
        ENGINE.spawn(other)
        while not order:
            ENGINE.sleep(0.001)
        ENGINE.sleep(0.01)
        order.append("first leaves")
    done.wait(timeout=PATIENCE)
    assert order == ["other asks", "first leaves", "other enters"]


def blocking_work_gives_its_result_or_raises() -> None:
    assert ENGINE.run_blocking(max, 3, 4) == 4
    try:
        ENGINE.run_blocking(int, "x")
    except ValueError:
        return
    raise AssertionError("the error was swallowed")


def a_mailbox_goes_there_and_back() -> None:
    mailbox: engines.Mailbox[int, int] = ENGINE.mailbox()

    def work() -> None:
        try:
            while True:
                for number in mailbox.to_thread.receive():
                    mailbox.to_loop.send(number * 2)
        except engines.Closed:
            mailbox.to_loop.close()

    ENGINE.native_thread(work)
    for number in range(1_000):
        mailbox.to_thread.send(number)
    mailbox.to_thread.close()
    received: list[int] = []
    try:
        while True:
            received += mailbox.to_loop.receive(timeout=PATIENCE)
    except engines.Closed:
        assert received == [number * 2 for number in range(1_000)]


def the_loop_goes_on_while_the_thread_is_busy() -> None:
    mailbox: engines.Mailbox[engines.Engine, str] = ENGINE.mailbox()
    turns: list[int] = []

    def count() -> None:
        for number in range(20):
            turns.append(number)
            ENGINE.sleep(0.001)

    def work() -> None:
        mailbox.to_thread.receive(timeout=0.2)  # the thread waits in the operating system
        mailbox.to_loop.send("done")

    ENGINE.native_thread(work)
    ENGINE.spawn(count)
    assert mailbox.to_loop.receive(timeout=PATIENCE) == ["done"]
    assert len(turns) == 20


def a_mailbox_under_contention_loses_nothing() -> None:
    mailbox: engines.Mailbox[int, int] = ENGINE.mailbox()
    rounds = 2_000

    def work() -> None:
        seen = 0
        while seen < rounds:
            batch = mailbox.to_thread.receive()
            seen += len(batch)
            mailbox.to_loop.send(len(batch))

    def post() -> None:
        for number in range(rounds):
            mailbox.to_thread.send(number)
            if number % 7 == 0:
                ENGINE.sleep(0)

    ENGINE.native_thread(work)
    ENGINE.spawn(post)
    total = 0
    while total < rounds:
        answers = mailbox.to_loop.receive(timeout=PATIENCE)
        assert answers, f"only {total} of {rounds} came back"
        total += sum(answers)
    assert total == rounds


def receiving_from_a_mailbox_ends_in_time() -> None:
    mailbox: engines.Mailbox[int, int] = ENGINE.mailbox()
    assert mailbox.to_thread.receive(timeout=0.01) == []
    assert mailbox.to_loop.receive(timeout=0.01) == []


def a_native_thread_is_no_task_and_keeps_its_error() -> None:
    mailbox: engines.Mailbox[None, int] = ENGINE.mailbox()

    def work() -> None:
        mailbox.to_loop.send(threading.get_native_id())
        raise RuntimeError("broken")

    thread = ENGINE.native_thread(work)
    assert mailbox.to_loop.receive(timeout=PATIENCE) != [threading.get_native_id()]
    deadline = time.monotonic() + PATIENCE
    while thread.is_alive() and time.monotonic() < deadline:
        ENGINE.sleep(0.001)
    assert str(thread.error) == "broken"


SCENARIOS: tuple[Callable[[], None], ...] = (
    a_task_runs_beside_the_one_that_spawned_it,
    a_task_that_raises_harms_nobody,
    an_event_carries_an_exception_to_all_who_wait,
    waiting_ends_in_time,
    an_event_may_hold_none,
    a_queue_keeps_its_order,
    a_lock_lets_its_holder_in_again_and_others_wait,
    blocking_work_gives_its_result_or_raises,
    a_mailbox_goes_there_and_back,
    the_loop_goes_on_while_the_thread_is_busy,
    a_mailbox_under_contention_loses_nothing,
    receiving_from_a_mailbox_ends_in_time,
    a_native_thread_is_no_task_and_keeps_its_error,
)


def outcome(scenario: Callable[[], None]) -> str:
    try:
        scenario()
    except BaseException:  # noqa: BLE001 - handed to the test that reads it
        return traceback.format_exc()
    return ""


if __name__ == "__main__":
    assert ENGINE.name == sys.argv[1]
    print(json.dumps({scenario.__name__: outcome(scenario) for scenario in SCENARIOS}))  # noqa: T201 - read by the test
