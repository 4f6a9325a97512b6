"""Messages that are not commands of a session: what comes through the doors, and what goes out by them."""

from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

from companion.codec.problems import BadMessage, converted
from companion.codec.shapes import IDENTIFIER
from companion.core.people import Attendance, Role

T = TypeVar("T", bound=msgspec.Struct)
MOST_NESTED = 8
_NESTING = (dict, list)

_Id = Annotated[str, Meta(min_length=1, max_length=64)]
_MadeId = Annotated[str, Meta(pattern=IDENTIFIER)]
_Language = Annotated[str, Meta(max_length=35)]
_Code = Annotated[str, Meta(max_length=100)]
_Typed = Annotated[str, Meta(max_length=2_000)]


class _Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message with no field that is not named."""


class JoinSession(_Message, frozen=True, kw_only=True):
    """Socket.IO `join`."""

    session: _Id
    epoch: _Id | None = None
    since: Annotated[int, Meta(ge=0)] | None = None
    audience: Annotated[str, Meta(max_length=64)] | None = None


class LeaveSession(_Message, frozen=True, kw_only=True):
    """Socket.IO `leave`."""

    session: _Id


class SendCommand(_Message, frozen=True, kw_only=True):
    """Socket.IO `command`; `data` and `expect` are read by the command's own shape."""

    session: _Id
    id: _MadeId
    type: Annotated[str, Meta(max_length=64)]
    data: Any
    expect: Any = None


class AskClock(_Message, frozen=True, kw_only=True):
    """Socket.IO `clock`."""


class LookUpGroups(_Message, frozen=True, kw_only=True):
    """`POST /api/join/groups`."""

    code: _Code


class JoinWorkshop(_Message, frozen=True, kw_only=True):
    """`POST /api/join`; texts are cleaned by who reads it."""

    code: _Code
    name: _Typed
    organisation: _Typed = ""
    group: _Id | None = None
    attendance: Attendance = Attendance.REMOTE
    language: _Language | None = None


class Redeem(_Message, frozen=True, kw_only=True):
    """`POST /api/redeem`."""

    key: Annotated[str, Meta(max_length=100)]
    name: _Typed | None = None


class MakeLink(_Message, frozen=True, kw_only=True):
    """`POST /api/links`: of a person, perhaps in place of those they have, or of a role."""

    person: _Id | None = None
    role: Role | None = None
    anew: bool = False


class PersonDetails(_Message, frozen=True, kw_only=True):
    """Some of what is known of a person; texts are cleaned by who reads it."""

    name: _Typed | UnsetType = UNSET
    latin_name: _Typed | UnsetType = UNSET
    organisation: _Typed | UnsetType = UNSET
    group: _Id | UnsetType | None = UNSET
    attendance: Attendance | UnsetType = UNSET
    language: _Language | UnsetType | None = UNSET
    role: Role | UnsetType = UNSET


class PutRight(PersonDetails, frozen=True, kw_only=True):
    """`POST /api/people/<id>`: what is to be put right, and what the sender saw of it."""

    expect: PersonDetails


class DrawCodes(_Message, frozen=True, kw_only=True):
    """`POST /api/qr`."""

    urls: Annotated[list[Annotated[str, Meta(max_length=500)]], Meta(max_length=500)]


def read_message(kind: type[T], value: object) -> T:
    """Return the decoded JSON `value` as a message of `kind`; raise `BadMessage` naming the field."""
    if _nesting(value) > MOST_NESTED:
        raise BadMessage("", f"nested more than {MOST_NESTED} deep")
    return converted(value, kind)


def read_body(kind: type[T], body: bytes) -> T:
    """Return the JSON `body` of an HTTP request as a message of `kind`; raise `BadMessage` naming the field."""
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadMessage("", f"not JSON: {error}") from None
    except RecursionError:
        raise BadMessage("", f"nested more than {MOST_NESTED} deep") from None
    return read_message(kind, value)


def _nesting(value: object) -> int:
    """Return how deep a decoded JSON value is nested, looking no further than one level too many."""
    depth, level = 0, [value]
    while level and depth <= MOST_NESTED:
        depth += 1
        level = [
            inner
            for each in level
            if isinstance(each, _NESTING)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return depth
