"""What stands in an update, which letter follows which, and that what is taken says it once and means one thing everywhere."""

import itertools
import random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.crdt import Manuscript, Pending, Unacceptable, state_of, updates
from companion.crdt.manuscript import _succession
from companion.crdt.succession import Stretches
from companion.crdt.updates import Letter, Stretch, Unreadable, Update, Written
from tests.house.typist import Typist

LETTERS: Final = "ab é😀人ب\n"
NUMBERS: Final = st.integers(0, 1 << 40)
LETTER: Final = st.builds(Letter, NUMBERS, NUMBERS)
SEEDS: Final = st.integers(0, 1 << 32)


def begun(text: str = "Reme😀dy") -> tuple[Manuscript, list[bytes]]:
    manuscript = Manuscript()
    log = [manuscript.rewritten(text)]
    manuscript.take(log[0])
    return manuscript, log


def merge(manuscript: Manuscript, log: list[bytes], update: bytes, *, client: int, clock: int) -> None:
    """Have an update merged, and its edit tell the text."""
    before = manuscript.text
    merged = manuscript.merged(update, client=client, clock=clock)
    assert manuscript.text == before
    if merged is None:
        return
    changes, edit = merged
    manuscript.take(changes)
    log.append(changes)
    assert manuscript.text == edit.of(before)


# What stands in an update


@given(st.lists(st.tuples(st.one_of(st.none(), LETTER), st.one_of(st.none(), LETTER), st.text(LETTERS, max_size=4))))
def test_an_update_is_read_as_it_was_written(pieces: list[tuple[Letter | None, Letter | None, str]]) -> None:
    written, clock = [], 7
    for left, right, text in pieces:
        length = updates.halves(text) or 3
        written.append(Written(9, clock, length, left, right, text or None))
        clock += length
    update = Update(tuple(written), (Stretch(9, 0, 2), Stretch(9, 5, 1), Stretch(300, 1 << 40, 1)))
    assert updates.read(updates.write(update)) == update


@given(seed=SEEDS)
@settings(deadline=None)
def test_whatever_the_library_writes_of_a_text_is_read_and_written_again_as_the_same(seed: int) -> None:
    chance, typist = random.Random(seed), Typist(7)  # noqa: S311 (no secret)
    for _ in range(12):
        length = len(str(typist.text))
        at = chance.randint(0, length)
        update = typist.type(at, chance.randint(0, length - at), chance.choice(LETTERS) * chance.randint(0, 3))
        assert updates.read(updates.write(updates.read(update))) == updates.read(update)
    state = typist.doc.get_update()
    assert str(Typist(8, updates.write(updates.read(state))).text) == str(typist.text)


@given(st.binary(max_size=40))
def test_whatever_is_no_update_of_a_text_is_unreadable(data: bytes) -> None:
    try:
        update = updates.read(data)
    except Unreadable:
        return
    assert updates.read(updates.write(update)) == update


@pytest.mark.parametrize("cut", [1, 3, 9, -1])
def test_half_an_update_is_unreadable(cut: int) -> None:
    with pytest.raises(Unreadable):
        updates.read(Typist(7).type(0, 0, "Remedy")[:cut])


