"""The door to the shared text: what is merged, what is refused, and that nobody's letters are lost."""

import contextlib
import random
from collections.abc import Callable
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from companion.core.edits import Edit
from companion.crdt import LONGEST, Manuscript, Pending, Unacceptable, state_of
from tests.house.typist import Typist

LETTERS: Final = "ab é😀人\n"


def begun(text: str = "Remedy") -> Manuscript:
    manuscript = Manuscript()
    manuscript.take(manuscript.rewritten(text))
    return manuscript


def merge(manuscript: Manuscript, update: bytes, *, client: int, clock: int) -> Edit | None:
    """Have an update merged; return what it did to the text."""
    merged = manuscript.merged(update, client=client, clock=clock)
    if merged is None:
        return None
    changes, edit = merged
    manuscript.take(changes)
    return edit


def write(manuscript: Manuscript, text: str) -> bytes:
    update = manuscript.rewritten(text)
    manuscript.take(update)
    return update


def test_what_a_client_types_is_merged_and_told_as_an_edit_of_the_plain_text() -> None:
    manuscript = begun("Re😀medy")
    typist = Typist(7, manuscript.state)
    update = typist.type(3, 0, "人é")
    edit = merge(manuscript, update, client=7, clock=typist.clock)
    assert edit is not None
    assert edit.of("Re😀medy") == manuscript.text == "Re😀人émedy"


def test_what_comes_twice_changes_nothing() -> None:
    manuscript = begun()
    typist = Typist(7, manuscript.state)
    update = typist.type(0, 6, "Access")
    assert merge(manuscript, update, client=7, clock=typist.clock) is not None
    assert merge(manuscript, update, client=7, clock=typist.clock) is None
    assert manuscript.text == "Access"


def test_an_update_that_takes_a_letter_away_counts_though_its_clock_stays() -> None:
    manuscript = begun()
    typist = Typist(7, manuscript.state)
    edit = merge(manuscript, typist.type(5, 1, ""), client=7, clock=typist.clock)
    assert (typist.clock, manuscript.text, edit is None) == (0, "Remed", False)


def test_an_update_whose_predecessor_is_missing_is_pending() -> None:
    manuscript = begun()
    typist = Typist(7, manuscript.state)
    typist.type(0, 0, "No ")
    second = typist.type(3, 0, "more ")
    with pytest.raises(Pending):
        merge(manuscript, second, client=7, clock=typist.clock)


def test_a_whole_text_is_written_as_the_smallest_edit_so_that_what_is_typed_meanwhile_stays() -> None:
    manuscript = begun("Access to remedy")
    typist = Typist(7, manuscript.state)
    update = typist.type(0, 0, "Better ")
    written = write(manuscript, "Access to remedy for all")
    merge(manuscript, update, client=7, clock=typist.clock)
    typist.doc.apply_update(written)
    assert manuscript.text == str(typist.text) == "Better Access to remedy for all"


def test_the_same_beginning_is_the_same_document_after_a_restart() -> None:
    assert begun("Re😀medy").state == begun("Re😀medy").state
    first, second = begun(), begun()
    typist = Typist(7, first.state)
    assert merge(second, typist.type(6, 0, "!"), client=7, clock=typist.clock) is not None
    assert Manuscript(second.state).text == "Remedy!"


def other_root(doc: Doc[Any]) -> None:
    doc.get("other", type=Text).insert(0, "x")


def an_array(doc: Doc[Any]) -> None:
    doc.get("text", type=Array).append("x")


def a_map(doc: Doc[Any]) -> None:
    doc.get("more", type=Map)["text"] = "x"


def marked(doc: Doc[Any]) -> None:
    doc.get("text", type=Text).insert(0, "x", {"bold": True})


def embedded(doc: Doc[Any]) -> None:
    doc.get("text", type=Text).insert_embed(0, {"image": "x"})


@pytest.mark.parametrize("hostile", [other_root, an_array, a_map, marked, embedded])
def test_whatever_is_no_plain_text_is_refused(hostile: Callable[[Doc[Any]], None]) -> None:
    doc: Doc[Any] = Doc(client_id=7)
    hostile(doc)
    with pytest.raises(Unacceptable) as refused:
        merge(begun(), doc.get_update(), client=7, clock=1)
    assert not refused.value.too_large


