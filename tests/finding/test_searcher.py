"""How many may ask at once."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from companion.core.refusals import Refusal, Refused
from companion.engine import choose
from companion.finding.answering import Forget
from companion.finding.searcher import MOST_AT_ONCE, CannotFind, Searcher
from companion.store.database import Database

QUESTION = Forget(session="s1")


class Slow:
    """An engine whose blocking calls wait until they are let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun = threading.Semaphore(0)

    def lock(self) -> Any:  # noqa: ANN401 (as the engine's)
        return _Open(self.begun)

    def run_blocking(self, work: Callable[..., Any], *args: Any) -> Any:  # noqa: ANN401 (as the engine's)
        self.go.wait()
        return work(*args)


class _Open:
    """A lock that counts who has come to it."""

    def __init__(self, begun: threading.Semaphore) -> None:
        self._begun = begun
        self._lock = threading.RLock()

    def __enter__(self) -> None:
        self._begun.release()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    Database.open(tmp_path / "empty.db").close()
    return tmp_path / "empty.db"


def test_one_person_may_have_a_few_questions_open_and_does_not_keep_out_another(file: Path) -> None:
    slow = Slow()
    searcher = Searcher(slow, str(file))  # type: ignore[arg-type]  # all that is asked of the engine
    heard: list[bytes] = []
    people = ["p-1"] * MOST_AT_ONCE + ["p-2"]
    threads = [threading.Thread(target=lambda by=by: heard.append(searcher.ask(QUESTION, by=by))) for by in people]
    for thread in threads:
        thread.start()
        assert slow.begun.acquire(timeout=10)
    with pytest.raises(Refused) as refused:
        searcher.ask(QUESTION, by="p-1")
    assert refused.value.reason is Refusal.RATE_LIMITED
    slow.go.set()
    for thread in threads:
        thread.join()
    assert heard == [b"{}\n"] * len(people)
    assert searcher.ask(QUESTION, by="p-1") == b"{}\n"
    searcher.close()


def test_it_is_started_by_the_first_question_and_again_after_it_has_ended(file: Path) -> None:
    searcher = Searcher(choose("threading"), str(file))
    searcher.forget("s1")
    assert searcher.pid is None
    searcher.ask(QUESTION, by="p-1")
    pids = [searcher.pid]
    searcher.forget("s1")
    pids.append(searcher.pid)
    searcher.close()
    pids.append(searcher.pid)
    searcher.ask(QUESTION, by="p-1")
    pids.append(searcher.pid)
    searcher.close()
    searcher.close()
    first, same, none, other = pids
    assert (first, none) == (same, None)
    assert None not in {first, other}
    assert other != first


def test_a_process_that_has_died_is_replaced(file: Path) -> None:
    searcher = Searcher(choose("threading"), str(file))
    searcher.ask(QUESTION, by="p-1")
    assert searcher.pid is not None
    os.kill(searcher.pid, signal.SIGKILL)
    answered = False
    for _each in range(2):
        try:
            answered = searcher.ask(QUESTION, by="p-1") == b"{}\n"
        except CannotFind:
            continue
    assert answered
    searcher.close()
