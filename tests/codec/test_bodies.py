"""How each event stands in the journal, and how what earlier versions wrote is read."""

from datetime import timedelta
from typing import Final

import pytest

from companion.codec.events import EVENTS, read_event, write_event
from companion.core import events as e
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import (
    AttributionMode,
    RequestKind,
    RequestList,
    Rule,
    Segment,
    SegmentKind,
    WhenAbsent,
)
from tests.codec import bodies_of_papers, bodies_of_the_floor

# As this version writes them. A field that is added changes the row; the row as it was goes to those of earlier versions.
WRITTEN: Final = (*bodies_of_the_floor.WRITTEN, *bodies_of_papers.WRITTEN)

# As earlier versions wrote them: added to, never edited.
EARLIER: Final[tuple[tuple[str, str, e.Event], ...]] = (
    (
        "session.scheduled",
        (
            '{"attribution_mode":"attributed","attribution_mode_panellists":"attributed","default_seconds":180,'
            '"ends_at":"2022-10-18T12:00:00.000Z","group_seconds":[["states",120]],"groups":[],"kind_seconds":[],"number":"1",'
            '"panellists":["pia"],"room":"XX","segments":[{"id":"discussion","kind":"interactive_discussion"}],'
            '"session":"panel-1","short_title":"First","starts_at":"2022-10-18T10:00:00.000Z","time_zone":"Europe/Zurich",'
            '"title":"The first panel","warning_seconds":30,"workshop":"workshop","workshop_title":[["en","A workshop"]]}'
        ),
        e.SessionScheduled(
            session="panel-1",
            workshop="workshop",
            workshop_title=(("en", "A workshop"),),
            number="1",
            title="The first panel",
            short_title="First",
            room="XX",
            time_zone="Europe/Zurich",
            starts_at=bodies_of_the_floor.TEN,
            ends_at=bodies_of_the_floor.TEN + timedelta(hours=2),
            segments=(Segment(id="discussion", kind=SegmentKind.INTERACTIVE_DISCUSSION),),
            groups=(),
            panellists=("pia",),
            default_seconds=180,
            group_seconds=(("states", 120),),
            kind_seconds=(),
            warning_seconds=30,
            attribution_mode=AttributionMode.ATTRIBUTED,
            attribution_mode_panellists=AttributionMode.ATTRIBUTED,
            reply_seconds=(),
            rule=Rule.FIRST_COME,
            when_absent=WhenAbsent.TO_THE_END,
            alarms=(),
        ),
    ),
    ("session.started", "{}", e.SessionStarted(earlier=())),
    (
        "session.settings_changed",
        '{"attribution_mode":"attributed","attribution_mode_panellists":"non_attributed","warning_seconds":20}',
        e.SettingsChanged(
            warning_seconds=20,
            attribution_mode=AttributionMode.ATTRIBUTED,
            attribution_mode_panellists=AttributionMode.NON_ATTRIBUTED,
            one_request_each=True,
            when_absent=WhenAbsent.TO_THE_END,
            alarms=(),
            preset=None,
        ),
    ),
    (
        "person.entered",
        (
            '{"person":{"accessibility_needs":["x"],"attendance":"remote","group":null,"guest":false,"id":"ana",'
            '"language":null,"latin_name":"","name":"Ana Ñ","organisation":"","platform_name":"",'
            '"recording_consent":true,"region":null,"role":"panellist","unpublished":false}}'
        ),
        e.PersonEntered(
            person=Person(
                id="ana",
                name="Ana Ñ",
                role=Role.PANELLIST,
                attendance=Attendance.REMOTE,
                accessibility_needs=("x",),
                delegation=None,
            )
        ),
    ),
    (
        "person.entered",
        (
            '{"person":{"accessibility_needs":[],"attendance":"in_room","delegation":"state-a","group":null,"guest":false,'
            '"id":"ana","language":null,"latin_name":"","name":"Ana Ñ","organisation":"","platform_name":"",'
            '"recording_consent":false,"region":null,"role":"participant","unpublished":true}}'
        ),
        e.PersonEntered(
            person=Person(
                id="ana",
                name="Ana Ñ",
                delegation="state-a",
                recording_consent=False,
                unpublished=True,
                gender=None,
                present=True,
                linked_to=None,
            )
        ),
    ),
    (
        "list.limit_set",
        '{"group":"states","kind":null,"person":null,"reason":null,"seconds":90}',
        e.LimitSet(seconds=90, group="states", kind=None, person=None, reason=None, ordinal=None, bank=False),
    ),
    (
        "request.made",
        (
            '{"held":true,"kind":"panel_presentation","language":null,"list":"speakers","on_behalf_of":null,"person":"pia",'
            '"rank":"00000B","request":"r.11","segment":"presentations","topic":null}'
        ),
        e.FloorRequested(
            request="r.11",
            person="pia",
            list=RequestList.SPEAKERS,
            kind=RequestKind.PANEL_PRESENTATION,
            rank="00000B",
            topic=None,
            on_behalf_of=None,
            language=None,
            segment="presentations",
            held=True,
            reply_to=None,
            text=None,
            carried_from=None,
        ),
    ),
    (
        "request.changed",
        (
            '{"kind":"statement","language":"ar","list":"speakers","on_behalf_of":null,"rank":"00000Q","request":"r.26",'
            '"topic":null}'
        ),
        e.RequestChanged(
            request="r.26",
            list=RequestList.SPEAKERS,
            kind=RequestKind.STATEMENT,
            rank="00000Q",
            topic=None,
            on_behalf_of=None,
            language="ar",
            reply_to=None,
            text=None,
        ),
    ),
    (
        "floor.given",
        '{"interrupts":null,"intervention":"i.19","limit_seconds":180,"request":"r.11"}',
        e.FloorGiven(
            intervention="i.19", request="r.11", limit_seconds=180, interrupts=None, rule=None, suggested=None
        ),
    ),
)


def test_each_event_stands_there_once() -> None:
    assert sorted(name for name, _, _ in WRITTEN) == sorted(EVENTS)


@pytest.mark.parametrize(("name", "body", "event"), WRITTEN, ids=[name for name, _, _ in WRITTEN])
def test_a_body_stands_written_like_this(name: str, body: str, event: e.Event) -> None:
    assert write_event(event) == (name, body)
    assert read_event(name, body) == event


@pytest.mark.parametrize(("name", "body", "event"), EARLIER, ids=[name for name, _, _ in EARLIER])
def test_the_body_of_an_earlier_version_is_read_with_what_came_since_left_out(
    name: str, body: str, event: e.Event
) -> None:
    assert read_event(name, body) == event
