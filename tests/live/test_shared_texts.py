"""The shared text of a note between the doors and the disk: merged before it is decided, told as updates, rebuilt after a refusal."""

import base64
from collections.abc import Iterator
from typing import Any, Final

import pytest

from companion.audiences.audience import Audience
from companion.core import commands as c
from companion.core.procedure import NoteKind
from companion.core.refusals import Refusal
from companion.live.pace import TEXTS_EVERY_SECONDS
from tests.house.typist import Typist
from tests.live.asking import spoil
from tests.live.conftest import Start
from tests.live.house import ANA, SECRETARY, SOON, House
from tests.live.pausing import Pausing
from tests.live.screens import over_the_road
from tests.live.two_sessions import RAPPORTEUR

NOTE: Final = "note-one"
KEY: Final = f"note/{NOTE}"


def begun(house: House, text: str = "Remedy") -> None:
    house.command(RAPPORTEUR, c.AddNote(note=NOTE, kind=NoteKind.GAP, text=text))


def snapshot(house: House, audience: Audience = Audience.STAFF) -> Any:  # noqa: ANN401 (JSON)
    with house.host.lock:
        joined = over_the_road(house.host.join(RAPPORTEUR.person, audience, epoch=None, since=None))
    assert joined.snapshot is not None
    return joined.snapshot


def typist(house: House, client: int) -> Typist:
    """Return somebody who has the note on their screen."""
    return Typist(client, base64.b64decode(snapshot(house)[KEY]["state"]))


def text(house: House) -> str:
    return house.host.committed.notes[NOTE].text


def told(house: House, audience: Audience) -> list[Any]:
    """Return what an audience was told of the note, in order."""
    return [patch["set"][KEY] for whom, patch in house.listener.patches if whom is audience and KEY in patch["set"]]


def test_two_type_into_one_note_at_once_and_neither_loses_a_letter(house: House) -> None:
    begun(house)
    one, other = typist(house, 5), typist(house, 6)
    with house.disk_held():
        sent = [
            house.sent(RAPPORTEUR, one.command(NOTE, 0, 1, "Access to r")),
            house.sent(SECRETARY, other.command(NOTE, 6, 0, " for all")),
        ]
    assert [dict(each.answer().result) for each in sent] == [{"version": 2}, {"version": 3}]
    assert text(house) == "Access to remedy for all"
    updates = told(house, Audience.STAFF)[-1]["updates"]
    for each in (one, other):
        each.hear(*updates)
        assert str(each.text) == text(house)


def test_whoever_writes_gets_the_document_at_first_and_then_its_updates(house: House) -> None:
    begun(house)
    [made] = told(house, Audience.STAFF)
    first = Typist(5, base64.b64decode(made["state"]))
    assert str(first.text) == "Remedy"
    house.command(RAPPORTEUR, first.command(NOTE, 6, 0, "!"))
    assert "state" not in told(house, Audience.STAFF)[-1]
    assert (told(house, Audience.STAFF)[-1]["text"], len(told(house, Audience.STAFF)[-1]["updates"])) == ("Remedy!", 1)
    house.command(RAPPORTEUR, c.MarkNote(note=NOTE, kind=NoteKind.TREND))
    assert not {"state", "updates"} & set(told(house, Audience.STAFF)[-1])
    assert str(typist(house, 6).text) == "Remedy!"


def test_nobody_else_gets_documents(house: House) -> None:
    begun(house)
    house.command(RAPPORTEUR, c.ReleaseNote(note=NOTE, released=True))
    house.command(RAPPORTEUR, typist(house, 5).command(NOTE, 6, 0, "!"))
    for audience in set(Audience) - {Audience.STAFF}:
        notes = [value for key, value in snapshot(house, audience).items() if key.startswith("note/")]
        patches = [patch["set"] for whom, patch in house.listener.patches if whom is audience]
        values = [value for patch in patches for key, value in patch.items() if key.startswith("note/")]
        assert not [value for value in (*notes, *values) if {"state", "updates"} & set(value)]


def test_whoever_was_away_for_a_moment_gets_the_updates_that_they_missed(house: House) -> None:
    begun(house)
    away, here = typist(house, 5), typist(house, 6)
    since = house.host.committed.seq
    for letter in "ies":
        house.command(SECRETARY, here.command(NOTE, len(str(here.text)), 0, letter))
    with house.host.lock:
        joined = over_the_road(house.host.join(RAPPORTEUR.person, Audience.STAFF, epoch=house.host.epoch, since=since))
    for patch in joined.patches or []:
        away.hear(*patch["set"].get(KEY, {}).get("updates", ()))
    assert str(away.text) == text(house) == "Remedyies"


