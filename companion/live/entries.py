"""Events as entries of a journal."""

from companion.clock import format_time
from companion.codec.events import write_event
from companion.core import events as e
from companion.store import journal


def sealed(session: str, chain: str, recorded: e.Recorded, *, salt: str) -> journal.Entry:
    """Return an event as the entry that follows the link `chain`."""
    name, body = write_event(recorded.event)
    return journal.seal(
        chain,
        session=session,
        seq=recorded.seq,
        at=format_time(recorded.at),
        actor=recorded.by,
        command=recorded.command,
        type=name,
        body=body,
        salt=salt,
    )
