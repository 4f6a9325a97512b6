"""Who sees notes, recommendations, polls and answers, and what an answer costs."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Any, Final

import pytest

from companion.audiences import keys, maps
from companion.audiences.audience import Audience
from companion.audiences.maps import Maps
from companion.core import commands as c
from companion.core import events as e
from companion.core.people import Actor, Attendance, Role
from companion.core.polling import Poll
from companion.core.procedure import NoteKind, PollStatus, PollUnit, Reasons, Results, RoomAnswers
from companion.core.state import Session
from tests.audiences.room import Room, batched, encoded, opened, story, told
from tests.audiences.walk import PEOPLE, PREPARED, SYSTEM_ACTOR, Walk, person
from tests.core.scenario import poll_of

PUBLIC: Final = (Audience.PARTICIPANTS, Audience.BOOTH)
OF_STAFF: Final = (Audience.STAFF, Audience.TECHNICAL)
ANA, BEN, CLEO = (Actor(person=f"person-{number}", role=Role.PARTICIPANT) for number in (12, 16, 11))
"""Ana and Ben are of one delegation, Cleo of another."""


def marked(text: str, mark: str) -> set[str]:
    """Return the texts of a kind that stand in what is sent."""
    return set(re.findall(rf"{mark}-\d{{5}}", text))


def may_be_read(session: Session) -> set[str]:
    """Return the texts of notes and questions that everybody may read."""
    notes = {each.text for each in session.notes.values() if each.released and not each.removed}
    return notes | {each.question for each in session.polls.values() if each.status is not PollStatus.DRAFTED}


def may_be_counted(poll: Poll) -> bool:
    """Say whether participants may see the counts, as the protocol says it."""
    match poll.results:
        case Results.LIVE:
            return poll.status is not PollStatus.DRAFTED
        case Results.AFTER_CLOSE:
            return poll.status in {PollStatus.CLOSED, PollStatus.PUBLISHED}
        case Results.WHEN_PUBLISHED:
            return poll.status is PollStatus.PUBLISHED


@pytest.mark.parametrize("seed", [21, 22])
def test_the_bytes_for_participants_never_hold_what_is_not_released_not_opened_or_not_theirs(seed: int) -> None:
    walk, room = Walk(seed), Room()
    hidden = 0
    for happened in batched(story(walk, 400), 3):
        patches = room.advance(walk.session, happened)
        session, readable = walk.session, may_be_read(walk.session)
        hidden += any(not each.released for each in session.notes.values()) and any(
            each.status is PollStatus.DRAFTED for each in session.polls.values()
        )
        for audience in PUBLIC:
            for sent in (encoded(room.kept.of(audience)), encoded(patches[audience].set)):
                assert marked(sent, "NOTE") | marked(sent, "DRAFT") <= readable
                assert '"author"' not in sent
            map_ = room.kept.of(audience)
            for poll in session.polls.values():
                shown: Any = map_.get(f"poll/{poll.id}")
                assert (shown is None) == (poll.status is PollStatus.DRAFTED)
                assert {"tally", "room_tally", "total"} & set(shown or ()) == (
                    {"tally", "room_tally", "total"} if may_be_counted(poll) else set()
                )
        for audience in Audience:
            sent = encoded(room.kept.of(audience))
            assert not marked(sent, "BECAUSE")
            papers = {key: value for key, value in room.kept.of(audience).items() if key.startswith("poll")}
            assert "person-" not in encoded(papers)
    assert hidden > 10, "nothing was ever hidden"


@pytest.mark.parametrize("seed", [24, 29])
def test_ones_own_answers_are_those_of_ones_unit_and_nobody_elses(seed: int) -> None:
    walk = Walk(seed)
    answered = 0
    for step in story(walk, 900):
        if not any(isinstance(each.event, e.PollAnswered | e.PollOpened) for each in step.happened):
            continue
        for who in walk.session.people:
            own: Any = maps.personal(walk.session, who)["me/answers"]
            for poll in walk.session.polls.values():
                if poll.status is PollStatus.DRAFTED:
                    assert poll.id not in own
                    continue
                answer = poll.answers.get(poll.eligible.get(who, "nobody"))
                assert own[poll.id]["eligible"] == (who in poll.eligible)
                assert own[poll.id]["option"] == (answer.option if answer else None)
                assert own[poll.id]["by_me"] == (answer is not None and answer.person == who)
                assert marked(encoded(own[poll.id]), "BECAUSE") == ({answer.reason} - {None} if answer else set())
                answered += answer is not None
    assert answered > 50, "nobody ever answered"


def in_a_poll(**said: Any) -> tuple[Walk, Room, str]:  # noqa: ANN401 (fields of the command)
    """Return a session with an open poll, and who looks at it."""
    walk, room = opened()
    told(walk, room, Role.MODERATOR, poll_of(c.OpenPoll, poll="poll-that-is-open", **said))
    return walk, room, "poll-that-is-open"


def answers(walk: Walk, room: Room, by: Actor, option: str, reason: str | None = None) -> tuple[e.Recorded, ...]:
    happened = walk.do(by, c.AnswerPoll(poll="poll-that-is-open", option=option, reason=reason)).happened
    room.advance(walk.session, happened)
    return happened


def test_an_answer_is_told_to_all_of_the_delegation_and_to_nobody_else() -> None:
    walk, room, poll = in_a_poll(unit=PollUnit.DELEGATION, reasons=Reasons.OPTIONAL)
    before = walk.session
    members = {each.id for each in before.people.values() if each.delegation == "DELEGATION-2"}
    members &= {who for who in before.people if who in before.polls[poll].eligible}
    assert {ANA.person, BEN.person} <= members
    assert CLEO.person in members
    happened = answers(walk, room, ANA, "support", "BECAUSE-of-ana")
    assert set(keys.touched_people(before, walk.session, happened)) == members
    assert keys.touched(before, walk.session, happened) == {"floor", "list", "undo", "polls", f"poll/{poll}"}
    own: Any = {who: maps.personal(walk.session, who)["me/answers"] for who in walk.session.people}
    assert {who for who, each in own.items() if each[poll]["option"] is not None} == members
    assert {who for who, each in own.items() if each[poll]["by_me"]} == {ANA.person}
    assert {who for who, each in own.items() if "BECAUSE" in encoded(each)} == members


def test_an_answer_of_ones_own_is_told_to_oneself() -> None:
    walk, room, _ = in_a_poll()
    before = walk.session
    happened = answers(walk, room, ANA, "support")
    assert set(keys.touched_people(before, walk.session, happened)) == {ANA.person}


def test_everybody_is_told_whether_they_may_answer_a_poll_that_opens() -> None:
    walk, room = opened()
    before = walk.session
    happened = told(walk, room, Role.MODERATOR, poll_of(c.OpenPoll, eligible=(ANA.person,)))
    assert set(keys.touched_people(before, walk.session, happened)) == set(walk.session.people)
    drafted = told(walk, room, Role.RAPPORTEUR, poll_of(c.DraftPoll))
    assert set(keys.touched_people(before, walk.session, drafted)) == set()


@pytest.mark.parametrize(
    ("results", "seen"),
    [
        (Results.LIVE, [True, True, True]),
        (Results.AFTER_CLOSE, [False, True, True]),
        (Results.WHEN_PUBLISHED, [False, False, True]),
    ],
)
def test_participants_see_the_counts_when_the_poll_says_and_staff_always(results: Results, seen: list[bool]) -> None:
    walk, room, poll = in_a_poll(results=results, room=RoomAnswers.BY_APP)
    answers(walk, room, ANA, "support")
    found: list[bool] = []
    for command in (None, c.ClosePoll(poll=poll, expect=poll), c.PublishPoll(poll=poll, expect=poll)):
        if command is not None:
            told(walk, room, Role.MODERATOR, command)
        shown, counted = (
            room.clients[audience][f"poll/{poll}"] for audience in (Audience.PARTICIPANTS, Audience.STAFF)
        )
        assert (shown["answered"], shown["eligible"]) == (1, counted["eligible"])
        assert counted["tally"] == {"support": 1, "support_with_changes": 0, "cannot_support": 0, "abstain": 0}
        assert counted["total"] == counted["tally"]
        found.append("tally" in shown)
        assert all(("tally" in room.clients[audience][f"poll/{poll}"]) is found[-1] for audience in PUBLIC)
        assert all("tally" in room.clients[audience][f"poll/{poll}"] for audience in OF_STAFF)
    assert found == seen


@pytest.mark.parametrize("results", Results)
def test_what_follows_is_told_to_participants_when_the_numbers_are_that_it_may_tell(results: Results) -> None:
    walk, room, poll = in_a_poll(results=results)
    told(walk, room, Role.MODERATOR, c.ClosePoll(poll=poll, expect=poll))
    told(walk, room, Role.RAPPORTEUR, c.SetOutcome(poll=poll, text="Of 5, 4 can support."))
    early = None if results is Results.WHEN_PUBLISHED else "Of 5, 4 can support."
    for said, command in ((early, c.PublishPoll(poll=poll, expect=poll)), ("Of 5, 4 can support.", None)):
        assert {room.clients[audience][f"poll/{poll}"]["outcome"] for audience in PUBLIC} == {said}
        assert {room.clients[audience][f"poll/{poll}"]["outcome"] for audience in OF_STAFF} == {"Of 5, 4 can support."}
        if command is not None:
            told(walk, room, Role.MODERATOR, command)


def test_whoever_may_not_answer_is_told_why_and_whoever_comes_later_too() -> None:
    walk, _room, poll = in_a_poll(eligible=(ANA.person,))
    late = replace(walk.session.people[BEN.person], id="somebody-late")
    walk.do(SYSTEM_ACTOR, c.EnterPerson(person=late))
    why: dict[str, Any] = {
        who: maps.personal(walk.session, who)["me/answers"] for who in (ANA.person, BEN.person, "somebody-late")
    }
    assert [each[poll]["why_not"] for each in why.values()] == [None, "not_named", "came_later"]


def test_hands_in_the_room_are_counted_with_the_answers_from_the_app() -> None:
    walk, room = opened()
    told(walk, room, Role.TECHNICAL_MODERATOR, c.MarkAttendance(person=ANA.person, attendance=Attendance.REMOTE))
    asked = poll_of(c.OpenPoll, poll="poll-that-is-open", room=RoomAnswers.BY_HANDS, results=Results.LIVE)
    told(walk, room, Role.MODERATOR, asked)
    answers(walk, room, ANA, "support")
    counts = c.CountRoom(poll="poll-that-is-open", counts={"support": 4}, present=9)
    told(walk, room, Role.MODERATOR, counts)
    shown = room.clients[Audience.PARTICIPANTS]["poll/poll-that-is-open"]
    assert (shown["tally"]["support"], shown["room_tally"]["counts"]["support"], shown["total"]["support"]) == (1, 4, 5)
    assert shown["room_tally"]["present"] == 9


def test_a_draft_is_for_staff_until_it_opens() -> None:
    walk, room = opened()
    told(walk, room, Role.RAPPORTEUR, poll_of(c.DraftPoll, poll="made-by-client", question="DRAFT-00001"))
    for audience in PUBLIC:
        assert "poll/made-by-client" not in room.clients[audience]
        assert room.clients[audience]["polls"] == {"count": 0, "open": []}
    for audience in OF_STAFF:
        assert room.clients[audience]["poll/made-by-client"]["status"] == "drafted"
        assert room.clients[audience]["polls"] == {"count": 1, "open": []}
    told(walk, room, Role.MODERATOR, c.OpenPoll(poll="made-by-client"))
    for audience in Audience:
        assert room.clients[audience]["poll/made-by-client"]["question"] == "DRAFT-00001"
        assert room.clients[audience]["polls"] == {"count": 1, "open": ["made-by-client"]}


def released(room: Room, audience: Audience = Audience.PARTICIPANTS) -> list[str]:
    """Return the texts of the notes in an audience's map."""
    notes = [value for key, value in room.clients[audience].items() if key.startswith("note/")]
    return [note["text"] for note in sorted(notes, key=lambda note: str(note["rank"]))]


