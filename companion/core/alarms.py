"""What the session does by itself at a set time: close the list, announce something.

Nothing here looks at a clock: `due` says when each is due, and the host acts as the system once that time has come.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from companion.core import commands as c
from companion.core.procedure import Alarm, AlarmAction, AlarmSince, ListStatus
from companion.core.state import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An alarm and when it is due. `id` is the same after a restart, so that nothing happens twice."""

    id: str
    at: datetime
    command: c.CloseList | c.Announce


def due(session: Session) -> Iterator[Due]:
    """Yield the alarms that are due some time, or were, in no particular order; those without effect any more are left out."""
    if not session.course.status.is_running:
        return
    for alarm in session.settings.alarms:
        since = _since(session, alarm.since)
        if since is None:
            continue
        at = since + timedelta(seconds=alarm.after_seconds)
        if session.settings.alarms_since is not None and at < session.settings.alarms_since:
            continue  # set after its time had come: nobody waits for it
        if (command := _command(session, alarm, at)) is not None:
            yield Due(id=f"alarm-{alarm.id}-{at:%Y%m%dT%H%M%S}", at=at, command=command)


def closes_at(session: Session) -> datetime | None:
    """Return when the list closes by itself, or None where it does not."""
    return min((each.at for each in due(session) if isinstance(each.command, c.CloseList)), default=None)


def _since(session: Session, since: AlarmSince) -> datetime | None:
    match since:
        case AlarmSince.SESSION:
            return session.course.started_at
        case AlarmSince.SEGMENT:
            return session.course.segment_started_at
        case _:
            return session.list.opened_at


def _command(session: Session, alarm: Alarm, at: datetime) -> c.CloseList | c.Announce | None:
    if alarm.action is AlarmAction.ANNOUNCE:
        return c.Announce(text=alarm.text or "")
    # Whoever opens the list after that time means to have it open.
    opened_at = session.list.opened_at
    closes = session.list.status is ListStatus.OPEN and opened_at is not None and opened_at < at
    return c.CloseList() if closes else None
