"""JSON for the road: encoded by msgspec, strict in what it takes."""

from typing import Any

import msgspec


def dumps(value: object, **_: object) -> str:
    """Return `value` as JSON text."""
    return msgspec.json.encode(value).decode()


def loads(text: str | bytes, **_: object) -> Any:  # noqa: ANN401 (JSON)
    """Return the value of JSON `text`; raise `ValueError` where it is none (NaN is none)."""
    try:
        return msgspec.json.decode(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