def test_a_note_is_for_staff_until_it_is_released_and_its_author_always() -> None:
    walk, room = opened()
    add = c.AddNote(note="made-by-client", kind=NoteKind.GAP, text="NOTE-00001")
    told(walk, room, Role.RAPPORTEUR, add)
    author = next(each.id for each in PEOPLE if each.role is Role.RAPPORTEUR)
    for audience in OF_STAFF:
        assert room.clients[audience]["note/made-by-client"]["author"] == author
        assert room.clients[audience]["notes"] == {"count": 1, "released": 0}
    for audience in PUBLIC:
        assert released(room, audience) == []
        assert room.clients[audience]["notes"] == {"released": 0}
    told(walk, room, Role.RAPPORTEUR, c.ReleaseNote(note="made-by-client", released=True))
    for audience in PUBLIC:
        assert released(room, audience) == ["NOTE-00001"]
        assert author not in encoded(room.clients[audience])
    told(walk, room, Role.RAPPORTEUR, c.ReleaseNote(note="made-by-client", released=False))
    told(walk, room, Role.RAPPORTEUR, c.RemoveNote(note="made-by-client"))
    for audience in Audience:
        assert released(room, audience) == []


def test_an_undo_brings_a_note_back_to_whoever_could_read_it() -> None:
    walk, room = opened()
    told(walk, room, Role.RAPPORTEUR, c.AddNote(note="made-by-client", kind=NoteKind.GAP, text="NOTE-00001"))
    told(walk, room, Role.RAPPORTEUR, c.ReleaseNote(note="made-by-client", released=True))
    told(walk, room, Role.RAPPORTEUR, c.RemoveNote(note="made-by-client"))
    assert released(room) == []
    for shown in (["NOTE-00001"], []):
        told(walk, room, Role.RAPPORTEUR, c.Undo(command=str(walk.session.undo[0].command)))
        assert released(room) == shown


