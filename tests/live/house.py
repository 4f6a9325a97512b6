"""A server without its doors: one database, the committer, a host, the desk; and who listens to what they say."""

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from companion.audiences.audience import Audience
from companion.clock import Clock
from companion.config import LimitSettings, Settings
from companion.core import commands as c
from companion.core.ids import SYSTEM
from companion.core.people import Actor, Role
from companion.core.procedure import WaitingAtSegment
from companion.core.refusals import Refusal, Refused
from companion.engine import Channel, Engine, choose
from companion.live.answers import Answer
from companion.live.committer import Committer
from companion.live.desk import Desk
from companion.live.host import Host
from companion.live.presence import Presence
from companion.live.sessions import Sessions
from companion.store import directory, journal
from companion.store.database import Database, open_for_reading
from companion.store.directory import PersonRow, SessionRow, StakeholderGroup, Workshop
from companion.store.errors import CommitFailed
from tests.audiences.walk import BEGINNING, PEOPLE, PREPARED

T = TypeVar("T")

SESSION: Final = PREPARED.session
SOON: Final = 10.0
"""Seconds after which what should have come long ago does not come."""
MODERATOR: Final = Actor(person=next(each.id for each in PEOPLE if each.role is Role.MODERATOR), role=Role.MODERATOR)
SECRETARY: Final = Actor(
    person=next(each.id for each in PEOPLE if each.role is Role.SECRETARIAT), role=Role.SECRETARIAT
)
ANA, BEN, CLEO = (
    Actor(person=each.id, role=each.role) for each in [each for each in PEOPLE if each.role is Role.PARTICIPANT][:3]
)
NOBODY: Final = Actor(person=SYSTEM, role=None)


class Hands:
    """The clock's two sources, moved by hand."""

    def __init__(self) -> None:
        self.wall = BEGINNING
        self.seconds = 0.0

    def clock(self) -> Clock:
        return Clock(wall=lambda: self.wall, steady=lambda: self.seconds)

    def later(self, time: timedelta) -> None:
        self.seconds += time.total_seconds()


class Listener:
    """The announcer: remembers what it was told, in order, and lets a test look at the moment of telling."""

    def __init__(self) -> None:
        self.patches: list[tuple[Audience, Mapping[str, Any]]] = []
        self.own: list[tuple[str, Mapping[str, Any]]] = []
        self.signals: list[tuple[Audience, Mapping[str, Any]]] = []
        self.at_patch: Callable[[Audience, Mapping[str, Any]], None] = lambda _audience, _patch: None
        self.at_signal: Callable[[], object] = lambda: None

    def patch(self, session: str, audience: Audience, patch: Mapping[str, Any]) -> None:
        assert session == patch["session"]
        self.at_patch(audience, patch)
        self.patches.append((audience, patch))

    def patch_person(self, session: str, person: str, patch: Mapping[str, Any]) -> None:
        assert session == patch["session"]
        self.own.append((person, patch))

    def signal(self, session: str, audience: Audience, signal: Mapping[str, Any]) -> None:
        assert session == signal["session"]
        self.signals.append((audience, signal))
        self.at_signal()


class FailingDatabase(Database):
    """A database whose disk can fail at COMMIT, and can be looked at as if it were full."""

    commits_left = 1_000_000
    room = True

    def has_room(self) -> bool:
        return self.room and super().has_room()

    def _commit(self) -> None:
        self.commits_left -= 1
        if self.commits_left < 0:
            self._undecided = True
            raise CommitFailed("the disk failed while recording")
        super()._commit()


class Counted:
    """A channel that counts what is sent, for whoever waits for it to be on its way."""

    def __init__(self, channel: Channel[Any]) -> None:
        self._send = channel.send
        self.close, self.receive = channel.close, channel.receive
        self.sent = threading.Semaphore(0)

    def send(self, item: Any) -> None:  # noqa: ANN401 (of any kind)
        self._send(item)
        self.sent.release()


