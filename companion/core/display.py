"""What the room display shows, and what everybody is told."""

from typing import assert_never

from companion.core import commands as c
from companion.core import events as e
from companion.core.proceedings import Announcement, Display
from companion.core.renewal import replace
from companion.core.state import Session


def decide(command: c.RoomCommand) -> list[e.Event]:
    """Return what the room sees next."""
    match command:
        case c.ShowOnDisplay():
            return [e.DisplayChanged(what=command.what, ref=command.ref)]
        case c.Announce():
            return [e.Announced(text=command.text)]
        case c.SignalFromBooth():
            return []  # told to the moderator as a signal, and never recorded
        case _:
            assert_never(command)


def evolve(session: Session, recorded: e.Recorded, event: e.DisplayEvent) -> Session:
    """Return the session after `event`."""
    match event:
        case e.DisplayChanged():
            return replace(session, display=Display(what=event.what, ref=event.ref))
        case e.Announced():
            return replace(session, announcement=Announcement(text=event.text, at=recorded.at))
        case _:
            assert_never(event)
