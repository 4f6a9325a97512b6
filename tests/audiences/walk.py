"""A session in which everything happens, at random but the same for the same seed; every text in it is one of a kind."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core.ids import SYSTEM
from companion.core.people import Actor, Attendance, Person, Role, StakeholderGroup
from companion.core.permissions import may_for_anyone, may_for_themselves
from companion.core.procedure import (
    AlarmAction,
    AlarmSince,
    AttributionMode,
    BoothSignalKind,
    EarlierShare,
    ListStatus,
    RequestKind,
    RequestStatus,
    Rule,
    Segment,
    SegmentKind,
    SessionStatus,
    Showing,
    WaitingAtSegment,
    WhenAbsent,
)
from companion.core.refusals import Refused
from companion.core.state import Session
from tests.audiences import list_and_floor, papers

T = TypeVar("T")

BEGINNING: Final = datetime(2026, 10, 18, 8, 45, tzinfo=UTC)
SYSTEM_ACTOR: Final = Actor(person=SYSTEM, role=None)
ROLES: Final = (*Role, Role.MODERATOR, Role.PANELLIST, *(Role.PARTICIPANT,) * 8)
_SEGMENTS: Final = (
    Segment(id="presentations", kind=SegmentKind.PANEL_PRESENTATIONS),
    Segment(id="discussion", kind=SegmentKind.INTERACTIVE_DISCUSSION),
    Segment(id="replies", kind=SegmentKind.PANELLISTS_REPLIES),
)
_GROUPS: Final = ("states", "civil_society")
_EARLIER: Final = (
    EarlierShare(what="group", id="states", same_day=True, requests=3, interventions=2, seconds=400),
    EarlierShare(what="region", id="REGION-00", same_day=False, requests=1, interventions=1, seconds=90),
)
_DELEGATIONS: Final = ("DELEGATION-1", "DELEGATION-2", "DELEGATION-2", "DELEGATION-3", None)
_OPEN: Final = frozenset({RequestStatus.WAITING, RequestStatus.HELD})
_SELDOM: Final = frozenset({c.CloseSession, c.SuspendSession, c.CloseList})
_OFTEN: Final = (*list_and_floor.OFTEN, c.Undo, c.Undo, c.Undo)
_PAPERS_SHARE: Final = 0.35
_GOING_ON_SHARE: Final = 0.15
_THEIR_OWN_SHARE: Final = 0.3


def person(number: int, role: Role) -> Person:
    return Person(
        id=f"person-{number:02}",
        name=f"NAME-{number:02}",
        latin_name=f"LATIN-{number:02}",
        delegation=_DELEGATIONS[number % 5],
        group=_GROUPS[number % 2] if number % 3 else None,
        region=f"REGION-{number:02}",
        role=role,
        platform_name=f"PLATFORM-{number:02}",
        accessibility_needs=(f"NEED-{number:02}",),
    )


PEOPLE: Final = tuple(person(number, role) for number, role in enumerate(ROLES))
PREPARED: Final = c.PrepareSession(
    session="panel-1",
    workshop="workshop",
    workshop_title=(("en", "A workshop"),),
    number="1",
    title="The first panel",
    short_title="First",
    room="XX",
    time_zone="Europe/Zurich",
    starts_at=BEGINNING,
    ends_at=BEGINNING + timedelta(hours=2),
    segments=_SEGMENTS,
    groups=tuple(StakeholderGroup(id=group, name=(("en", group),)) for group in _GROUPS),
    panellists=tuple(each.id for each in PEOPLE if each.role is Role.PANELLIST)[:2],
    people=PEOPLE,
    default_seconds=180,
    group_seconds=(("states", 240),),
    kind_seconds=((RequestKind.POINT_OF_ORDER, 60),),
    warning_seconds=30,
    attribution_mode=AttributionMode.ATTRIBUTED,
    attribution_mode_panellists=AttributionMode.ATTRIBUTED,
)


@dataclass(frozen=True, slots=True)
class Step:
    """What one command brought."""

    command: c.Command
    happened: tuple[e.Recorded, ...]


class Walk:
    """A session, and random taps in it."""

    def __init__(self, seed: int, prepared: c.PrepareSession = PREPARED) -> None:
        self.random: random.Random = random.Random(seed)  # noqa: S311 (a walk that can be walked again)
        self.session = Session()
        self.now = BEGINNING
        self._made = 0
        self._commands = 0
        self.beginning = self.do(SYSTEM_ACTOR, prepared)

    def do(self, by: Actor, command: c.Command) -> Step:
        """Send a command; raise `Refused`."""
        self.now += timedelta(milliseconds=self.random.randrange(5_000))
        events = rules.decide(self.session, command, by=by, at=self.now)
        self._commands += 1
        happened: list[e.Recorded] = []
        for event in events:
            recorded = e.Recorded(
                seq=self.session.seq + 1, at=self.now, by=by.person, command=f"command-{self._commands}", event=event
            )
            self.session = rules.evolve(self.session, recorded)
            happened.append(recorded)
        return Step(command, tuple(happened))

    def by(self, role: Role, command: c.Command) -> Step:
        """Have the first person of a role send a command."""
        return self.do(Actor(person=next(each.id for each in PEOPLE if each.role is role), role=role), command)

    def steps(self, count: int) -> Iterator[Step]:
        """Yield what `count` random commands bring, as far as they are accepted and bring anything."""
        for _ in range(count):
            command = self._command()
            try:
                step = self.do(self._actor(command), command)
            except Refused:
                continue
            if step.happened:
                yield step

    def any_of(self, things: Iterable[str]) -> str:
        """Return one of the ids, or one of nothing."""
        return self.random.choice([*sorted(things), "nothing"])

    def text(self, kind: str) -> str:
        """Return a text that is nowhere else."""
        self._made += 1
        return f"{kind}-{self._made:05}"

    def maybe(self, value: T) -> T | None:
        return value if self.random.random() < 0.5 else None

    def request(self) -> str:
        """Return a request, most often one that waits or is held."""
        requests = self.session.requests.values()
        still = [each.id for each in requests if each.status in _OPEN]
        return (
            self.any_of(still or self.session.requests)
            if self.random.random() < 0.9
            else self.any_of(self.session.requests)
        )

    def stranger(self) -> Person:
        """Return somebody who is new to the session."""
        new = person(0, Role.PARTICIPANT)
        return replace(new, id=self.text("person"), name=self.text("NAME"), guest=True)

    def seen(self) -> str | None:
        """Return whom the sender sees on the floor, now and then someone who no longer is."""
        return self.session.floor.intervention if self.random.random() < 0.95 else "nothing"

    def _command(self) -> c.Command:
        if (going_on := self._going_on()) is not None and self.random.random() < _GOING_ON_SHARE:
            return going_on
        if self.random.random() < _PAPERS_SHARE:
            return papers.MAKERS[self.random.choice((*papers.MAKERS, *papers.OFTEN))](self)
        kind = self.random.choice((*_MAKERS, *_OFTEN))
        if kind in _SELDOM and self.random.random() < 0.8:
            kind = c.RequestFloor
        return _MAKERS[kind](self)

    def _going_on(self) -> c.Command | None:
        """Return what there is to do first where little else can happen."""
        match self.session.course.status, self.session.list.status:
            case SessionStatus.CLOSED, _:
                return c.ReopenSession()
            case SessionStatus.SUSPENDED, _:
                return c.ResumeSession()
            case SessionStatus.OPEN, ListStatus.CLOSED:
                return c.OpenList()
            case SessionStatus.OPEN, _ if self.session.speaking is not None and self.session.speaking.paused_at:
                return c.ResumeFloor(expect=self.seen())
            case _:
                return None

    def _actor(self, command: c.Command) -> Actor:
        if isinstance(command, c.EnterPerson):
            return SYSTEM_ACTOR
        for_others = getattr(command, "person", None) or getattr(command, "guest", None)
        able = [
            each
            for each in self.session.people.values()
            if may_for_anyone(each.role, type(command))
            or (may_for_themselves(each.role, type(command)) and not for_others)
        ]
        # Guests there are many of, most of whom were typed in and have nothing to tap on.
        by = self.random.choice(sorted(able, key=lambda each: (each.guest, each.id))[: len(PEOPLE)])
        about = self.session.requests.get(getattr(command, "request", None) or "")
        if about is not None and self.random.random() < _THEIR_OWN_SHARE:
            by = next((each for each in able if each.id == about.person), by)
        return Actor(person=by.id, role=by.role)


def _correct(walk: Walk) -> c.Command:
    said: dict[str, Any] = {
        "name": walk.text("NAME"),
        "group": walk.maybe(list_and_floor.group(walk)),
        "region": walk.text("REGION"),
        "gender": walk.text("GENDER"),
        "platform_name": walk.text("PLATFORM"),
        "accessibility_needs": (walk.text("NEED"),),
        "unpublished": walk.random.choice([True, False]),
    }
    name = walk.random.choice([*said])
    return c.CorrectPerson(person=walk.any_of(walk.session.people), **{name: said[name]})


def _undo(walk: Walk) -> c.Command:
    newest = [each.command for each in walk.session.undo[:4]]
    return c.Undo(command=str(walk.random.choice(newest))) if newest else c.Undo(command="1")


def _settings(walk: Walk) -> c.Command:
    said: dict[str, Any] = {
        "warning_seconds": walk.random.randrange(60),
        "one_request_each": walk.random.random() < 0.7,
        "participants_may_propose": walk.random.random() < 0.8,
        "participants_may_take_positions": walk.random.random() < 0.8,
        "when_absent": walk.random.choice([*WhenAbsent]),
        "alarms": walk.random.choice([(), (_CLOSES,), (_CLOSES, _ANNOUNCES)]),
        "limits": c.SettingLimits(
            default_seconds=walk.random.randrange(300),
            groups={"states": walk.random.randrange(300)},
            replies=(180, 120),
        ),
    }
    if walk.random.random() < 0.1:
        return c.ChangeSettings(attribution_mode=walk.random.choice([*AttributionMode]))
    if walk.random.random() < 0.2:
        return c.ChangeSettings(preset="hrc_panel", found=_PRESET)
    name = walk.random.choice([*said])
    return c.ChangeSettings(**{name: said[name]})


def _link(walk: Walk) -> c.Command:
    guests = [each.id for each in walk.session.people.values() if each.guest]
    return c.LinkPerson(source=walk.any_of(guests), person=walk.any_of(walk.session.people))


def _role(walk: Walk) -> c.Command:
    """Change the role of one of those who come to take part: somebody is to stay who can send each command."""
    person = walk.random.choice([each.id for each in PEOPLE if each.role is Role.PARTICIPANT])
    role = walk.random.choice([Role.PARTICIPANT, Role.PARTICIPANT, Role.PANELLIST, Role.OBSERVER, Role.MODERATOR])
    return c.ChangeRole(person=person, role=role)


def _mark(walk: Walk) -> c.Command:
    said: dict[str, Any] = {"attendance": walk.random.choice([*Attendance]), "present": walk.random.random() < 0.5}
    name = walk.random.choice([*said])
    return c.MarkAttendance(person=walk.any_of(walk.session.people), **{name: said[name]})


_CLOSES: Final = c.SettingAlarm(action=AlarmAction.CLOSE_LIST, after_seconds=600)
_ANNOUNCES: Final = c.SettingAlarm(
    action=AlarmAction.ANNOUNCE, after_seconds=60, since=AlarmSince.SEGMENT, text="Ten minutes are left"
)
_PRESET: Final = c.FoundPreset(
    limits=c.SettingLimits(default_seconds=120, kinds={"joint_statement": 180}, replies=(300, 180)),
    rule=Rule.JOINT_FIRST_ROUND_ROBIN_GROUP,
    when_absent=WhenAbsent.END_OF_CATEGORY,
    one_request_each=True,
    alarms=(_CLOSES,),
)

_MAKERS: Final[dict[type[c.Command], Callable[[Walk], c.Command]]] = {
    **list_and_floor.MAKERS,
    c.EnterPerson: lambda w: c.EnterPerson(person=w.stranger()),
    c.StartSession: lambda _: c.StartSession(earlier=_EARLIER),
    c.BeginSegment: lambda w: c.BeginSegment(
        segment=list_and_floor.segment(w), waiting=w.random.choice([*WaitingAtSegment])
    ),
    c.SuspendSession: lambda _: c.SuspendSession(),
    c.ResumeSession: lambda _: c.ResumeSession(),
    c.CloseSession: lambda _: c.CloseSession(),
    c.ReopenSession: lambda _: c.ReopenSession(),
    c.ChangeSettings: _settings,
    c.Preside: lambda w: c.Preside(person=w.any_of(each.id for each in PEOPLE[:5])),
    c.CorrectRecord: lambda w: c.CorrectRecord(seq=w.random.randrange(1, w.session.seq + 2), text=w.text("CORRECTION")),
    c.Undo: _undo,
    c.CorrectPerson: _correct,
    c.LinkPerson: _link,
    c.ChangeRole: _role,
    c.MarkAttendance: _mark,
    c.ShowOnDisplay: lambda w: c.ShowOnDisplay(what=w.random.choice([*Showing])),
    c.Announce: lambda w: c.Announce(text=w.random.choice(["", w.text("SAID")])),
    c.SignalFromBooth: lambda w: c.SignalFromBooth(kind=w.random.choice([*BoothSignalKind])),
}
