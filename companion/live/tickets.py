"""A host's commands on their way to the disk, and what brings the news of it back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from companion.core import events as e
from companion.core.ids import PersonId, PollId
from companion.core.state import Session
from companion.engine import Event
from companion.live.answers import Answer

if TYPE_CHECKING:
    from companion.live.host import Host


class Staged(msgspec.Struct, frozen=True, kw_only=True):
    """A command on its way to the disk: what it leads to, and whoever waits for it."""

    key: tuple[PersonId, str]
    happened: tuple[e.Recorded, ...]
    state: Session
    chain: str
    answer: Answer
    waiting: Event[Answer]


@dataclass(frozen=True, slots=True)
class Ticket:
    """Brings the news of the disk to the host."""

    host: "Host"
    staged: Staged

    def recorded(self) -> None:
        """Take note that the command is on disk."""
        self.host.recorded(self.staged)

    def not_recorded(self, error: Exception) -> None:
        """Take note that nothing of it is."""
        self.host.not_recorded(self.staged, error)


@dataclass(frozen=True, slots=True)
class Counted:
    """Brings the news that a secret answer is in its box."""

    host: "Host"
    poll: PollId
    voter: str

    def recorded(self) -> None:
        """Take note that the answer counts."""
        self.host.secretly_answered(self.poll, self.voter)

    def not_recorded(self, error: Exception) -> None:
        """Take note that it does not."""
        self.host.not_secretly_answered(self.poll, self.voter, error)
