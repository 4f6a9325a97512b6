"""Journals of earlier versions stay readable. What stands in `golden/` was released: it is added to, never edited.

`panel-<version>.jsonl` holds every event that the version knew, as the entries of one journal.
"""

import hashlib
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from companion.codec.events import EVENTS, read_event, write_event
from companion.core.procedure import SessionStatus
from companion.record import building
from companion.record.history import read
from companion.store.journal import Entry, digest_of, first_link, link

GOLDEN: Final = Path(__file__).parent / "golden"
DIGESTS: Final = {
    "panel-0.1.0.jsonl": "52449cf0e8dfd8d23fbab124d917a48316722b7e0211c0717ced193702e1b845",
    "panel-0.2.0.jsonl": "a7324f9217120fbe43cddb32a15d784cd07c8115669ae2e5af8f287a80b9bd76",
}
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
        assert (name, before) == (entry.type, as_known_before(now, before))


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


def as_known_before(now: Any, before: Any) -> Any:  # noqa: ANN401 (JSON)
    """Return `now` without the fields that have been added since `before`; none may be missing."""
    if isinstance(before, dict):
        return {key: as_known_before(now[key], each) for key, each in before.items()}
    if isinstance(before, list):
        return [as_known_before(one, other) for one, other in zip(now, before, strict=True)]
    return now


def test_the_first_session_and_its_record_come_out_as_they_were() -> None:
    journal = entries(GOLDEN / "panel-0.1.0.jsonl")
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


def test_the_notes_recommendations_and_polls_of_the_second_come_out_as_they_were() -> None:
    record = building.build(entries(GOLDEN / "panel-0.2.0.jsonl"))
    assert [(note.id, note.kind.value, note.version) for note in record.notes] == [
        ("note-pia-person", "key_point", 1),
        ("note-1", "challenge", 1),
        ("note-2", "gap", 2),
        ("note-ben-person", "quotation", 1),
        ("note-3", "good_practice", 1),
        ("note-general", "procedural", 1),
        ("note-cleo-person", "question", 1),
    ]
    assert [(each.symbol, [version.number for version in each.versions]) for each in record.recommendations] == [
        ("R1", [1, 2, 3]),
        ("R0", [4]),
    ]
    assert [(poll.id, poll.status.value, poll.total) for poll in record.polls] == [
        ("poll-calendar", "published", {"support": 3, "support_with_changes": 0, "cannot_support": 1, "abstain": 0}),
        ("poll-noon", "closed", {"yes": 4, "no": 1, "abstain": 0}),
        ("poll-lunch", "closed", None),
    ]
