"""Files, open databases and journals for the tests of the store."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.store import journal
from companion.store.database import Database
from companion.store.journal import Answered, Entry

Sealed = Callable[..., list[Entry]]
Child = Callable[[Callable[[], object]], int]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "workshop.db"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty database to be copied: to make one takes 40 ms, to open it 3."""
    made = tmp_path_factory.mktemp("empty") / "workshop.db"
    Database.open(made).close()
    return made


@pytest.fixture
def db(file: Path, empty: Path) -> Iterator[Database]:
    shutil.copy(empty, file)
    with Database.open(file) as opened:
        yield opened


@pytest.fixture(scope="session")
def sealed() -> Sealed:
    """Make `count` entries of a session that follow `after`; no two have a field in common but the session."""

    def make(count: int, *, session: str = "panel-1", after: Entry | None = None) -> list[Entry]:
        entries: list[Entry] = []
        for _ in range(count):
            last = entries[-1] if entries else after
            seq = 1 if last is None else last.seq + 1
            entries.append(
                journal.seal(
                    journal.first_link(session) if last is None else last.chain,
                    session=session,
                    seq=seq,
                    at=f"2022-10-18T08:45:{seq:02}.120Z",
                    actor=f"person-{seq}",
                    command=f"command-{seq}",
                    type=f"event.of_kind_{seq}",
                    body=f'{{"text":"Déclaration n° {seq}, 发言, بيان"}}',
                    salt=f"{seq:032x}",
                )
            )
        return entries

    return make


@pytest.fixture(scope="session")
def answered() -> Callable[[Entry], Answered]:
    """Make the answer to the command that an entry came from."""

    def make(entry: Entry) -> Answered:
        return Answered(
            session=entry.session,
            actor=entry.actor,
            id=entry.command,
            first_seq=entry.seq,
            last_seq=entry.seq,
            result=f'{{"version":{entry.seq}}}',
        )

    return make


@pytest.fixture(scope="session")
def child() -> Child:
    """Run a function in a process of its own, which ends without tidying up; return its exit status.

    No database may be open in this process meanwhile.
    """

    def run(act: Callable[[], object]) -> int:
        pid = os.fork()
        if pid == 0:
            try:
                act()
            except BaseException as error:  # noqa: BLE001 (told to the terminal, since this process is no test)
                sys.stderr.write(f"{type(error).__name__}: {error}\n")
                os._exit(99)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        return os.waitstatus_to_exitcode(status)

    return run
