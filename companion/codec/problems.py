"""What is wrong with a message, and where."""

import re
from typing import Any, Final, TypeVar

import msgspec

T = TypeVar("T")

_PATH: Final = re.compile(r" - at `(?:key` in `)?\$\.?(?P<path>[^`]*)`$")
_NAMED: Final = re.compile(r"(?:unknown|required) field `(?P<name>[^`]+)`")
_MOST_NAME: Final = 64
_MOST_DETAIL: Final = 200


class BadMessage(ValueError):  # noqa: N818 (the protocol's word)
    """A message is not of the form agreed; `field` names where ("" for the whole of it)."""

    def __init__(self, field: str, detail: str, *, too_large: bool = False) -> None:
        super().__init__(f"{field}: {detail}" if field else detail)
        self.field = field
        self.detail = detail
        self.too_large = too_large


def converted(value: object, kind: type[T]) -> T:
    """Return decoded JSON as an object of `kind`; raise `BadMessage` naming the field."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise _from_validation(error) from None
    except UnicodeEncodeError:
        # Half a character where a word of ours is expected, as the name of a field or its value: no such word.
        return converted(_mended(value), kind)


def _from_validation(error: msgspec.ValidationError) -> BadMessage:
    """Return the problem that msgspec found, with the path of the field: `guest.name`."""
    text = str(error)
    path = match["path"] if (match := _PATH.search(text)) else ""
    detail = _PATH.sub("", text)
    if named := _NAMED.search(detail):
        # What a client made up is not repeated at length, neither to it nor in the log.
        name = named["name"][:_MOST_NAME]
        path = f"{path}.{name}" if path else name
    return BadMessage(path, detail[:1].lower() + detail[1:_MOST_DETAIL])


def _mended(value: Any) -> Any:  # noqa: ANN401 (JSON)
    match value:
        case str():
            return value.encode(errors="replace").decode()
        case dict():
            return {_mended(key): _mended(each) for key, each in value.items()}
        case list():
            return [_mended(each) for each in value]
        case _:
            return value
