"""The patches of late: as many as the settings say, and fewer where each has a long text."""

from companion.audiences.audience import Audience
from companion.audiences.maps import Patch
from companion.live.catch_up import MOST_CHARACTERS, Ring


def told(text: str) -> dict[Audience, Patch]:
    return {audience: Patch({"note/1": {"text": text}, "undo": []}) for audience in Audience}


def test_the_last_changes_are_kept_and_no_more() -> None:
    ring = Ring(10, 3)
    for seq in range(11, 16):
        ring.add(seq, told("short"))
    assert ring.since(11, Audience.STAFF) is None
    assert [seq for seq, _ in ring.since(12, Audience.STAFF) or []] == [13, 14, 15]


def test_long_texts_leave_room_for_fewer_so_that_memory_does_not_grow_with_what_is_typed() -> None:
    ring, text = Ring(10, 2_000), "x" * (MOST_CHARACTERS // 4)
    for seq in range(11, 21):
        ring.add(seq, told(text))
    assert ring.since(15, Audience.PARTICIPANTS) is None
    assert [seq for seq, _ in ring.since(16, Audience.STAFF) or []] == [17, 18, 19, 20]


def test_of_what_is_typed_the_updates_are_kept_and_not_the_whole_text_with_each_letter() -> None:
    ring, text = Ring(10, 2_000), "x" * 20_000
    for seq in range(11, 1_011):
        note = {"text": text + str(seq), "updates": [f"update {seq}"]}
        ring.add(seq, {Audience.STAFF: Patch({"note/1": note, "undo": [seq]}), Audience.BOOTH: Patch()})
    whole = {"note/1": {"text": text}, "note/2": {"text": "untouched"}}
    assert ring.since(1_008, Audience.STAFF) == [(1_009, Patch({"undo": [1_009]})), (1_010, Patch({"undo": [1_010]}))]
    assert ring.since(10, Audience.BOOTH) == []
    missed = {"note/1": {"text": text, "updates": ["update 1009", "update 1010"]}}
    assert ring.notes_since(1_008, Audience.STAFF, whole) == missed
    assert ring.notes_since(1_008, Audience.BOOTH, whole) == {}
    assert ring.notes_since(1_010, Audience.STAFF, whole) == {}


def test_of_a_note_that_begins_the_document_is_kept_and_of_one_that_ends_nothing() -> None:
    ring = Ring(10, 2_000)
    begun, gone = Patch({"note/1": {"text": "", "state": "AAA="}}), Patch({}, ("note/1",))
    for seq, patch in enumerate((begun, Patch({"note/1": {"text": "a", "updates": ["one"]}}), gone), 11):
        ring.add(seq, {Audience.STAFF: patch})
    assert ring.since(10, Audience.STAFF) == [(11, begun), (13, gone)]
    assert ring.notes_since(10, Audience.STAFF, {}) == {}


def test_long_updates_and_documents_leave_room_for_fewer_too() -> None:
    ring, long = Ring(10, 2_000), "x" * (MOST_CHARACTERS // 4)
    for seq in range(11, 21):
        value = {"updates": [long]} if seq % 2 else {"state": long}
        ring.add(seq, {Audience.STAFF: Patch({"note/1": {"text": "", **value}})})
    assert ring.since(15, Audience.STAFF) is None
    assert ring.since(16, Audience.STAFF) is not None
