"""Random people send random commands: whatever is accepted keeps the invariants, whatever is refused changes nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar, cast

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from companion.core import commands as c
from companion.core.availability import availability
from companion.core.ids import UNSET
from companion.core.people import Attendance, Role
from companion.core.procedure import QuotaBy, RequestKind, RequestStatus, Rule, Ruling, WaitingAtSegment
from companion.core.refusals import Refused
from companion.core.replay import replay
from tests.core import invariants
from tests.core.profile import STATEFUL
from tests.core.scenario import PROGRAMME, Scenario, opened

STAFF = st.sampled_from(("moderator", "secretary", "officer"))
SEEKERS = st.sampled_from(("ana", "ben", "cleo", "pia"))
ANYBODY = st.sampled_from(("moderator", "officer", "technician", "rapporteur", "ana", "ben", "observer", "stranger"))
KINDS = st.sampled_from((RequestKind.STATEMENT, RequestKind.POINT_OF_ORDER, RequestKind.RIGHT_OF_REPLY))
SEGMENTS = st.sampled_from([segment.id for segment in PROGRAMME.segments])
NUMBERS = st.integers(0, 11)
RULES = st.sampled_from(
    [
        *(c.SetRule(rule=rule_) for rule_ in Rule if rule_ not in {Rule.QUOTA, Rule.ALPHABETICAL_FROM_LETTER}),
        c.SetRule(rule=Rule.QUOTA, params=c.RuleParameters(by=QuotaBy.GROUP, shares={"states": 2, "civil_society": 1})),
        c.SetRule(rule=Rule.ALPHABETICAL_FROM_LETTER, params=c.RuleParameters(letter="B")),
    ]
)
Make = Callable[[str | None], c.Command]
"""Makes a command, of somebody who sees this intervention on the floor."""
COURSE: Mapping[type[c.Command], Make] = {
    c.StartSession: lambda _: c.StartSession(),
    c.SuspendSession: lambda _: c.SuspendSession(),
    c.ResumeSession: lambda _: c.ResumeSession(),
    c.CloseSession: lambda _: c.CloseSession(),
    c.ReopenSession: lambda _: c.ReopenSession(),
    c.FinaliseSession: lambda _: c.FinaliseSession(),
    c.OpenList: lambda _: c.OpenList(),
    c.CloseList: lambda _: c.CloseList(),
}
OFTEN = (c.SuspendSession, c.ResumeSession, c.ResumeSession, c.ReopenSession, c.OpenList, c.OpenList)
FLOOR: Mapping[type[c.Command], Make] = {
    c.NextSpeaker: lambda seen: c.NextSpeaker(expect=seen),
    c.PauseFloor: lambda seen: c.PauseFloor(expect=seen),
    c.ResumeFloor: lambda seen: c.ResumeFloor(expect=seen),
    c.EndFloor: lambda seen: c.EndFloor(expect=seen),
}
BEGUN = opened(replace(PROGRAMME, panellists=("pia", "paul")))
T = TypeVar("T")


class Room(RuleBasedStateMachine):
    """A session, and people who tap whatever there is to tap."""

    def __init__(self) -> None:
        super().__init__()
        self.scenario = Scenario.of(BEGUN.session)

    def tap(self, who: str, command: c.Command) -> None:
        before = self.scenario.session
        self.scenario.later(1)
        try:
            self.scenario.by(who, command)
        except Refused:
            assert self.scenario.session is before

    def some_request(self, number: int, *among: RequestStatus) -> str:
        """Return one of the requests, preferably one with such a status."""
        requests = sorted(self.scenario.session.requests)
        return pick([each for each in requests if self.scenario.request(each).status in among] or requests, number)

    @rule(who=SEEKERS, kind=KINDS)
    def somebody_asks(self, who: str, kind: RequestKind) -> None:
        self.tap(who, c.RequestFloor(kind=kind))

    @rule(who=STAFF, whom=SEEKERS, kind=KINDS, segment=st.none() | SEGMENTS)
    def somebody_is_entered(self, who: str, whom: str, kind: RequestKind, segment: str | None) -> None:
        self.tap(who, c.RequestFloor(kind=kind, person=whom, segment=segment))

    @rule(who=STAFF, group=st.sampled_from((None, "states", "nowhere")))
    def a_guest_is_entered(self, who: str, group: str | None) -> None:
        self.tap(who, c.RequestFloor(kind=RequestKind.STATEMENT, guest=c.Guest(name="Guest", group=group)))

    @rule(who=STAFF | SEEKERS, number=NUMBERS, kind=KINDS)
    def a_request_is_changed(self, who: str, number: int, kind: RequestKind) -> None:
        self.tap(who, c.ChangeRequest(request=self.some_request(number, RequestStatus.WAITING), kind=kind))

    @rule(who=STAFF | SEEKERS, number=NUMBERS, ready=st.none() | st.booleans())
    def a_request_is_withdrawn_or_ready(self, who: str, number: int, ready: bool | None) -> None:  # noqa: FBT001
        request = self.some_request(number, RequestStatus.WAITING, RequestStatus.HELD)
        self.tap(
            who, c.WithdrawRequest(request=request) if ready is None else c.MarkReady(request=request, ready=ready)
        )

    @rule(who=STAFF | SEEKERS, number=NUMBERS, behind=st.none() | st.just(UNSET) | NUMBERS)
    def a_request_is_moved(self, who: str, number: int, behind: object) -> None:
        request = self.some_request(number, RequestStatus.WAITING)
        if isinstance(behind, int):
            after = self.some_request(behind, RequestStatus.WAITING)
            self.tap(who, c.MoveRequest(request=request, after=after))
        else:
            self.tap(who, c.MoveRequest(request=request, after=None if behind is None else UNSET))

    @rule(who=STAFF, rule_=RULES, automatic=st.booleans())
    def the_list_gets_a_rule(self, who: str, rule_: c.SetRule, automatic: bool) -> None:  # noqa: FBT001
        self.tap(who, replace(rule_, automatic=automatic and rule_.rule is not Rule.MANUAL))

    @rule(who=STAFF)
    def the_list_is_arranged(self, who: str) -> None:
        self.tap(who, c.ArrangeList())

    @rule(who=STAFF | SEEKERS, number=NUMBERS, other=st.none() | NUMBERS)
    def places_are_exchanged(self, who: str, number: int, other: int | None) -> None:
        partner = None if other is None else self.some_request(other, RequestStatus.WAITING)
        self.tap(who, c.ExchangePlaces(request=self.some_request(number, RequestStatus.WAITING), partner=partner))

    @rule(who=STAFF, number=NUMBERS)
    def somebody_is_absent(self, who: str, number: int) -> None:
        request = self.some_request(number, RequestStatus.WAITING, RequestStatus.SPEAKING)
        self.tap(who, c.MarkAbsent(request=request))

    @rule(who=STAFF | SEEKERS, number=NUMBERS)
    def a_statement_is_handed_in(self, who: str, number: int) -> None:
        self.tap(who, c.HandInStatement(request=self.some_request(number, RequestStatus.WAITING), text="Written"))

    @rule(who=STAFF, seconds=st.none() | st.just(UNSET) | st.integers(1, 60))
    def time_is_shared_out(self, who: str, seconds: object) -> None:
        self.tap(who, c.ShareTime() if seconds is UNSET else c.ShareTime(seconds=cast("int | None", seconds)))

    @rule(who=ANYBODY, number=NUMBERS, whom=SEEKERS)
    def a_guest_is_recognised(self, who: str, number: int, whom: str) -> None:
        guests = sorted(each.id for each in self.scenario.session.people.values() if each.guest)
        if guests:
            self.tap(who, c.LinkPerson(source=pick(guests, number), person=whom))

    @rule(who=STAFF, number=NUMBERS)
    def a_request_is_held(self, who: str, number: int) -> None:
        self.tap(who, c.HoldRequest(request=self.some_request(number, RequestStatus.WAITING)))

    @rule(who=STAFF, number=NUMBERS)
    def a_request_is_released(self, who: str, number: int) -> None:
        self.tap(who, c.ReleaseRequest(request=self.some_request(number, RequestStatus.HELD)))

    @rule(who=STAFF, number=NUMBERS)
    def the_floor_is_given(self, who: str, number: int) -> None:
        request = self.some_request(number, RequestStatus.WAITING, RequestStatus.HELD)
        self.tap(who, c.GiveFloor(request=request, expect=self.scenario.session.floor.intervention))

    @rule(who=STAFF | SEEKERS, command=st.sampled_from((c.NextSpeaker, *FLOOR)), stale=st.integers(0, 9))
    def the_floor_goes_on(self, who: str, command: type[c.Command], stale: int) -> None:
        self.tap(who, FLOOR[command]("i.0" if stale == 0 else self.scenario.session.floor.intervention))

    @rule(who=STAFF, seconds=st.integers(1, 60))
    def the_speaker_gets_more_time(self, who: str, seconds: int) -> None:
        self.tap(who, c.ExtendFloor(seconds=seconds, expect=self.scenario.session.floor.intervention))

    @rule(who=STAFF, number=NUMBERS)
    def an_order_is_ruled_on(self, who: str, number: int) -> None:
        request = self.some_request(number, RequestStatus.SPEAKING, RequestStatus.DELIVERED)
        self.tap(who, c.RuleOnOrder(request=request, ruling=Ruling.NOTED))

    @rule(who=ANYBODY, seconds=st.none() | st.integers(1, 60), person=st.none() | SEEKERS)
    def a_limit_is_set(self, who: str, seconds: int | None, person: str | None) -> None:
        self.tap(who, c.SetLimit(seconds=seconds, person=person))

    @rule(who=ANYBODY, whom=SEEKERS, attendance=st.sampled_from(Attendance))
    def somebody_is_elsewhere(self, who: str, whom: str, attendance: Attendance) -> None:
        self.tap(who, c.MarkAttendance(person=whom, attendance=attendance))

    @rule(who=STAFF, segment=SEGMENTS, waiting=st.sampled_from(WaitingAtSegment))
    def a_segment_begins(self, who: str, segment: str, waiting: WaitingAtSegment) -> None:
        self.tap(who, c.BeginSegment(segment=segment, waiting=waiting))

    @rule(who=STAFF | ANYBODY, command=st.sampled_from((*OFTEN, *COURSE)))
    def the_session_goes_on(self, who: str, command: type[c.Command]) -> None:
        self.tap(who, COURSE[command](None))

    @rule(who=STAFF | ANYBODY, which=st.integers(0, 3))
    def a_command_is_undone(self, who: str, which: int) -> None:
        if self.scenario.session.undo:
            self.tap(who, c.Undo(command=str(pick(self.scenario.session.undo, which).command)))

    @invariant()
    def the_invariants_hold(self) -> None:
        invariants.hold(self.scenario.session)

    @invariant()
    def what_is_said_to_be_available_is_what_the_rules_say(self) -> None:
        session = self.scenario.session
        available = availability(session, Role.SECRETARIAT)
        for command, make in (*COURSE.items(), *FLOOR.items()):
            assert available[command] is invariants.refusal_of(session, make(session.floor.intervention), "secretary")

    def teardown(self) -> None:
        assert replay(self.scenario.recorded, BEGUN.session) == self.scenario.session


def pick(among: Sequence[T], number: int) -> T:
    return among[number % len(among)]


TestRoom = Room.TestCase
TestRoom.settings = STATEFUL
