"""A journal as JSON lines is checked without its database: links, numbers and order, not what the bodies say."""

import json
from pathlib import Path

import pytest

from companion.record import as_json, bundles
from companion.record.bundles import BrokenBundle
from tests.record.panel import entries_of, held, record_of


@pytest.fixture
def lines() -> list[dict[str, object]]:
    return [
        {
            "seq": entry.seq,
            "at": entry.at,
            "actor": entry.actor,
            "command": entry.command,
            "type": entry.type,
            "body": json.loads(entry.body or "null"),
            "digest": entry.digest,
            "chain": entry.chain,
        }
        for entry in entries_of(held().recorded)
    ]


def kept(folder: Path, lines: list[dict[str, object]]) -> Path:
    file = folder / "journal.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return file


def test_a_journal_that_was_not_changed(tmp_path: Path, lines: list[dict[str, object]]) -> None:
    verified = bundles.verify(kept(tmp_path, lines))
    assert (verified.session, verified.head.seq, verified.head.chain) == ("panel-1", len(lines), lines[-1]["chain"])


@pytest.mark.parametrize("field", ["at", "actor", "command", "type", "digest", "chain"])
def test_a_changed_field_is_found_at_its_entry(tmp_path: Path, lines: list[dict[str, object]], field: str) -> None:
    lines[9][field] = "changed"
    with pytest.raises(BrokenBundle, match="session panel-1: entry 10 was changed"):
        bundles.verify(kept(tmp_path, lines))


def test_a_missing_entry_is_named(tmp_path: Path, lines: list[dict[str, object]]) -> None:
    del lines[9]
    with pytest.raises(BrokenBundle, match="entry 10 is missing, entry 11 stands in its place"):
        bundles.verify(kept(tmp_path, lines))


def test_a_journal_without_its_beginning_cannot_be_checked(tmp_path: Path, lines: list[dict[str, object]]) -> None:
    with pytest.raises(BrokenBundle, match="does not begin with the first entry"):
        bundles.verify(kept(tmp_path, lines[1:]))


@pytest.mark.parametrize("content", ["{", "{}\n", "[]\n"])
def test_what_is_no_journal_is_said_to_be_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / "journal.jsonl"
    file.write_text(content)
    assert bundles.is_bundle(file)
    with pytest.raises(BrokenBundle, match="line 1 is not an entry of a journal"):
        bundles.verify(file)


def test_a_database_or_nothing_at_all_is_no_bundle(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    assert not bundles.is_bundle(file)
    file.write_bytes(b"SQLite format 3\0")
    assert not bundles.is_bundle(file)


def test_a_record_names_session_and_head(tmp_path: Path) -> None:
    record = record_of(held())
    file = tmp_path / "record.json"
    file.write_bytes(as_json.write(record))
    session, head = bundles.head_of_record(file)
    assert (session, head) == ("panel-1", record.head)


@pytest.mark.parametrize(
    "content", ["{}", "[]", '{"schema": "x", "head": {"seq": 1, "chain": ""}, "session": {"id": ""}}']
)
def test_another_file_is_no_record(tmp_path: Path, content: str) -> None:
    file = tmp_path / "record.json"
    file.write_text(content)
    with pytest.raises(BrokenBundle, match="is not a record in JSON"):
        bundles.head_of_record(file)
