"""The keys of all workshops, as they are on disk: known by their hash alone, revoked ones too."""

from collections.abc import Iterable
from dataclasses import replace

from companion.core.refusals import Refusal, Refused
from companion.store import directory
from companion.store.database import Database
from companion.store.directory import AccessKey


class Keyring:
    """Links and tokens, by their id and by the key itself."""

    def __init__(self) -> None:
        self._keys: dict[str, AccessKey] = {}
        self._by_hash: dict[str, str] = {}

    def find(self, id_: str) -> AccessKey | None:
        """Return a key by its id."""
        return self._keys.get(id_)

    def find_by_secret(self, secret: str) -> AccessKey | None:
        """Return what somebody came with."""
        return self._keys.get(self._by_hash.get(directory.hash_key(secret), ""))

    def of_workshop(self, workshop: str) -> list[AccessKey]:
        """Return the keys of a workshop."""
        return [key for key in [*self._keys.values()] if key.workshop == workshop]

    def keep(self, keys: Iterable[AccessKey]) -> None:
        """Take note of keys that are new, or have changed."""
        for key in keys:
            self._keys[key.id] = key
            self._by_hash[key.hash] = key.id

    def note_use(self, id_: str, at: str) -> None:
        """Take note that a device was in use; the key stays as it is now otherwise, revoked or not."""
        self._keys[id_] = replace(self._keys[id_], last_used_at=at)


def must_be_valid(db: Database, key: str) -> None:
    """Raise `Refused` (revoked) if a key was revoked, also while whoever came with it waited for the disk."""
    found = directory.find_key(db, key)
    if found is None or found.revoked_at is not None:
        raise Refused(Refusal.REVOKED)
