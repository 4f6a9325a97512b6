"""Random people write, propose and answer: texts stay in order and in versions, tallies are what was answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from companion.core import commands as c
from companion.core import events as e
from companion.core.availability import availability
from companion.core.ids import SYSTEM, UNSET
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import (
    NoteAttribution,
    NoteKind,
    PollStatus,
    PollUnit,
    PositionKind,
    Reasons,
    RecommendationStatus,
    Results,
    RoomAnswers,
)
from companion.core.refusals import Refused
from companion.core.replay import replay
from tests.core import invariants
from tests.core.profile import STATEFUL
from tests.core.scenario import PROGRAMME, Scenario, opened, poll_of

DELEGATIONS = {"ana": "state-a", "ben": "state-a", "cleo": "ngo", "dan": "state-b", "pia": "ngo"}
PEOPLE = tuple(replace(each, delegation=DELEGATIONS.get(each.id)) for each in PROGRAMME.people)
BEGUN = opened(replace(PROGRAMME, people=PEOPLE))
WRITERS = st.sampled_from(("rapporteur", "rapporteur", "secretary", "moderator", "ana"))
CHAIR = st.sampled_from(("moderator", "moderator", "secretary", "rapporteur", "officer"))
VOTERS = st.sampled_from(("ana", "ben", "cleo", "dan", "pia", "paul", "late", "observer", "moderator"))
BRACKETED = st.sampled_from(("Should", "[Should]", "Should [not"))
TEXTS = st.sampled_from(("", "Remedy", "Remedies"))
OPTIONS = st.sampled_from(("support", "support", "abstain", "cannot_support", "yes", "nothing"))
NUMBERS = st.integers(0, 7)
VERSIONS = st.integers(-1, 0)
OVER = (PollStatus.CLOSED, PollStatus.PUBLISHED)
T = TypeVar("T")


class Papers(RuleBasedStateMachine):
    """A session in which everybody writes, proposes and answers."""

    def __init__(self) -> None:
        super().__init__()
        self.scenario = Scenario.of(BEGUN.session)

    def tap(self, who: str, command: c.Command) -> None:
        before = self.scenario.session
        policies = {poll.id: poll.results for poll in before.polls.values()}
        self.scenario.later(1)
        try:
            self.scenario.by(who, command)
        except Refused:
            assert self.scenario.session is before
        after = {poll.id: poll.results for poll in self.scenario.session.polls.values()}
        assert after.items() >= policies.items(), "a policy of results is never changed"

    # Notes

    def some_note(self, number: int) -> str:
        return pick([*sorted(self.scenario.session.notes), "n.0"], number)

    def some_place(self, behind: int | None) -> object:
        """Return first, last, or behind one of the notes."""
        return None if behind is None else UNSET if behind == 0 else self.some_note(behind)

    @rule(who=WRITERS, text=TEXTS, behind=st.none() | NUMBERS)
    def a_note_is_added(self, who: str, text: str, behind: int | None) -> None:
        self.tap(who, c.AddNote(kind=NoteKind.GAP, text=text, after=self.some_place(behind)))  # type: ignore[arg-type]  # any of three

    @rule(who=WRITERS, number=NUMBERS, text=TEXTS, behind=VERSIONS)
    def a_note_is_written(self, who: str, number: int, text: str, behind: int) -> None:
        note = self.some_note(number)
        known = self.scenario.session.notes.get(note)
        self.tap(who, c.WriteNote(note=note, text=text, expect=(known.version if known else 1) + behind))

    @rule(who=WRITERS, number=NUMBERS, behind=st.none() | NUMBERS)
    def a_note_is_moved(self, who: str, number: int, behind: int | None) -> None:
        self.tap(who, c.MoveNote(note=self.some_note(number), after=self.some_place(behind)))  # type: ignore[arg-type]  # any of three

    @rule(who=WRITERS, first=NUMBERS)
    def the_last_note_is_moved_again_and_again(self, who: str, first: int) -> None:
        for _ in range(30):
            notes = self.scenario.noted()
            if len(notes) > 2:
                self.tap(who, c.MoveNote(note=notes[-1], after=pick(notes[:-2], first)))

    @rule(who=WRITERS, number=NUMBERS, kind=st.sampled_from(NoteKind), attribution=st.sampled_from(NoteAttribution))
    def a_note_is_marked(self, who: str, number: int, kind: NoteKind, attribution: NoteAttribution) -> None:
        self.tap(who, c.MarkNote(note=self.some_note(number), kind=kind, attribution=attribution))

    @rule(who=WRITERS, number=NUMBERS)
    def a_note_is_removed(self, who: str, number: int) -> None:
        self.tap(who, c.RemoveNote(note=self.some_note(number)))

    @rule(who=WRITERS, number=NUMBERS, released=st.booleans())
    def a_note_is_released(self, who: str, number: int, released: bool) -> None:  # noqa: FBT001 (a field)
        self.tap(who, c.ReleaseNote(note=self.some_note(number), released=released))

    # Recommendations

    def some_recommendation(self, number: int) -> tuple[str, int]:
        """Return a recommendation and the version that stands."""
        recommendation = pick([*sorted(self.scenario.session.recommendations), "rec.0"], number)
        known = self.scenario.session.recommendations.get(recommendation)
        return recommendation, known.current.number if known else 1

    @rule(who=WRITERS, number=st.none() | NUMBERS)
    def a_recommendation_is_proposed(self, who: str, number: int | None) -> None:
        note = None if number is None else self.some_note(number)
        self.tap(who, c.ProposeRecommendation(text="Should agree", note=note))

    @rule(who=WRITERS, number=NUMBERS, text=st.text(min_size=1, max_size=2) | BRACKETED, behind=VERSIONS)
    def a_recommendation_is_revised(self, who: str, number: int, text: str, behind: int) -> None:
        recommendation, version = self.some_recommendation(number)
        self.tap(who, c.ReviseRecommendation(recommendation=recommendation, text=text, expect=version + behind))

    @rule(who=WRITERS, number=NUMBERS, status=st.sampled_from(RecommendationStatus), behind=VERSIONS)
    def a_recommendation_gets_on(self, who: str, number: int, status: RecommendationStatus, behind: int) -> None:
        recommendation, version = self.some_recommendation(number)
        said = c.SetRecommendationStatus(recommendation=recommendation, status=status, expect=version + behind)
        self.tap(who, said)

    @rule(who=st.sampled_from(("secretary", "secretary", "rapporteur")), propose=st.booleans(), take=st.booleans())
    def participants_may_or_may_not(self, who: str, propose: bool, take: bool) -> None:  # noqa: FBT001 (fields)
        settings = c.ChangeSettings(participants_may_propose=propose, participants_may_take_positions=take)
        self.tap(who, settings)

    @rule(who=WRITERS, number=NUMBERS, text=BRACKETED, behind=VERSIONS)
    def an_amendment_is_proposed(self, who: str, number: int, text: str, behind: int) -> None:
        recommendation, version = self.some_recommendation(number)
        seen = version + behind or None
        self.tap(who, c.AmendRecommendation(recommendation=recommendation, text=text, version=seen))

    def some_amendment(self, number: int) -> tuple[str, str, int]:
        """Return an amendment with its recommendation, and the version that stands of that."""
        amendments = sorted(self.scenario.session.amendments)
        if not amendments:
            return "am.0", *self.some_recommendation(number)
        amendment = self.scenario.session.amendments[pick(amendments, number)]
        return (
            amendment.id,
            amendment.recommendation,
            self.scenario.recommendation(amendment.recommendation).current.number,
        )

    @rule(who=WRITERS, number=NUMBERS, text=BRACKETED)
    def an_amendment_is_taken_in(self, who: str, number: int, text: str) -> None:
        amendment, recommendation, version = self.some_amendment(number)
        revised = c.ReviseRecommendation(recommendation=recommendation, text=text, expect=version, amendment=amendment)
        self.tap(who, revised)

    @rule(who=WRITERS, number=NUMBERS, aside=st.booleans())
    def an_amendment_is_put_aside(self, who: str, number: int, aside: bool) -> None:  # noqa: FBT001 (a field)
        amendment, recommendation, _ = self.some_amendment(number)
        self.tap(who, c.SetAsideAmendment(recommendation=recommendation, amendment=amendment, set_aside=aside))

    @rule(
        who=st.sampled_from(("ana", "ben", "late", "rapporteur")),
        number=NUMBERS,
        position=st.none() | st.sampled_from(PositionKind),
        person=st.sampled_from((None, None, "ana", "nobody")),
    )
    def a_position_is_taken(self, who: str, number: int, position: PositionKind | None, person: str | None) -> None:
        recommendation, _ = self.some_recommendation(number)
        self.tap(who, c.TakePosition(recommendation=recommendation, position=position, person=person))

    @rule(who=WRITERS, number=NUMBERS, version=st.integers(1, 3))
    def a_recommendation_is_brought(self, who: str, number: int, version: int) -> None:
        brought = c.Brought(
            symbol="R9", title="", text="Brought", addressees=(), group=None, status=RecommendationStatus.PROPOSED
        )
        source = c.Source(session="panel-0", recommendation=f"brought-{number}", version=version)
        self.tap(who, c.BringRecommendation(source=source, brought=brought))

    # Polls

    def some_poll(self, number: int, *among: PollStatus) -> str:
        """Return a poll, preferably one that stands like this."""
        polls = sorted(self.scenario.session.polls)
        return pick(
            [each for each in polls if self.scenario.poll_of(each).status in among] or [*polls, "poll.0"], number
        )

    @rule(who=WRITERS, unit=st.sampled_from(PollUnit), results=st.sampled_from(Results))
    def a_poll_is_drafted(self, who: str, unit: PollUnit, results: Results) -> None:
        self.tap(who, poll_of(c.DraftPoll, unit=unit, results=results))

    @rule(who=CHAIR, number=NUMBERS)
    def a_draft_is_opened(self, who: str, number: int) -> None:
        self.tap(who, c.OpenPoll(poll=self.some_poll(number, PollStatus.DRAFTED)))

    @rule(
        who=CHAIR,
        unit=st.sampled_from(PollUnit),
        room=st.sampled_from(RoomAnswers),
        reasons=st.sampled_from(Reasons),
        named=st.none() | st.lists(st.sampled_from(("ana", "ben", "cleo", "dan", "observer"))),
    )
    def a_poll_is_asked(
        self, who: str, unit: PollUnit, room: RoomAnswers, reasons: Reasons, named: list[str] | None
    ) -> None:
        eligible = None if named is None else tuple(named)
        self.tap(who, poll_of(c.OpenPoll, unit=unit, room=room, reasons=reasons, eligible=eligible))

    @rule(who=CHAIR, number=NUMBERS, behind=VERSIONS)
    def a_poll_on_a_recommendation_is_asked(self, who: str, number: int, behind: int) -> None:
        recommendation, version = self.some_recommendation(number)
        self.tap(who, poll_of(c.OpenPoll, recommendation=recommendation, expect=version + behind))

    @rule(who=VOTERS, number=NUMBERS, option=OPTIONS, reason=st.none() | TEXTS)
    def somebody_answers(self, who: str, number: int, option: str, reason: str | None) -> None:
        poll = self.some_poll(number, PollStatus.OPEN)
        self.tap(who, c.AnswerPoll(poll=poll, option=option, reason=reason))

    @rule(option=OPTIONS)
    def everybody_answers(self, option: str) -> None:
        for poll in sorted(self.scenario.session.polls):
            for who in ("ana", "ben", "cleo", "dan", "pia"):
                self.tap(who, c.AnswerPoll(poll=poll, option=option))

    @rule(who=CHAIR, number=NUMBERS, count=st.integers(0, 6), present=st.integers(0, 9))
    def hands_are_counted(self, who: str, number: int, count: int, present: int) -> None:
        poll = self.some_poll(number, PollStatus.OPEN)
        self.tap(who, c.CountRoom(poll=poll, counts={"support": count, "abstain": 1}, present=present))

    @rule(who=CHAIR, number=NUMBERS)
    def a_poll_is_closed(self, who: str, number: int) -> None:
        poll = self.some_poll(number, PollStatus.OPEN)
        self.tap(who, c.ClosePoll(poll=poll, expect=poll))

    @rule(who=CHAIR, number=NUMBERS)
    def a_poll_is_published(self, who: str, number: int) -> None:
        poll = self.some_poll(number, PollStatus.CLOSED)
        self.tap(who, c.PublishPoll(poll=poll, expect=poll))

    @rule(who=CHAIR, number=NUMBERS)
    def a_poll_is_asked_again(self, who: str, number: int) -> None:
        self.tap(who, c.AskAgain(poll=self.some_poll(number, *OVER)))

    @rule(who=WRITERS, number=NUMBERS)
    def what_follows_is_said(self, who: str, number: int) -> None:
        self.tap(who, c.SetOutcome(poll=self.some_poll(number, *OVER), text="Support"))

    # What goes on beside

    @rule(delegation=st.sampled_from((None, "ngo", "state-c")), whom=st.sampled_from(("late", "ben", "dan")))
    def somebody_comes_or_speaks_for_another(self, delegation: str | None, whom: str) -> None:
        known = self.scenario.session.people.get(whom, Person(id=whom, name=whom))
        self.tap(SYSTEM, c.EnterPerson(person=replace(known, delegation=delegation)))

    @rule(whom=st.sampled_from(("ana", "cleo")), attendance=st.sampled_from(Attendance))
    def somebody_is_elsewhere(self, whom: str, attendance: Attendance) -> None:
        self.tap("technician", c.MarkAttendance(person=whom, attendance=attendance))

    @rule(
        command=st.sampled_from((c.CloseSession, c.ReopenSession, c.ReopenSession, c.SuspendSession, c.ResumeSession))
    )
    def the_session_goes_on(self, command: type[c.CloseSession]) -> None:
        self.tap("moderator", command())

    @rule(who=WRITERS, which=st.integers(0, 3))
    def a_command_is_undone(self, who: str, which: int) -> None:
        if self.scenario.session.undo:
            self.tap(who, c.Undo(command=str(pick(self.scenario.session.undo, which).command)))

    # What always holds

    @invariant()
    def the_invariants_hold(self) -> None:
        invariants.hold(self.scenario.session)

    @invariant()
    def what_is_said_to_be_available_is_what_the_rules_say(self) -> None:
        session = self.scenario.session
        available = availability(session, Role.SECRETARIAT)
        for command in (c.AddNote(kind=NoteKind.GAP), c.ProposeRecommendation(text="x"), poll_of(c.OpenPoll)):
            assert available[type(command)] is invariants.refusal_of(session, command, "secretary")
        open_ = [each for each in session.polls.values() if each.status is PollStatus.OPEN]
        answers = [
            invariants.refusal_of(session, c.ClosePoll(poll=each.id, expect=each.id), "secretary") for each in open_
        ]
        assert set(answers) == ({None} if available[c.ClosePoll] is None else set())

    def teardown(self) -> None:
        assert replay(self.scenario.recorded, BEGUN.session) == self.scenario.session
        assert tallies_of(self.scenario.recorded) == {
            poll.id: +Counter(dict(poll.tally.items())) for poll in self.scenario.session.polls.values()
        }


def tallies_of(journal: Sequence[e.Recorded]) -> dict[str, Counter[str]]:
    """Count the answers of each poll anew: the last one of each unit."""
    last: dict[str, dict[str, str]] = {}
    for recorded in journal:
        match recorded.event:
            case e.PollDrafted():
                last[recorded.event.poll] = {}
            case e.PollAnswered():
                last[recorded.event.poll][recorded.event.voter] = recorded.event.option
            case _:
                pass
    return {poll: Counter(answers.values()) for poll, answers in last.items()}


def pick(among: Sequence[T], number: int) -> T:
    return among[number % len(among)]


TestPapers = Papers.TestCase
TestPapers.settings = STATEFUL
