"""However and whenever the process dies, what it had acknowledged is there, once and in order, and nothing by halves."""

import os
import signal
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from companion.store import journal
from companion.store.database import Database, open_for_reading
from companion.store.journal import Answered, Entry
from companion.store.verification import Verified, verify

SESSIONS = ("panel-1", "panel-2")
BATCH = st.lists(st.sampled_from(SESSIONS), min_size=1, max_size=6)

# Where the process dies.
BEFORE, WITHIN, AFTER = "before the transaction", "after the rows, before COMMIT", "after COMMIT"
DIED = 77
DEATHS = st.sampled_from([BEFORE, WITHIN, AFTER])


@dataclass(slots=True)
class Written:
    """What the model knows of a session."""

    entries: list[Entry]
    answers: list[Answered]


def seal_next(session: str, entries: list[Entry]) -> tuple[Entry, Answered]:
    seq = len(entries) + 1
    entry = journal.seal(
        entries[-1].chain if entries else journal.first_link(session),
        session=session,
        seq=seq,
        at="2022-10-18T08:45:05.120Z",
        actor="p01",
        command=f"{session}-{seq}",
        type="list.opened",
        body="[" + "0," * 500 + "0]",
        salt=f"{seq:032x}",
    )
    return entry, Answered(session=session, actor="p01", id=entry.command, first_seq=seq, last_seq=seq, result=None)


def die() -> NoReturn:
    """End the process at once: nothing is closed, flushed or rolled back."""
    os._exit(DIED)


def in_a_process(act: Callable[[int], None]) -> tuple[int, int]:
    """Run `act` in a process of its own, with a pipe to write to; return its id, and the pipe to read from."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            act(writing)
        finally:
            os._exit(1)
    os.close(writing)
    return pid, reading


class Crashes(RuleBasedStateMachine):
    """A journal in two sessions, written by processes of which most die; the model holds what was acknowledged."""

    @initialize()
    def make_file(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "workshop.db"
        self.model = {session: Written([], []) for session in SESSIONS}
        with Database.open(self.file):
            pass

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def seal_batch(self, sessions: list[str]) -> list[tuple[Entry, Answered]]:
        """Seal entries that follow those of the model, without entering them there."""
        heads = {session: list(written.entries) for session, written in self.model.items()}
        batch = []
        for session in sessions:
            entry, answered = seal_next(session, heads[session])
            heads[session].append(entry)
            batch.append((entry, answered))
        return batch

    def enter(self, batch: list[tuple[Entry, Answered]]) -> None:
        for entry, answered in batch:
            self.model[entry.session].entries.append(entry)
            self.model[entry.session].answers.append(answered)

    @rule(sessions=BATCH)
    def write_and_close(self, sessions: list[str]) -> None:
        batch = self.seal_batch(sessions)
        with Database.open(self.file) as db, db.transaction():
            journal.append(db, *zip(*batch, strict=True))
        self.enter(batch)

    @rule(committed=st.lists(BATCH, max_size=3), last=BATCH, death=DEATHS)
    def write_and_die(self, committed: list[list[str]], last: list[str], death: str) -> None:
        def act(_: int) -> None:
            db = Database.open(self.file)
            for sessions in committed:
                batch = self.seal_batch(sessions)
                with db.transaction():
                    journal.append(db, *zip(*batch, strict=True))
                self.enter(batch)
            if death == BEFORE:
                die()
            with db.transaction():
                journal.append(db, *zip(*self.seal_batch(last), strict=True))
                if death == WITHIN:
                    die()
            die()

        pid, reading = in_a_process(act)
        os.close(reading)
        _, status = os.waitpid(pid, 0)
        assert os.waitstatus_to_exitcode(status) == DIED
        for sessions in [*committed, last] if death == AFTER else committed:
            self.enter(self.seal_batch(sessions))

    @rule(sessions=BATCH, acknowledgements=st.integers(0, 12))
    def be_killed_while_writing(self, sessions: list[str], acknowledgements: int) -> None:
        """Kill a process that writes one batch after another, at whatever moment this is for it."""

        def act(pipe: int) -> None:
            db = Database.open(self.file)
            while True:
                batch = self.seal_batch(sessions)
                with db.transaction():
                    journal.append(db, *zip(*batch, strict=True))
                self.enter(batch)
                os.write(pipe, b".")

        acknowledged = killed_after(act, acknowledgements)
        for _ in range(acknowledged):
            self.enter(self.seal_batch(sessions))
        # One more batch may have been committed and not acknowledged, but never a part of it.
        with Database.open(self.file) as db:
            unanswered = self.seal_batch(sessions)
            last, _ = unanswered[-1]
            if journal.head(db, last.session).chain == last.chain:
                self.enter(unanswered)

    @invariant()
    def everything_acknowledged_is_there_once_and_in_order(self) -> None:
        if not hasattr(self, "model"):
            return
        with Database.open(self.file) as db:
            db.check()
            for session, written in self.model.items():
                assert list(journal.read(db, session)) == written.entries
                assert sorted(journal.answers(db, session), key=lambda a: a.first_seq) == written.answers
        with open_for_reading(self.file) as reader:
            for session in SESSIONS:
                assert isinstance(verify(reader, session), Verified)


def killed_after(act: Callable[[int], None], acknowledgements: int) -> int:
    """Run `act` in a process, kill it once it has written so many bytes; return how many it had written by then."""
    pid, reading = in_a_process(act)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read(acknowledgements)
        os.kill(pid, signal.SIGKILL)
        said += pipe.read()
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    return len(said)


def test_whatever_dies_what_was_acknowledged_is_kept() -> None:
    run_state_machine_as_test(Crashes, settings=settings(max_examples=20, stateful_step_count=8, deadline=None))