def test_a_recommendation_stands_with_the_version_before_and_staff_see_where_it_came_from() -> None:
    walk, room = opened()
    told(walk, room, Role.RAPPORTEUR, c.AddNote(note="made-by-client", kind=NoteKind.RECOMMENDATION_IDEA))
    propose = c.ProposeRecommendation(recommendation="recommended", text="Should agree", note="made-by-client")
    told(walk, room, Role.RAPPORTEUR, propose)
    assert room.clients[Audience.PARTICIPANTS]["recommendation/recommended"]["previous"] is None
    revise = c.ReviseRecommendation(recommendation="recommended", text="Should soon agree", expect=1)
    told(walk, room, Role.MODERATOR, revise)
    shown = room.clients[Audience.PARTICIPANTS]["recommendation/recommended"]
    assert (shown["text"], shown["version"]) == ("Should soon agree", 2)
    assert shown["previous"] == {"version": 1, "text": "Should agree"}
    assert not {"note", "by"} & set(shown)
    assert room.clients[Audience.STAFF]["recommendation/recommended"]["note"] == "made-by-client"


# What it costs


def crowded(people: int, unit: PollUnit) -> Walk:
    """Return a session with an open poll, in which so many more may answer, three to a delegation."""
    crowd = (
        replace(person(number, Role.PARTICIPANT), delegation=f"delegation-{number // 3}")
        for number in range(1_000, 1_000 + people)
    )
    walk = Walk(0, replace(PREPARED, people=(*PEOPLE, *crowd)))
    walk.by(Role.MODERATOR, c.StartSession())
    walk.by(Role.MODERATOR, poll_of(c.OpenPoll, poll="poll-that-is-open", unit=unit))
    for number in range(1_000, 1_000 + people, 2):
        walk.do(Actor(person=f"person-{number}", role=Role.PARTICIPANT), vote("support"))
    return walk


