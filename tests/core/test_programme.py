"""The course of a session, its segments and its settings."""

from dataclasses import replace

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.procedure import AttributionMode, RequestKind, SessionStatus
from companion.core.proceedings import Settings
from companion.core.refusals import Refusal
from tests.core.scenario import BEGINNING, PROGRAMME, Scenario, opened

AFFILIATION = AttributionMode.AFFILIATION_ONLY
NOBODY = AttributionMode.NON_ATTRIBUTED
STEPS: dict[str, c.Command] = {
    "start": c.StartSession(),
    "segment": c.BeginSegment(segment="discussion"),
    "suspend": c.SuspendSession(),
    "resume": c.ResumeSession(),
    "close": c.CloseSession(),
    "reopen": c.ReopenSession(),
    "finalise": c.FinaliseSession(),
    "settings": c.ChangeSettings(warning_seconds=10),
}
NOT_OPEN, NOT_NOW = Refusal.SESSION_NOT_OPEN, Refusal.NOT_NOW
# What each step answers where it cannot be taken.
REFUSED = {
    SessionStatus.SCHEDULED: dict.fromkeys(("segment", "suspend", "resume", "close", "reopen", "finalise"), NOT_OPEN),
    SessionStatus.OPEN: dict.fromkeys(("start", "resume", "reopen", "finalise"), NOT_NOW),
    SessionStatus.SUSPENDED: dict.fromkeys(("start", "suspend", "reopen", "finalise"), NOT_NOW),
    SessionStatus.CLOSED: {"start": NOT_NOW} | dict.fromkeys(("segment", "suspend", "resume", "close"), NOT_OPEN),
    SessionStatus.FINALISED: dict.fromkeys(STEPS, NOT_OPEN),
}
WAY = {
    SessionStatus.SCHEDULED: (),
    SessionStatus.OPEN: ("start",),
    SessionStatus.SUSPENDED: ("start", "suspend"),
    SessionStatus.CLOSED: ("start", "close"),
    SessionStatus.FINALISED: ("start", "close", "finalise"),
}


def at(status: SessionStatus) -> Scenario:
    scenario = Scenario()
    for step in WAY[status]:
        scenario.by("secretary", STEPS[step])
    assert scenario.session.course.status is status
    return scenario


@pytest.mark.parametrize("status", SessionStatus)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_taken_from_where_it_leads_on(status: SessionStatus, step: str) -> None:
    scenario = at(status)
    if step in REFUSED[status]:
        assert scenario.refusal("secretary", STEPS[step]) is REFUSED[status][step]
        return
    scenario.by("secretary", STEPS[step])
    leads = {"start": "open", "resume": "open", "reopen": "open", "suspend": "suspended", "close": "closed"}
    assert scenario.session.course.status == leads.get(step, "finalised" if step == "finalise" else status)


def test_a_session_knows_when_it_began_and_ended() -> None:
    scenario = Scenario()
    scenario.later(60).by("moderator", c.StartSession())
    began = scenario.now
    scenario.later(3600).by("moderator", c.CloseSession())
    course = scenario.session.course
    assert (course.started_at, course.segment_started_at, course.closed_at) == (began, began, scenario.now)
    scenario.by("moderator", c.ReopenSession())
    assert scenario.session.course.closed_at is None


def test_a_segment_begins_once_and_must_be_one_of_the_session() -> None:
    scenario = opened()
    assert scenario.refusal("moderator", c.BeginSegment(segment="presentations")) is Refusal.NOT_NOW
    assert scenario.refusal("moderator", c.BeginSegment(segment="nowhere")) is Refusal.NOT_FOUND
    assert scenario.later(60).begin("replies") == [e.SegmentBegan(segment="replies")]
    assert (scenario.session.course.segment, scenario.session.course.segment_started_at) == ("replies", scenario.now)


def test_the_programme_brings_limits_and_settings() -> None:
    programme = replace(
        PROGRAMME,
        default_seconds=120,
        group_seconds=(("states", 90),),
        kind_seconds=((RequestKind.POINT_OF_ORDER, 60),),
        warning_seconds=15,
        attribution_mode=AFFILIATION,
    )
    session = Scenario(programme).session
    limits = {address: limit.seconds for address, limit in session.limits.items()}
    assert limits == {"default": 120, "group/states": 90, "kind/point_of_order": 60}
    assert session.settings == Settings(warning_seconds=15, attribution_mode=AFFILIATION)
    said = session.programme
    assert (said.title, said.room, said.starts_at, said.segments) == (
        "The first panel",
        "XX",
        BEGINNING,
        PROGRAMME.segments,
    )


def test_settings_not_named_stay() -> None:
    scenario = opened()
    scenario.by("secretary", c.ChangeSettings(warning_seconds=10))
    scenario.by("secretary", c.ChangeSettings(attribution_mode=AFFILIATION))
    scenario.by("secretary", c.ChangeSettings(attribution_mode_panellists=NOBODY))
    assert scenario.session.settings == Settings(
        warning_seconds=10, attribution_mode=AFFILIATION, attribution_mode_panellists=NOBODY
    )


def test_attribution_becomes_looser_only_until_somebody_has_spoken() -> None:
    scenario = opened()
    stricter = c.ChangeSettings(attribution_mode=NOBODY, attribution_mode_panellists=AFFILIATION)
    scenario.by("secretary", stricter)
    scenario.by("secretary", c.ChangeSettings(attribution_mode=AFFILIATION))
    scenario.ask("ana")
    scenario.next()
    for looser in (
        c.ChangeSettings(attribution_mode=AttributionMode.ATTRIBUTED),
        c.ChangeSettings(attribution_mode_panellists=AttributionMode.ATTRIBUTED),
    ):
        assert scenario.refusal("secretary", looser) is Refusal.LOOSER_ATTRIBUTION
    scenario.by("secretary", stricter)
    assert scenario.session.settings.attribution_mode is NOBODY


def test_whoever_starts_the_session_presides_until_the_place_is_handed_over() -> None:
    assert Scenario().session.course.presiding is None
    scenario = opened()
    assert scenario.session.course.presiding == "moderator"
    assert scenario.by("alternate", c.Preside(person="alternate")) == [e.PresidingPassed(person="alternate")]
    assert scenario.session.course.presiding == "alternate"
    assert scenario.by("alternate", c.Preside(person="alternate")) == []


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("nobody", Refusal.NOT_FOUND), ("ana", Refusal.MAY_NOT_PRESIDE), ("officer", Refusal.MAY_NOT_PRESIDE)],
)
def test_only_a_moderator_or_the_secretariat_presides(who: str, refusal: Refusal) -> None:
    scenario = opened()
    assert scenario.refusal("moderator", c.Preside(person=who)) is refusal
    scenario.by("moderator", c.Preside(person="secretary"))
    assert scenario.session.course.presiding == "secretary"


def test_a_correction_is_of_an_entry_that_there_is_and_changes_nothing_else() -> None:
    scenario = opened()
    before = scenario.session
    beyond = c.CorrectRecord(seq=before.seq + 1, text="The room was XXI.")
    assert scenario.refusal("secretary", beyond) is Refusal.NOT_FOUND
    scenario.by("secretary", c.CorrectRecord(seq=before.seq, text="The room was XXI."))
    assert replace(scenario.session, seq=before.seq) == before