def test_whoever_was_away_gets_a_note_once_as_it_is_now_whatever_became_of_it(house: House) -> None:
    begun(house)
    away, here = typist(house, 5), typist(house, 6)
    since = house.host.committed.seq
    house.command(SECRETARY, here.command(NOTE, 6, 0, "i"))
    house.command(SECRETARY, c.MarkNote(note=NOTE, kind=NoteKind.TREND))
    house.command(SECRETARY, here.command(NOTE, 7, 0, "es"))
    house.command(SECRETARY, c.AddNote(note="note-two", kind=NoteKind.GAP, text="Another"))
    house.command(SECRETARY, c.RemoveNote(note="note-two"))
    with house.host.lock:
        joined = over_the_road(house.host.join(RAPPORTEUR.person, Audience.STAFF, epoch=house.host.epoch, since=since))
    [value] = [patch["set"][KEY] for patch in joined.patches or [] if KEY in patch["set"]]
    away.hear(*value["updates"])
    assert (value["text"], value["kind"], str(away.text)) == ("Remedyies", NoteKind.TREND, "Remedyies")
    known: dict[str, Any] = {}
    for patch in joined.patches or []:
        known = {key: each for key, each in {**known, **patch["set"]}.items() if key not in patch["unset"]}
    assert [key for key in known if key.startswith("note/")] == [KEY]


def test_a_whole_text_merges_with_what_is_typed_meanwhile(house: House) -> None:
    begun(house)
    other = typist(house, 5)
    house.command(RAPPORTEUR, c.WriteNote(note=NOTE, text="Remedy for all", expect=1))
    house.command(SECRETARY, other.command(NOTE, 0, 0, "Better "))
    assert text(house) == "Better Remedy for all"
    other.hear(*(update for value in told(house, Audience.STAFF) for update in value.get("updates", ())))
    assert str(other.text) == text(house)


# Refused, and nobody else is harmed


@pytest.mark.parametrize("garbage", ["AAAA", base64.b64encode(b"\xff" * 40).decode(), "AQEH"])
def test_garbage_is_refused_or_nothing_and_the_others_go_on(house: House, garbage: str) -> None:
    begun(house)
    other = typist(house, 5)
    hostile = c.TypeNote(note=NOTE, update=garbage, client=7, clock=1)
    assert house.refusal(RAPPORTEUR, hostile) in {Refusal.BAD_MESSAGE, Refusal.RESYNC}
    house.command(SECRETARY, other.command(NOTE, 6, 0, "!"))
    assert text(house) == "Remedy!"


def test_an_update_that_builds_on_one_that_never_came_is_answered_with_resync(house: House) -> None:
    begun(house)
    writer = typist(house, 5)
    first, second = writer.command(NOTE, 6, 0, "ies"), writer.command(NOTE, 9, 0, "!")
    assert house.refusal(RAPPORTEUR, second) is Refusal.RESYNC
    assert text(house) == "Remedy"
    house.command(RAPPORTEUR, first)
    house.command(RAPPORTEUR, second)
    assert text(house) == "Remedyies!"


def test_a_text_that_grows_too_long_is_too_large(house: House) -> None:
    begun(house, "x" * 20_000)
    writer, other = typist(house, 5), typist(house, 6)
    assert house.refusal(RAPPORTEUR, writer.command(NOTE, 0, 0, "y")) is Refusal.TOO_LARGE
    house.command(SECRETARY, other.command(NOTE, 0, 1, ""))
    assert len(text(house)) == 19_999


def test_a_refused_update_leaves_what_others_have_on_the_way_to_the_disk(house: House) -> None:
    begun(house)
    one, other = typist(house, 5), typist(house, 6)
    with house.disk_held():
        sent = house.sent(RAPPORTEUR, one.command(NOTE, 6, 0, " now"))
        assert house.refusal(SECRETARY, other.command(NOTE, 0, 0, "\u202e")) is Refusal.BAD_MESSAGE
        third = house.sent(SECRETARY, typist(house, 8).command(NOTE, 0, 0, "Some "))
    sent.answer()
    third.answer()
    assert text(house) == "Some Remedy now"


def test_participants_cannot_have_anything_merged(house: House) -> None:
    begun(house)
    assert house.refusal(ANA, typist(house, 5).command(NOTE, 0, 0, "Mine ")) is Refusal.NOT_ALLOWED
    assert text(house) == "Remedy"


def test_what_comes_twice_counts_once(house: House) -> None:
    begun(house)
    command = typist(house, 5).command(NOTE, 6, 0, "!")
    house.command(RAPPORTEUR, command)
    at = house.host.committed.seq
    assert house.command(RAPPORTEUR, command).result is None
    assert (text(house), house.host.committed.seq) == ("Remedy!", at)


