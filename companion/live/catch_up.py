"""The patches of late, for those who were away for a moment.

Those who write get the whole text of a note with each letter that is typed. Of a note that they had before, only the updates
of its text are kept here: whoever comes back gets what they missed of it with the note as it is by then.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from companion.audiences.audience import HAS_DOCUMENTS, Audience
from companion.audiences.maps import Patch
from companion.audiences.views import Value

MOST_CHARACTERS: Final = 4_000_000
"""Of texts and their updates: up to four bytes each in memory."""


class _Change(NamedTuple):
    """What led to `seq`: the patches that say something, and of the notes that those who write had before, the updates."""

    seq: int
    patches: Mapping[Audience, Patch]
    updates: Mapping[str, tuple[str, ...]]
    characters: int


class Ring:
    """The last `most` changes of a session, of all audiences; fewer where they hold long texts."""

    def __init__(self, seq: int, most: int) -> None:
        self._base = seq
        self._most = most
        self._changes: deque[_Change] = deque()
        self._characters = 0

    def add(self, seq: int, patches: Mapping[Audience, Patch]) -> None:
        """Keep the change that led to `seq`."""
        updates: dict[str, tuple[str, ...]] = {}
        kept = {}
        for audience, patch in patches.items():
            if audience in HAS_DOCUMENTS:
                updates.update(_updates(patch))
            kept[audience] = _without(patch, updates) if audience in HAS_DOCUMENTS else patch
        kept = {audience: patch for audience, patch in kept.items() if patch}
        # The audiences' values share their texts.
        texts = {text for patch in kept.values() for value in patch.set.values() for text in _texts(value)}
        characters = sum(map(len, texts)) + sum(len(each) for some in updates.values() for each in some)
        self._changes.append(_Change(seq, kept, updates, characters))
        self._characters += characters
        while len(self._changes) > self._most or self._characters > MOST_CHARACTERS:
            gone = self._changes.popleft()
            self._base = gone.seq
            self._characters -= gone.characters

    def since(self, seq: int, audience: Audience) -> list[tuple[int, Patch]] | None:
        """Return an audience's patches after `seq`, in order, or None where the ring does not reach back so far.

        For those who write, `notes_since` has the rest, which goes on top.
        """
        newest = self._changes[-1].seq if self._changes else self._base
        if not self._base <= seq <= newest:
            return None
        return [
            (each.seq, each.patches[audience]) for each in self._changes if each.seq > seq and audience in each.patches
        ]

    def notes_since(self, seq: int, audience: Audience, whole: Mapping[str, Any]) -> dict[str, Any]:
        """Return the notes in the map `whole` of an audience that changed after `seq`, each with the updates of its text."""
        if audience not in HAS_DOCUMENTS:
            return {}
        updates: dict[str, list[str]] = {}
        for change in self._changes:
            if change.seq > seq:
                for key, more in change.updates.items():
                    updates.setdefault(key, []).extend(more)
        return {
            key: {**whole[key], "updates": missed} if missed else whole[key]
            for key, missed in updates.items()
            if key in whole
        }


def _updates(patch: Patch) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the notes in a patch that come without the whole of their document, and the updates that come with them."""
    for key, value in patch.set.items():
        if key.startswith("note/") and isinstance(value, Mapping) and "state" not in value:
            yield key, tuple(value.get("updates", ()))


def _without(patch: Patch, notes: Mapping[str, object]) -> Patch:
    return Patch({key: value for key, value in patch.set.items() if key not in notes}, patch.unset) if notes else patch


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (text for name in ("text", "state") if isinstance(text := value.get(name), str))
