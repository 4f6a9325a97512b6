"""JSON for the road: encoded by msgspec, strict in what it takes."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Raw

__all__ = ["Raw", "dumps", "joined", "loads", "raw"]


def dumps(value: object, **_: object) -> str:
    """Return `value` as JSON text."""
    return msgspec.json.encode(value).decode()


def raw(value: object) -> Raw:
    """Return `value` as JSON that `dumps` puts in its place, as often as it is told to."""
    return Raw(msgspec.json.encode(value))


def joined(whole: Raw, more: Mapping[str, object]) -> Raw:
    """Return one JSON object of two that are not empty and have no key in common: `whole` and `more`."""
    return Raw(bytes(whole)[:-1] + b"," + msgspec.json.encode(more)[1:])


def loads(text: str | bytes, **_: object) -> Any:  # noqa: ANN401 (JSON)
    """Return the value of JSON `text`; raise `ValueError` where it is none (NaN is none)."""
    try:
        return msgspec.json.decode(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