@pytest.mark.parametrize("garbage", [b"", b"\x00", b"\xff" * 40, b"\x01\x01\x07", bytes(range(60))])
def test_whatever_is_no_update_is_refused_or_changes_nothing(garbage: bytes) -> None:
    manuscript = begun()
    try:
        assert merge(manuscript, garbage, client=7, clock=0) is None
    except Unacceptable:
        return
    assert manuscript.text == "Remedy"


@pytest.mark.parametrize("hazard", ["\u202e", "\x00", "\u2066", "\ufeff"])
def test_characters_that_nobody_sees_are_refused(hazard: str) -> None:
    manuscript = begun()
    typist = Typist(7, manuscript.state)
    with pytest.raises(Unacceptable):
        merge(manuscript, typist.type(0, 0, hazard), client=7, clock=typist.clock)


def test_a_text_that_grows_too_long_is_refused_as_too_large() -> None:
    manuscript = begun("x" * (LONGEST - 1))
    typist = Typist(7, manuscript.state)
    assert merge(manuscript, typist.type(0, 0, "y"), client=7, clock=typist.clock) is not None
    with pytest.raises(Unacceptable) as refused:
        merge(manuscript, typist.type(0, 0, "z"), client=7, clock=typist.clock)
    assert refused.value.too_large


def test_nobody_writes_under_the_name_of_the_server() -> None:
    forger = Typist(1)
    with pytest.raises(Unacceptable):
        merge(begun(), forger.type(0, 0, "x"), client=1, clock=forger.clock)


@pytest.mark.parametrize("whose", [1, 6])
def test_nobody_brings_what_somebody_else_types(whose: int) -> None:
    manuscript = begun()
    other = Typist(whose, manuscript.state)
    with pytest.raises(Unacceptable):
        merge(manuscript, other.type(0, 0, "x"), client=99, clock=0)


def test_an_update_that_is_further_than_it_says_is_no_repetition() -> None:
    manuscript = begun()
    typist = Typist(7, manuscript.state)
    first, second = typist.type(6, 0, "ies"), typist.type(9, 0, "!")
    with pytest.raises(Pending):
        merge(manuscript, second, client=7, clock=0)
    with pytest.raises(Unacceptable):
        merge(manuscript, first, client=7, clock=1)


# Found by mutation: the library divides by zero, and looks where nothing is.
PANICS = (
    "0102ffffffff0f004101000200ffffffff0f010100057af09f988001ffffffff0f010002",
    "010278ffffffff0f00c1010001010108ffffffff0f7f010101797af09f98800201010001ffffffff0f010001",
    "0100010100010101c40200010106797af09f9880020104000102010001",
)


@pytest.mark.parametrize("update", PANICS)
def test_bytes_at_which_the_library_panics_are_refused_and_harm_nobody(update: str) -> None:
    manuscript = begun("hello world")
    for clock in (0, 1):
        with pytest.raises((Unacceptable, Pending)):
            merge(manuscript, bytes.fromhex(update), client=77, clock=clock)
    typist = Typist(8, manuscript.state)
    merge(manuscript, typist.type(0, 0, "A "), client=8, clock=typist.clock)
    assert manuscript.text == "A hello world"


