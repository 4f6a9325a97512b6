"""When garbage is looked for: not while much is read, and of what stays never again."""

import gc
from collections.abc import Iterator

import pytest

from companion.collecting import settle, without_collecting


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    yield
    gc.enable()
    gc.unfreeze()


def test_while_much_is_read_nobody_looks() -> None:
    with without_collecting():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error_too() -> None:
    with pytest.raises(ValueError, match="unreadable"), without_collecting():
        raise ValueError("unreadable")
    assert gc.isenabled()


def test_whoever_had_switched_it_off_finds_it_off() -> None:
    gc.disable()
    with without_collecting():
        pass
    assert not gc.isenabled()


def test_what_is_there_when_all_is_open_is_not_looked_at_again() -> None:
    settle()
    assert gc.get_freeze_count() > 0
    assert gc.get_count()[2] == 0