def vote(option: str) -> c.AnswerPoll:
    return c.AnswerPoll(poll="poll-that-is-open", option=option)


def operations(work: Callable[[], object]) -> int:
    """Return how many steps of the interpreter some work takes."""
    count = 0

    def step(frame: FrameType, what: str, _: object) -> Any:  # noqa: ANN401 (a trace function)
        nonlocal count
        frame.f_trace_opcodes = True
        count += what == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def cost(people: int, unit: PollUnit) -> tuple[int, int, int]:
    """Return what one changed answer costs: interpreter steps, keys compared, people told."""
    walk = crowded(people, unit)
    kept, before, happened = Maps(walk.session), walk.session, list[e.Recorded]()

    def answer() -> None:
        happened.extend(walk.do(Actor(person="person-1000", role=Role.PARTICIPANT), vote("abstain")).happened)
        kept.advance(walk.session, happened)
        for who in keys.touched_people(before, walk.session, happened):
            maps.personal(walk.session, who)

    steps = operations(answer)
    told_ = keys.touched_people(before, walk.session, happened)
    return steps, len(keys.touched(before, walk.session, happened)), len(told_)


@pytest.mark.parametrize(("unit", "told_"), [(PollUnit.PERSON, 1), (PollUnit.DELEGATION, 2)])
def test_an_answer_costs_the_same_among_ten_thousand_as_among_a_hundred(unit: PollUnit, told_: int) -> None:
    few, many = cost(100, unit), cost(10_000, unit)
    assert few[1:] == many[1:] == (5, told_)
    assert many[0] <= few[0] * 1.1
