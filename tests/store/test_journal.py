"""What is appended is read as it was, in order, and chained as the documentation says."""

import shutil
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.store import journal
from companion.store.database import Database, open_for_reading
from companion.store.journal import Answered, Entry, Head

Sealed = Callable[..., list[Entry]]

# All that can be stored: any text without a NUL and without halves of surrogate pairs.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
salts = st.binary(min_size=16, max_size=16).map(bytes.hex)


def netstring(text: str) -> bytes:
    return str(len(text.encode())).encode() + b":" + text.encode()


def test_an_entry_of_the_first_version_is_sealed_as_ever() -> None:
    """A golden sample: released journals stay verifiable, so this is never edited."""
    entry = journal.seal(
        journal.first_link("ai1"),
        session="ai1",
        seq=1,
        at="2022-10-18T08:45:05.120Z",
        actor="p01",
        command="01GFMY3T0G8Z5V2N4K6QWXYZAB",
        type="session.started",
        body='{"segment":"ai1-pres"}',
        salt="000102030405060708090a0b0c0d0e0f",
    )
    assert journal.first_link("ai1") == "1611453890e465b13f4287b499366af70a10770cc238602fddd582b55ea9fd3c"
    assert entry.digest == "81f375583a6b49490bbf62559703f47852687a8dfec274e5fc4d1bddc9b0f65c"
    assert entry.chain == "667b3b5382ea5496fceff1346dad7c14546fe31c2ffb32fdce6be2676e932672"


@given(st.lists(texts, min_size=6, max_size=6), st.integers(1, 10**9), salts)
def test_hashes_are_what_the_documentation_says(fields: list[str], seq: int, salt: str) -> None:
    session, at, actor, command, type_, body = fields
    previous = journal.first_link(session)
    entry = journal.seal(
        previous, session=session, seq=seq, at=at, actor=actor, command=command, type=type_, body=body, salt=salt
    )
    digest = sha256(bytes.fromhex(salt) + body.encode()).hexdigest()
    covered = [previous, session, str(seq), at, actor, command, type_, digest]
    assert previous == sha256(session.encode()).hexdigest()
    assert entry.digest == digest
    assert entry.chain == sha256(b"".join(map(netstring, covered))).hexdigest()


def test_moving_a_letter_from_one_field_to_the_next_changes_the_chain() -> None:
    one = journal.link("0" * 64, session="s", seq=1, at="t", actor="ab", command="c", type="e", digest="d")
    other = journal.link("0" * 64, session="s", seq=1, at="t", actor="a", command="bc", type="e", digest="d")
    assert one != other


