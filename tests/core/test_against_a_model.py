"""All commands of the floor, at random, beside a small independent model; and whatever is undone is as it was before."""

from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from companion.audiences.audience import Audience
from companion.audiences.maps import Maps
from companion.core import commands as c
from companion.core import whose_turn
from companion.core.ids import UNSET
from companion.core.procedure import RequestKind, RequestList, RequestStatus, Rule
from companion.core.refusals import Refused
from companion.core.speaking_time import spoken
from companion.core.state import Session
from tests.core.floor_model import Model
from tests.core.profile import STATEFUL
from tests.core.scenario import opened

PEOPLE: Final = st.sampled_from(("ana", "ben", "cleo", "dan", "pia"))
STAFF: Final = st.sampled_from(("moderator", "secretary"))
NUMBERS: Final = st.integers(0, 9)
KINDS: Final = st.sampled_from((RequestKind.STATEMENT, RequestKind.POINT_OF_ORDER, RequestKind.RIGHT_OF_REPLY))
RULES: Final = st.sampled_from((Rule.FIRST_COME, Rule.ROUND_ROBIN_GROUP, Rule.NOT_YET_SPOKEN_FIRST, Rule.MANUAL))


class Floor(RuleBasedStateMachine):
    """The rules and the model, told the same."""

    def __init__(self) -> None:
        super().__init__()
        self.scenario = opened()
        self.model = Model()

    @property
    def session(self) -> Session:
        return self.scenario.session

    def done(self, who: str, command: c.Command) -> bool:
        """Send a command and say whether anything came of it; a second passes first."""
        self.scenario.later(1)
        before = self.session
        try:
            self.scenario.by(who, command)
        except Refused:
            assert self.session is before
            self.model.pass_time(1)
            return False
        self.model.pass_time(1)
        return self.session is not before

    def some(self, number: int, *statuses: RequestStatus) -> str:
        """Return a request with such a status, any if there is none, or one that is not there."""
        requests = sorted(self.session.requests)
        among = [each for each in requests if self.session.requests[each].status in statuses] or requests
        return among[number % len(among)] if among else "nothing"

    @rule(who=PEOPLE, kind=KINDS)
    def somebody_asks(self, who: str, kind: RequestKind) -> None:
        if self.done(who, c.RequestFloor(kind=kind)):
            self._asked(who)

    @rule(who=STAFF, whom=PEOPLE, kind=KINDS)
    def somebody_is_entered(self, who: str, whom: str, kind: RequestKind) -> None:
        if self.done(who, c.RequestFloor(kind=kind, person=whom)):
            self._asked(whom)

    def _asked(self, whom: str) -> None:
        request = self.session.requests_of[whom][-1]
        assert whom not in [
            self.model.person[each] for each in self.model.lists[self.session.requests[request].list.value]
        ], "nobody waits twice"
        self.model.ask(request, whom, self.session.requests[request].list.value)

    @rule(who=STAFF, number=NUMBERS)
    def the_floor_is_given(self, who: str, number: int) -> None:
        request = self.some(number, RequestStatus.WAITING, RequestStatus.HELD)
        if self.done(who, c.GiveFloor(request=request, expect=self.session.floor.intervention)):
            self.model.give(request)

    @rule(who=STAFF)
    def the_next_one_has_it(self, who: str) -> None:
        if self.done(who, c.NextSpeaker(expect=self.session.floor.intervention)):
            self.model.next()

    @rule(who=STAFF)
    def two_press_next_at_once(self, who: str) -> None:
        seen = self.session.floor.intervention
        if self.done(who, c.NextSpeaker(expect=seen)):
            self.model.next()
            assert not self.done("moderator", c.NextSpeaker(expect=seen))

    @rule(who=STAFF)
    def it_ends(self, who: str) -> None:
        if self.done(who, c.EndFloor(expect=self.session.floor.intervention)):
            self.model.end()

    @rule(who=STAFF)
    def the_clock_stands(self, who: str) -> None:
        if self.done(who, c.PauseFloor(expect=self.session.floor.intervention)):
            self.model.clock_runs = False

    @rule(who=STAFF)
    def the_clock_goes_on(self, who: str) -> None:
        if self.done(who, c.ResumeFloor(expect=self.session.floor.intervention)):
            self.model.clock_runs = True

    @rule(seconds=st.integers(1, 90))
    def time_passes(self, seconds: int) -> None:
        self.scenario.later(seconds)
        self.model.pass_time(seconds)

    @rule(who=STAFF, number=NUMBERS)
    def somebody_is_not_there(self, who: str, number: int) -> None:
        request = self.some(number, RequestStatus.WAITING, RequestStatus.SPEAKING)
        if self.done(who, c.MarkAbsent(request=request)):
            self.model.absent(request)

    @rule(who=STAFF | PEOPLE, number=NUMBERS, written=st.booleans())
    def a_request_is_withdrawn_or_handed_in(self, who: str, number: int, written: bool) -> None:  # noqa: FBT001
        request = self.some(number, RequestStatus.WAITING, RequestStatus.HELD)
        command = c.HandInStatement(request=request) if written else c.WithdrawRequest(request=request)
        if self.done(who, command):
            self.model.leave(request, "written" if written else "withdrawn")

    @rule(who=STAFF | PEOPLE, number=NUMBERS, behind=st.none() | NUMBERS, last=st.booleans())
    def a_request_is_moved(self, who: str, number: int, behind: int | None, last: bool) -> None:  # noqa: FBT001
        request = self.some(number, RequestStatus.WAITING)
        after = None if behind is None else self.some(behind, RequestStatus.WAITING)
        if self.done(who, c.MoveRequest(request=request, after=UNSET if last else after)):
            self.model.move(request, after, last=last)

    @rule(who=STAFF, number=NUMBERS, other=NUMBERS)
    def places_are_exchanged(self, who: str, number: int, other: int) -> None:
        one, two = self.some(number, RequestStatus.WAITING), self.some(other, RequestStatus.WAITING)
        if self.done(who, c.ExchangePlaces(request=one, partner=two)):
            self.model.exchange(one, two)

    @rule(who=STAFF, rule_=RULES)
    def the_list_is_arranged(self, who: str, rule_: Rule) -> None:
        self.done(who, c.SetRule(rule=rule_))
        order = list(whose_turn.arranged(self.session, keep_moved=False))
        if self.done(who, c.ArrangeList()):
            self.model.arrange(order)

    @rule(who=STAFF, which=st.integers(0, 7), number=NUMBERS)
    def what_is_undone_at_once_is_as_it_was(self, who: str, which: int, number: int) -> None:
        """Send a command, take it back in the same second, and compare the maps; the model is told of neither."""
        seen, request = self.session.floor.intervention, self.some(number, RequestStatus.WAITING)
        command: c.Command = (
            c.NextSpeaker(expect=seen),
            c.GiveFloor(request=request, expect=seen),
            c.EndFloor(expect=seen),
            c.PauseFloor(expect=seen),
            c.MarkAbsent(request=request),
            c.MoveRequest(request=request, after=None),
            c.HandInStatement(request=request),
            c.HoldRequest(request=request),
        )[which]
        before = self.session
        try:
            self.scenario.by(who, command)
        except Refused:
            return
        self.scenario.undo(who)
        assert what_stays(self.session) == what_stays(before)

    @invariant()
    def both_say_the_same(self) -> None:
        session, model = self.session, self.model
        for which in RequestList:
            assert [request for _, request in session.places(which)] == model.lists[which.value]
        speaking = session.speaking
        assert (speaking.request if speaking else None) == model.floor
        interrupted = session.floor.interrupted
        assert (session.interventions[interrupted].request if interrupted else None) == model.interrupted
        fates = {
            id_: request.status.value
            for id_, request in session.requests.items()
            if request.status not in {RequestStatus.WAITING, RequestStatus.SPEAKING}
        }
        assert fates == model.fate

    @invariant()
    def no_second_is_lost_or_counted_twice(self) -> None:
        held = [each for each in self.session.interventions.values() if not each.void]
        assert {each.request: spoken(each, at=self.scenario.now).total_seconds() for each in held} == self.model.seconds
        open_ = [each for each in held if each.ended_at is None]
        assert len(open_) == sum(each is not None for each in (self.model.floor, self.model.interrupted))


def what_stays(session: Session) -> Mapping[str, Any]:
    """Return the map of staff without history, the time of the forecast, and what stays in the record as void."""
    map_ = Maps(session).of(Audience.STAFF)
    stays = {
        key: value for key, value in map_.items() if key not in {"undo", "forecast"} and not key.startswith("may/")
    }
    return {key: value for key, value in stays.items() if not (isinstance(value, dict) and value.get("void"))}


TestFloor = Floor.TestCase
TestFloor.settings = STATEFUL
