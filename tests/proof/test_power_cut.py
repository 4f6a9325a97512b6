"""A trace becomes the file as it would be found after a power cut: what was synced, and nothing that was only written."""

import random
from pathlib import Path

from proof.power_cut import Call, Disk, calls

TRACE = r"""
7  pwrite64(5<\x2f\x64\x62>, "\x61\x62\x63", 3, 4096) = 3
7  fdatasync(5<\x2f\x64\x62> <unfinished ...>
9  sendto(8<\x73\x6f\x63\x6b>, "\x81\x04\x6f\x6b", 4, 0, NULL, 0 <unfinished ...>
7  <... fdatasync resumed>) = 0
9  <... sendto resumed>) = 4
7  pwrite64(5<\x2f\x64\x62>, "\x64", 1, 0) = -1 ENOSPC (No space left on device)
7  ftruncate(5<\x2f\x64\x62>, 10) = 0
7  +++ killed by SIGKILL +++
"""


def test_a_trace_is_read_as_what_was_done_and_said_when_it_was_sure() -> None:
    assert [*calls(TRACE.splitlines())] == [
        Call("pwrite64", "/db", b"abc", 4096),
        Call("sendto", "sock", b"\x81\x04ok", 0),
        Call("fdatasync", "/db", b"", 0),
        Call("ftruncate", "/db", b"", 10),
    ]


def test_what_was_not_synced_is_gone_or_there_in_part(tmp_path: Path) -> None:
    database, found = tmp_path / "demo.db", tmp_path / "found"
    database.write_bytes(b"old")
    found.mkdir()
    disk = Disk(database)
    assert not disk.follow(Call("pwrite64", str(database), b"NEW", 0))
    assert disk.cut(found, None).read_bytes() == b"old"
    assert not disk.follow(Call("fdatasync", str(database), b"", 0))
    assert disk.cut(found, None).read_bytes() == b"NEW"
    assert not disk.follow(Call("pwrite64", str(database), b"x" * 2_048, 512))
    torn = {disk.cut(found, random.Random(seed)).read_bytes() for seed in range(20)}  # noqa: S311 (the same every time)
    assert len(torn) > 5
    assert all(each.startswith(b"NEW") for each in torn)
    assert disk.cut(found, None).read_bytes() == b"NEW"


def test_the_log_beside_the_database_is_followed_and_cut_short(tmp_path: Path) -> None:
    database = tmp_path / "demo.db"
    log = f"{database}-wal"
    disk = Disk(database)
    for call in (
        Call("pwrite64", log, b"frame", 4),
        Call("fsync", log, b"", 0),
        Call("ftruncate", log, b"", 6),
        Call("fdatasync", log, b"", 0),
        Call("pwrite64", "/elsewhere", b"x", 0),
    ):
        assert not disk.follow(call)
    (tmp_path / "found").mkdir()
    disk.cut(tmp_path / "found", None)
    assert (tmp_path / "found" / "demo.db-wal").read_bytes() == b"\0\0\0\0fr"
    assert disk.syncs == 2


def test_the_last_event_that_anybody_was_told_of_is_known(tmp_path: Path) -> None:
    disk = Disk(tmp_path / "demo.db")
    told = [
        disk.follow(Call("sendto", "socket", frame, 0))
        for frame in (b'\x81\x1043[{"ok":true,"seq":7}]', b'\x81\x1042["patch",{"seq":6}]', b'HTTP/1.1 "seq":9')
    ]
    assert (told, disk.said) == ([True, False, False], 7)
