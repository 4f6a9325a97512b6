"""The checker names everything that can go wrong, and nothing where all is well."""

from collections.abc import Callable
from typing import Any

import pytest

from proof.checker import Entry, Journal, Kind, check
from proof.history import History

Answer = dict[str, Any]


def entry(seq: int, command: str, type_: str = "request.made", actor: str = "p1", **body: object) -> Entry:
    return Entry(seq, f"2026-11-26T09:00:{seq:02}.000Z", actor, command, type_, body)


def journal(*entries: Entry) -> Journal:
    places: dict[tuple[str, str], list[int]] = {}
    for each in entries:
        places.setdefault((each.actor, each.command), []).append(each.seq)
    return Journal(entries, {key: (seqs[0], seqs[-1]) for key, seqs in places.items()})


def ok(seq: int, **more: object) -> Answer:
    return {"ok": True, "seq": seq, **more}


def refused(code: str) -> Answer:
    return {"ok": False, "code": code, "message": "In words."}


def history(*told: tuple[str, Answer], name: str = "one", person: str = "p1") -> History:
    """Return a history in which commands were sent and answered in this order."""
    made = History(name, person)
    for id_, answer in told:
        made.sent(id_, "floor.request")
        made.told(id_, answer)
    return made


def kinds(histories: list[History], recorded: Journal) -> list[Kind]:
    return [fault.kind for fault in check(histories, recorded)]


ASKED = journal(entry(1, "a"), entry(2, "b"))


def test_what_was_told_and_stands_there_is_no_fault() -> None:
    again = ("a", ok(1, result={"request": "r"}))
    assert kinds([history(again, again, ("b", refused("rate_limited")), ("b", ok(2)))], ASKED) == []


@pytest.mark.parametrize(
    ("told", "recorded", "expected"),
    [
        pytest.param([("a", ok(1)), ("c", ok(3))], ASKED, [Kind.LOST], id="acknowledged, and not there"),
        pytest.param([("a", ok(2))], ASKED, [Kind.LOST], id="there, but not where it was told"),
        pytest.param(
            [("a", ok(1))],
            journal(entry(1, "a"), entry(2, "b"), entry(3, "a")),
            [Kind.DUPLICATED, Kind.CONTRADICTED],
            id="there twice, and the last answer is kept",
        ),
        pytest.param([("a", ok(1)), ("a", ok(2))], ASKED, [Kind.CONTRADICTED], id="answered in two ways"),
        pytest.param(
            [("a", ok(1)), ("a", refused("already_on_list"))], ASKED, [Kind.CONTRADICTED], id="accepted, then refused"
        ),
        pytest.param([("a", refused("stale"))], ASKED, [Kind.CONTRADICTED], id="refused, and there"),
        pytest.param([("b", ok(2)), ("a", ok(1))], ASKED, [Kind.ORDER], id="not in the order sent"),
        pytest.param([], journal(entry(1, "a"), entry(3, "b")), [Kind.JOURNAL], id="an entry is missing"),
        pytest.param(
            [], journal(entry(1, "a"), entry(2, "b")._replace(at="2026")), [Kind.JOURNAL], id="the clock goes backwards"
        ),
    ],
)
def test_what_is_not_as_it_was_told_is_named(
    told: list[tuple[str, Answer]], recorded: Journal, expected: list[Kind]
) -> None:
    assert kinds([history(*told)], recorded) == expected


def test_a_command_that_was_never_answered_may_be_there_or_not() -> None:
    unanswered = History("one", "p1")
    unanswered.sent("a", "floor.request")
    unanswered.sent("c", "floor.request")
    assert kinds([unanswered], ASKED) == []


# What the sender saw


def tapped(expect: dict[str, Any], command: str = "tap") -> History:
    made = History("moderator", "m")
    made.sent(command, "floor.next", expect)
    return made


@pytest.mark.parametrize(("seen", "faults"), [("i.1", []), (None, [Kind.EXPECT]), ("i.0", [Kind.EXPECT])])
def test_a_tap_counts_only_for_whom_its_sender_saw_on_the_floor(seen: str | None, faults: list[Kind]) -> None:
    recorded = journal(
        entry(1, "x", "floor.given", intervention="i.1"),
        entry(2, "tap", "floor.ended", "m", intervention="i.1"),
        entry(3, "tap", "floor.given", "m", intervention="i.3"),
    )
    assert kinds([tapped({"intervention": seen})], recorded) == faults


@pytest.mark.parametrize(("seen", "faults"), [(2, []), (1, [Kind.EXPECT])])
def test_a_text_is_written_only_over_the_version_that_its_writer_saw(seen: int, faults: list[Kind]) -> None:
    recorded = journal(
        entry(1, "x", "note.added", note="n"),
        entry(2, "y", "note.typed", note="n", version=2),
        entry(3, "tap", "note.written", "m", note="n", version=3),
    )
    assert kinds([tapped({"version": seen})], recorded) == faults


def test_whoever_has_ended_or_has_the_floor_back_is_followed() -> None:
    recorded = journal(
        entry(1, "x", "floor.given", intervention="i.1"),
        entry(2, "y", "floor.given", intervention="i.2"),
        entry(3, "z", "floor.ended", intervention="i.2"),
        entry(4, "none", "floor.extended", "m"),
        entry(5, "w", "floor.given_back", intervention="i.1"),
        entry(6, "back", "floor.extended", "m"),
    )
    nobody, back = tapped({"intervention": None}, "none"), tapped({"intervention": "i.1"}, "back")
    assert kinds([nobody, back], recorded) == []


# What was heard


def patch(seq: int, epoch: str = "e1", /, **set_: object) -> dict[str, Any]:
    return setting(seq, set_, epoch)


