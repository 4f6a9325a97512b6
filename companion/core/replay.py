"""A session from its journal: what all of it leads to, with less work than event by event."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, cast

from companion.core import events as e
from companion.core import reckoning
from companion.core import session as rules
from companion.core.edits import Edit
from companion.core.ids import NoteId
from companion.core.noting import Noting
from companion.core.renewal import replace
from companion.core.state import Ref, Session

_LOOKS_AT_NOTES: Final = e.NoteEvent | e.CommandUndone


class Unfinished:
    """Evolves a session event by event, and leaves for the end what few events look at or none: what can be undone, the reckoning."""

    def __init__(self, session: Session) -> None:
        """Begin with a session that is whole."""
        self._noting = Noting(session)
        self._as_of: datetime | None = None

    def evolve(self, session: Session, recorded: e.Recorded) -> Session:
        """Return the session after `recorded`, but for what is left for the end."""
        if not isinstance(recorded.event, e.CommandUndone):
            return rules.evolve(session, recorded, reckoned=self._left, remembered=self._noting)
        session = rules.evolve(self._noting.worked_out(session), recorded, reckoned=self._left)
        self._noting = Noting(session)
        return session

    def whole(self, session: Session) -> Session:
        """Return the session, the one after the last event, with what was left."""
        session = self._noting.worked_out(session)
        if self._as_of is None:
            return session
        return replace(session, reckoning=reckoning.build(session, as_of=self._as_of))

    def _left(self, before: Session, after: Session, touched: Iterable[Ref], *, at: datetime) -> Session:
        if reckoning.follows_from(before, after, touched):
            self._as_of = at
        return after


def replay(journal: Iterable[e.Recorded], session: Session | None = None) -> Session:
    """Return the session after all of `journal`, in order.

    What is typed changes nothing but the text of its note: of the keys up to the next event that looks at notes, only the
    last one in each note is looked at, and brings the text that they made.
    """
    session = session or Session()
    unfinished = Unfinished(session)
    texts, last = dict[NoteId, str](), dict[NoteId, e.Recorded]()
    for recorded in journal:
        event = recorded.event
        if isinstance(event, e.NoteTyped):
            note = event.note
            texts[note] = event.edit.of(texts[note] if note in texts else session.notes[note].text)
            last[note] = recorded
            continue
        if last and isinstance(event, _LOOKS_AT_NOTES):
            session, texts, last = _typed(session, unfinished, texts, last), {}, {}
        session = unfinished.evolve(session, recorded)
    return unfinished.whole(_typed(session, unfinished, texts, last))


def _typed(
    session: Session, unfinished: Unfinished, texts: Mapping[NoteId, str], last: Mapping[NoteId, e.Recorded]
) -> Session:
    """Return the session with texts that were typed, the last key in each having been `last`."""
    newest = max(last.values(), key=lambda each: each.seq, default=None)
    for note, recorded in last.items():
        event = cast("e.NoteTyped", recorded.event)
        edit = Edit(at=0, gone=len(session.notes[note].text), came=texts[note])
        evolved = unfinished.evolve(session, recorded._replace(event=replace(event, edit=edit)))
        session = replace(evolved, seq=session.seq, at=session.at)
    return session if newest is None or newest.seq < session.seq else replace(session, seq=newest.seq, at=newest.at)