def test_what_the_disk_refuses_is_typed_nowhere_and_can_be_sent_again(house: House) -> None:
    begun(house)
    spoil(house, RAPPORTEUR, "command-bad")
    writer = typist(house, 5)
    command = writer.command(NOTE, 6, 0, "!")
    assert house.refusal(RAPPORTEUR, command, "command-bad") is Refusal.NOT_RECORDED
    assert text(house) == str(typist(house, 6).text) == "Remedy"
    house.command(RAPPORTEUR, command)
    assert text(house) == "Remedy!"


def test_after_a_restart_everybody_types_on(start: Start) -> None:
    house = start()
    begun(house)
    writer = typist(house, 5)
    house.command(RAPPORTEUR, writer.command(NOTE, 6, 0, " now"))
    house.command(SECRETARY, c.WriteNote(note=NOTE, text="A remedy now", expect=2))
    unheard = writer.command(NOTE, 10, 0, "!")
    house = start()
    house.command(RAPPORTEUR, unheard)
    assert text(house) == "A remedy now!"
    assert str(typist(house, 6).text) == text(house)


def test_what_waits_for_something_else_gets_into_no_document(start: Start) -> None:
    """An update holds a struct of somebody else whose parent is still to come; whoever types it later harms nobody."""
    house = start()
    begun(house)
    root, nowhere = b"\x01\x04text", b"\x00\x4d\x02"
    first = b"\x02" + _struct(88, b"x", root) + _struct(66, b"y", nowhere) + b"\x00"
    later = b"\x01" + _struct(77, b"abcde", root) + b"\x00"
    house.command(RAPPORTEUR, _sent(first, 88, 1))
    assert house.refusal(RAPPORTEUR, _sent(b"\xff" * 9, 9, 1)) is Refusal.BAD_MESSAGE
    house.command(RAPPORTEUR, _sent(later, 77, 5))
    assert house.stopped == []
    house = start()
    assert str(typist(house, 6).text) == text(house)


def _struct(client: int, typed: bytes, parent: bytes) -> bytes:
    return bytes((1, client, 0, 4)) + parent + bytes((len(typed),)) + typed


def _sent(update: bytes, client: int, clock: int) -> c.TypeNote:
    return c.TypeNote(note=NOTE, update=base64.b64encode(update).decode(), client=client, clock=clock)


def test_a_note_whose_removal_is_undone_comes_back_with_its_document(house: House) -> None:
    begun(house)
    house.command(RAPPORTEUR, c.RemoveNote(note=NOTE))
    house.command(RAPPORTEUR, c.Undo(command=str(house.host.committed.undo[0].command)))
    assert str(Typist(5, base64.b64decode(told(house, Audience.STAFF)[-1]["state"])).text) == "Remedy"


# At once to those who write, once a second to others


@pytest.fixture
def paced(start: Start) -> Iterator[tuple[House, Pausing]]:
    engine = Pausing()
    house = start(engine=engine)
    yield house, engine
    engine.woken.release(100)


def test_what_is_typed_into_a_released_note_reaches_readers_once_a_second_and_those_who_write_at_once(
    paced: tuple[House, Pausing],
) -> None:
    house, engine = paced
    begun(house)
    house.command(RAPPORTEUR, c.ReleaseNote(note=NOTE, released=True))
    writer = typist(house, 5)
    house.listener.patches.clear()
    for letter in "ies now":
        house.command(RAPPORTEUR, writer.command(NOTE, len(str(writer.text)), 0, letter))
    assert engine.at_rest.acquire(timeout=SOON)
    assert len(told(house, Audience.STAFF)) == 7
    assert read(house) == ["Remedyi"]
    engine.woken.release()
    assert engine.at_rest.acquire(timeout=SOON)
    assert read(house) == ["Remedyi", "Remedyies now"]
    assert set(engine.seconds) == {TEXTS_EVERY_SECONDS}


def test_a_reader_who_comes_back_has_the_text_that_was_left_for_later(paced: tuple[House, Pausing]) -> None:
    house, _engine = paced
    begun(house)
    house.command(RAPPORTEUR, c.ReleaseNote(note=NOTE, released=True))
    writer = typist(house, 5)
    house.command(RAPPORTEUR, writer.command(NOTE, 6, 0, "i"))
    house.command(RAPPORTEUR, writer.command(NOTE, 7, 0, "es"))
    since = house.host.committed.seq
    with house.host.lock:
        house.host._tell_audiences(house.host._maps.catch_up_texts())
        joined = over_the_road(house.host.join(ANA.person, Audience.PARTICIPANTS, epoch=house.host.epoch, since=since))
    texts = [value["text"] for patch in joined.patches or [] for key, value in patch["set"].items() if "note/" in key]
    assert texts == ["Remedyies"]


def read(house: House) -> list[str]:
    """Return the texts that participants were told, in order."""
    patches = (patch["set"] for whom, patch in house.listener.patches if whom is Audience.PARTICIPANTS)
    return [value["text"] for patch in patches for key, value in patch.items() if key.startswith("note/")]
