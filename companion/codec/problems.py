"""What is wrong with a message, and where."""

import re

import msgspec

_PATH = re.compile(r" - at `(?:key in )?\$\.?(?P<path>[^`]*)`$")
_NAMED = re.compile(r"(?:unknown|required) field `(?P<name>[^`]+)`")


class BadMessage(ValueError):  # noqa: N818 (the protocol's word)
    """A message is not of the form agreed; `field` names where ("" for the whole of it)."""

    def __init__(self, field: str, detail: str, *, too_large: bool = False) -> None:
        super().__init__(f"{field}: {detail}" if field else detail)
        self.field = field
        self.detail = detail
        self.too_large = too_large


def from_validation(error: msgspec.ValidationError, within: str = "") -> BadMessage:
    """Return the problem that msgspec found, with the path of the field: `guest.name`."""
    text = str(error)
    path = match["path"] if (match := _PATH.search(text)) else ""
    detail = _PATH.sub("", text)
    if named := _NAMED.search(detail):
        path = f"{path}.{named['name']}" if path else named["name"]
    if within:
        path = f"{within}.{path}" if path else within
    return BadMessage(path, detail[:1].lower() + detail[1:])
