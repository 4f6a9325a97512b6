"""Journals of earlier versions stay readable. What stands in `golden/` was released: it is added to, never edited.

`panel-<version>.jsonl` holds every event that the version knew, as the entries of one journal.
"""

import hashlib
from pathlib import Path
from typing import Final

import msgspec
import pytest

from companion.codec.events import EVENTS, read_event, write_event
from companion.core.procedure import SessionStatus
from companion.record import building
from companion.record.history import read
from companion.store.journal import Entry, digest_of, first_link, link

GOLDEN: Final = Path(__file__).parent / "golden"
DIGESTS: Final = {"panel-0.1.0.jsonl": "52449cf0e8dfd8d23fbab124d917a48316722b7e0211c0717ced193702e1b845"}
every_file = pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.jsonl")), ids=lambda file: file.name)


def entries(file: Path) -> list[Entry]:
    return [msgspec.json.decode(line, type=Entry) for line in file.read_bytes().splitlines()]


def test_no_golden_journal_was_edited() -> None:
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in GOLDEN.iterdir()}
    assert found == DIGESTS


def test_every_event_of_this_version_stands_in_a_golden_journal() -> None:
    assert {entry.type for file in GOLDEN.glob("*.jsonl") for entry in entries(file)} == set(EVENTS)


@every_file
def test_every_body_is_read_and_written_again_with_nothing_lost(file: Path) -> None:
    for entry in entries(file):
        assert entry.body is not None
        name, body = write_event(read_event(entry.type, entry.body))
        before, now = msgspec.json.decode(entry.body), msgspec.json.decode(body)
        assert (name, before) == (entry.type, {key: now[key] for key in before})


@every_file
def test_the_chain_holds(file: Path) -> None:
    chain = first_link("panel-1")
    for entry in entries(file):
        assert entry.body is not None
        assert entry.salt is not None
        assert digest_of(entry.salt, entry.body) == entry.digest
        chain = link(
            chain,
            session=entry.session,
            seq=entry.seq,
            at=entry.at,
            actor=entry.actor,
            command=entry.command,
            type=entry.type,
            digest=entry.digest,
        )
        assert chain == entry.chain


@every_file
def test_the_session_and_its_record_come_out_as_they_were(file: Path) -> None:
    journal = entries(file)
    session = read(journal).session
    assert (session.course.status, len(session.requests), len(session.people)) == (SessionStatus.FINALISED, 8, 10)
    record = building.build(journal)
    assert [(held.id, held.who.name, held.spoken_seconds, held.void) for held in record.interventions] == [
        ("i.19", "Pia Panellist", 150.0, False),
        ("i.42", "Анна Иванова", 62.0, False),
        ("i.44", "Dan <b>Bold</b> | [x](http://evil.example)", 15.0, False),
        ("i.49", None, 2.0, True),
        ("i.52", None, 45.0, False),
        ("i.62", "Pia Panellist", 60.0, False),
    ]
    assert (record.head.seq, record.head.chain) == (journal[-1].seq, journal[-1].chain)
