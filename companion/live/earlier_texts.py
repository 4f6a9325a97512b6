"""What the text of a note was before, read from the journal."""

from companion.audiences.disclosures import TEXT_CHANGES
from companion.codec.events import EVENT_NAMES, read_rows
from companion.core.note_versions import TextVersion, versions
from companion.store import journal
from companion.store.database import open_for_reading


def earlier_texts(database: str, session: str, note: str, upto: int) -> list[TextVersion]:
    """Return the versions of a note's text up to an entry, oldest first; reads the disk, so it is not for the loop."""
    types = [EVENT_NAMES[change] for change in TEXT_CHANGES]
    with open_for_reading(database) as db:
        return versions(read_rows(journal.rows_about(db, session, types, ("note", note), upto)))
