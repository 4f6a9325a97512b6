"""A session, kept in step with its journal, and what its readers may find in it."""

from collections.abc import Sequence
from dataclasses import replace

from companion.audiences import attribution
from companion.codec.events import read_recorded
from companion.core import events as e
from companion.core import session as rules
from companion.core.state import Session
from companion.finding.shelf import Shelf
from companion.store import journal
from companion.store.database import Database


class Followed:
    """One session as its journal has it, and the shelves of those who have asked."""

    def __init__(self, session: str) -> None:
        self.id = session
        self._session = Session()
        self._spellings: dict[str, set[str]] = {}
        self._shelves: dict[bool, Shelf] = {}
        self._named_by: tuple[object, ...] = ()
        self._names: tuple[str, ...] = ()

    def catch_up(self, database: Database) -> None:
        """Read what has been written since."""
        # All at once: a reader that stops half-way would keep the log from being taken over into the database.
        for entry in [*journal.read(database, self.id, self._session.seq)]:
            if entry.body is None:
                self._session = replace(self._session, seq=entry.seq)
                continue
            recorded = read_recorded(entry)
            self._session = rules.evolve(self._session, recorded)
            self._keep_spelling(recorded.event)

    def shelf(self, *, finds_all: bool) -> Shelf:
        """Return what a reader may find now."""
        if finds_all not in self._shelves:
            self._shelves[finds_all] = Shelf(finds_all=finds_all)
        shelf = self._shelves[finds_all]
        shelf.refresh(self._session, () if finds_all else self._withheld())
        return shelf

    def close(self) -> None:
        """Let go of all that is kept."""
        for shelf in self._shelves.values():
            shelf.close()
        self._shelves.clear()

    def _keep_spelling(self, event: e.Event) -> None:
        if isinstance(event, e.PersonEntered | e.PersonCorrected):
            person = event.person
            names = (person.name, person.latin_name, person.platform_name)
            self._spellings.setdefault(person.id, set()).update(names)

    def _withheld(self) -> Sequence[str]:
        session = self._session
        named_by = (session.people, session.settings, session.programme)
        if [*map(id, named_by)] != [*map(id, self._named_by)]:
            self._named_by = named_by
            self._names = attribution.withheld_names(session, self._spellings)
        return self._names
