"""Values of every type that commands and events are made of, as they stand in the program and on the wire."""

import base64
import dataclasses
import types
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Annotated, Any, Final, TypeAlias, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from companion.core.commands import Base64, Between, FoundByServer, MadeByClient, Text, UpTo
from companion.core.ids import Unset

Hint: TypeAlias = Any
Wire: TypeAlias = Any

LETTERS: Final = "abcXYZ019éß发بд"
_STARTS: Final = datetime(2022, 10, 18, 8, 45, tzinfo=UTC)


ATTRIBUTES: Final = {"from": "source", "with": "partner"}
"""What a field of the wire is called in the program, where that is another word."""


def fields_of(of: type[Any]) -> dict[str, Hint]:
    """Return the fields of a dataclass that a client may send as `data`, by their names there, with annotations."""
    on_the_wire = {attribute: field for field, attribute in ATTRIBUTES.items()}
    return {
        on_the_wire.get(name, name): hint
        for name, hint in get_type_hints(of, include_extras=True).items()
        if name != "expect" and not isinstance(bound_of(hint), FoundByServer)
    }


def attribute(field: str) -> str:
    """Return what a field of the wire is called in the program."""
    return ATTRIBUTES.get(field, field)


def bound_of(hint: Hint) -> object:
    """Return the bound that an annotation brings, or None."""
    return get_args(hint)[1] if origin(hint) is Annotated else None


def origin(hint: Hint) -> Hint:
    """Return what an annotation is made with: `Annotated`, `tuple`, or nothing."""
    return get_origin(hint)


def alternatives(hint: Hint) -> tuple[Hint, ...]:
    """Return what a field may hold, one by one."""
    return get_args(hint) if origin(hint) in {Union, types.UnionType} else (hint,)


def is_required(of: type[Any], name: str) -> bool:
    field = next(each for each in dataclasses.fields(of) if each.name == attribute(name))
    return field.default is dataclasses.MISSING


def text_bound(hint: Hint) -> Text | None:
    """Return the bound of a field that takes text."""
    bounds = map(bound_of, alternatives(hint))
    return next((bound for bound in bounds if isinstance(bound, Text)), None)


def takes(hint: Hint, kind: object) -> bool:
    bare = (get_args(each)[0] if origin(each) is Annotated else each for each in alternatives(hint))
    return any(each is kind or origin(each) is kind for each in bare)


# What a client may send


def data_of(of: type[Any]) -> st.SearchStrategy[dict[str, Wire]]:
    """Return right data of a command: all that is required, and any of the rest."""
    hints = fields_of(of)
    return st.fixed_dictionaries(
        {name: _on_the_wire(hint) for name, hint in hints.items() if is_required(of, name)},
        optional={name: _on_the_wire(hint) for name, hint in hints.items() if not is_required(of, name)},
    )


def _on_the_wire(hint: Hint) -> st.SearchStrategy[Wire]:
    return st.one_of([_one_on_the_wire(each) for each in alternatives(hint) if each is not Unset])


def _one_on_the_wire(hint: Hint) -> st.SearchStrategy[Wire]:
    if origin(hint) is Annotated:
        return _bounded(*get_args(hint))
    if origin(hint) is tuple:
        return st.lists(_on_the_wire(get_args(hint)[0]), max_size=50)
    if origin(hint) is dict:
        key, value = get_args(hint)
        keys = st.text(LETTERS, max_size=8) if key is str else _on_the_wire(key)
        return st.dictionaries(keys, _on_the_wire(value), max_size=50)
    if hint is type(None):
        return st.none()
    if hint is bool:
        return st.booleans()
    if issubclass(hint, Enum):
        return st.sampled_from([each.value for each in hint])
    return data_of(hint)


def _bounded(base: Hint, bound: object) -> st.SearchStrategy[Wire]:
    match bound:
        case Text():
            longest = st.just("x" * bound.most)
            return st.text(LETTERS, min_size=bound.least, max_size=min(bound.most, 20)) | longest
        case Between():
            return st.integers(bound.least, bound.most)
        case Base64():
            return st.binary(min_size=1, max_size=bound.most).map(lambda raw: base64.b64encode(raw).decode())
        case MadeByClient():
            made = st.text("azAZ09_-", min_size=8, max_size=64)
            return made | st.just("poll.57") if bound.or_here else made
        case UpTo():
            return st.lists(_on_the_wire(get_args(base)[0]), max_size=60)
        case _:
            pass
    raise AssertionError(f"a bound that no strategy knows: {bound}")


def texts_of(of: type[Any], within: str = "") -> Iterator[tuple[str, Text]]:
    """Yield every field that takes text, nested ones too, by its path."""
    for name, hint in fields_of(of).items():
        bound = text_bound(hint)
        if bound is not None:
            yield within + name, bound
        for nested in alternatives(hint):
            if dataclasses.is_dataclass(nested) and isinstance(nested, type):
                yield from texts_of(nested, f"{within}{name}.")


# What the program holds


def instances(of: type[Any]) -> st.SearchStrategy[Any]:
    """Return objects of a dataclass with any value that its annotations allow in every field."""
    return st.builds(of, **{name: _values(hint) for name, hint in get_type_hints(of).items()})


def _values(hint: Hint) -> st.SearchStrategy[Any]:
    return st.one_of([_values_of_one(each) for each in alternatives(hint)])


def _values_of_one(hint: Hint) -> st.SearchStrategy[Any]:
    if origin(hint) is tuple:
        of, *more = get_args(hint)
        if more == [...]:
            return st.lists(_values(of), max_size=3).map(tuple)
        return st.tuples(*(_values(each) for each in get_args(hint)))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return instances(hint)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    return _PLAIN[hint]


_PLAIN: Final[dict[type, st.SearchStrategy[Any]]] = {
    type(None): st.none(),
    bool: st.booleans(),
    int: st.integers(-(1 << 53), 1 << 53),
    str: st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
    # The clock counts whole milliseconds.
    datetime: st.integers(0, 1 << 42).map(lambda milliseconds: _STARTS + timedelta(milliseconds=milliseconds)),
}
