"""Somebody who types into a shared text with a Yjs client of their own."""

import base64

from pycrdt import Doc, Text

from companion.core import commands as c


class Typist:
    """A Yjs client of its own: types, and knows its clock."""

    def __init__(self, client: int, state: bytes | None = None) -> None:
        self.client = client
        self.doc: Doc[Text] = Doc(client_id=client)
        self.text = self.doc.get("text", type=Text)
        if state is not None:
            self.doc.apply_update(state)

    def type(self, at: int, gone: int, came: str) -> bytes:
        """Replace `gone` characters from `at` on; return the update."""
        before, text = self.doc.get_state(), str(self.text)
        start, end = (len(text[:place].encode()) for place in (at, at + gone))
        with self.doc.transaction():
            if end > start:
                del self.text[start:end]
            if came:
                self.text.insert(start, came)
        return self.doc.get_update(before)

    def command(self, note: str, at: int, gone: int, came: str) -> c.TypeNote:
        """Replace `gone` characters from `at` on; return what is sent to the server."""
        update = base64.b64encode(self.type(at, gone, came)).decode()
        return c.TypeNote(note=note, update=update, client=self.client, clock=self.clock)

    def hear(self, *updates: str) -> None:
        """Merge updates in base64, or a whole document."""
        for update in updates:
            self.doc.apply_update(base64.b64decode(update))

    @property
    def clock(self) -> int:
        """Return the clock of what was typed here, read from the state of a document that has nothing else."""
        return clocks(self.doc.get_state()).get(self.client, 0)


def clocks(vector: bytes) -> dict[int, int]:
    numbers, value, shift = list[int](), 0, 0
    for byte in vector:
        value, shift = value | (byte & 127) << shift, shift + 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    return dict(zip(numbers[1::2], numbers[2::2], strict=True))
