"""The one writer: takes whatever has queued up, writes it in one transaction, and only then says so.

It runs on an OS thread of its own, uses nothing that the engine patches, and logs nothing. What it has written it hands
back to the loop in the order in which it was handed over. A batch that fails is tried again one command at a time; what
was decided on top of a command that failed is not written. An error from COMMIT itself is answered to nobody.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, Protocol, TypeAlias, TypeVar

import msgspec

from companion.engine import Closed, Engine, Event, Mailbox, NativeThread
from companion.store import journal
from companion.store.ballots import Ballot, BallotBox
from companion.store.database import Database
from companion.store.errors import CommitFailed, StoreError

T = TypeVar("T")


class Append(msgspec.Struct, frozen=True, kw_only=True):
    """A command's entries and its answer. `generation` counts how often its session was set back to what is on disk."""

    session: str
    generation: int
    entries: tuple[journal.Entry, ...]
    answered: journal.Answered


class Ticket(Protocol):
    """Whoever waits for a command to be on disk."""

    def recorded(self) -> None:
        """Take note that it is; called on the loop."""

    def not_recorded(self, error: Exception) -> None:
        """Take note that nothing of it is; called on the loop."""


class _Append(msgspec.Struct, frozen=True):
    append: Append
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class _Put:
    """An answer for the box of a secret poll; it touches nothing else."""

    box: BallotBox
    ballot: Ballot
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class _Run(Generic[T]):
    work: Callable[[Database], T]
    done: Callable[[T], None]
    failed: Callable[[BaseException], None]


_Job: TypeAlias = "_Append | _Put | _Run[object]"
_Batch: TypeAlias = "list[_Append | _Put] | _Run[object]"


@dataclass(frozen=True, slots=True)
class _Done:
    """What the thread hands back: calls to make on the loop."""

    calls: tuple[Callable[[], None], ...]
    fatal: CommitFailed | None = None


class Committer:
    """Writes for all sessions, and into the boxes of their secret polls. `stop_program` is called, on the loop, when it cannot be told what is on disk."""

    def __init__(self, engine: Engine, database: Database, *, stop_program: Callable[[BaseException], None]) -> None:
        self._engine = engine
        self._database = database
        self._stop_program = stop_program
        self._mailbox: Mailbox[_Job, _Done] = engine.mailbox()
        self._thread: NativeThread | None = None
        self._after_batch: list[Callable[[], None]] = []
        self._stopped: Event[None] = engine.event()

    def start(self) -> None:
        """Start the thread, and the task that hears from it."""
        self._thread = self._engine.native_thread(self._work)
        self._engine.spawn(self._hear)

    def after_each_batch(self, call: Callable[[], None]) -> None:
        """Have `call` made on the loop after the tickets of each batch."""
        self._after_batch.append(call)

    def append(self, append: Append, ticket: Ticket) -> None:
        """Have a command written; never waits."""
        self._mailbox.to_thread.send(_Append(append, ticket))

    def put(self, box: BallotBox, ballot: Ballot, ticket: Ticket) -> None:
        """Have a secret answer counted; never waits."""
        self._mailbox.to_thread.send(_Put(box, ballot, ticket))

    def run(self, work: Callable[[Database], T], *, then: Callable[[T], None] | None = None) -> T:
        """Return `work(database)`, done in a transaction of its own, in turn with all else; waits for it.

        `then` is called with the result before anybody hears of it, on the loop, one after the other in the order in
        which the work was done: so what is held in memory is never older than what is on disk. Raises what `work`
        raises, and `StoreError` where it could not be recorded.
        """
        answer: Event[T] = self._engine.event()

        def done(result: T) -> None:
            if then is not None:
                then(result)
            answer.set(result)

        self._mailbox.to_thread.send(_Run(work, done, answer.fail))  # type: ignore[arg-type]  # a job of any result
        return answer.wait()

    def stop(self) -> None:
        """Write what is still under way, then end."""
        self._mailbox.to_thread.close()
        self._stopped.wait()

    def _hear(self) -> None:
        while True:
            try:
                heard = self._mailbox.to_loop.receive()
            except Closed:
                break
            try:
                self._pass_on(heard)
            except Exception as error:  # noqa: BLE001 (whoever was not told would wait for ever)
                self._stop_program(error)
        if self._thread is not None and self._thread.error is not None:
            self._stop_program(self._thread.error)
        self._stopped.set(None)

    def _pass_on(self, heard: list[_Done]) -> None:
        for done in heard:
            for call in done.calls:
                call()
            if done.fatal is not None:
                self._stop_program(done.fatal)
        for call in self._after_batch:
            call()

    def _work(self) -> None:
        writer = _Writer(self._database)
        try:
            while True:
                for batch in _batched(self._mailbox.to_thread.receive()):
                    self._mailbox.to_loop.send(writer.write(batch))
        except Closed:
            pass
        finally:
            self._mailbox.to_loop.close()