@given(seed=st.integers(0, 1 << 32))
@settings(max_examples=200, deadline=None)
def test_whatever_bytes_come_those_who_type_go_on_and_the_document_is_what_was_told(seed: int) -> None:
    """Mutate right updates: what is taken makes of another document on disk what it made here."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    staged, on_disk, plain = begun("hello world"), begun("hello world"), "hello world"
    for _ in range(4):
        hostile = Typist(77, staged.state)
        update = bytearray(hostile.type(chance.randint(0, 5), chance.randint(0, 2), "xyz😀"))
        for _ in range(chance.randint(1, 4)):
            update[chance.randrange(len(update))] = chance.choice([0, 1, 2, 4, 8, 10, 127, 128, 255])
        with contextlib.suppress(Unacceptable, Pending):
            merged = staged.merged(bytes(update), client=77, clock=chance.choice([hostile.clock, 0]))
            if merged is not None:
                plain = merged[1].of(plain)
                for each in (staged, on_disk):
                    each.take(merged[0])
        honest = Typist(8, on_disk.state)
        update_, clock = honest.type(0, 0, "A"), honest.clock
        changes, edit = staged.merged(update_, client=8, clock=clock) or pytest.fail("an honest edit was taken for old")
        plain = edit.of(plain)
        for each in (staged, on_disk):
            each.take(changes)
        assert staged.text == on_disk.text == plain
        assert Manuscript(on_disk.state).text == plain


@given(seed=st.integers(0, 1 << 32))
@settings(max_examples=60, deadline=None)
def test_what_is_tried_and_not_taken_leaves_nothing_behind(seed: int) -> None:
    """Try much and take some of it, of several, while the document is read anew again and again."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    staged, on_disk, log = begun(), begun(), list[bytes | str]([begun().state])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("companion.crdt.manuscript._READ_ANEW_AFTER", chance.choice([1, 3, 1_000]))
        for _ in range(30):
            before, clocks = staged.text, staged.clocks
            if chance.random() < 0.3:
                changes = staged.rewritten(chance.choice(["Remedy", before + "!", ""]))
            else:
                typist = Typist(chance.choice([7, 8]), staged.state)
                update = typist.type(chance.randint(0, len(before)), 0, chance.choice(["x", "😀", "\u202e"]))
                try:
                    changes, _ = staged.merged(update, client=typist.client, clock=typist.clock) or (b"", None)
                except Unacceptable:
                    assert "\u202e" in str(typist.text)
                    continue
            if chance.random() < 0.5:
                staged.take(changes)
                on_disk.take(changes)
                log.append(changes)
            elif chance.random() < 0.5:
                assert (staged.text, staged.clocks) == (before, clocks)
    assert staged.text == on_disk.text == Manuscript(state_of(log)).text == Manuscript(staged.state).text


@given(seed=st.integers(0, 1 << 32))
@settings(max_examples=60, deadline=None)
def test_all_who_type_at_once_and_are_told_late_end_with_the_same_text(seed: int) -> None:  # noqa: C901 (a play)
    """Three typists and the server: updates go in order from each, arrive when they will, some twice; the edits tell the text."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    manuscript, plain = begun(), "Remedy"
    typists = [Typist(client, manuscript.state) for client in (5, 6, 7)]
    outgoing: list[list[tuple[bytes, int]]] = [[] for _ in typists]
    told: list[bytes] = []
    heard = [0] * len(typists)
    for _ in range(40):
        number = chance.randrange(len(typists))
        typist = typists[number]
        length = len(str(typist.text))
        at = chance.randint(0, length)
        update = typist.type(at, chance.randint(0, min(3, length - at)), chance.choice(LETTERS) * chance.randint(0, 3))
        outgoing[number].append((update, typist.clock))
        if chance.random() < 0.5 and outgoing[number]:
            update, clock = outgoing[number][0]
            if chance.random() < 0.8:
                outgoing[number].pop(0)
            edit = merge(manuscript, update, client=typist.client, clock=clock)
            plain = edit.of(plain) if edit else plain
            told.append(update)
        if chance.random() < 0.1:
            told.append(write(manuscript, plain := plain + "."))
        listener = chance.randrange(len(typists))
        for each in told[heard[listener] :]:
            typists[listener].doc.apply_update(each)
        heard[listener] = len(told)
        assert manuscript.text == plain
    for typist, waiting in zip(typists, outgoing, strict=True):
        for update, clock in waiting:
            edit = merge(manuscript, update, client=typist.client, clock=clock)
            plain = edit.of(plain) if edit else plain
            told.append(update)
    for typist in typists:
        for each in told:
            typist.doc.apply_update(each)
    assert {str(typist.text) for typist in typists} == {manuscript.text} == {plain}
