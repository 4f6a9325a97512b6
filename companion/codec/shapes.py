"""Strict shapes for what comes in, derived from the core's dataclasses.

msgspec ignores unknown fields of dataclasses; a struct made here forbids them, and keeps to the bounds that the
annotations give. Text is cleaned on its way to the dataclass.
"""

import dataclasses
import functools
import types
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from companion import text
from companion.codec.problems import BadMessage, converted
from companion.core.commands import Base64, Between, FoundByServer, MadeByClient, Text, UpTo
from companion.core.ids import Unset

_MOST_EACH = 50
_RENAMED = {"source": "from", "partner": "with"}  # words of Python's
IDENTIFIER = r"\A[A-Za-z0-9_-]{8,64}\Z"  # `$` would let a line feed pass
_BASE64 = r"\A(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})\Z"
_OR_MADE_HERE = r"\A([A-Za-z0-9_-]{8,64}|[a-z]+\.[0-9]{1,15})\Z"

T = TypeVar("T")


class Shape(Generic[T]):
    """The strict form of a dataclass on the wire."""

    def __init__(self, of: type[T]) -> None:
        self._of = of
        hints = get_type_hints(of, include_extras=True)
        self._struct = _struct_of(of, hints)
        self._readers = {name: reader for name, hint in hints.items() if (reader := _reader_of(hint)) is not None}

    def read(self, value: object) -> T:
        """Return the dataclass made from the decoded JSON `value`; raise `BadMessage` naming the field."""
        return self.build(converted(value, self._struct))

    def build(self, message: msgspec.Struct, within: str = "") -> T:
        """Return the dataclass made from the validated struct."""
        given: dict[str, Any] = {}
        for name in self._struct.__struct_fields__:
            value = getattr(message, name)
            if value is msgspec.UNSET:
                continue
            reader = self._readers.get(name)
            given[name] = value if reader is None or value is None else reader(value, _path(within, name))
        return self._of(**given)

    @property
    def struct(self) -> type[msgspec.Struct]:
        """Return the struct that msgspec checks against."""
        return self._struct


def shape_of(of: type[T]) -> Shape[T]:
    """Return the shape of a dataclass, made once."""
    shape = _SHAPES.get(of)
    if shape is None:
        shape = _SHAPES[of] = Shape(of)
    return shape


_SHAPES: dict[type[Any], Shape[Any]] = {}


def _path(within: str, name: str) -> str:
    name = _RENAMED.get(name, name)
    return f"{within}.{name}" if within else name


def _struct_of(of: type[Any], hints: dict[str, Any]) -> type[msgspec.Struct]:
    required: list[tuple[str, Any]] = []
    optional: list[tuple[str, Any, Any]] = []
    for field in dataclasses.fields(of):
        if _is_found_by_server(hints[field.name]):
            continue
        wire = _wire_type(hints[field.name])
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            required.append((field.name, wire))
        else:
            # Absent is not null: what is absent keeps the dataclass's own default.
            optional.append((field.name, wire | msgspec.UnsetType, msgspec.UNSET))
    fields: list[Any] = [*required, *optional]
    return msgspec.defstruct(of.__name__, fields, kw_only=True, forbid_unknown_fields=True, rename=_RENAMED)


def _is_found_by_server(hint: Any) -> bool:  # noqa: ANN401 (any type there is)
    return get_origin(hint) is Annotated and isinstance(get_args(hint)[1], FoundByServer)


def _wire_type(hint: Any) -> Any:  # noqa: ANN401 (any type there is)
    if get_origin(hint) is Annotated:
        return _bounded(*get_args(hint))
    if get_origin(hint) in {Union, types.UnionType}:
        parts = [_wire_type(part) for part in get_args(hint) if part is not Unset]
        return functools.reduce(lambda one, other: one | other, parts)
    if get_origin(hint) is tuple:
        each: Any = _wire_type(get_args(hint)[0])
        return Annotated[tuple[each, ...], msgspec.Meta(max_length=_MOST_EACH)]
    if get_origin(hint) is dict:
        counted: Any = _wire_type(get_args(hint)[1])
        return Annotated[dict[str, counted], msgspec.Meta(max_length=_MOST_EACH)]
    return shape_of(hint).struct if isinstance(hint, type) and dataclasses.is_dataclass(hint) else hint


def _bounded(base: Any, bound: object) -> Any:  # noqa: ANN401 (any type there is)
    match bound:
        case Between():
            return Annotated[base, msgspec.Meta(ge=bound.least, le=bound.most)]
        case Base64():
            longest = (bound.most + 2) // 3 * 4
            return Annotated[base, msgspec.Meta(max_length=longest, pattern=_BASE64)]
        case MadeByClient():
            return Annotated[base, msgspec.Meta(pattern=_OR_MADE_HERE if bound.or_here else IDENTIFIER)]
        case UpTo():
            each: Any = _wire_type(get_args(base)[0])
            return Annotated[tuple[each, ...], msgspec.Meta(max_length=bound.most)]
        case _:
            return base


def _reader_of(hint: Any) -> Callable[[Any, str], Any] | None:  # noqa: ANN401 (any type there is)
    """Return what makes a wire value one of the core's, or None where it is one already."""
    if get_origin(hint) is Annotated:
        base, bound = get_args(hint)
        if isinstance(bound, UpTo):
            return _reader_of(base)
        return functools.partial(_clean, bound) if isinstance(bound, Text) else None
    if get_origin(hint) in {Union, types.UnionType}:
        return next((reader for part in get_args(hint) if (reader := _reader_of(part)) is not None), None)
    if get_origin(hint) is tuple and (each := _reader_of(get_args(hint)[0])) is not None:
        return functools.partial(_read_each, each)
    if get_origin(hint) is dict and (key := _reader_of(get_args(hint)[0])) is not None:
        return functools.partial(_read_keys, key)
    return shape_of(hint).build if dataclasses.is_dataclass(hint) and isinstance(hint, type) else None


def _read_each(reader: Callable[[Any, str], Any], values: tuple[Any, ...], path: str) -> tuple[Any, ...]:
    return tuple(reader(value, path) for value in values)


def _read_keys(reader: Callable[[Any, str], Any], values: dict[Any, Any], path: str) -> dict[Any, Any]:
    return {reader(key, path): value for key, value in values.items()}


def _clean(bound: Text, value: str, path: str) -> str:
    try:
        clean = (text.clean_text if bound.lines else text.clean_line)(value, most=bound.most)
    except text.TooLong as error:
        raise BadMessage(path, str(error), too_large=True) from None
    if len(clean) < bound.least:
        raise BadMessage(path, "must not be empty")
    return clean