class _Writer:
    """The thread's side: transactions, and which sessions wait to be set back."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._failed: dict[str, int] = {}

    def write(self, batch: _Batch) -> _Done:
        """Do what follows each other of one kind."""
        match batch:
            case _Run():
                return self.run(batch)
            case [_Put(), *_]:
                return self.put_all([each for each in batch if isinstance(each, _Put)])
            case _:
                return self.append_all([each for each in batch if isinstance(each, _Append)])

    def append_all(self, jobs: list[_Append]) -> _Done:
        """Write as many commands as can be, at best in one transaction."""
        sound = [not self._stands_on_failure(job) for job in jobs]
        try:
            self._write([job for job, is_sound in zip(jobs, sound, strict=True) if is_sound])
        except CommitFailed as error:
            return _Done((), error)
        except Exception:  # noqa: BLE001 (one bad row must not poison a batch, nor end the thread)
            return self._one_by_one(jobs)
        refused = StoreError("what it was decided on was not recorded")
        calls = (
            job.ticket.recorded if is_sound else _refusal(job, refused)
            for job, is_sound in zip(jobs, sound, strict=True)
        )
        return _Done(tuple(calls))

    def put_all(self, jobs: list[_Put]) -> _Done:
        """Count as many secret answers as can be, those of a poll at best in one transaction."""
        by_box: dict[BallotBox, list[_Put]] = {}
        for job in jobs:
            by_box.setdefault(job.box, []).append(job)
        return _joined(_put(box, of_box) for box, of_box in by_box.items())

    def run(self, job: _Run[object]) -> _Done:
        """Do a job in a transaction of its own."""
        try:
            with self._database.transaction():
                result = job.work(self._database)
        except CommitFailed as error:
            return _Done((), error)
        except Exception as error:  # noqa: BLE001 (it is raised where the job came from)
            return _Done((_call(job.failed, error),))
        return _Done((_call(job.done, result),))

    def _one_by_one(self, jobs: list[_Append]) -> _Done:
        calls: list[Callable[[], None]] = []
        for job in jobs:
            if self._stands_on_failure(job):
                calls.append(_refusal(job, StoreError("what it was decided on was not recorded")))
                continue
            try:
                self._write([job])
            except CommitFailed as error:
                return _Done(tuple(calls), error)
            except Exception as error:  # noqa: BLE001 (likewise)
                self._failed[job.append.session] = job.append.generation
                calls.append(_refusal(job, error))
            else:
                calls.append(job.ticket.recorded)
        return _Done(tuple(calls))

    def _stands_on_failure(self, job: _Append) -> bool:
        return self._failed.get(job.append.session, -1) >= job.append.generation

    def _write(self, jobs: list[_Append]) -> None:
        if jobs:
            with self._database.transaction():
                journal.append(
                    self._database,
                    [entry for job in jobs for entry in job.append.entries],
                    [job.append.answered for job in jobs],
                )


def _put(box: BallotBox, jobs: list[_Put]) -> _Done:
    try:
        box.put([job.ballot for job in jobs])
    except CommitFailed as error:
        return _Done((), error)
    except Exception as error:  # noqa: BLE001 (one bad answer must not poison a batch, nor end the thread)
        if len(jobs) > 1:
            return _joined(_put(box, [job]) for job in jobs)
        return _Done((_refusal(jobs[0], error),))
    return _Done(tuple(job.ticket.recorded for job in jobs))


def _joined(done: Iterable[_Done]) -> _Done:
    calls: list[Callable[[], None]] = []
    for each in done:
        calls.extend(each.calls)
        if each.fatal is not None:
            return _Done(tuple(calls), each.fatal)
    return _Done(tuple(calls))


def _batched(jobs: list[_Job]) -> Iterator[_Batch]:
    """Yield the jobs in order, with commands that follow each other together, and secret answers likewise."""
    for kind, alike in groupby(jobs, type):
        if kind is _Run:
            yield from (job for job in alike if isinstance(job, _Run))
        else:
            yield [job for job in alike if not isinstance(job, _Run)]


def _refusal(job: _Append | _Put, error: Exception) -> Callable[[], None]:
    return lambda: job.ticket.not_recorded(error)


def _call(what: Callable[[T], None], value: T) -> Callable[[], None]:
    return lambda: what(value)
