"""History cannot be changed unnoticed: whatever is changed, the first changed entry is named, and what of it."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.store import journal
from companion.store.database import Database, open_for_reading
from companion.store.errors import Corrupt
from companion.store.journal import Answered, Entry
from companion.store.verification import PURGED, Broken, Verified, verify, verify_all

Sealed = Callable[..., list[Entry]]
Answers = Callable[[Entry], Answered]

LENGTH = 9
CHANGED = 5
COLUMNS = ("session", "seq", "at", "actor", "command", "type", "body", "salt", "digest", "chain")


@pytest.fixture
def file(file: Path, empty: Path) -> Path:
    """Return a file without any journal."""
    shutil.copy(empty, file)
    return file


@pytest.fixture
def whole(file: Path, sealed: Sealed, answered: Answers) -> Path:
    """Return a file with one journal of nine entries and the answers to their commands."""
    write(file, sealed(LENGTH), answered)
    return file


def write(file: Path, entries: list[Entry], answered: Answers | None = None) -> None:
    with Database.open(file) as db, db.transaction():
        journal.append(db, entries, map(answered, entries) if answered else ())


def tamper(file: Path, statement: str, *values: str | int | None) -> None:
    with closing(sqlite3.connect(file)) as intruder:
        assert intruder.execute(statement, values).rowcount > 0
        intruder.commit()


def finding(file: Path, session: str = "panel-1") -> Verified | Broken:
    with open_for_reading(file) as db:
        return verify(db, session)


def broken(file: Path, session: str = "panel-1") -> Broken:
    found = finding(file, session)
    assert isinstance(found, Broken)
    return found


def other(text: str) -> str:
    """Return the text with one bit of its last letter the other way."""
    return text[:-1] + chr(ord(text[-1]) ^ 1)


def with_purge(sealed: Sealed, seqs: list[int]) -> list[Entry]:
    """Make nine entries, then a purge of some, then one more; what is purged is still to be removed."""
    entries = sealed(LENGTH)
    purge = journal.seal(
        entries[-1].chain,
        session="panel-1",
        seq=LENGTH + 1,
        at="2022-12-01T00:00:00.000Z",
        actor="secretariat",
        command="purge-1",
        type=PURGED,
        body=json.dumps({"seqs": seqs}),
        salt="ff" * 16,
    )
    return [*entries, purge, *sealed(1, after=purge)]


def remove_bodies(file: Path, *seqs: int) -> None:
    for seq in seqs:
        tamper(file, "UPDATE event SET body = NULL, salt = NULL WHERE seq = ?", seq)


def test_an_untouched_journal_is_verified_and_its_head_told(whole: Path, sealed: Sealed) -> None:
    last = sealed(LENGTH)[-1]
    assert finding(whole) == Verified(
        session="panel-1", entries=LENGTH, head=journal.Head(seq=LENGTH, chain=last.chain)
    )


def test_every_session_of_a_file_is_verified(whole: Path, sealed: Sealed) -> None:
    write(whole, sealed(2, session="panel-2"))
    tamper(whole, "UPDATE event SET body = '{}' WHERE session = 'panel-2' AND seq = 2")
    with open_for_reading(whole) as db:
        first, second = verify_all(db)
    assert isinstance(first, Verified)
    assert isinstance(second, Broken)
    assert (first.session, second.session, second.seq) == ("panel-1", "panel-2", 2)


@pytest.mark.parametrize("seq", [1, CHANGED, LENGTH])
@pytest.mark.parametrize("column", ["at", "actor", "command", "type", "body", "salt", "digest", "chain"])
def test_one_bit_of_any_column_is_named(whole: Path, sealed: Sealed, column: str, seq: int) -> None:
    before: str = getattr(sealed(LENGTH)[seq - 1], column)
    tamper(whole, f"UPDATE event SET {column} = ? WHERE seq = ?", other(before), seq)  # noqa: S608 (our own columns)
    found = broken(whole)
    assert found.seq == seq
    assert column in found.columns
    assert str(found).startswith(f"session panel-1, entry {seq}: ")


@pytest.mark.parametrize(
    ("column", "columns"),
    [
        ("body", ("body", "salt")),
        ("salt", ("body", "salt")),
        ("digest", ("digest",)),
        ("chain", ("chain",)),
        ("actor", ("session", "at", "actor", "command", "type")),
    ],
)
def test_a_column_is_told_from_those_that_are_as_they_were(
    whole: Path, sealed: Sealed, column: str, columns: tuple[str, ...]
) -> None:
    before: str = getattr(sealed(LENGTH)[CHANGED - 1], column)
    tamper(whole, f"UPDATE event SET {column} = ? WHERE seq = ?", other(before), CHANGED)  # noqa: S608
    assert broken(whole).columns == columns


@pytest.mark.parametrize("number", [CHANGED + 64, -CHANGED, 0])
@pytest.mark.parametrize("seq", [CHANGED, LENGTH])
def test_a_changed_number_is_named(whole: Path, seq: int, number: int) -> None:
    tamper(whole, "UPDATE event SET seq = ? WHERE seq = ?", number, seq)
    found = broken(whole)
    assert found.seq == seq
    assert "seq" in found.columns


@pytest.mark.parametrize("seq", [CHANGED, LENGTH])
def test_an_entry_moved_to_another_session_is_missed_here_and_strange_there(whole: Path, seq: int) -> None:
    tamper(whole, "UPDATE event SET session = 'panel-2' WHERE seq = ?", seq)
    assert broken(whole).seq == seq
    there = broken(whole, "panel-2")
    assert (there.seq, there.columns) == (1, ("session", "seq"))


def test_a_deleted_entry_is_named(whole: Path) -> None:
    tamper(whole, "DELETE FROM event WHERE seq = ?", CHANGED)
    found = broken(whole)
    assert (found.seq, found.what) == (CHANGED, "it is missing: entry 6 stands in its place")


def test_an_inserted_entry_is_named(whole: Path, sealed: Sealed) -> None:
    stranger = sealed(1, after=sealed(CHANGED)[-1])[0]
    tamper(whole, "DELETE FROM event WHERE seq = 6")
    tamper(
        whole,
        "INSERT INTO event SELECT session, 6, at, 'somebody', command, type, body, salt, digest, ? FROM event WHERE seq = 5",
        stranger.chain,
    )
    assert broken(whole).seq == CHANGED + 1


def test_a_body_changed_together_with_its_digest_breaks_the_chain(whole: Path, sealed: Sealed) -> None:
    entry = sealed(LENGTH)[CHANGED - 1]
    assert entry.salt is not None
    forged = journal.digest_of(entry.salt, '{"text":"forged"}')
    tamper(whole, "UPDATE event SET body = ?, digest = ? WHERE seq = ?", '{"text":"forged"}', forged, CHANGED)
    assert broken(whole).seq == CHANGED


def test_a_body_changed_together_with_another_field_is_named(whole: Path) -> None:
    tamper(whole, "UPDATE event SET body = '{}', actor = 'somebody' WHERE seq = ?", CHANGED)
    found = broken(whole)
    assert (found.seq, found.columns) == (CHANGED, ("body", "salt", "digest"))


def test_of_two_changes_the_first_is_named(whole: Path) -> None:
    tamper(whole, "UPDATE event SET actor = 'somebody' WHERE seq IN (4, 7)")
    assert broken(whole).seq == 4


def test_a_cut_tail_shows_only_in_a_copy_of_the_head(whole: Path, sealed: Sealed) -> None:
    kept = sealed(LENGTH)[-1].chain
    tamper(whole, "DELETE FROM command WHERE last_seq > 7")
    tamper(whole, "DELETE FROM event WHERE seq > 7")
    found = finding(whole)
    assert isinstance(found, Verified)
    assert found.head.chain != kept


def test_bytes_that_are_no_text_are_named_and_not_stumbled_over(whole: Path, sealed: Sealed) -> None:
    """Change the file itself, one letter of each text of an entry in turn, wherever it stands."""
    entry = sealed(LENGTH)[CHANGED - 1]
    pages = whole.read_bytes()
    for column in ("at", "actor", "command", "type", "body", "salt", "digest", "chain"):
        text: str = getattr(entry, column)
        places = [place for place in range(len(pages)) if pages.startswith(text.encode(), place)]
        assert places
        for place in places:
            changed = bytearray(pages)
            changed[place] ^= 0x80
            whole.write_bytes(changed)
            found = broken(whole)
            assert found.seq == CHANGED
            assert column in found.columns or (column, found.columns[2]) == ("command", "id")


def test_a_session_whose_id_is_no_text_is_named(whole: Path) -> None:
    tamper(whole, "UPDATE event SET session = CAST(x'70ff' AS TEXT) WHERE seq = ?", LENGTH)
    with open_for_reading(whole) as db:
        findings = list(verify_all(db))
    assert [found.session for found in findings if isinstance(found, Broken)] == ["p\\xff", "panel-1"][::-1]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_other_value_anywhere_is_named(
    data: st.DataObject, empty: Path, tmp_path_factory: pytest.TempPathFactory, sealed: Sealed, answered: Answers
) -> None:
    file = tmp_path_factory.mktemp("tampered") / "workshop.db"
    shutil.copy(empty, file)
    write(file, sealed(LENGTH), answered)
    seq = data.draw(st.integers(1, LENGTH))
    column = data.draw(st.sampled_from(COLUMNS[2:]))
    before = getattr(sealed(LENGTH)[seq - 1], column)
    texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    value = data.draw(texts.filter(lambda text: text != before))
    tamper(file, f"UPDATE event SET {column} = ? WHERE seq = ?", value, seq)  # noqa: S608
    found = broken(file)
    assert found.seq == seq
    assert column in found.columns


def test_what_a_purge_lists_may_be_missing(file: Path, sealed: Sealed) -> None:
    write(file, with_purge(sealed, [2, CHANGED]))
    remove_bodies(file, 2, CHANGED)
    assert isinstance(finding(file), Verified)


@pytest.mark.parametrize("columns", ["body = NULL, salt = NULL", "body = NULL", "salt = NULL"])
def test_a_missing_body_that_no_purge_lists_is_named(file: Path, sealed: Sealed, columns: str) -> None:
    write(file, with_purge(sealed, [2]))
    remove_bodies(file, 2)
    tamper(file, f"UPDATE event SET {columns} WHERE seq = ?", CHANGED)  # noqa: S608
    found = broken(file)
    assert found.seq == CHANGED
    assert set(found.columns) <= {"body", "salt"}


def test_a_purge_lists_nothing_that_comes_after_it(file: Path, sealed: Sealed) -> None:
    write(file, with_purge(sealed, [LENGTH + 2]))
    remove_bodies(file, LENGTH + 2)
    assert broken(file).seq == LENGTH + 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET body = '{\"seqs\":[2]}' WHERE seq = 10",
        "UPDATE event SET body = 'no list' WHERE seq = 10",
        "UPDATE event SET type = 'session.renamed' WHERE seq = 10",
        "UPDATE event SET salt = 'zz' WHERE seq = 10",
        "UPDATE event SET digest = 'zz' WHERE seq = 10",
        "DELETE FROM event WHERE seq = 10",
    ],
)
def test_a_changed_purge_is_named_and_not_what_it_lists(file: Path, sealed: Sealed, change: str) -> None:
    write(file, with_purge(sealed, [CHANGED]))
    remove_bodies(file, CHANGED)
    tamper(file, change)
    assert broken(file).seq == LENGTH + 1


def test_a_missing_body_is_named_before_a_later_change_that_cannot_explain_it(file: Path, sealed: Sealed) -> None:
    write(file, sealed(LENGTH))
    remove_bodies(file, 2)
    tamper(file, "UPDATE event SET actor = 'somebody' WHERE seq = 7")
    assert broken(file).seq == 2


def test_the_fields_of_a_purged_entry_are_still_covered(file: Path, sealed: Sealed) -> None:
    write(file, with_purge(sealed, [CHANGED]))
    remove_bodies(file, CHANGED)
    tamper(file, "UPDATE event SET digest = 'zz' WHERE seq = ?", CHANGED)
    found = broken(file)
    assert found.seq == CHANGED
    assert "digest" in found.columns


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("actor = 'somebody'", "actor"),
        ("id = 'command-x'", "id"),
        ("first_seq = 4", "first_seq"),
        ("first_seq = 0", "first_seq"),
        ("first_seq = -5", "first_seq"),
        ("last_seq = 6", "last_seq"),
        ("last_seq = 99", "last_seq"),
        ("last_seq = 3", "last_seq"),
        ("result = '{\"version\":'", "result"),
    ],
)
def test_an_answer_that_names_no_entries_of_its_command_is_named(whole: Path, change: str, column: str) -> None:
    tamper(whole, f"UPDATE command SET {change} WHERE first_seq = ?", CHANGED)  # noqa: S608
    found = broken(whole)
    assert column in found.columns
    assert "the answer to command" in found.what


def test_an_answer_in_a_session_without_a_journal_is_named(whole: Path) -> None:
    tamper(whole, "UPDATE command SET session = 'panel-2' WHERE first_seq = ?", CHANGED)
    found = broken(whole, "panel-2")
    assert (found.seq, found.columns[0]) == (CHANGED, "session")


def test_an_answer_to_a_command_that_changed_nothing_names_no_entries(whole: Path) -> None:
    nothing = Answered(session="panel-1", actor="p", id="c", first_seq=LENGTH + 1, last_seq=LENGTH, result=None)
    with Database.open(whole) as db, db.transaction():
        journal.append(db, [], [nothing])
    assert isinstance(finding(whole), Verified)


def test_a_page_that_cannot_be_read_is_a_damaged_file(whole: Path, sealed: Sealed) -> None:
    write(whole, sealed(300, after=sealed(LENGTH)[-1]))
    pages = bytearray(whole.read_bytes())
    place = pages.rfind(sealed(LENGTH + 150)[-1].chain.encode()) // 4096 * 4096
    pages[place : place + 4096] = b"\x5a" * 4096
    whole.write_bytes(pages)
    with pytest.raises(Corrupt, match="restore a backup"):
        finding(whole)
