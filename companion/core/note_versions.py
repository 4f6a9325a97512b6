"""The versions of a note's text: what was typed in one go is one of them, though each key made a change.

A version goes on while its writer makes no long pause, or another joins in at once; never for very long, and never past
the point where a passage is taken out or the whole text is replaced, so that what was there can be had back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from companion.core import events as e
from companion.core.ids import PersonId
from companion.core.renewal import replace

PAUSE: Final = timedelta(seconds=60)
JOINS_IN: Final = timedelta(seconds=10)
LONGEST: Final = timedelta(minutes=5)
PASSAGE: Final = 20
"""Characters that are taken out at once are a passage from so many on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersion:
    """What a note said from `at` on, and who typed since `began_at` to make it so; `version` is the note's at the end."""

    version: int
    began_at: datetime
    at: datetime
    by: tuple[PersonId, ...]
    text: str
    is_whole: bool = False


def versions(happened: Iterable[e.Recorded]) -> list[TextVersion]:
    """Return the versions of one note, oldest first, from all that happened to its text."""
    found: list[TextVersion] = []
    for recorded in happened:
        before = found[-1].text if found else ""
        change = _change(recorded, before)
        if change is None:
            continue
        if found and _goes_on(found[-1], change, recorded.event):
            by = dict.fromkeys([*found[-1].by, *change.by])
            found[-1] = replace(change, began_at=found[-1].began_at, by=tuple(by))
        else:
            found.append(change)
    return found


def _change(recorded: e.Recorded, before: str) -> TextVersion | None:
    match recorded.event:
        case e.NoteAdded(text=text):
            version = 1
        case e.NoteWritten(text=text, version=version):
            pass
        case e.NoteTyped(edit=edit, version=version):
            text = edit.of(before)
        case _:
            return None
    is_whole = isinstance(recorded.event, e.NoteWritten)
    at = recorded.at
    return TextVersion(version=version, began_at=at, at=at, by=(recorded.by,), text=text, is_whole=is_whole)


def _goes_on(last: TextVersion, change: TextVersion, event: e.Event) -> bool:
    if change.is_whole or last.is_whole:
        return False
    if isinstance(event, e.NoteTyped) and event.edit.gone >= PASSAGE:
        return False
    pause = PAUSE if change.by[0] in last.by else JOINS_IN
    return change.at - last.at < pause and change.at - last.began_at < LONGEST
