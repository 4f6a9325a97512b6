"""A session from its journal: what all of it leads to, with less work than event by event."""

from collections.abc import Iterable, Mapping
from typing import Final, cast

from companion.core import events as e
from companion.core import reckoning
from companion.core.edits import Edit
from companion.core.ids import NoteId
from companion.core.renewal import replace
from companion.core.session import evolve
from companion.core.state import Session

_LOOKS_AT_NOTES: Final = e.NoteEvent | e.CommandUndone


def replay(journal: Iterable[e.Recorded], session: Session | None = None) -> Session:
    """Return the session after all of `journal`, in order.

    What is typed changes nothing but the text of its note: of the keys up to the next event that looks at notes, only the
    last one in each note is looked at, and brings the text that they made. No event looks at the reckoning, which is made
    once all have happened.
    """
    session = session or Session()
    reckoned = session.reckoning
    texts, last = dict[NoteId, str](), dict[NoteId, e.Recorded]()
    for recorded in journal:
        event = recorded.event
        if isinstance(event, e.NoteTyped):
            note = event.note
            texts[note] = event.edit.of(texts[note] if note in texts else session.notes[note].text)
            last[note] = recorded
            continue
        if last and isinstance(event, _LOOKS_AT_NOTES):
            session, texts, last = _typed(session, texts, last), {}, {}
        session = evolve(session, recorded, reckoned=reckoning.leave)
    session = _typed(session, texts, last)
    return session if session.reckoning is reckoned else replace(session, reckoning=reckoning.build(session))


def _typed(session: Session, texts: Mapping[NoteId, str], last: Mapping[NoteId, e.Recorded]) -> Session:
    """Return the session with texts that were typed, the last key in each having been `last`."""
    newest = max(last.values(), key=lambda each: each.seq, default=None)
    for note, recorded in last.items():
        event = cast("e.NoteTyped", recorded.event)
        edit = Edit(at=0, gone=len(session.notes[note].text), came=texts[note])
        evolved = evolve(session, replace(recorded, event=replace(event, edit=edit)))
        session = replace(evolved, seq=session.seq, at=session.at)
    return session if newest is None or newest.seq < session.seq else replace(session, seq=newest.seq, at=newest.at)
