"""Journals of earlier versions stay readable. What stands in `golden/` was released: it is added to, never edited.

`panel-<version>.jsonl` is the journal of a session; together they hold every event that the versions up to it knew.
"""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from companion.codec.events import EVENTS, read_event, read_recorded, write_event
from companion.core.procedure import BallotKind, QuotaBy, RequestKind, RequestStatus, Rule, SessionStatus, WhenAbsent
from companion.core.proceedings import SHARED, of_bank, of_kind, of_reply
from companion.core.recommendations import amendments_to, standing_positions
from companion.live.manuscripts import Manuscripts
from companion.record import building
from companion.record.history import read
from companion.store.journal import Entry, digest_of, first_link, link
from tests.core.scenario import Scenario
from tests.house.typist import Typist
from tests.record import answered_in_secret, floor_in_full, put_forward, rounds_of_polls, typed_together
from tests.record.panel import entries_of

GOLDEN: Final = Path(__file__).parent / "golden"
DIGESTS: Final = {
    "panel-0.1.0.jsonl": "52449cf0e8dfd8d23fbab124d917a48316722b7e0211c0717ced193702e1b845",
    "panel-0.2.0.jsonl": "a7324f9217120fbe43cddb32a15d784cd07c8115669ae2e5af8f287a80b9bd76",
    "panel-0.3.0.jsonl": "6ee34ca363d8d5293f197bba0e9def54801dae1d4319b32b9cea99a32f108f7d",
    "panel-0.4.0.jsonl": "2b6480c9c4dce0c34df3efdc04f19d169077fbb573cc0f558aff630c537ed0a2",
    "panel-0.5.0-polls.jsonl": "6176551c88dea7fd21a936131c04d63b76351a9e43b0083ca513b3e4167294ef",
    "panel-0.5.0-recommendations.jsonl": "5bdb0f1e7637a0432c2be290e92d9014288217285124bea456a9d244a591baca",
    "panel-0.5.0-secret.jsonl": "1c2217f502b78694758fd8811370b54679b8676aa8f41c67347b2559f86fe985",
    "panel-0.5.0-shared-text.jsonl": "9befd69baf9343d7873eef3c8df6bc50faadfcb7fa098c6e9387f4b8c7695e16",
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


def test_the_list_and_the_floor_of_the_third_come_out_as_they_were() -> None:
    session = read(entries(GOLDEN / "panel-0.3.0.jsonl")).session
    assert {request.id: (request.person, request.status) for request in session.requests.values()} == {
        "of-ana-1": ("ana", RequestStatus.DELIVERED),
        "of-ben-1": ("ben", RequestStatus.DELIVERED),
        "of-cleo-1": ("cleo", RequestStatus.DELIVERED),
        "of-dan-1": ("dan", RequestStatus.WRITTEN),
        "of-fay-1": ("fay", RequestStatus.DELIVERED),
        "of-guest-1": ("fay", RequestStatus.STRUCK),
        "r.30": ("eve", RequestStatus.DELIVERED),
        "r.68": ("dan", RequestStatus.DELIVERED),
        "r.71": ("dan", RequestStatus.DELIVERED),
    }
    assert session.requests["r.30"].carried_from == ("panel-0", "r.40")
    assert (session.requests["of-ana-1"].placed_by, session.requests["of-ben-1"].placed_by) == (Rule.MANUAL, Rule.QUOTA)
    held = [session.interventions[each] for each in ("i.47", "i.49", "i.52", "i.61", "i.63", "i.65", "i.69", "i.72")]
    assert [(each.person, each.limit_seconds, each.void, each.suggested) for each in held] == [
        ("fay", 110, False, "of-dan-1"),
        ("fay", 110, True, "of-dan-1"),
        ("ana", 110, False, "of-dan-1"),
        ("ben", 110, False, None),
        ("cleo", 300, False, None),
        ("eve", 110, False, None),
        ("dan", 240, False, None),
        ("dan", 90, False, None),
    ]
    assert len(held) == len(session.interventions)
    list_, settings = session.list, session.settings
    assert (list_.rule, list_.by, dict(list_.shares), list_.automatic) == (
        Rule.QUOTA,
        QuotaBy.GROUP,
        {"civil_society": 1, "states": 2},
        True,
    )
    assert (settings.preset, settings.when_absent) == ("hrc_panel", WhenAbsent.END_OF_CATEGORY)
    assert [each.id for each in settings.alarms] == ["1-close_list-session-3600", "2-announce-segment-5400"]
    joint = of_kind(RequestKind.JOINT_STATEMENT)
    addresses = (SHARED, of_bank("civil_society"), of_reply(1), of_reply(2), joint)
    assert [session.limits[each].seconds for each in addresses] == [110, 400, 240, 90, 240]
    assert (session.course.presiding, len(session.course.earlier)) == ("alternate", 2)
    assert (session.people["g.28"].linked_to, session.people["eve"].role) == ("fay", "panellist")


@pytest.mark.parametrize("file", ["panel-0.4.0.jsonl", "panel-0.5.0-shared-text.jsonl"])
def test_the_shared_text_of_the_fourth_comes_out_as_it_was_and_can_be_typed_into(file: str) -> None:
    """The fourth's updates name all that was ever deleted, the fifth's what they delete themselves."""
    journal = entries(GOLDEN / file)
    note = read(journal).session.notes[typed_together.NOTE]
    assert (note.text, note.version) == (typed_together.IN_THE_END, 5)
    shared = Manuscripts()
    shared.recorded(read_recorded(entry) for entry in journal)
    state = shared.in_snapshot({"note/1": {"id": typed_together.NOTE}})["note/1"]["state"]
    assert str(Typist(503, base64.b64decode(state)).text) == typed_together.IN_THE_END


def test_the_rounds_of_a_poll_come_out_as_they_were() -> None:
    record = building.build(entries(GOLDEN / "panel-0.5.0-polls.jsonl"))
    first, second = record.polls
    assert (second.again, second.round, second.version, second.status) == (first.id, 2, 2, "published")
    assert [(each.answered, each.eligible.units) for each in record.polls] == [(2, 2), (2, 2)]
    assert (first.total, second.total) == (
        {"support": 4, "support_with_changes": 1, "cannot_support": 1, "abstain": 1},
        {"support": 8, "support_with_changes": 0, "cannot_support": 0, "abstain": 0},
    )


def test_the_secret_poll_of_the_fifth_comes_out_as_counts_alone() -> None:
    record = building.build(entries(GOLDEN / "panel-0.5.0-secret.jsonl"))
    [poll] = record.polls
    assert (poll.ballot, poll.answered, poll.total, poll.answers) == (
        BallotKind.SECRET,
        3,
        dict(answered_in_secret.COUNTS),
        (),
    )


def test_what_was_put_forward_on_the_fifth_comes_out_as_it_was() -> None:
    session = read(entries(GOLDEN / "panel-0.5.0-recommendations.jsonl")).session
    offered = session.recommendations[put_forward.OFFERED]
    assert (offered.offered, offered.status, offered.current.amendment) == (
        True,
        "under_discussion",
        "amendment-by-ben",
    )
    states = [each.state(offered.current.number) for each in amendments_to(session, offered.id)]
    assert states == ["taken_in", "set_aside", "overtaken"]
    stand = standing_positions(session, offered)
    assert [(each.person, each.position, each.version) for each in stand] == [
        ("ana", "reserves", 2),
        ("fang", "dissociates", 1),
    ]


@pytest.mark.parametrize(
    ("played", "file"),
    [
        (floor_in_full.played, "panel-0.3.0.jsonl"),
        (typed_together.played, "panel-0.5.0-shared-text.jsonl"),
        (rounds_of_polls.played, "panel-0.5.0-polls.jsonl"),
        (answered_in_secret.played, "panel-0.5.0-secret.jsonl"),
        (put_forward.played, "panel-0.5.0-recommendations.jsonl"),
    ],
)
def test_what_this_version_writes_is_what_its_golden_journal_holds(played: Callable[[], Scenario], file: str) -> None:
    written = entries_of(played().recorded)
    held = entries(GOLDEN / file)
    assert [(each.seq, each.at, each.actor, each.type) for each in written] == [
        (each.seq, each.at, each.actor, each.type) for each in held
    ]
    for now, before in zip(written, held, strict=True):
        assert now.body is not None
        assert before.body is not None
        known = msgspec.json.decode(before.body)
        assert as_known_before(msgspec.json.decode(now.body), known) == known
