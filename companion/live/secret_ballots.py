"""Secret polls while they are open: who has answered is known, what was chosen is in the poll's box and nowhere else.

A choice passes through here on its way to the box; it is in no event, no stored answer and no log. The first answer of a
unit is final. A poll closes in this order: no more answers are taken, the box is counted after all that were, the counts are
written down as an event, and then the box is deleted. If the server ends in between, the poll is still open and the box still
there; or it is closed, and the next start deletes the box.
"""

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from companion.core import commands as c
from companion.core import events as e
from companion.core import polls
from companion.core.ids import PollId
from companion.core.polling import Poll
from companion.core.procedure import BallotKind
from companion.core.refusals import Refusal, Refused
from companion.core.state import Session
from companion.engine import Engine, Event
from companion.live.committer import Committer, Ticket
from companion.logs import Log
from companion.store.ballots import Ballot, BallotBox
from companion.store.errors import StoreError

Closing = c.ClosePoll | c.CloseSession
_log = Log(__name__)


class SecretBallots:
    """The secret polls of one session; its host holds the lock."""

    def __init__(self, engine: Engine, committer: Committer) -> None:
        self._engine = engine
        self._committer = committer
        self._database = Path()
        self._session = ""
        self._boxes: dict[PollId, BallotBox] = {}
        self._marks: dict[PollId, dict[str, str]] = {}
        self._waiting: dict[tuple[PollId, str], tuple[str, Event[None]]] = {}
        self._closing: dict[PollId, int] = {}

    @property
    def marks(self) -> Mapping[PollId, Collection[str]]:
        """Return which units have answered each secret poll that was open since the server started, and goes on to say so."""
        return self._marks

    @property
    def boxes(self) -> Collection[BallotBox]:
        """Return the boxes of the polls that are open."""
        return self._boxes.values()

    def take_up(self, session: Session, database: Path) -> None:
        """Go on with the polls that were open when the server ended."""
        self._database, self._session = database, session.id
        for poll in polls.open_polls(session):
            self._opened(poll)
        self._marks.update((poll, dict(box.marks())) for poll, box in self._boxes.items())

    def follow(self, session: Session, happened: Iterable[e.Recorded]) -> None:
        """Take answers to the polls that have opened, and delete the boxes of those that have closed; never waits."""
        for recorded in happened:
            match recorded.event:
                case e.PollOpened(poll=poll):
                    self._opened(session.polls[poll])
                case e.PollClosed(poll=poll) if poll in self._boxes:
                    self._engine.spawn(self._delete, self._boxes.pop(poll))
                case _:
                    pass

    def _opened(self, poll: Poll) -> None:
        if poll.ballot is BallotKind.SECRET:
            self._boxes[poll.id], self._marks[poll.id] = self._box(poll), {}

    def put(self, poll: PollId, ballot: Ballot, told: Ticket) -> Event[None] | None:
        """Have an answer counted; return what to wait for, None where this very command was counted before.

        `told` is told once it is on disk. Raises `Refused`: already_voted, or poll_not_open while the box is being counted.
        """
        earlier = self._marks[poll].get(ballot.voter)
        command, waiting = self._waiting.get((poll, ballot.voter), (earlier, None))
        if command is not None:
            if command != ballot.command:
                raise Refused(Refusal.ALREADY_VOTED)
            return waiting
        if self._closing.get(poll):
            raise Refused(Refusal.POLL_NOT_OPEN)
        arrives: Event[None] = self._engine.event()
        self._waiting[poll, ballot.voter] = (ballot.command, arrives)
        self._committer.put(self._boxes[poll], ballot, told)
        return arrives

    def recorded(self, poll: PollId, voter: str) -> Event[None]:
        """Take note that an answer is counted, and return who waits for that."""
        command, waiting = self._waiting.pop((poll, voter))
        self._marks[poll][voter] = command
        return waiting

    def not_recorded(self, poll: PollId, voter: str) -> Event[None]:
        """Take note that an answer is not counted, and return who waits for it."""
        _, waiting = self._waiting.pop((poll, voter))
        return waiting

    def closed_by(self, command: Closing) -> list[PollId]:
        """Return the secret polls that a command would close."""
        if isinstance(command, c.ClosePoll):
            return [command.poll] if command.poll in self._boxes else []
        return sorted(self._boxes)

    @contextlib.contextmanager
    def no_more(self, closing: Collection[PollId]) -> Iterator[None]:
        """Take no answers to these polls inside of this; they are taken again if the polls are still open after it."""
        for poll in closing:
            self._closing[poll] = self._closing.get(poll, 0) + 1
        try:
            yield
        finally:
            for poll in closing:
                self._closing[poll] -= 1

    def counted(self, session: Session, closing: Collection[PollId]) -> c.Counted:
        """Return what is in the boxes once all that was taken is in them; waits. Raises `Refused` (not_recorded)."""
        return tuple((poll, self._count(session.polls[poll])) for poll in closing if poll in self._boxes)

    def _box(self, poll: Poll) -> BallotBox:
        return BallotBox(self._database, self._session, poll.id, [option.id for option in poll.options])

    def _count(self, poll: Poll) -> tuple[tuple[str, int], ...]:
        box = self._boxes[poll.id]
        try:
            counts = self._committer.run(lambda _: box.counts())
        except StoreError as error:
            raise Refused(Refusal.NOT_RECORDED) from error
        return tuple(counts.items())

    def _delete(self, box: BallotBox) -> None:
        try:
            self._committer.run(lambda _: box.delete())
        except StoreError:
            _log.error("box_not_deleted")  # the next start deletes it


def nothing_in(session: Session, closing: Collection[PollId]) -> c.Counted:
    """Return empty boxes, to ask whether these polls may be closed at all."""
    return tuple((poll, tuple((option.id, 0) for option in session.polls[poll].options)) for poll in closing)
