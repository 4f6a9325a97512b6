"""The form of a workshop file: what is read of it. Other keys are kept as details, or left out.

The names are the sample's. `docs/WORKSHOP_FILE.md` describes the form, `docs/workshop.schema.json` is its JSON Schema.
"""

from datetime import date, datetime
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
from msgspec import UNSET, Meta, UnsetType

from companion.core.people import Attendance, Role
from companion.core.procedure import (
    AttributionMode,
    NoteAttribution,
    NoteKind,
    RequestKind,
    Rule,
    SegmentKind,
    WhenAbsent,
)

FORMATS: Final = ("companion-workshop", "hybrid-session-sample-workshop")
VERSION: Final = 1

Id: TypeAlias = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
ByLanguage: TypeAlias = dict[Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{2,35}$")], str]
Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]
Seconds: TypeAlias = Annotated[int, Meta(ge=1, lt=36_000)]
Warning_: TypeAlias = Annotated[int, Meta(ge=0, le=600)]
RoleName: TypeAlias = Literal[
    "moderator",
    "alternate_moderator",
    "list_officer",
    "list_of_speakers_officer",
    "technical_moderator",
    "rapporteur",
    "secretariat",
    "meeting_secretary",
    "panellist",
    "participant",
    "observer",
    "interpreter",
    "display",
]
AttributionName: TypeAlias = Literal["none", "group", "group_only", "organisation", "organization", "person"]
LimitName: TypeAlias = str
RuleName: TypeAlias = Literal[
    "first_come",
    "fcfs",
    "joint_first",
    "joint_first_then_fcfs",
    "round_robin_group",
    "joint_first_round_robin_group",
    "joint_first_then_round_robin_group",
    "not_yet_spoken_first",
    "alternate_attendance",
    "manual",
]
WhenAbsentName: TypeAlias = Literal["to_the_end", "move_to_end_once_then_strike", "end_of_category", "lost"]

ROLES: Final[dict[str, Role]] = {
    **{role.value: role for role in Role},
    "alternate_moderator": Role.MODERATOR,
    "list_of_speakers_officer": Role.LIST_OFFICER,
    "meeting_secretary": Role.SECRETARIAT,
}
KINDS: Final[dict[str, RequestKind]] = {
    **{kind.value: kind for kind in RequestKind},
    "panellist_presentation": RequestKind.PANEL_PRESENTATION,
}
ATTRIBUTIONS: Final[dict[str, NoteAttribution]] = {
    **{level.value: level for level in NoteAttribution},
    "group_only": NoteAttribution.GROUP,
    "organization": NoteAttribution.ORGANISATION,
}
REPLIES: Final = ("right_of_reply_first", "right_of_reply_second")
"""Speaking times of the first and the second right of reply of a delegation; `right_of_reply` is that of both."""

RULES: Final[dict[str, Rule]] = {
    **{rule.value: rule for rule in Rule if rule not in {Rule.QUOTA, Rule.ALPHABETICAL_FROM_LETTER}},
    "fcfs": Rule.FIRST_COME,
    "joint_first_then_fcfs": Rule.JOINT_FIRST,
    "joint_first_then_round_robin_group": Rule.JOINT_FIRST_ROUND_ROBIN_GROUP,
}
WITH_JOINT_FIRST: Final[dict[Rule, Rule]] = {
    Rule.FIRST_COME: Rule.JOINT_FIRST,
    Rule.ROUND_ROBIN_GROUP: Rule.JOINT_FIRST_ROUND_ROBIN_GROUP,
}
WHEN_ABSENT: Final[dict[str, WhenAbsent]] = {
    **{each.value: each for each in WhenAbsent},
    "move_to_end_once_then_strike": WhenAbsent.TO_THE_END,
}

BRITISH: Final = {"organisation": "organization", "organisations": "organizations"}
"""Either spelling is read."""


