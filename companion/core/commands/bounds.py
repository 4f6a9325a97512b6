"""What a client may send in a field: bounds that the codec keeps to before the core is asked."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from companion.core.ids import InterventionId


@dataclass(frozen=True, slots=True)
class Text:
    """A bound on a text: `least` to `most` characters, on one line or with line breaks."""

    most: int
    least: int = 0
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """A bound on a whole number, both ends included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Base64:
    """A bound on bytes that come in base64: `most` of them."""

    most: int


@dataclass(frozen=True, slots=True)
class MadeByClient:
    """Marks an identifier that a client makes, 8 to 64 characters of `A-Z a-z 0-9 _ -`; `or_here`: or that we made."""

    or_here: bool = False


@dataclass(frozen=True, slots=True)
class FoundByServer:
    """Marks a field that no client may send; the server fills it in."""


@dataclass(frozen=True, slots=True)
class UpTo:
    """A bound on how many a list may hold; 50 where nothing is said."""

    most: int


Name: TypeAlias = Annotated[str, Text(200)]
FullName: TypeAlias = Annotated[str, Text(200, least=1)]
ShortText: TypeAlias = Annotated[str, Text(300)]
Announcement: TypeAlias = Annotated[str, Text(1000, lines=True)]
Statement: TypeAlias = Annotated[str, Text(20_000, lines=True)]
Language: TypeAlias = Annotated[str, Text(35)]
Reference: TypeAlias = Annotated[str, Text(64)]
NewRequest: TypeAlias = Annotated[str, MadeByClient()]
Seconds: TypeAlias = Annotated[int, Between(1, 35_999)]
"""Of a speaking time: less than ten hours, which nobody means."""
SecondsOrNone: TypeAlias = Annotated[int, Between(0, 35_999)]
Share: TypeAlias = Annotated[int, Between(0, 1_000)]
Expected: TypeAlias = InterventionId | None
ExpectedVersion: TypeAlias = Annotated[int, Between(1, 1_000_000)]
