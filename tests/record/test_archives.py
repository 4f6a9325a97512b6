"""All records in one ZIP: a folder for each session, every format in it, named from ids alone."""

import io
import json
import zipfile
from dataclasses import replace

from companion.record.archives import Archive
from companion.record.formats import Format, render
from companion.record.model import Record
from tests.core.scenario import Scenario
from tests.record.panel import entries_of
from tests.record.whole import WHOLE, played, record_of


def archived(*records: Record) -> zipfile.ZipFile:
    archive = Archive("en")
    for record in records:
        archive.add(record)
    return zipfile.ZipFile(io.BytesIO(archive.content()))


def test_every_session_has_every_format() -> None:
    first = record_of(played())
    with archived(first, replace(first, session=replace(first.session, id="panel-2"))) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == [
            f"{session}/{session}-record.{format_.value}" for session in ("panel-1", "panel-2") for format_ in Format
        ]
        for format_ in Format:
            assert opened.read(f"panel-1/panel-1-record.{format_.value}") == render(first, format_, "en")
        assert json.loads(opened.read("panel-2/panel-2-record.json"))["session"]["id"] == "panel-2"


def test_files_are_dated_by_the_record_and_nothing_says_who_made_them() -> None:
    with archived(record_of(played())) as opened:
        assert {info.date_time for info in opened.infolist()} == {(2026, 10, 18, 8, 51, 10)}
        assert {(info.comment, info.extra) for info in opened.infolist()} == {(b"", b"")}
        assert opened.comment == b""


def test_the_same_records_make_the_same_bytes() -> None:
    one, other = (Archive("en"), Archive("en"))
    for archive in (one, other):
        archive.add(record_of(played()))
    assert one.content() == other.content()


def test_an_id_that_is_no_name_for_a_file_becomes_one() -> None:
    room = Scenario(replace(WHOLE, session="../a b\\c"))
    record = record_of(room)
    assert entries_of(room.recorded)
    with archived(record) as opened:
        assert opened.namelist()[0] == "___a_b_c/___a_b_c-record.json"
