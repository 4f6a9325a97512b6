"""The record as JSON: everything that the model holds, in a form of its own (`schema`, `version`)."""

import dataclasses
from datetime import datetime
from typing import Any

import msgspec

from companion.clock import format_time
from companion.record.model import Record


def write(record: Record) -> bytes:
    """Return the record as JSON, one key per line, times as in the protocol."""
    return msgspec.json.format(msgspec.json.encode(_plain(record)), indent=1) + b"\n"


def _plain(value: Any) -> Any:  # noqa: ANN401 (JSON)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    match value:
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case datetime():
            return format_time(value)
        case _:
            return value
