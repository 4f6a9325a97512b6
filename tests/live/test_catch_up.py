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