def test_nothing_may_stand_behind_an_update() -> None:
    with pytest.raises(Unreadable):
        updates.read(Typist(7).type(0, 0, "Remedy") + b"\x00")


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6))), st.tuples(st.integers(0, 30), st.integers(0, 6)))
def test_stretches_know_what_they_lack(taken: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    stretches = Stretches()
    for clock, length in taken:
        stretches.add(Stretch(5, clock, length))
    held = {clock for start, length in taken for clock in range(start, start + length)}
    wanted = {*range(asked[0], sum(asked))}
    assert {at for each in stretches.lacks(Stretch(5, *asked)) for at in range(each.clock, each.end)} == wanted - held
    kept = [*stretches]
    assert {at for each in kept for at in range(each.clock, each.end)} == held
    assert all(one.end < other.clock for one, other in itertools.pairwise(kept))
    assert all(each in stretches for each in kept)


# What is taken


@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_what_is_taken_names_each_deletion_once_and_is_the_same_text_for_all_who_read_or_grow(seed: int) -> None:
    """Four who type at once and hear of each other late."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    manuscript, log = begun()
    on_disk = Manuscript(manuscript.state)
    typists = [Typist(client, manuscript.state) for client in (5, 6, 7, 300)]
    heard = [1] * len(typists)
    for _ in range(50):
        number = chance.randrange(len(typists))
        typist = typists[number]
        if chance.random() < 0.6:
            for each in log[heard[number] :]:
                typist.doc.apply_update(each)
            heard[number] = len(log)
        length = len(str(typist.text))
        at = chance.randint(0, length)
        update = typist.type(at, chance.randint(0, min(3, length - at)), chance.choice(LETTERS) * chance.randint(0, 3))
        merge(manuscript, log, update, client=typist.client, clock=typist.clock)
        if chance.random() < 0.05:
            log.append(manuscript.rewritten(manuscript.text + "."))
            manuscript.take(log[-1])
    for each in log[1:]:
        on_disk.take(each)
    grown = Typist(9)
    for each in log:
        grown.doc.apply_update(each)
    texts = {
        manuscript.text,
        on_disk.text,
        str(grown.text),
        Manuscript(state_of(log)).text,
        Manuscript(manuscript.state).text,
    }
    assert len(texts) == 1
    gone = [
        (each.client, clock)
        for one in log
        for each in updates.read(one).deleted
        for clock in range(each.clock, each.end)
    ]
    assert len(gone) == len(set(gone))
    order, anew = manuscript._order, _succession(manuscript.state)
    assert letters(order, manuscript.state) == letters(anew, manuscript.state)
    assert {*order._deleted} == {*anew._deleted}


def letters(order: object, state: bytes) -> list[Letter]:
    """Return all letters in their order, deleted ones too."""
    run, found = order._first, []  # type: ignore[attr-defined]
    while run is not None:
        found += [Letter(run.client, clock) for clock in range(run.clock, run.end)]
        run = run.follower
    assert len(found) == sum(each.length for each in updates.read(state).written)
    return found


@given(seed=SEEDS)
@settings(max_examples=150, deadline=None)
def test_whoever_lies_about_where_they_write_makes_no_two_texts_of_one(seed: int) -> None:
    """Well-formed updates with places made up: in characters, before what they stand behind, unheard of, deleted."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    manuscript, log = begun()
    on_disk, grown = Manuscript(manuscript.state), Typist(9, manuscript.state)
    for _ in range(12):
        client = chance.choice([5, 77])
        known = letters(manuscript._order, manuscript.state)
        clock = manuscript.clocks.get(client, 0) + chance.choice([0, 0, 0, 0, 1, -1])
        written = []
        for _ in range(chance.choice([0, 1, 1, 2])):
            text = (
                chance.choice([None, *LETTERS])
                if chance.random() < 0.2
                else chance.choice(LETTERS) * chance.randint(1, 2)
            )
            length = 1 if text is None else updates.halves(text)
            left, right = place(chance, known)
            written.append(Written(client, max(0, clock), length, left, right, text))
            known.append(Letter(client, max(0, clock)))
            clock = max(0, clock) + length
        deleted = [Stretch(*chance.choice(known), chance.randint(1, 2)) for _ in range(chance.choice([0, 0, 1, 2]))]
        before = manuscript.state
        try:
            update = updates.write(Update(tuple(written), tuple(sorted(deleted))))
            merge(manuscript, log, update, client=client, clock=clock)
        except (Pending, Unacceptable):
            assert manuscript.state == before
            continue
    for each in log[1:]:
        on_disk.take(each)
        grown.doc.apply_update(each)
    assert manuscript.text == on_disk.text == str(grown.text) == Manuscript(state_of(log)).text
    assert manuscript.text == Manuscript(manuscript.state).text
    honest = Typist(8, on_disk.state)
    merge(manuscript, log, honest.type(0, 0, "A"), client=8, clock=honest.clock)
    assert manuscript.text == str(honest.text)


def place(chance: random.Random, known: list[Letter]) -> tuple[Letter | None, Letter | None]:
    """Return between which letters somebody claims to write: mostly ones that follow each other."""
    if chance.random() < 0.6:
        at = chance.randint(0, len(known))
        return (known[at - 1] if at else None), (known[at] if at < len(known) else None)
    return chance.choice([None, *known, Letter(99, 3)]), chance.choice([None, *known])


@pytest.mark.parametrize("many", [1, 7])
def test_what_is_typed_with_the_whole_text_in_sight_never_needs_a_copy(many: int) -> None:
    manuscript, log = begun()
    typists = [Typist(client, manuscript.state) for client in range(5, 5 + many)]
    manuscript._order.news(Update((), ()))
    manuscript._judged = None  # type: ignore[method-assign, assignment]
    chance = random.Random(1)  # noqa: S311 (no secret)
    for _ in range(200):
        typist = chance.choice(typists)
        length = len(str(typist.text))
        at = chance.randint(0, length)
        gone = chance.randint(0, min(2, length - at))
        merge(
            manuscript,
            log,
            typist.type(at, gone, "x😀" * chance.randint(0, 1)),
            client=typist.client,
            clock=typist.clock,
        )
        for other in typists:
            other.doc.apply_update(log[-1])
    assert {str(typist.text) for typist in typists} == {manuscript.text}


def test_an_older_update_that_comes_again_behind_a_newer_one_changes_nothing() -> None:
    manuscript, log = begun()
    typist = Typist(7, manuscript.state)
    first, clock = typist.type(0, 0, "A"), typist.clock
    merge(manuscript, log, first, client=7, clock=clock)
    merge(manuscript, log, typist.type(1, 0, "B"), client=7, clock=typist.clock)
    assert manuscript.merged(first, client=7, clock=clock) is None
    assert manuscript.text == "ABReme😀dy"


def test_what_deletes_a_letter_that_is_not_there_yet_waits_for_it() -> None:
    manuscript, log = begun()
    other, typist = Typist(6, manuscript.state), Typist(7, manuscript.state)
    came = other.type(0, 0, "A")
    typist.doc.apply_update(came)
    gone = updates.write(Update((), (Stretch(6, 0, 1),)))
    with pytest.raises(Pending):
        manuscript.merged(gone, client=7, clock=0)
    merge(manuscript, log, came, client=6, clock=1)
    merge(manuscript, log, gone, client=7, clock=0)
    assert manuscript.text == "Reme😀dy"


def test_a_document_in_very_many_pieces_is_read_in_order() -> None:
    """More pieces than there are signs to mark them with."""
    pieces = tuple(
        Written(5, number, 1, None, Letter(5, number - 1) if number else None, "x") for number in range(60_000)
    )
    order = _succession(updates.write(Update(pieces, (Stretch(5, 1, 2),))))
    assert letters(order, updates.write(Update(pieces, ()))) == [Letter(5, clock) for clock in reversed(range(60_000))]
