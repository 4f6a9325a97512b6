"""A session in which everything happens, at random but the same for the same seed; every text in it is one of a kind."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core.ids import SYSTEM, UNSET
from companion.core.people import Actor, Attendance, Person, Role, StakeholderGroup
from companion.core.permissions import may_for_anyone, may_for_themselves
from companion.core.procedure import (
    AttributionMode,
    RequestKind,
    RequestStatus,
    Ruling,
    Segment,
    SegmentKind,
    Showing,
    WaitingAtSegment,
)
from companion.core.refusals import Refused
from companion.core.state import Session
from tests.audiences import papers

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
_DELEGATIONS: Final = ("DELEGATION-1", "DELEGATION-2", "DELEGATION-2", "DELEGATION-3", None)
_OPEN: Final = frozenset({RequestStatus.WAITING, RequestStatus.HELD})
_SELDOM: Final = frozenset({c.CloseSession, c.SuspendSession, c.CloseList})
_OFTEN: Final = (c.RequestFloor, c.NextSpeaker, c.GiveFloor, c.Undo, c.HoldRequest, c.SetLimit)
_PAPERS_SHARE: Final = 0.35


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

    def seen(self) -> str | None:
        """Return whom the sender sees on the floor, now and then someone who no longer is."""
        return self.session.floor.intervention if self.random.random() < 0.95 else "nothing"

    def _command(self) -> c.Command:
        if self.random.random() < _PAPERS_SHARE:
            return papers.MAKERS[self.random.choice((*papers.MAKERS, *papers.OFTEN))](self)
        kind = self.random.choice((*_MAKERS, *_OFTEN * 3))
        if kind in _SELDOM and self.random.random() < 0.9:
            kind = c.RequestFloor
        return _MAKERS[kind](self)

    def _actor(self, command: c.Command) -> Actor:
        if isinstance(command, c.EnterPerson):
            return SYSTEM_ACTOR
        able = [
            each
            for each in self.session.people.values()
            if may_for_anyone(each.role, type(command)) or may_for_themselves(each.role, type(command))
        ]
        by = self.random.choice(sorted(able, key=lambda each: each.id))
        return Actor(person=by.id, role=by.role)


def _limit(walk: Walk) -> c.Command:
    seconds = walk.maybe(walk.random.randrange(1, 600))
    match walk.random.randrange(4):
        case 0:
            return c.SetLimit(seconds=seconds, person=walk.any_of(walk.session.people), reason=walk.text("REASON"))
        case 1:
            return c.SetLimit(seconds=seconds, category=walk.any_of(_GROUPS))
        case 2:
            return c.SetLimit(seconds=seconds, kind=walk.random.choice([*RequestKind]))
        case _:
            return c.SetLimit(seconds=seconds)


def _request(walk: Walk) -> c.Command:
    for_whom: dict[str, Any] = {}
    match walk.random.randrange(8):
        case 0:
            for_whom["guest"] = c.Guest(name=walk.text("NAME"), group=walk.maybe(walk.any_of(_GROUPS)))
        case 1 | 2:
            for_whom["person"] = walk.any_of(walk.session.people)
        case 3:
            for_whom = {"person": walk.any_of(walk.session.people), "segment": walk.random.choice(_SEGMENTS).id}
        case _:
            pass
    kind = RequestKind.STATEMENT if walk.maybe(1) else walk.random.choice([*RequestKind])
    return c.RequestFloor(kind=kind, topic=walk.text("TOPIC"), **for_whom)


def _correct(walk: Walk) -> c.Command:
    said: dict[str, Any] = {
        "name": walk.text("NAME"),
        "group": walk.maybe(walk.any_of(_GROUPS)),
        "region": walk.text("REGION"),
        "platform_name": walk.text("PLATFORM"),
        "accessibility_needs": (walk.text("NEED"),),
        "unpublished": walk.random.choice([True, False]),
    }
    name = walk.random.choice([*said])
    return c.CorrectPerson(person=walk.any_of(walk.session.people), **{name: said[name]})


def _settings(walk: Walk) -> c.Command:
    said: dict[str, Any] = {"warning_seconds": walk.random.randrange(60)}
    if walk.random.random() < 0.1:
        said["attribution_mode"] = walk.random.choice([*AttributionMode])
    return c.ChangeSettings(**said)


def _undo(walk: Walk) -> c.Command:
    newest = [each.command for each in walk.session.undo[:4]]
    return c.Undo(command=str(walk.random.choice(newest))) if newest else c.Undo(command="1")


def _enter(walk: Walk) -> c.Command:
    new = person(0, Role.PARTICIPANT)
    return c.EnterPerson(person=replace(new, id=walk.text("person"), name=walk.text("NAME"), guest=True))


def _move(walk: Walk) -> c.Command:
    after = walk.random.choice([UNSET, None, walk.request()])
    return c.MoveRequest(request=walk.request(), after=after)


_MAKERS: Final[dict[type[c.Command], Callable[[Walk], c.Command]]] = {
    c.EnterPerson: _enter,
    c.StartSession: lambda _: c.StartSession(),
    c.BeginSegment: lambda w: c.BeginSegment(
        segment=w.random.choice(_SEGMENTS).id, waiting=w.random.choice([*WaitingAtSegment])
    ),
    c.SuspendSession: lambda _: c.SuspendSession(),
    c.ResumeSession: lambda _: c.ResumeSession(),
    c.CloseSession: lambda _: c.CloseSession(),
    c.ReopenSession: lambda _: c.ReopenSession(),
    c.ChangeSettings: _settings,
    c.Undo: _undo,
    c.CorrectPerson: _correct,
    c.MarkAttendance: lambda w: c.MarkAttendance(
        person=w.any_of(w.session.people), attendance=w.random.choice([*Attendance])
    ),
    c.OpenList: lambda _: c.OpenList(),
    c.CloseList: lambda _: c.CloseList(),
    c.SetLimit: _limit,
    c.RequestFloor: _request,
    c.ChangeRequest: lambda w: c.ChangeRequest(
        request=w.request(), topic=w.text("TOPIC"), kind=w.random.choice([UNSET, *RequestKind])
    ),
    c.WithdrawRequest: lambda w: c.WithdrawRequest(request=w.request()),
    c.MarkReady: lambda w: c.MarkReady(request=w.request(), ready=w.random.choice([True, False])),
    c.MoveRequest: _move,
    c.HoldRequest: lambda w: c.HoldRequest(request=w.request()),
    c.ReleaseRequest: lambda w: c.ReleaseRequest(request=w.request()),
    c.GiveFloor: lambda w: c.GiveFloor(request=w.request(), expect=w.seen()),
    c.NextSpeaker: lambda w: c.NextSpeaker(expect=w.seen()),
    c.PauseFloor: lambda w: c.PauseFloor(expect=w.seen()),
    c.ResumeFloor: lambda w: c.ResumeFloor(expect=w.seen()),
    c.ExtendFloor: lambda w: c.ExtendFloor(seconds=60, expect=w.seen()),
    c.EndFloor: lambda w: c.EndFloor(expect=w.seen()),
    c.RuleOnOrder: lambda w: c.RuleOnOrder(request=w.any_of(w.session.requests), ruling=w.random.choice([*Ruling])),
    c.ShowOnDisplay: lambda w: c.ShowOnDisplay(what=w.random.choice([*Showing])),
    c.Announce: lambda w: c.Announce(text=w.random.choice(["", w.text("SAID")])),
}