def setting(seq: int, set_: dict[str, Any], epoch: str = "e1") -> dict[str, Any]:
    return {"epoch": epoch, "seq": seq, "set": set_, "unset": []}


def joined(seq: int, epoch: str = "e1", **more: object) -> Answer:
    return {"ok": True, "epoch": epoch, "audience": "participants", "seq": seq, **({"snapshot": {}} | more)}


def resumed(seq: int, *patches: dict[str, Any]) -> Answer:
    answer = joined(seq, patches=[*patches, patch(seq)])
    del answer["snapshot"]
    return answer


def listening(name: str, *patches: dict[str, Any], seq: int = 0) -> History:
    made = History(name, name)
    made.joined(joined(seq))
    for each in patches:
        made.heard(each)
    return made


LONG = journal(*(entry(seq, str(seq)) for seq in range(1, 10)))


def test_two_who_heard_a_part_each_of_one_log_are_no_fault() -> None:
    log = [patch(1, list=1), patch(2, list=2), patch(2, poll=1), patch(5, list=3)]
    late = listening("late", *log[2:], seq=2)
    late.joined(resumed(5, patch(5, list=3)), since=2)
    assert kinds([listening("early", *log), late, listening("first", *log[:2])], LONG) == []


def test_a_patch_for_one_person_alone_may_come_in_between() -> None:
    own = patch(1, **{"me/requests": []})
    assert (
        kinds([listening("a", patch(1, x=1), own, patch(2, x=2)), listening("b", patch(1, x=1), patch(2, x=2))], LONG)
        == []
    )


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(lambda: listening("b", patch(1, x=1), patch(3, x=3)), id="one was left out"),
        pytest.param(lambda: listening("b", patch(1, x=1), patch(2, x=9), patch(3, x=3)), id="one was another"),
        pytest.param(lambda: listening("b", patch(2, x=2), patch(1, x=1)), id="they came in another order"),
        pytest.param(lambda: listening("b", patch(1, "e2", x=1)), id="one was of another start of the server"),
    ],
)
def test_two_who_did_not_hear_one_log_are_found(second: Callable[[], History]) -> None:
    first = listening("a", patch(1, x=1), patch(2, x=2), patch(3, x=3))
    assert Kind.STREAM in kinds([first, second()], LONG)


def test_whoever_is_brought_something_else_than_others_heard_is_found() -> None:
    back = History("back", "back")
    back.joined(joined(1))
    back.joined(resumed(3, patch(2, x=9), patch(3, x=3)), since=1)
    assert kinds([listening("a", patch(2, x=2), patch(3, x=3)), back], LONG) == [Kind.STREAM]


def test_what_follows_late_is_not_what_an_event_brought() -> None:
    # While all of the others were away, one came back between an event and the counts that follow it.
    early = listening("early", patch(3, poll=7), patch(4, x=4), seq=3)
    back = History("back", "back")
    back.joined(joined(2))
    back.joined(resumed(4, patch(3, x=3), patch(4, x=4)), since=2)
    assert kinds([early, back], LONG) == []


def test_whoever_had_heard_of_what_is_gone_after_a_restart_has_found_a_loss() -> None:
    back = listening("back", patch(7, x=1))
    back.joined(joined(6, "e2"))
    assert kinds([back], LONG) == [Kind.LOST]
    assert kinds([listening("ahead", patch(12, x=1))], LONG) == [Kind.LOST]


# What is seen


def test_a_map_kept_by_patches_that_is_another_than_a_fresh_one_is_found() -> None:
    looking = listening("a", patch(1, floor=1, note=2))
    looking.refreshed(joined(1, snapshot={"floor": 1, "note": 2}), whole=True)
    assert (looking.comparisons, kinds([looking], LONG)) == (1, [])
    looking.heard(patch(2, floor=3))
    looking.refreshed(joined(3, snapshot={"floor": 4, "note": 2}), whole=False)
    assert [str(fault) for fault in check([looking], LONG)] == ["not what a fresh one shows: a at 3: floor"]


def test_what_overtakes_the_answer_counts_before_the_comparison_or_after_it() -> None:
    looking = listening("a", patch(1, floor=1))
    looking.refreshed(joined(2, snapshot={"floor": 2}), [patch(2, floor=2), patch(3, floor=3)], whole=False)
    assert (kinds([looking], LONG), looking.map) == ([], {"floor": 3})


def test_counts_may_be_late_amid_all_and_not_when_everybody_is_still() -> None:
    looking = listening("a", setting(1, {"poll/p": 1}))
    looking.refreshed(joined(1, snapshot={"poll/p": 2}), whole=False)
    assert kinds([looking], LONG) == []
    looking.heard(setting(2, {"poll/p": 3}))
    looking.refreshed(joined(2, snapshot={"poll/p": 4}), whole=True)
    assert kinds([looking], LONG) == [Kind.MAP]


def test_a_shared_text_is_compared_by_what_it_says() -> None:
    looking = listening("a", setting(1, {"note/n": {"text": "one", "updates": ["x"]}}))
    looking.refreshed(joined(1, snapshot={"note/n": {"text": "one", "state": "y"}}), whole=True)
    assert kinds([looking], LONG) == []


def test_a_history_that_follows_another_goes_on_from_there() -> None:
    before = history(("a", ok(2)))
    before.joined(joined(4, snapshot={"floor": 1}))
    after = History("one", "p1", before)
    assert (after.map, after.position) == ({"floor": 1}, {"epoch": "e1", "audience": "participants", "since": 4})
    after.sent("b", "floor.withdraw")
    after.told("b", ok(2))
    after.sent("a", "floor.request")
    after.told("a", ok(1))
    assert kinds([after], ASKED) == []
