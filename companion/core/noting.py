"""What can be undone at the end of a journal, with less work than command by command.

Of each command of staff it is noted which states it led from and to; what takes it back is worked out only where it is asked
for: at the end, and where the journal says that one was undone. By then all but the last commands are forgotten.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import cast

from companion.core import events as e
from companion.core import undo
from companion.core.ids import CommandId, PersonId
from companion.core.renewal import replace
from companion.core.state import Session, Undoable
from companion.core.undo import Fate


@dataclass(slots=True)
class _Noted:
    """A command, what is worked out of it, and its further events with the states before and after them."""

    key: tuple[PersonId, CommandId]
    worked_out: Undoable | None = None
    events: list[tuple[Session, Session, e.Recorded]] = field(default_factory=list)


class Noting:
    """Notes what can be undone, of a journal that is read on from a session."""

    def __init__(self, session: Session) -> None:
        """Begin with what can be undone of `session`."""
        noted = (_Noted((each.actor, each.id), each) for each in reversed(session.undo))
        self._noted = deque[_Noted](noted, maxlen=undo.KEPT)

    def __call__(self, before: Session, after: Session, recorded: e.Recorded) -> Session:
        """Take note of an event; return `after`, in which nothing of it is to be seen yet."""
        noted, key = self._noted, (recorded.by, recorded.command)
        same = bool(noted) and noted[-1].key == key
        match undo.fate(before, recorded, same=same):
            case Fate.STAY:
                pass
            case Fate.GO:
                noted.clear()
            case Fate.IS_DROPPED:
                noted.pop()
            case _:
                if not same:
                    noted.append(_Noted(key))
                noted[-1].events.append((before, after, recorded))
        return after

    def worked_out(self, session: Session) -> Session:
        """Return `session`, the one after all that was noted, with what can be undone of it."""
        return replace(session, undo=tuple(map(_undoable, reversed(self._noted))))


def _undoable(noted: _Noted) -> Undoable:
    for before, after, recorded in noted.events:
        noted.worked_out = undo.with_event(noted.worked_out, before, after, recorded)
    noted.events.clear()
    return cast("Undoable", noted.worked_out)  # a command is noted with its first event
