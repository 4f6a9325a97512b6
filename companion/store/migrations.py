"""The tables, and how an older file comes to have them.

A released step is never edited: a change of the schema is a further one. All tables are STRICT.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

# sqlite-utils creates no table WITHOUT ROWID. Here the key is the order of reading, and rows lie in it.
_JOURNAL = """
CREATE TABLE event (
    session TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    type TEXT NOT NULL,
    body TEXT,
    salt TEXT,
    digest TEXT NOT NULL,
    chain TEXT NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE command (
    session TEXT NOT NULL,
    actor TEXT NOT NULL,
    id TEXT NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    result TEXT,
    PRIMARY KEY (session, actor, id)
) STRICT, WITHOUT ROWID;
"""


def bring_up_to_date(db: Database) -> None:
    """Take the steps that the file has not been through yet, inside the caller's transaction."""
    _MIGRATIONS.apply(db)


def outstanding(db: Database) -> list[str]:
    """Return the steps that the file has not been through yet; writes nothing."""
    return [step.name for step in _MIGRATIONS.pending(db)]


def unknown(db: Database) -> list[str]:
    """Return the steps that the file has been through and this program does not know; writes nothing."""
    return [step.name for step in _MIGRATIONS.applied(db) if step.name not in _STEPS]


def _create_journal(db: Database) -> None:
    db.executescript(_JOURNAL)


def _create_workshop(db: Database) -> None:
    db.create_table(
        "workshop",
        {
            "id": str,
            "title": str,
            "short_title": str,
            "start_date": str,
            "end_date": str,
            "time_zone": str,
            "venue": str,
            "room": str,
            "language": str,
            "join_code": str,
            "attribution_mode": str,
            "attribution_mode_panellists": str,
            "details": str,
        },
        pk="id",
        not_null={"title", "short_title", "start_date", "end_date", "time_zone", "join_code", "details"},
        strict=True,
    ).create_index(["join_code"], unique=True)


def _create_programme(db: Database) -> None:
    db.create_table(
        "sitting",
        {"workshop": str, "id": str, "number": str, "title": str, "starts_at": str, "ends_at": str},
        pk=("workshop", "id"),
        foreign_keys=[("workshop", "workshop", "id")],
        not_null={"number", "title", "starts_at", "ends_at"},
        strict=True,
    )
    db.create_table(
        "session",
        {
            "id": str,
            "workshop": str,
            "number": str,
            "title": str,
            "short_title": str,
            "sitting": str,
            "starts_at": str,
            "ends_at": str,
            "segments": str,
            "panellists": str,
            "position": int,
            "details": str,
        },
        pk="id",
        foreign_keys=[("workshop", "workshop", "id"), (("workshop", "sitting"), "sitting", ("workshop", "id"))],
        not_null={"workshop", "number", "title", "segments", "panellists", "position", "details"},
        strict=True,
    ).create_index(["workshop", "position"])


def _create_groups(db: Database) -> None:
    db.create_table(
        "stakeholder_group",
        {"workshop": str, "id": str, "name": str, "position": int, "counts_for_balance": int},
        pk=("workshop", "id"),
        foreign_keys=[("workshop", "workshop", "id")],
        not_null={"name", "position", "counts_for_balance"},
        strict=True,
    )
    db.create_table(
        "organisation",
        {"workshop": str, "id": str, "name": str, "short_name": str, "group": str, "region": str},
        pk=("workshop", "id"),
        foreign_keys=[
            ("workshop", "workshop", "id"),
            (("workshop", "group"), "stakeholder_group", ("workshop", "id")),
        ],
        not_null={"name"},
        strict=True,
    )


def _create_people(db: Database) -> None:
    db.create_table(
        "person",
        {
            "id": str,
            "workshop": str,
            "name": str,
            "latin_name": str,
            "organisation": str,
            "organisation_name": str,
            "group": str,
            "region": str,
            "role": str,
            "attendance": str,
            "language": str,
            "gender": str,
            "platform_name": str,
            "accessibility_needs": str,
            "email": str,
            "recording_consent": int,
            "unpublished": int,
            "guest": int,
            "created_at": str,
        },
        pk="id",
        foreign_keys=[
            ("workshop", "workshop", "id"),
            (("workshop", "organisation"), "organisation", ("workshop", "id")),
            (("workshop", "group"), "stakeholder_group", ("workshop", "id")),
        ],
        not_null={"workshop", "name", "role", "attendance", "accessibility_needs", "created_at"}
        | {"recording_consent", "unpublished", "guest"},
        strict=True,
    ).create_index(["workshop"])


def _create_keys(db: Database) -> None:
    keys = db.create_table(
        "access_key",
        {
            "id": str,
            "workshop": str,
            "kind": str,
            "person": str,
            "role": str,
            "parent": str,
            "hash": str,
            "created_at": str,
            "last_used_at": str,
            "revoked_at": str,
        },
        pk="id",
        foreign_keys=[
            ("workshop", "workshop", "id"),
            ("person", "person", "id"),
            ("parent", "access_key", "id"),
        ],
        not_null={"workshop", "kind", "hash", "created_at"},
        strict=True,
    )
    keys.create_index(["hash"], unique=True)
    keys.create_index(["workshop"])
    keys.create_index(["parent"])


def _keep_whose_keys_were_a_guests(db: Database) -> None:
    db.table("access_key").add_column("guest", str)


_STEPS = {
    "0001_journal": _create_journal,
    "0002_workshop": _create_workshop,
    "0003_programme": _create_programme,
    "0004_groups": _create_groups,
    "0005_people": _create_people,
    "0006_keys": _create_keys,
    "0007_keys_of_guests": _keep_whose_keys_were_a_guests,
}
_MIGRATIONS = Migrations("companion")
for _name, _step in _STEPS.items():
    _MIGRATIONS(name=_name)(_step)
