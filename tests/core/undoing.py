"""Sessions in which something has happened that may be taken back."""

from dataclasses import replace

from rpds import HashTrieMap

from companion.core import commands as c
from companion.core.people import Spoken
from companion.core.procedure import (
    AlarmAction,
    PositionKind,
    RecommendationStatus,
    RequestKind,
    RequestList,
    Rule,
    Ruling,
    Showing,
    WhenAbsent,
)
from companion.core.refusals import Refusal
from companion.core.state import Session
from tests.core.scenario import Scenario, Tap, opened

ORDER = RequestKind.POINT_OF_ORDER
PRESET = c.FoundPreset(
    limits=c.SettingLimits(default_seconds=120, groups={"states": 150}),
    rule=Rule.ROUND_ROBIN_GROUP,
    when_absent=WhenAbsent.LOST,
    one_request_each=False,
    alarms=(c.SettingAlarm(action=AlarmAction.CLOSE_LIST, after_seconds=900),),
)


def busy() -> Scenario:
    """Ana speaks, Ben and Cleo wait, Dan is held, Pia is inscribed for the replies."""
    scenario = opened()
    for who in ("ana", "ben", "cleo", "dan"):
        scenario.by(who, c.RequestFloor(kind=RequestKind.STATEMENT, request=f"of-{who}"))
    scenario.by("officer", c.HoldRequest(request="of-dan"))
    scenario.enter("pia", RequestKind.PANELLIST_REPLY, segment="replies")
    scenario.next()
    return scenario.later(30)


def paused() -> Scenario:
    scenario = busy()
    scenario.pause()
    return scenario.later(5)


def order_heard() -> Scenario:
    """Ben's point of order interrupts Ana."""
    scenario = busy()
    scenario.by("ben", c.RequestFloor(kind=ORDER, request="order-of-ben"))
    scenario.next()
    return scenario.later(5)


def noted() -> Scenario:
    """Three notes on what Ana says, and a recommendation."""
    scenario = busy()
    for note in ("note-one", "note-two", "note-three"):
        scenario.note(note=note, intervention=scenario.speaking.id)
    scenario.propose(recommendation="the-recommendation")
    amend = c.AmendRecommendation(recommendation="the-recommendation", text="Should soon", amendment="the-amendment")
    scenario.by("rapporteur", amend)
    scenario.by("rapporteur", position(PositionKind.RESERVES, "On paragraph 2"))
    return scenario.later(5)


def rapporteur(command: c.Command) -> Tap:
    return lambda scenario: scenario.by("rapporteur", command)


def set_status(status: RecommendationStatus, expect: int = 1) -> c.SetRecommendationStatus:
    return c.SetRecommendationStatus(recommendation="the-recommendation", status=status, expect=expect)


def position(kind: PositionKind, text: str | None = None) -> c.TakePosition:
    """Return what the rapporteur writes down of where Ben stands."""
    return c.TakePosition(recommendation="the-recommendation", position=kind, text=text, person="ben")


def rule(scenario: Scenario, ruling: Ruling = Ruling.NOTED) -> None:
    scenario.by("moderator", c.RuleOnOrder(request="order-of-ben", ruling=ruling))


def show(scenario: Scenario, what: Showing = Showing.JOIN) -> None:
    scenario.by("moderator", c.ShowOnDisplay(what=what))


def officer(command: c.Command) -> Tap:
    return lambda scenario: scenario.by("officer", command)


def cannot_undo(scenario: Scenario, which: int = 0) -> None:
    assert scenario.refusal("moderator", scenario.undoing(which)) is Refusal.CANNOT_UNDO


def out_of_order() -> Scenario:
    """Return a session in which somebody was put before those who came first."""
    scenario = busy()
    scenario.by("officer", c.MoveRequest(request="of-cleo", after=None))
    return scenario


def with_a_guest() -> Scenario:
    """Return a session in which a guest waits who is on no list of people."""
    scenario = busy()
    scenario.by("officer", c.RequestFloor(kind=RequestKind.STATEMENT, guest=c.Guest(name="Somebody")))
    return scenario


def guest(scenario: Scenario) -> str:
    return next(each.id for each in scenario.session.people.values() if each.guest)


def what_is_true(session: Session) -> Session:
    """Return the session without its history, and without the difference between nothing and none yet."""
    waiting = HashTrieMap({which: session.places(which) for which in RequestList})
    spoken = HashTrieMap({person: session.spoken.get(person, Spoken()) for person in session.people})
    ranked = HashTrieMap({which: session.ranked.get(which, ()) for which in RequestList})
    reckoning = replace(session.reckoning, as_of=None)
    settings = replace(session.settings, alarms_since=None)
    same = replace(session, seq=0, at=None, undo=(), settings=settings, reckoning=reckoning)
    return replace(same, waiting=waiting, ranked=ranked, spoken=spoken)
