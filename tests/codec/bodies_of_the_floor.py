"""How events of the session, of people, of the list and of the floor stand in the journal."""

from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from companion.core import events as e
from companion.core.people import Attendance, Person, Role, StakeholderGroup
from companion.core.procedure import (
    Alarm,
    AlarmAction,
    AlarmSince,
    AttributionMode,
    EarlierShare,
    QuotaBy,
    RequestKind,
    RequestList,
    RequestStatus,
    Rule,
    Ruling,
    Segment,
    SegmentKind,
    Showing,
    WhenAbsent,
)

Written: TypeAlias = tuple[tuple[str, str, e.Event], ...]

TEN: Final = datetime(2022, 10, 18, 10, 0, tzinfo=UTC)
ALARM: Final = Alarm(
    id="1-announce-list-60", action=AlarmAction.ANNOUNCE, after_seconds=60, since=AlarmSince.LIST, text="One minute"
)
PERSON: Final = Person(
    id="ana",
    name="Ana Ñ",
    role=Role.PANELLIST,
    attendance=Attendance.REMOTE,
    accessibility_needs=("x",),
    gender="woman",
    present=False,
)

WRITTEN: Final[Written] = (
    (
        "session.scheduled",
        (
            '{"alarms":[{"action":"announce","after_seconds":60,"id":"1-announce-list-60","since":"list",'
            '"text":"One minute"}],"attribution_mode":"attributed",'
            '"attribution_mode_panellists":"affiliation_only","default_seconds":180,'
            '"ends_at":"2022-10-18T12:00:00.000Z","group_seconds":[["states",240]],"groups":[{"id":"states",'
            '"name":[["en","States"]]}],"kind_seconds":[["point_of_order",60]],"number":"1",'
            '"panellists":["pia"],"reply_seconds":[300,180],"room":"XX","rule":"joint_first",'
            '"segments":[{"id":"discussion","kind":"interactive_discussion"}],"session":"panel-1",'
            '"short_title":"First","starts_at":"2022-10-18T10:00:00.000Z","time_zone":"Europe/Zurich",'
            '"title":"The first panel","warning_seconds":30,"when_absent":"lost","workshop":"workshop",'
            '"workshop_title":[["en","A workshop"],["fr","Un atelier"]]}'
        ),
        e.SessionScheduled(
            session="panel-1",
            workshop="workshop",
            workshop_title=(("en", "A workshop"), ("fr", "Un atelier")),
            number="1",
            title="The first panel",
            short_title="First",
            room="XX",
            time_zone="Europe/Zurich",
            starts_at=TEN,
            ends_at=TEN + timedelta(hours=2),
            segments=(Segment(id="discussion", kind=SegmentKind.INTERACTIVE_DISCUSSION),),
            groups=(StakeholderGroup(id="states", name=(("en", "States"),)),),
            panellists=("pia",),
            default_seconds=180,
            group_seconds=(("states", 240),),
            kind_seconds=((RequestKind.POINT_OF_ORDER, 60),),
            warning_seconds=30,
            attribution_mode=AttributionMode.ATTRIBUTED,
            attribution_mode_panellists=AttributionMode.AFFILIATION_ONLY,
            reply_seconds=(300, 180),
            rule=Rule.JOINT_FIRST,
            when_absent=WhenAbsent.LOST,
            alarms=(ALARM,),
        ),
    ),
    (
        "session.started",
        (
            '{"earlier":[{"id":"states","interventions":2,"requests":3,"same_day":true,"seconds":400,'
            '"told":false,"what":"group"}]}'
        ),
        e.SessionStarted(
            earlier=(EarlierShare(what="group", id="states", same_day=True, requests=3, interventions=2, seconds=400),)
        ),
    ),
    ("session.segment_began", '{"segment":"discussion"}', e.SegmentBegan(segment="discussion")),
    ("session.suspended", "{}", e.SessionSuspended()),
    ("session.resumed", "{}", e.SessionResumed()),
    ("session.closed", "{}", e.SessionClosed()),
    ("session.reopened", "{}", e.SessionReopened()),
    ("session.finalised", "{}", e.SessionFinalised()),
    (
        "session.settings_changed",
        (
            '{"alarms":[{"action":"announce","after_seconds":60,"id":"1-announce-list-60","since":"list",'
            '"text":"One minute"}],"attribution_mode":"non_attributed",'
            '"attribution_mode_panellists":"attributed","one_request_each":false,'
            '"participants_may_propose":true,"participants_may_take_positions":true,"preset":"hrc_panel",'
            '"warning_seconds":20,"when_absent":"end_of_category"}'
        ),
        e.SettingsChanged(
            warning_seconds=20,
            attribution_mode=AttributionMode.NON_ATTRIBUTED,
            attribution_mode_panellists=AttributionMode.ATTRIBUTED,
            one_request_each=False,
            participants_may_propose=True,
            participants_may_take_positions=True,
            when_absent=WhenAbsent.END_OF_CATEGORY,
            alarms=(ALARM,),
            preset="hrc_panel",
        ),
    ),
    ("session.presiding_passed", '{"person":"moderator"}', e.PresidingPassed(person="moderator")),
    ("session.corrected", '{"seq":12,"text":"The room was XXI."}', e.RecordCorrected(seq=12, text="The room was XXI.")),
    ("command.undone", '{"command":12,"type":"floor.give"}', e.CommandUndone(command=12, type="floor.give")),
    (
        "person.entered",
        (
            '{"person":{"accessibility_needs":["x"],"attendance":"remote","delegation":null,'
            '"gender":"woman","group":null,"guest":false,"id":"ana","language":null,"latin_name":"",'
            '"linked_to":null,"name":"Ana Ñ","organisation":"","platform_name":"","present":false,'
            '"recording_consent":true,"region":null,"role":"panellist","unpublished":false}}'
        ),
        e.PersonEntered(person=PERSON),
    ),
    (
        "person.corrected",
        (
            '{"person":{"accessibility_needs":["x"],"attendance":"remote","delegation":null,'
            '"gender":"woman","group":null,"guest":false,"id":"ana","language":null,"latin_name":"",'
            '"linked_to":null,"name":"Ana Ñ","organisation":"","platform_name":"","present":false,'
            '"recording_consent":true,"region":null,"role":"panellist","unpublished":false}}'
        ),
        e.PersonCorrected(person=PERSON),
    ),
    (
        "person.linked",
        '{"guest":"g.12","interventions":["i.14"],"person":"ana","requests":["r.13"]}',
        e.GuestLinked(guest="g.12", person="ana", requests=("r.13",), interventions=("i.14",)),
    ),
    ("display.changed", '{"ref":"poll.15","what":"poll"}', e.DisplayChanged(what=Showing.POLL, ref="poll.15")),
    ("announced", '{"text":"Lunch,\\nthen the replies"}', e.Announced(text="Lunch,\nthen the replies")),
    ("list.opened", "{}", e.ListOpened()),
    ("list.closed", "{}", e.ListClosed()),
    (
        "list.limit_set",
        ('{"bank":true,"group":"states","kind":null,"ordinal":null,"person":null,"reason":null,"seconds":null}'),
        e.LimitSet(seconds=None, group="states", kind=None, person=None, reason=None, ordinal=None, bank=True),
    ),
    (
        "list.renumbered",
        '{"ranks":[["r.13","000001"],["request-2","000002"]]}',
        e.RequestsRenumbered(ranks=(("r.13", "000001"), ("request-2", "000002"))),
    ),
    (
        "list.rule_set",
        ('{"automatic":true,"by":"group","letter":null,"rule":"quota","shares":[["civil_society",1],["states",2]]}'),
        e.ListRuleSet(
            rule=Rule.QUOTA, automatic=True, letter=None, by=QuotaBy.GROUP, shares=(("civil_society", 1), ("states", 2))
        ),
    ),
    (
        "list.arranged",
        '{"automatic":false,"ranks":[["r.13","000001"],["request-2","V"]],"rule":"round_robin_group"}',
        e.ListArranged(rule=Rule.ROUND_ROBIN_GROUP, automatic=False, ranks=(("r.13", "000001"), ("request-2", "V"))),
    ),
    (
        "list.time_share_proposed",
        '{"left_seconds":360,"names":4,"seconds":90}',
        e.TimeShareProposed(seconds=90, names=4, left_seconds=360),
    ),
    ("list.time_shared", '{"seconds":90}', e.TimeShared(seconds=90)),
    (
        "request.made",
        (
            '{"carried_from":["panel-0","r.7"],"held":false,"kind":"joint_statement","language":"es",'
            '"list":"speakers","on_behalf_of":"A group","person":"ana","rank":"00000D","reply_to":"i.12",'
            '"request":"r.13","segment":null,"text":"In writing","topic":"Remedies"}'
        ),
        e.FloorRequested(
            request="r.13",
            person="ana",
            list=RequestList.SPEAKERS,
            kind=RequestKind.JOINT_STATEMENT,
            rank="00000D",
            topic="Remedies",
            on_behalf_of="A group",
            language="es",
            segment=None,
            held=False,
            reply_to="i.12",
            text="In writing",
            carried_from=("panel-0", "r.7"),
        ),
    ),
    (
        "request.changed",
        (
            '{"kind":"right_of_reply","language":null,"list":"reply","on_behalf_of":null,"rank":"00000E",'
            '"reply_to":"i.12","request":"r.13","text":null,"topic":null}'
        ),
        e.RequestChanged(
            request="r.13",
            list=RequestList.REPLY,
            kind=RequestKind.RIGHT_OF_REPLY,
            rank="00000E",
            topic=None,
            on_behalf_of=None,
            language=None,
            reply_to="i.12",
            text=None,
        ),
    ),
    ("request.withdrawn", '{"request":"r.13"}', e.RequestWithdrawn(request="r.13")),
    (
        "request.readiness_changed",
        '{"ready":true,"request":"r.13"}',
        e.RequestReadinessChanged(request="r.13", ready=True),
    ),
    ("request.moved", '{"rank":"V","request":"r.13"}', e.RequestMoved(request="r.13", rank="V")),
    ("request.held", '{"request":"r.13"}', e.RequestHeld(request="r.13")),
    ("request.released", '{"request":"r.13"}', e.RequestReleased(request="r.13")),
    ("request.not_reached", '{"request":"r.13"}', e.RequestNotReached(request="r.13")),
    (
        "request.exchange_offered",
        '{"before":null,"partner":"r.14","request":"r.13"}',
        e.ExchangeOffered(request="r.13", partner="r.14", before=None),
    ),
    (
        "requests.exchanged",
        '{"ranks":[["r.13","00000E"],["r.14","00000D"]]}',
        e.PlacesExchanged(ranks=(("r.13", "00000E"), ("r.14", "00000D"))),
    ),
    (
        "request.absent",
        '{"rank":"00000F","request":"r.13","status":"waiting"}',
        e.RequestAbsent(request="r.13", status=RequestStatus.WAITING, rank="00000F"),
    ),
    (
        "request.written",
        '{"request":"r.13","text":"In writing"}',
        e.StatementHandedIn(request="r.13", text="In writing"),
    ),
    (
        "floor.given",
        (
            '{"interrupts":"i.12","intervention":"i.16","limit_seconds":180,"request":"r.13",'
            '"rule":"first_come","suggested":"r.14"}'
        ),
        e.FloorGiven(
            intervention="i.16",
            request="r.13",
            limit_seconds=180,
            interrupts="i.12",
            rule=Rule.FIRST_COME,
            suggested="r.14",
        ),
    ),
    ("floor.paused", '{"intervention":"i.16"}', e.FloorPaused(intervention="i.16")),
    ("floor.resumed", '{"intervention":"i.16"}', e.FloorResumed(intervention="i.16")),
    ("floor.extended", '{"intervention":"i.16","seconds":60}', e.FloorExtended(intervention="i.16", seconds=60)),
    ("floor.ended", '{"intervention":"i.16"}', e.FloorEnded(intervention="i.16")),
    ("floor.voided", '{"intervention":"i.16"}', e.FloorVoided(intervention="i.16")),
    ("floor.given_back", '{"intervention":"i.12","running":true}', e.FloorGivenBack(intervention="i.12", running=True)),
    (
        "request.ruled",
        '{"request":"r.13","ruling":"not_sustained"}',
        e.RulingMade(request="r.13", ruling=Ruling.NOT_SUSTAINED),
    ),
)
