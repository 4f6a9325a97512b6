"""What the doctor finds, and that it finds it well where it is well."""

import os
import resource
import shutil
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from companion.clock import Clock
from companion.config import BackupSettings, DatabaseSettings, ServerSettings, Settings
from companion.keeping import ailments, certificates, making
from companion.keeping.ailments import Finding, Level
from companion.keeping.certificates import Unusable
from companion.keeping.making import Order
from companion.store.database import Database
from tests.audiences.walk import BEGINNING
from tests.keeping.conftest import change_history


class Installation:
    """Settings, a machine and a database, looked at a minute after the last entry."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.now = BEGINNING + timedelta(minutes=1)
        self.mounts = database.with_name("mounts")
        self.mounts.write_text("/dev/sda / ext4 rw 0 0\n")
        self.settings = Settings(
            server=ServerSettings(port=0, max_sockets=100),
            database=DatabaseSettings(path=str(database)),
            backup=BackupSettings(leave_free_mb=0),
        )

    def set(self, section: str, **values: Any) -> None:  # noqa: ANN401 (settings)
        changed = msgspec.structs.replace(getattr(self.settings, section), **values)
        self.settings = msgspec.structs.replace(self.settings, **{section: changed})

    def clock(self) -> Clock:
        return Clock(wall=lambda: self.now, steady=lambda: 0)

    def copy(self) -> Path:
        order = Order(database=str(self.database), backup=self.settings.backup)
        return Path(making.carry_out(order, self.clock()).path)

    def found(self, about: str) -> list[tuple[Level, str]]:
        looked: Iterator[Finding] = ailments.look(self.settings, self.clock(), mounts=self.mounts)
        return [(finding.level, finding.said) for finding in looked if finding.about == about]


@pytest.fixture
def installation(database: Path) -> Installation:
    return Installation(database)


def test_what_is_well_is_said_to_be_well(installation: Installation) -> None:
    installation.copy()
    looked = list(ailments.look(installation.settings, installation.clock(), mounts=installation.mounts))
    assert {finding.about: finding.level for finding in looked} == dict.fromkeys(
        ("sqlite", "clock", "open files", "port", "disk", "database", "journals"), Level.OK
    ) | {"copies": Level.WARNING}  # on the same disk
    assert [finding.level for finding in looked if finding.about == "copies"] == [Level.OK, Level.WARNING]
    assert looked[-3].said.startswith("1 sessions, ")


def test_looking_changes_nothing(installation: Installation) -> None:
    installation.copy()
    before = {path: path.read_bytes() for path in installation.database.parent.rglob("*.db")}
    installation.found("copies")
    assert {path: path.read_bytes() for path in installation.database.parent.rglob("*.db")} == before


def test_a_clock_that_was_never_set(installation: Installation) -> None:
    installation.now = datetime(1970, 1, 1, tzinfo=UTC)
    assert installation.found("clock")[0] == (Level.PROBLEM, "the clock of this machine says 01 January 1970: set it")


def test_a_clock_behind_the_last_entry(installation: Installation) -> None:
    installation.now = BEGINNING - timedelta(hours=1)
    assert [level for level, _ in installation.found("clock")] == [Level.OK, Level.PROBLEM]
    assert "still to come" in installation.found("clock")[1][1]


def test_more_screens_than_files_may_be_open(installation: Installation) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    installation.set("server", max_sockets=most)
    ((level, said),) = installation.found("open files")
    assert level is Level.WARNING
    assert f"ulimit -Hn {most + 100}" in said


def test_a_port_that_somebody_else_has(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        installation.set("server", port=other.getsockname()[1])
        assert installation.found("port")[0][0] is Level.PROBLEM
        with Database.open(installation.database):
            assert installation.found("port")[0][0] is Level.OK
            assert "a server is running on it" in installation.found("database")[0][1]


def test_a_host_that_is_not_ours(installation: Installation) -> None:
    installation.set("server", host="192.0.2.1", port=8080)
    assert installation.found("port")[0][0] is Level.PROBLEM


def test_a_folder_that_is_not_there(installation: Installation) -> None:
    installation.set("database", path=str(installation.database.parent / "no" / "x.db"))
    assert installation.found("disk")[0][0] is Level.PROBLEM
    assert installation.found("database")[0][0] is Level.WARNING


@pytest.mark.parametrize(
    ("free", "level"), [(100 << 20, Level.PROBLEM), (500 << 20, Level.WARNING), (5_000 << 20, Level.OK)]
)
def test_a_disk_that_is_nearly_full(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, free: int, level: Level
) -> None:
    monkeypatch.setattr(ailments, "free_bytes", lambda _: free)
    assert installation.found("disk") == [(level, f"{free >> 20} MB are free in {installation.database.parent}")]


def test_a_disk_of_another_machine(installation: Installation) -> None:
    folder = installation.database.parent
    installation.mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {folder} nfs4 rw 0 0\ntmpfs /run tmpfs rw 0 0\n")
    assert installation.found("disk")[1][0] is Level.PROBLEM
    assert "(nfs4)" in installation.found("disk")[1][1]
    installation.mounts = folder / "not there"
    assert [level for level, _ in installation.found("disk")] == [Level.OK]


def test_a_database_that_others_can_read(installation: Installation) -> None:
    installation.database.chmod(0o644)
    assert (Level.WARNING, f"others on this machine can read {installation.database}: chmod 600") in (
        installation.found("database")
    )


def test_a_restore_that_was_interrupted(installation: Installation) -> None:
    Path(f"{installation.database}.restoring").touch()
    assert installation.found("database")[-1][0] is Level.PROBLEM


def test_a_file_that_is_no_database(installation: Installation) -> None:
    installation.database.write_text("Dear colleagues,\n" * 100)
    assert installation.found("database")[-1] == (Level.PROBLEM, f"{installation.database} is not a database")


def test_a_history_that_was_changed(installation: Installation) -> None:
    change_history(installation.database)
    ((level, said),) = installation.found("journals")
    assert level is Level.PROBLEM
    assert "entry 2 was changed" in said


def test_a_database_in_which_nothing_has_happened(installation: Installation, tmp_path: Path) -> None:
    Database.open(tmp_path / "empty.db").close()
    installation.set("database", path=str(tmp_path / "empty.db"))
    assert installation.found("journals") == [(Level.OK, "0 sessions, 0 entries: nothing was changed")]


def test_no_copies_yet_and_none_wanted(installation: Installation) -> None:
    installation.set("backup", every_seconds=0)
    assert [level for level, _ in installation.found("copies")] == [Level.WARNING, Level.WARNING]


def test_a_newest_copy_that_is_not_sound(installation: Installation) -> None:
    copy = installation.copy()
    change_history(copy)
    ((level, said),) = installation.found("copies")
    assert level is Level.PROBLEM
    assert "entry 2 was changed" in said
    copy.write_bytes(os.urandom(20_000))
    assert installation.found("copies")[0][0] is Level.PROBLEM


def test_copies_that_lack_the_last_minutes(installation: Installation) -> None:
    copy = installation.copy()
    copy.rename(copy.with_name("workshop-2026-10-18T073000Z.db"))
    level, said = installation.found("copies")[0]
    assert level is Level.WARNING
    assert "lacks the last 75 minutes" in said


# Certificates


def make_certificate(folder: Path, name: str, *options: str) -> tuple[str, str]:
    certificate, key = str(folder / f"{name}.pem"), str(folder / f"{name}.key")
    asked = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=x"]
    subprocess.run(["openssl", *asked, "-keyout", key, "-out", certificate, *options], check=True, capture_output=True)
    return certificate, key


def test_a_certificate_is_asked_until_when_it_holds(installation: Installation, tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path, "long", "-days", "100")
    until = certificates.holds_until(certificate, key)
    assert timedelta(days=99) < until - datetime.now(UTC) < timedelta(days=101)
    installation.set("server", tls_certificate=certificate, tls_key=key)
    installation.now = until - timedelta(days=20)
    assert installation.found("certificate")[0][0] is Level.OK
    installation.now = until - timedelta(days=10)
    assert installation.found("certificate")[0][0] is Level.WARNING


def test_a_certificate_that_cannot_be_used(installation: Installation, tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path, "one", "-days", "9")
    _, other_key = make_certificate(tmp_path, "other", "-days", "9")
    over = str(tmp_path / "over.pem")
    subprocess.run(
        ["openssl", "x509", "-in", certificate, "-signkey", key, "-days", "-1", "-out", over],
        check=True,
        capture_output=True,
    )
    with pytest.raises(Unusable, match="certificate has expired"):
        certificates.holds_until(over, key)
    with pytest.raises(Unusable, match="mismatch"):
        certificates.holds_until(certificate, other_key)
    with pytest.raises(Unusable, match="No such file"):
        certificates.holds_until(str(tmp_path / "none"), key)
    shutil.copy(installation.mounts, tmp_path / "no.pem")
    with pytest.raises(Unusable):
        certificates.holds_until(str(tmp_path / "no.pem"), key)
    installation.set("server", tls_certificate=certificate, tls_key=other_key)
    assert installation.found("certificate")[0][0] is Level.PROBLEM
