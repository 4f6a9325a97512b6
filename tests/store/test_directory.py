"""Rows come back as they went in, belong to their workshop, and do not contradict each other."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from companion.store import directory
from companion.store.database import Database
from companion.store.directory import (
    AccessKey,
    Organisation,
    PersonRow,
    SegmentRow,
    SessionRow,
    Sitting,
    StakeholderGroup,
    Workshop,
)
from companion.store.errors import Conflict, NotFound

WORKSHOP = Workshop(
    id="ws-2022",
    title="Workshop on enhancing cooperation",
    short_title={"en": "Workshop", "ar": "حلقة عمل", "zh": "研讨会"},
    start_date="2022-10-18",
    end_date="2022-10-19",
    time_zone="Europe/Zurich",
    join_code="K7M4WXQR",
    venue="Palais des Nations, Geneva",
    room="Room XXVI",
    language="en",
    attribution_mode="affiliation_only",
    attribution_mode_panellists="attributed",
    details={"mandate": "resolution 43/17", "previous_workshops": [{"year": 2008, "topic": None}], "balanced": True},
)
OTHER_WORKSHOP = replace(WORKSHOP, id="ws-2024", start_date="2024-10-01", join_code="P3QT8HJN", details={})
SITTING = Sitting(
    workshop="ws-2022",
    id="m1",
    number="1",
    title="1st meeting",
    starts_at="2022-10-18T08:00:00.000Z",
    ends_at="2022-10-18T11:00:00.000Z",
)
SESSION = SessionRow(
    id="ai1",
    workshop="ws-2022",
    number="1",
    title="Taking stock of developments",
    short_title="Taking stock",
    sitting="m1",
    starts_at="2022-10-18T08:20:00.000Z",
    ends_at="2022-10-18T09:35:00.000Z",
    segments=(SegmentRow("ai1-pres", "panel_presentations"), SegmentRow("ai1-disc", "interactive_discussion")),
    panellists=("p08", "p11"),
    position=1,
    details={"guiding_questions": ["What progress has been made?"]},
)
GROUP = StakeholderGroup(workshop="ws-2022", id="ngo", name={"en": "NGOs", "ru": "НПО"}, position=4)
ORGANISATION = Organisation(
    workshop="ws-2022", id="ngo-a", name="Federation (sample)", short_name="NGO A", group="ngo", region="africa"
)
PERSON = PersonRow(
    id="p30",
    workshop="ws-2022",
    name="أمينة المثال",
    role="participant",
    attendance="remote",
    created_at="2022-10-01T00:00:00.000Z",
    latin_name="Amina Example",
    organisation="ngo-a",
    organisation_name="Federation (sample)",
    group="ngo",
    region="africa",
    language="ar",
    gender="woman",
    platform_name="A. Example (NGO A)",
    accessibility_needs=("sign_language", "large_print"),
    email="p30@example.org",
    recording_consent=True,
    unpublished=True,
)
GUEST = PersonRow(
    id="guest-1",
    workshop="ws-2022",
    name="null",
    role="participant",
    attendance="in_room",
    created_at="2022-10-18T08:00:00.000Z",
    organisation_name="5",
    guest=True,
)
LINK = AccessKey(
    id="link-1",
    workshop="ws-2022",
    kind="personal",
    person="p30",
    hash=directory.hash_key("the key of a link"),
    created_at="2022-10-02T00:00:00.000Z",
)


def key(id_: str, *, parent: str | None = None) -> AccessKey:
    return AccessKey(
        id=id_,
        workshop="ws-2022",
        kind="token",
        person="p30",
        parent=parent,
        hash=directory.hash_key(id_),
        created_at=f"2022-10-03T00:00:0{id_[-1]}.000Z",
    )


@pytest.fixture
def db(db: Database) -> Database:
    """Return a file with one workshop, and an empty one beside it."""
    with db.transaction():
        directory.add_workshop(db, WORKSHOP)
        directory.add_workshop(db, OTHER_WORKSHOP)
        directory.add_group(db, GROUP)
        directory.add_organisation(db, ORGANISATION)
        directory.add_sitting(db, SITTING)
        directory.add_session(db, SESSION)
        directory.add_person(db, GUEST)
        directory.add_person(db, PERSON)
        directory.add_key(db, LINK)
    return db


def test_workshops_come_back_as_they_went_in_the_earliest_first(db: Database) -> None:
    assert directory.workshops(db) == (WORKSHOP, OTHER_WORKSHOP)
    assert directory.find_workshop(db, "ws-2024") == OTHER_WORKSHOP
    assert directory.find_workshop(db, "ws-2026") is None


def test_the_programme_comes_back_as_it_went_in(db: Database) -> None:
    assert directory.sittings(db, "ws-2022") == (SITTING,)
    assert directory.sessions(db, "ws-2022") == (SESSION,)
    assert directory.find_session(db, "ai1") == SESSION
    assert directory.find_session(db, "ai9") is None


def test_sessions_stand_in_the_order_of_the_programme(db: Database) -> None:
    later = replace(SESSION, id="ai0", position=2, sitting=None, segments=(), panellists=(), details={})
    opening = replace(SESSION, id="ai7", position=0)
    with db.transaction():
        directory.add_session(db, later)
        directory.add_session(db, opening)
    assert directory.sessions(db, "ws-2022") == (opening, SESSION, later)


def test_groups_and_organisations_come_back_as_they_went_in(db: Database) -> None:
    secretariat = StakeholderGroup(
        workshop="ws-2022", id="secretariat", name={"en": "Secretariat"}, position=0, counts_for_balance=False
    )
    with db.transaction():
        directory.add_group(db, secretariat)
    assert directory.groups(db, "ws-2022") == (secretariat, GROUP)
    assert directory.organisations(db, "ws-2022") == (ORGANISATION,)


def test_people_come_back_as_they_went_in_guests_among_them(db: Database) -> None:
    assert directory.people(db, "ws-2022") == (PERSON, GUEST)
    assert directory.find_person(db, "p30") == PERSON
    assert directory.find_person(db, "p99") is None


@pytest.mark.parametrize(
    "rows",
    [
        directory.sittings,
        directory.sessions,
        directory.groups,
        directory.organisations,
        directory.people,
        directory.keys,
    ],
)
def test_a_workshop_has_nothing_of_another(db: Database, rows: Callable[[Database, str], tuple[object, ...]]) -> None:
    assert len(rows(db, "ws-2022")) > 0
    assert rows(db, "ws-2024") == ()


def test_the_same_ids_may_stand_in_two_workshops_where_they_are_the_workshops_own(db: Database) -> None:
    with db.transaction():
        directory.add_group(db, replace(GROUP, workshop="ws-2024"))
        directory.add_organisation(db, replace(ORGANISATION, workshop="ws-2024"))
        directory.add_sitting(db, replace(SITTING, workshop="ws-2024"))
    assert directory.sittings(db, "ws-2022") == (SITTING,)
    assert directory.sittings(db, "ws-2024") == (replace(SITTING, workshop="ws-2024"),)


@pytest.mark.parametrize(
    "add",
    [
        lambda db: directory.add_workshop(db, replace(WORKSHOP, join_code="OTHER123")),
        lambda db: directory.add_workshop(db, replace(WORKSHOP, id="ws-2026")),
        lambda db: directory.add_sitting(db, SITTING),
        lambda db: directory.add_sitting(db, replace(SITTING, workshop="ws-2026")),
        lambda db: directory.add_session(db, SESSION),
        lambda db: directory.add_session(db, replace(SESSION, id="ai2", sitting="m9")),
        lambda db: directory.add_group(db, GROUP),
        lambda db: directory.add_organisation(db, replace(ORGANISATION, id="ngo-b", group="nobody")),
        lambda db: directory.add_person(db, PERSON),
        lambda db: directory.add_person(db, replace(PERSON, id="p31", organisation="ngo-z")),
        lambda db: directory.add_person(db, replace(PERSON, id="p31", workshop="ws-2024")),
        lambda db: directory.update_person(db, replace(PERSON, group="nobody")),
        lambda db: directory.add_key(db, replace(LINK, id="link-2")),
        lambda db: directory.add_key(db, replace(key("token-1"), person="p99")),
        lambda db: directory.add_key(db, key("token-1", parent="link-9")),
        lambda db: directory.replace_join_code(db, "ws-2022", OTHER_WORKSHOP.join_code),
    ],
)
def test_what_contradicts_a_row_is_a_conflict_and_changes_nothing(
    db: Database, add: Callable[[Database], None]
) -> None:
    before = dump(db)
    with pytest.raises(Conflict, match="contradicts what is already stored"), db.transaction():
        add(db)
    assert dump(db) == before


def test_after_a_conflict_the_transaction_goes_on(db: Database) -> None:
    with db.transaction():
        with pytest.raises(Conflict):
            directory.add_person(db, PERSON)
        directory.update_person(db, replace(GUEST, name="Ada"))
    assert directory.find_person(db, "guest-1") == replace(GUEST, name="Ada")


def test_a_changed_row_is_written_whole(db: Database) -> None:
    recognised = replace(PERSON, organisation=None, accessibility_needs=(), unpublished=False, role="rapporteur")
    moved = replace(SESSION, starts_at=None, sitting=None, panellists=())
    with db.transaction():
        directory.update_person(db, recognised)
        directory.update_session(db, moved)
    assert directory.people(db, "ws-2022") == (recognised, GUEST)
    assert directory.sessions(db, "ws-2022") == (moved,)


@pytest.mark.parametrize(
    "change",
    [
        lambda db: directory.update_person(db, replace(PERSON, id="p99")),
        lambda db: directory.update_session(db, replace(SESSION, id="ai9")),
        lambda db: directory.replace_join_code(db, "ws-2026", "OTHER123"),
        lambda db: directory.note_use_of_key(db, "link-9", "2022-10-18T08:00:00.000Z"),
        lambda db: directory.revoke_key(db, "link-9", "2022-10-18T08:00:00.000Z"),
    ],
)
def test_what_is_not_there_cannot_be_changed(db: Database, change: Callable[[Database], object]) -> None:
    before = dump(db)
    with pytest.raises(NotFound, match="there is no such"), db.transaction():
        change(db)
    assert dump(db) == before


def test_a_replaced_join_code_leads_nowhere(db: Database) -> None:
    with db.transaction():
        directory.replace_join_code(db, "ws-2022", "NEWCODE2")
    assert directory.find_workshop_by_join_code(db, "K7M4WXQR") is None
    assert directory.find_workshop_by_join_code(db, "NEWCODE2") == replace(WORKSHOP, join_code="NEWCODE2")


def test_a_key_is_found_by_its_hash_and_stored_nowhere(db: Database) -> None:
    assert directory.find_key_by_hash(db, directory.hash_key("the key of a link")) == LINK
    assert directory.find_key_by_hash(db, "the key of a link") is None
    assert "the key of a link" not in dump(db)


def test_the_last_use_of_a_key_is_noted(db: Database) -> None:
    with db.transaction():
        directory.note_use_of_key(db, "link-1", "2022-10-18T08:00:00.000Z")
    assert directory.find_key(db, "link-1") == replace(LINK, last_used_at="2022-10-18T08:00:00.000Z")


def test_revoking_a_link_revokes_every_key_that_came_from_it_and_no_other(db: Database) -> None:
    token, second_device, its_token = (
        key("token-1", parent="link-1"),
        key("link-2", parent="token-1"),
        key("token-3", parent="link-2"),
    )
    stranger = key("token-4")
    at = "2022-10-18T09:00:00.000Z"
    with db.transaction():
        for made in (token, second_device, its_token, stranger):
            directory.add_key(db, made)
        directory.revoke_key(db, "token-3", "2022-10-18T08:30:00.000Z")
        revoked = directory.revoke_key(db, "link-1", at)
    assert revoked == tuple(replace(row, revoked_at=at) for row in (LINK, token, second_device))
    assert directory.keys(db, "ws-2022") == (
        *revoked,
        replace(its_token, revoked_at="2022-10-18T08:30:00.000Z"),
        stranger,
    )


def test_the_valid_keys_of_a_person_are_those_of_the_kinds_that_were_asked_for(db: Database) -> None:
    token = replace(LINK, id="token-1", kind="token", hash="token-1", created_at="2022-10-18T08:00:00.000Z")
    over = replace(token, id="token-2", hash="token-2", revoked_at="2022-10-18T08:30:00.000Z")
    device = replace(token, id="device-1", kind="device", hash="device-1")
    another = replace(token, id="token-3", hash="token-3", person=None)
    with db.transaction():
        for made in (token, over, device, another):
            directory.add_key(db, made)
    person = str(LINK.person)
    assert directory.valid_keys_of(db, person, "token", "device") == (device, token)
    assert directory.valid_keys_of(db, person, "personal") == (LINK,)
    assert directory.valid_keys_of(db, "nobody", "personal") == ()


def dump(db: Database) -> str:
    return "\n".join(db.sql.conn.iterdump())
