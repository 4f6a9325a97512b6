"""The one writer: takes whatever has queued up, writes it in one transaction, and only then says so.

It runs on an OS thread of its own, uses nothing that the engine patches, and logs nothing. What it has written it hands
back to the loop in the order in which it was handed over. A batch that fails is tried again one command at a time; what
was decided on top of a command that failed is not written. An error from COMMIT itself is answered to nobody.

A full disk refuses the whole batch, and from then on all that comes, untried, until there is room again; that is looked
for every other second.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Generic, Protocol, TypeAlias, TypeVar

from companion.engine import Closed, Engine, Event, Mailbox, NativeThread
from companion.store import journal
from companion.store.ballots import Ballot, BallotBox
from companion.store.database import Database
from companion.store.errors import CommitFailed, DiskFull, StoreError

LOOK_FOR_ROOM_EVERY_SECONDS: Final = 2.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Append:
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


@dataclass(frozen=True, slots=True)
class _Append:
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


@dataclass(frozen=True, slots=True)
class _Look:
    """A look whether a disk that was full has room again."""

    done: Callable[[bool], None]


_Job: TypeAlias = "_Append | _Put | _Run[object] | _Look"
_Batch: TypeAlias = "list[_Append | _Put] | _Run[object] | _Look"


@dataclass(frozen=True, slots=True)
class _Done:
    """What the thread hands back: calls to make on the loop, and whether the disk turned out full, or no longer."""

    calls: tuple[Callable[[], None], ...]
    fatal: CommitFailed | None = None
    full: bool | None = None


class Committer:
    """Writes for all sessions, and into the boxes of their secret polls.

    `stop_program` is called, on the loop, when it cannot be told what is on disk.
    """

    def __init__(self, engine: Engine, database: Database, *, stop_program: Callable[[BaseException], None]) -> None:
        self._engine = engine
        self._database = database
        self._stop_program = stop_program
        self._mailbox: Mailbox[_Job, _Done] = engine.mailbox()
        self._thread: NativeThread | None = None
        self._after_batch: list[Callable[[], None]] = []
        self._full = False
        self._when_full: list[Callable[[bool], None]] = []
        self.on_batch: Callable[[int, float], None] = lambda _commands, _seconds: None
        """Called on the thread after each batch: how many it was, and how many seconds it took."""
        self._stopped: Event[None] = engine.event()

    def start(self) -> None:
        """Start the thread, and the task that hears from it."""
        self._thread = self._engine.native_thread(self._work)
        self._engine.spawn(self._hear)

    def after_each_batch(self, call: Callable[[], None]) -> None:
        """Have `call` made on the loop after the tickets of each batch."""
        self._after_batch.append(call)

    @property
    def is_full(self) -> bool:
        """Return whether nothing is recorded for want of room."""
        return self._full

    @property
    def changes(self) -> int:
        """Return how many rows have been written since the start; whether there is anything new, at any time."""
        return self._database.changes

    def when_full(self, call: Callable[[bool], None]) -> None:
        """Have `call` made on the loop when the disk is full, and when it no longer is."""
        self._when_full.append(call)

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
            if done.full is not None and done.full is not self._full:
                self._turn(full=done.full)
            for call in done.calls:
                call()
            if done.fatal is not None:
                self._stop_program(done.fatal)
        for call in self._after_batch:
            call()

    def _turn(self, *, full: bool) -> None:
        self._full = full
        if full:
            self._engine.spawn(self._look_for_room)
        for call in self._when_full:
            call(full)

    def _look_for_room(self) -> None:
        while self._full:
            self._engine.sleep(LOOK_FOR_ROOM_EVERY_SECONDS)
            looked: Event[bool] = self._engine.event()
            self._mailbox.to_thread.send(_Look(looked.set))
            looked.wait()

    def _work(self) -> None:
        writer = _Writer(self._database)
        try:
            while True:
                for batch in _batched(self._mailbox.to_thread.receive()):
                    began = time.perf_counter()
                    done = writer.write(batch)
                    self.on_batch(len(done.calls), time.perf_counter() - began)
                    self._mailbox.to_loop.send(done)
        except Closed:
            pass
        finally:
            self._mailbox.to_loop.close()


class _Writer:
    """The thread's side: transactions, which sessions wait to be set back, and whether the disk is full."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._failed: dict[str, int] = {}
        self._full = False

    def write(self, batch: _Batch) -> _Done:
        """Do what follows each other of one kind."""
        done = self._do(batch)
        self._full = self._full if done.full is None else done.full
        return done

    def _do(self, batch: _Batch) -> _Done:
        match batch:
            case _Run():
                return self.run(batch)
            case _Look():
                full = not self._database.has_room()
                return _Done((_call(batch.done, full),), full=full)
            case _ if self._full:
                return self._refuse(batch, DiskFull("the disk is full: nothing was recorded"))
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
        except DiskFull as error:
            return self._refuse(jobs, error)
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
        """Do a job in a transaction of its own; also where the disk is full, since some only read."""
        try:
            with self._database.transaction():
                result = job.work(self._database)
        except CommitFailed as error:
            return _Done((), error)
        except Exception as error:  # noqa: BLE001 (it is raised where the job came from)
            return _Done((_call(job.failed, error),), full=_says_full(error))
        return _Done((_call(job.done, result),))

    def _refuse(self, jobs: Sequence[_Append | _Put], error: DiskFull) -> _Done:
        """Refuse a whole batch for want of room."""
        for job in jobs:
            if isinstance(job, _Append):
                self._failed[job.append.session] = job.append.generation
        return _Done(tuple(_refusal(job, error) for job in jobs), full=True)

    def _one_by_one(self, jobs: list[_Append]) -> _Done:
        return _joined(self._alone(job) for job in jobs)

    def _alone(self, job: _Append) -> _Done:
        if self._stands_on_failure(job):
            return _Done((_refusal(job, StoreError("what it was decided on was not recorded")),))
        try:
            self._write([job])
        except CommitFailed as error:
            return _Done((), error)
        except Exception as error:  # noqa: BLE001 (likewise)
            self._failed[job.append.session] = job.append.generation
            return _Done((_refusal(job, error),), full=_says_full(error))
        return _Done((job.ticket.recorded,))

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
        return _Done((_refusal(jobs[0], error),), full=_says_full(error))
    return _Done(tuple(job.ticket.recorded for job in jobs))


def _says_full(error: Exception) -> bool | None:
    return True if isinstance(error, DiskFull) else None


def _joined(done: Iterable[_Done]) -> _Done:
    calls: list[Callable[[], None]] = []
    full: bool | None = None
    for each in done:
        calls.extend(each.calls)
        full = full or each.full
        if each.fatal is not None:
            return _Done(tuple(calls), each.fatal)
    return _Done(tuple(calls), full=full)


def _batched(jobs: list[_Job]) -> Iterator[_Batch]:
    """Yield the jobs in order, with commands that follow each other together, and secret answers likewise."""
    for kind, alike in groupby(jobs, type):
        if kind in {_Run, _Look}:
            yield from (job for job in alike if isinstance(job, _Run | _Look))
        else:
            yield [job for job in alike if isinstance(job, _Append | _Put)]


def _refusal(job: _Append | _Put, error: Exception) -> Callable[[], None]:
    return lambda: job.ticket.not_recorded(error)


def _call(what: Callable[[T], None], value: T) -> Callable[[], None]:
    return lambda: what(value)
