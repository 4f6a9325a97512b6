"""The one door to pycrdt: a text that several people write at once without losing a letter (a Yjs document).

The document's root is a `Text` named `text`. Updates are Yjs updates (version 1) as any Yjs client makes and reads them.
"""

from companion.crdt.manuscript import LONGEST, Manuscript, Pending, Unacceptable, state_of

__all__ = ["LONGEST", "Manuscript", "Pending", "Unacceptable", "state_of"]