@settings(max_examples=50, deadline=None)
@given(rows=st.lists(st.tuples(texts, texts, texts, texts, texts, salts), min_size=1, max_size=8))
def test_any_text_is_read_as_it_was_written(
    rows: list[tuple[str, ...]], empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    entries: list[Entry] = []
    chain = journal.first_link("panel-1")
    for seq, (at, actor, command, type_, body, salt) in enumerate(rows, start=1):
        entry = journal.seal(
            chain, session="panel-1", seq=seq, at=at, actor=actor, command=command, type=type_, body=body, salt=salt
        )
        entries.append(entry)
        chain = entry.chain
    answers = [
        Answered(session="panel-1", actor=e.actor, id=str(e.seq), first_seq=e.seq, last_seq=e.seq, result=e.body)
        for e in entries
    ]
    file = tmp_path_factory.mktemp("any") / "workshop.db"
    shutil.copy(empty, file)
    with Database.open(file) as db:
        with db.transaction():
            journal.append(db, entries, answers)
        assert list(journal.read(db, "panel-1")) == entries
        assert sorted(journal.answers(db, "panel-1"), key=lambda answer: answer.first_seq) == answers


def test_entries_about_one_thing_are_found_by_what_their_bodies_say(db: Database) -> None:
    said = [("added", '{"note":"n1"}'), ("added", '{"note":"n2"}'), ("typed", '{"note":"n1","x":{"note":"n2"}}')]
    said += [("moved", '{"note":"n1"}'), ("typed", '{"note":"n1"}'), ("typed", "{}")]
    entries: list[Entry] = []
    for seq, (type_, body) in enumerate(said, start=1):
        before = entries[-1].chain if entries else journal.first_link("s")
        entry = journal.seal(
            before, session="s", seq=seq, at="t", actor="p", command="c", type=type_, body=body, salt="00"
        )
        entries.append(entry)
    with db.transaction():
        journal.append(db, entries)

    rows = [(each.seq, each.at, each.actor, each.command, each.type, each.body) for each in entries]
    assert [*journal.rows(db, "s")] == rows

    def about(note: str, upto: int) -> list[tuple[int, str, str, str, str, str | None]]:
        return [*journal.rows_about(db, "s", ["added", "typed"], ("note", note), upto)]

    assert about("n1", 9) == [rows[0], rows[2], rows[4]]
    assert about("n1", 4) == [rows[0], rows[2]]
    assert about("n2", 9) == [rows[1]]
    assert about("n2' OR 1=1 --", 9) == []
    db.sql.conn.execute("UPDATE event SET body = NULL, salt = NULL WHERE seq = 1")
    assert about("n1", 9) == [rows[2], rows[4]]
    assert [*journal.rows(db, "s")] == [(*rows[0][:5], None), *rows[1:]]


def test_answers_are_told_apart_by_what_their_commands_led_to_first(db: Database) -> None:
    types = ["added", "typed", "typed", "moved", "typed", "typed"]
    entries, chain = list[Entry](), journal.first_link("s")
    for seq, type_ in enumerate(types, start=1):
        sealing = {"at": f"t{seq}", "actor": "p", "command": f"c{seq}", "type": type_, "body": "{}", "salt": "00"}
        entries.append(journal.seal(chain, session="s", seq=seq, **sealing))
        chain = entries[-1].chain

    def answer(id_: str, first: int, last: int) -> Answered:
        return Answered(session="s", actor="p", id=id_, first_seq=first, last_seq=last, result=None)

    # The fourth made two entries; the one after it led to nothing.
    fourth, nothing = answer("c4", 4, 5), answer("c4b", 6, 5)
    entries[4] = journal.seal(
        entries[3].chain, session="s", seq=5, at="t5", actor="p", command="c4", type="typed", body="{}", salt="00"
    )
    answers = [answer("c1", 1, 1), answer("c2", 2, 2), answer("c3", 3, 3), fourth, nothing, answer("c6", 6, 6)]
    with db.transaction():
        journal.append(db, entries, answers)
    assert [*journal.answers_but(db, "s", "typed")] == [answers[0], fourth, nothing]
    assert journal.newest_answers(db, "s", "typed", 2) == [answers[2], answers[5]]
    assert journal.newest_answers(db, "s", "typed", 9) == [answers[1], answers[2], answers[5]]
    assert (journal.find_last_at(db, "s"), journal.find_last_at(db, "other")) == ("t6", None)


def test_a_text_that_would_be_cut_short_is_not_stored(db: Database, sealed: Sealed) -> None:
    (entry,) = sealed(1)
    cut = journal.seal(
        journal.first_link("panel-1"),
        session="panel-1",
        seq=1,
        at=entry.at,
        actor="person\0-1",
        command="c",
        type="e",
        body="{}",
        salt="00",
    )
    with pytest.raises(ValueError, match="NUL"), db.transaction():
        journal.append(db, [cut])
    assert journal.head(db, "panel-1").seq == 0


def test_an_escaped_nul_in_a_body_is_no_nul(db: Database) -> None:
    body = '{"text":"a\\u0000b"}'
    entry = journal.seal(
        journal.first_link("s"), session="s", seq=1, at="t", actor="p", command="c", type="e", body=body, salt="00"
    )
    with db.transaction():
        journal.append(db, [entry])
    assert [read.body for read in journal.read(db, "s")] == [body]


def test_a_batch_is_a_few_statements_for_each_table(
    db: Database, sealed: Sealed, answered: Callable[[Entry], Answered]
) -> None:
    entries = sealed(2_000)
    statements: list[str] = []
    with db.transaction():
        db.sql.conn.set_trace_callback(statements.append)
        journal.append(db, entries, map(answered, entries))
        db.sql.conn.set_trace_callback(None)
    heads = [" ".join(statement.split()[:3]) for statement in statements]
    assert heads == [*["INSERT INTO event"] * 10, *["INSERT INTO command"] * 10]
    assert list(journal.read(db, "panel-1")) == entries
    assert len(list(journal.answers(db, "panel-1"))) == 2_000


@pytest.mark.parametrize(
    ("after", "upto", "seqs"),
    [(0, None, [1, 2, 3, 4, 5]), (2, None, [3, 4, 5]), (0, 2, [1, 2]), (1, 3, [2, 3]), (5, None, []), (3, 2, [])],
)
def test_a_part_of_a_journal_is_read_by_numbers(
    db: Database, sealed: Sealed, after: int, upto: int | None, seqs: list[int]
) -> None:
    with db.transaction():
        journal.append(db, sealed(5))
        journal.append(db, sealed(9, session="panel-2"))
    assert [entry.seq for entry in journal.read(db, "panel-1", after=after, upto=upto)] == seqs


def test_the_head_is_the_last_entry_or_the_first_link(db: Database, sealed: Sealed) -> None:
    assert journal.head(db, "panel-1") == Head(seq=0, chain=sha256(b"panel-1").hexdigest())
    entries = sealed(3)
    with db.transaction():
        journal.append(db, entries)
    assert journal.head(db, "panel-1") == Head(seq=3, chain=entries[-1].chain)
    assert journal.head(db, "panel-2").seq == 0


def test_an_answer_is_found_by_session_actor_and_id_together(db: Database) -> None:
    first = Answered(session="panel-1", actor="p01", id="c", first_seq=1, last_seq=3, result='{"version":2}')
    others = [
        Answered(session="panel-1", actor="p02", id="c", first_seq=4, last_seq=4, result=None),
        Answered(session="panel-2", actor="p01", id="c", first_seq=1, last_seq=1, result=None),
    ]
    with db.transaction():
        journal.append(db, [], [*others, first])
    assert journal.find_answer(db, "panel-1", "p01", "c") == first
    assert journal.find_answer(db, "panel-1", "p01", "d") is None
    assert list(journal.answers(db, "panel-1")) == [first, others[0]]


def test_sessions_with_entries_are_those_with_any_row(db: Database, sealed: Sealed) -> None:
    lonely = Answered(session="panel-3", actor="p", id="c", first_seq=1, last_seq=1, result=None)
    with db.transaction():
        journal.append(db, [*sealed(2, session="panel-2"), *sealed(1)], [lonely])
    assert journal.sessions_with_entries(db) == ["panel-1", "panel-2", "panel-3"]


def test_a_reader_sees_what_was_committed_when_it_began(file: Path, db: Database, sealed: Sealed) -> None:
    entries = sealed(300)
    with db.transaction():
        journal.append(db, entries[:100])
    with open_for_reading(file) as reader:
        reading = journal.read(reader, "panel-1")
        seen = list(islice(reading, 10))
        with db.transaction():
            journal.append(db, entries[100:])
        seen += reading
        assert seen == entries[:100]
        assert list(journal.read(reader, "panel-1")) == entries


def test_a_numbered_place_is_filled_once(db: Database, sealed: Sealed) -> None:
    with db.transaction():
        journal.append(db, sealed(1))
    with pytest.raises(sqlite3.IntegrityError):
        journal.append(db, sealed(1))