class _Form(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the file. Keys that it does not name are not read."""


class Event(_Form, frozen=True, kw_only=True):
    """The workshop itself."""

    id: Id
    title: str
    short_title: ByLanguage = msgspec.field(default_factory=dict)
    start_date: date
    end_date: date
    time_zone: str
    venue: str | None = None
    room: str | None = None


class Group(_Form, frozen=True, kw_only=True):
    """A stakeholder group."""

    id: Id
    name: ByLanguage
    counts_for_balance: bool = True


class Organization(_Form, frozen=True, kw_only=True):
    """An organisation that people come from."""

    id: Id
    name: str
    short_name: str | None = None
    group: Id | None = None
    region: str | None = None


class ListModalities(_Form, frozen=True, kw_only=True):
    """How the list of speakers is kept, where the file says so."""

    default_ordering: RuleName | UnsetType = UNSET
    joint_statements_first: bool = False
    closes_after_min: Annotated[int, Meta(ge=0, le=1_440)] | UnsetType = UNSET
    call_absent: WhenAbsentName | UnsetType = UNSET


class Modalities(_Form, frozen=True, kw_only=True):
    """How the sessions are run, where the file says so."""

    list_of_speakers: ListModalities = msgspec.field(default_factory=ListModalities)
    time_limits_s: dict[LimitName, Seconds] = msgspec.field(default_factory=dict)
    warning_s: Warning_ | UnsetType = UNSET
    attribution_mode: AttributionMode = AttributionMode.ATTRIBUTED
    attribution_mode_panellists: AttributionMode | UnsetType = UNSET


class Meeting(_Form, frozen=True, kw_only=True):
    """A sitting of the programme, morning or afternoon."""

    id: Id
    number: str | int
    title: str
    start: Moment
    end: Moment


class Segment(_Form, frozen=True, kw_only=True):
    """A part of a session."""

    id: Id
    kind: SegmentKind


class SubItem(_Form, frozen=True, kw_only=True):
    """A part of an agenda item; it is discussed in the same session."""

    id: Id
    number: str | int | None = None
    title: str | None = None


class AgendaItem(_Form, frozen=True, kw_only=True):
    """An agenda item: its panel is a session."""

    id: Id
    number: str | int
    meeting: Id | None = None
    start: Moment
    end: Moment
    title: str
    short_title: str | None = None
    panellists: list[Id] = msgspec.field(default_factory=list)
    segments: Annotated[list[Segment], Meta(min_length=1)]
    sub_items: list[SubItem] = msgspec.field(default_factory=list)


class Participant(_Form, frozen=True, kw_only=True):
    """Somebody on the list of people, in any role."""

    id: Id
    display_name: str
    latin_name: str | None = None
    organization: Id | None = None
    group: Id | None = None
    region: str | None = None
    role: RoleName = "participant"
    attendance: Attendance = Attendance.IN_ROOM
    language: str | None = None
    gender: str | None = None
    platform_name: str | None = None
    email: str | None = None
    recording_consent: bool = False
    accessibility_needs: list[str] = msgspec.field(default_factory=list)
    unpublished: bool = False


class Recommendation(_Form, frozen=True, kw_only=True):
    """A recommendation to play with: `companion simulate` proposes it."""

    id: Id
    agenda_item: Id
    text: str
    symbol: str | None = None
    title: str | None = None
    addressees: list[str] = msgspec.field(default_factory=list)
    proposed_by_group: Id | None = None


class RapporteurNote(_Form, frozen=True, kw_only=True):
    """A note to play with: `companion simulate` has its author write it."""

    id: Id
    agenda_item: Id
    kind: NoteKind
    text: str
    author: Id | None = None
    source_group: Id | None = None
    attribution: AttributionName = "none"


class Poll(_Form, frozen=True, kw_only=True):
    """A poll to play with: the delegations of `eligible` answer as `ballots` says, which gives `expected_counts`."""

    id: Id
    recommendation: Id
    ballot: Literal["recorded", "secret"] = "recorded"
    unit: Literal["person", "delegation"] = "delegation"
    options: Annotated[list[Id], Meta(min_length=2)]
    eligible: list[Id] = msgspec.field(default_factory=list)
    ballots: dict[Id, Id] = msgspec.field(default_factory=dict)
    expected_counts: dict[Id, Annotated[int, Meta(ge=0)]] = msgspec.field(default_factory=dict)


class WorkshopFile(_Form, frozen=True, kw_only=True):
    """The whole file, checked: every reference leads somewhere, every text is clean."""

    format: str = FORMATS[0]
    format_version: int = VERSION
    language: str | None = None
    event: Event
    stakeholder_groups: list[Group]
    modalities: Modalities = msgspec.field(default_factory=Modalities)
    meetings: list[Meeting] = msgspec.field(default_factory=list)
    agenda_items: Annotated[list[AgendaItem], Meta(min_length=1)]
    organizations: list[Organization] = msgspec.field(default_factory=list)
    participants: list[Participant]
    recommendations: list[Recommendation] = msgspec.field(default_factory=list)
    rapporteur_notes: list[RapporteurNote] = msgspec.field(default_factory=list)
    polls: list[Poll] = msgspec.field(default_factory=list)
