"""What one kind of reader may find in a session: the things, and an index of their words.

Each kind has an index of its own, or the order of what is found would tell of words that stand where one may not look.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from companion.audiences.findable import Findable, Withheld, addresses, findable, made_of
from companion.core.state import Ref, Session
from companion.store.search import Row, SearchIndex, Term

_COLUMN_OF: Final[Mapping[str, str]] = {
    "name": "who",
    "latin_name": "who",
    "organisation": "who",
    "on_behalf_of": "who",
    "symbol": "about",
    "topic": "about",
    "title": "about",
    "text": "text",
}


class Shelf:
    """What may be found by those who find all, or by everybody else."""

    def __init__(self, *, finds_all: bool) -> None:
        self._finds_all = finds_all
        self._index = SearchIndex()
        self._made_of: dict[Ref, tuple[object, ...]] = {}
        self._as_typed: dict[Ref, Findable] = {}
        self._shown: dict[str, Findable] = {}
        self._withheld = Withheld(())
        self._looked_at: Session | None = None

    def refresh(self, session: Session, names: Sequence[str]) -> None:
        """Go on to how the session is now; `names` are those that may not be found."""
        changed = self._look_again(session)
        changed |= self._withhold(names, besides=changed)
        gone = [_key(ref) for ref in changed if ref not in self._as_typed]
        shown = {_key(ref): self._withheld.without(self._as_typed[ref]) for ref in changed if ref in self._as_typed}
        for key in gone:
            self._shown.pop(key, None)
        self._shown.update(shown)
        self._index.drop(gone)
        self._index.put(_row(key, found) for key, found in shown.items())

    def find(self, terms: Sequence[Term], limit: int) -> tuple[list[Findable], int]:
        """Return the best that have all terms, best first, and how many there are."""
        found = self._index.find(terms, limit)
        best = found.keys
        return [self._shown[key] for key in best], found.count

    def of(self, noun: str) -> Iterator[Findable]:
        """Yield all that is found of one noun, in the order of the session."""
        return (self._shown[_key(ref)] for ref in self._made_of if ref.noun == noun and _key(ref) in self._shown)

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def _look_again(self, session: Session) -> set[Ref]:
        """Take in what has changed as it was typed; return where."""
        if session is self._looked_at:
            return set()
        self._looked_at = session
        now = {ref: made_of(session, ref) for ref in addresses(session)}
        changed = {ref for ref, parts in now.items() if not _are_the_same(parts, self._made_of.get(ref, ()))}
        changed |= self._made_of.keys() - now.keys()
        self._made_of = now
        for ref in changed:
            found = findable(session, ref, finds_all=self._finds_all) if ref in now else None
            if found is None:
                self._as_typed.pop(ref, None)
            else:
                self._as_typed[ref] = found
        return changed

    def _withhold(self, names: Sequence[str], *, besides: set[Ref]) -> set[Ref]:
        """Withhold these names from now on; return where others than before may stand, besides what has changed anyway."""
        before, now = set(self._withheld.names), set(names)
        if before == now:
            return set()
        self._withheld = Withheld(names)
        if before - now:
            return set(self._as_typed)
        added = Withheld([*(now - before)])
        return {ref for ref, found in self._as_typed.items() if ref not in besides and added.stands_in(found)}


def _are_the_same(parts: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(parts) == len(others) and all(a is b for a, b in zip(parts, others, strict=True))


def _key(ref: Ref) -> str:
    return f"{ref.noun}/{ref.id}"


def _row(key: str, found: Findable) -> Row:
    columns: dict[str, str] = {}
    for field, text in found.texts.items():
        column = _COLUMN_OF[field]
        # A full stop between two, so that the end of one and the beginning of the other are not taken for one phrase.
        columns[column] = f"{columns[column]} . {text}" if column in columns else text
    return Row(key, found.at or "", columns)