class House:
    """Everything between the doors and the disk, started."""

    def __init__(self, file: Path, hands: Hands, *, ring_patches: int = 2_000, engine: Engine | None = None) -> None:
        self.file = file
        self.hands = hands
        self.engine = engine or choose("threading")
        self.clock = hands.clock()
        self.database = FailingDatabase.open(file)
        self.stopped: list[BaseException] = []
        self.has_stopped = threading.Event()
        self.committer = Committer(self.engine, self.database, stop_program=self._stop)
        self._jobs = Counted(self.committer._mailbox.to_thread)
        self.committer._mailbox.to_thread = self._jobs
        self.listener = Listener()
        self.presence = Presence(self.engine, self.listener)
        self.desk = Desk(self.clock, self.committer, tokens_days=30)
        settings = Settings(limits=LimitSettings(ring_patches=ring_patches))
        self.sessions = Sessions(self.engine, self.clock, self.committer, self.listener, settings)
        self.desk.open(self.database)
        self.sessions.open(self.database)
        self.committer.start()

    @property
    def host(self) -> Host:
        host = self.sessions.find(SESSION)
        assert host is not None
        return host

    def close(self) -> None:
        self.committer.stop()
        self.database.close()  # harmless to repeat, as stopping is

    def _stop(self, error: BaseException) -> None:
        self.stopped.append(error)
        self.has_stopped.set()

    # What is asked

    def command(self, by: Actor, command: c.Command, id_: str | None = None) -> Answer:
        return self.host.command(by, id_ or self.clock.make_id("command-"), command)

    def refusal(self, by: Actor, command: c.Command, id_: str | None = None) -> Refusal:
        try:
            answer = self.command(by, command, id_)
        except Refused as refused:
            return refused.reason
        raise AssertionError(f"not refused: {answer}")

    def sent(self, by: Actor, command: c.Command, id_: str | None = None) -> "Sent":
        """Send a command without waiting for the answer; return once it is on its way to the disk."""
        sent = Sent(lambda: self.command(by, command, id_))
        self.wait_for_job()
        return sent

    def wait_for_job(self) -> None:
        """Wait until one more job is on its way to the disk, since the disk is held."""
        assert self._jobs.sent.acquire(timeout=SOON)

    # What is on disk

    def on_disk(self) -> int:
        """Return the last event that another connection finds."""
        with open_for_reading(self.file) as reader:
            return journal.head(reader, SESSION).seq

    @contextlib.contextmanager
    def disk_held(self) -> Iterator[None]:
        """Keep the committer busy: all that is sent meanwhile is one batch afterwards."""
        holding = _Holding(self.committer)
        holding.wait()
        while self._jobs.sent.acquire(blocking=False):
            pass
        try:
            yield
        finally:
            holding.end()

    @contextlib.contextmanager
    def disk_held_after(
        self, call: Callable[[], Any], meanwhile: Callable[[], object] = lambda: None
    ) -> Iterator["Sent"]:
        """Have the first job of a call written, and keep the committer busy from then on: what follows it has to wait.

        `meanwhile` is done before that job is written.
        """
        with self.disk_held():
            sent = Sent(call)
            self.wait_for_job()
            holding = _Holding(self.committer)
            self.wait_for_job()
            meanwhile()
        holding.wait()
        try:
            yield sent
        finally:
            holding.end()


class Sent:
    """A call on a thread of its own."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._result: Any = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def answer(self) -> Any:  # noqa: ANN401 (what the call returns)
        """Return what came, or raise it."""
        self._thread.join(SOON)
        assert not self._thread.is_alive(), "never answered"
        if self._error is not None:
            raise self._error
        return self._result

    def is_answered(self) -> bool:
        return not self._thread.is_alive()

    def refusal(self) -> Refusal:
        try:
            answer = self.answer()
        except Refused as refused:
            return refused.reason
        raise AssertionError(f"not refused: {answer}")

    def _run(self) -> None:
        try:
            self._result = self._call()
        except BaseException as error:  # noqa: BLE001 (raised again where the answer is asked for)
            self._error = error


class _Holding:
    """A job that keeps the committer busy until it is ended."""

    def __init__(self, committer: Committer) -> None:
        self._busy, self._go_on = threading.Event(), threading.Event()
        self._sent = Sent(lambda: committer.run(self._work))

    def wait(self) -> None:
        """Wait until it has begun, and all before it is written."""
        assert self._busy.wait(SOON)

    def end(self) -> None:
        self._go_on.set()
        self._sent.answer()

    def _work(self, _: Database) -> None:
        self._busy.set()
        assert self._go_on.wait(SOON)


def prepare(file: Path) -> None:
    """Write a workshop with its people and an open session with an open list."""
    hands = Hands()
    with Database.open(file) as db, db.transaction():
        directory.add_workshop(
            db,
            Workshop(
                id="workshop",
                title="A workshop",
                short_title={"en": "Workshop"},
                start_date="2026-10-18",
                end_date="2026-10-19",
                time_zone="Europe/Zurich",
                join_code="K7WM3QXD",
            ),
        )
        for group in PREPARED.groups:
            directory.add_group(db, StakeholderGroup(workshop="workshop", id=group.id, name=dict(group.name)))
        directory.add_organisation(
            db, directory.Organisation(workshop="workshop", id="org", name="An organisation", short_name="AO")
        )
        directory.add_session(db, SessionRow(id=SESSION, workshop="workshop", number="1", title="The first panel"))
        for each in PEOPLE:
            directory.add_person(
                db,
                PersonRow(
                    id=each.id,
                    workshop="workshop",
                    name=each.name,
                    role=each.role,
                    attendance=each.attendance,
                    created_at="2026-10-01T00:00:00.000Z",
                    organisation="org",
                ),
            )
    house = House(file, hands)
    host = Host(
        SESSION,
        engine=house.engine,
        clock=house.clock,
        committer=house.committer,
        announcer=house.listener,
        epoch="preparing",
        ring_patches=1,
    )
    host.command(NOBODY, "prepare-session", PREPARED)
    host.command(MODERATOR, "start-session", c.StartSession())
    host.command(MODERATOR, "go-to-discussion", c.BeginSegment(segment="discussion", waiting=WaitingAtSegment.HOLD))
    host.command(MODERATOR, "open-the-list", c.OpenList())
    house.close()
