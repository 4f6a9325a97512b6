"""What the closed sets of words are called in a record. Indicative polls have answers and outcomes; nothing is decided here."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from companion.core.people import Attendance, Role
from companion.core.procedure import (
    AttributionMode,
    BallotKind,
    NoteAttribution,
    NoteKind,
    PollStatus,
    PollUnit,
    QuotaBy,
    Reasons,
    RecommendationStatus,
    RequestKind,
    RequestStatus,
    Results,
    RoomAnswers,
    Rule,
    Ruling,
    SegmentKind,
    SessionStatus,
)
from companion.core.reckoned import Dimension
from companion.record.model_floor import VoidReason
from companion.wording import _

# By set: members of two sets that are spelt alike are equal to each other.
LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    SegmentKind: {
        SegmentKind.PANEL_PRESENTATIONS: _("Panel presentations"),
        SegmentKind.INTERACTIVE_DISCUSSION: _("Interactive discussion"),
        SegmentKind.PANELLISTS_REPLIES: _("Panellists’ replies"),
        SegmentKind.OTHER: _("Other"),
    },
    RequestKind: {
        RequestKind.STATEMENT: _("Statement"),
        RequestKind.JOINT_STATEMENT: _("Joint statement"),
        RequestKind.QUESTION: _("Question"),
        RequestKind.PANEL_PRESENTATION: _("Presentation"),
        RequestKind.PANELLIST_REPLY: _("Panellist’s reply"),
        RequestKind.VIDEO_STATEMENT: _("Video statement"),
        RequestKind.READ_OUT: _("Read out"),
        RequestKind.POINT_OF_ORDER: _("Point of order"),
        RequestKind.RIGHT_OF_REPLY: _("Right of reply"),
        RequestKind.PROCEDURAL_MOTION: _("Procedural motion"),
        RequestKind.MODERATOR: _("Moderator"),
        RequestKind.SECRETARIAT: _("Secretariat"),
    },
    RequestStatus: {
        RequestStatus.WAITING: _("Waiting"),
        RequestStatus.HELD: _("Held"),
        RequestStatus.SPEAKING: _("Speaking"),
        RequestStatus.DELIVERED: _("Delivered"),
        RequestStatus.WITHDRAWN: _("Withdrawn"),
        RequestStatus.ABSENT: _("Absent when called"),
        RequestStatus.STRUCK: _("Struck from the list"),
        RequestStatus.WRITTEN: _("Handed in, not delivered"),
        RequestStatus.NOT_REACHED: _("Not reached"),
    },
    Rule: {
        Rule.FIRST_COME: _("First come, first served"),
        Rule.JOINT_FIRST: _("Joint statements first"),
        Rule.ROUND_ROBIN_GROUP: _("Groups take turns"),
        Rule.JOINT_FIRST_ROUND_ROBIN_GROUP: _("Joint statements, then groups in turn"),
        Rule.NOT_YET_SPOKEN_FIRST: _("Who spoke least goes first"),
        Rule.ALTERNATE_ATTENDANCE: _("Room and remote take turns"),
        Rule.QUOTA: _("By shares"),
        Rule.ALPHABETICAL_FROM_LETTER: _("In alphabetical order"),
        Rule.MANUAL: _("By hand"),
    },
    QuotaBy: {
        QuotaBy.GROUP: _("By stakeholder group"),
        QuotaBy.ATTENDANCE: _("By attendance"),
        QuotaBy.REGION: _("By region"),
    },
    VoidReason: {
        VoidReason.UNDONE: _("void"),
        VoidReason.ABSENT: _("void: not there"),
    },
    Dimension: {
        Dimension.GROUP: _("By stakeholder group"),
        Dimension.REGION: _("By region"),
        Dimension.ATTENDANCE: _("By attendance"),
        Dimension.LANGUAGE: _("By language"),
        Dimension.GENDER: _("By gender, as people said themselves"),
    },
    Ruling: {
        Ruling.SUSTAINED: _("Sustained"),
        Ruling.NOT_SUSTAINED: _("Not sustained"),
        Ruling.NOTED: _("Noted"),
    },
    Attendance: {
        Attendance.IN_ROOM: _("In the room"),
        Attendance.REMOTE: _("Remote"),
    },
    SessionStatus: {
        SessionStatus.SCHEDULED: _("Scheduled"),
        SessionStatus.OPEN: _("Open"),
        SessionStatus.SUSPENDED: _("Suspended"),
        SessionStatus.CLOSED: _("Closed"),
        SessionStatus.FINALISED: _("Finalised"),
    },
    NoteKind: {
        NoteKind.KEY_POINT: _("Key point"),
        NoteKind.GOOD_PRACTICE: _("Good practice"),
        NoteKind.CHALLENGE: _("Challenge"),
        NoteKind.LESSON_LEARNED: _("Lesson learnt"),
        NoteKind.GAP: _("Gap"),
        NoteKind.TREND: _("Trend"),
        NoteKind.RECOMMENDATION_IDEA: _("Idea for a recommendation"),
        NoteKind.QUESTION: _("Question"),
        NoteKind.ANSWER: _("Answer"),
        NoteKind.ACTION: _("Action"),
        NoteKind.QUOTATION: _("Quotation"),
        NoteKind.PROCEDURAL: _("Procedural"),
    },
    NoteAttribution: {
        NoteAttribution.NONE: _("Not attributed"),
        NoteAttribution.GROUP: _("To the group"),
        NoteAttribution.ORGANISATION: _("To the organisation"),
        NoteAttribution.PERSON: _("To the person"),
    },
    RecommendationStatus: {
        RecommendationStatus.PROPOSED: _("Proposed"),
        RecommendationStatus.UNDER_DISCUSSION: _("Under discussion"),
        RecommendationStatus.AGREED_AD_REFERENDUM: _("Agreed ad referendum"),
        RecommendationStatus.BROAD_SUPPORT: _("Broad support"),
        RecommendationStatus.DIVERGENT_VIEWS: _("Divergent views"),
        RecommendationStatus.WITHDRAWN: _("Withdrawn"),
    },
    PollStatus: {
        PollStatus.DRAFTED: _("In preparation"),
        PollStatus.OPEN: _("Open"),
        PollStatus.CLOSED: _("Closed, not published"),
        PollStatus.PUBLISHED: _("Published"),
    },
    BallotKind: {
        BallotKind.RECORDED: _("Recorded"),
        BallotKind.SECRET: _("Secret"),
    },
    PollUnit: {
        PollUnit.PERSON: _("One answer per person"),
        PollUnit.DELEGATION: _("One answer per delegation"),
    },
    Results: {
        Results.LIVE: _("Numbers shown at once"),
        Results.AFTER_CLOSE: _("Numbers shown after close"),
        Results.WHEN_PUBLISHED: _("Numbers shown when published"),
    },
    Reasons: {
        Reasons.NEVER: _("Without reasons"),
        Reasons.OPTIONAL: _("With a reason if one wishes"),
        Reasons.REQUIRED_FOR_CANNOT_SUPPORT: _("With a reason where one cannot support"),
    },
    RoomAnswers: {
        RoomAnswers.BY_APP: _("All by the app"),
        RoomAnswers.BY_HANDS: _("Hands counted in the room"),
    },
    AttributionMode: {
        AttributionMode.ATTRIBUTED: _("Speakers are named."),
        AttributionMode.AFFILIATION_ONLY: _("Speakers are shown by their affiliation, not by name."),
        AttributionMode.NON_ATTRIBUTED: _(
            "Neither the identity nor the affiliation of speakers is revealed (Chatham House Rule)."
        ),
    },
}
EVENTS: Final[Mapping[str, str]] = {
    "list.opened": _("The list of speakers was opened"),
    "list.closed": _("The list of speakers was closed"),
    "list.rule_set": _("The rule of the list was set"),
    "list.arranged": _("The list was put into the order of its rule"),
    "list.time_share_proposed": _("It was proposed to share the time"),
    "list.time_shared": _("The time was shared"),
    "requests.exchanged": _("Exchanged places"),
    "request.made": _("Asked for the floor"),
    "request.changed": _("Changed the request"),
    "request.withdrawn": _("Withdrawn"),
    "request.moved": _("Moved on the list"),
    "request.held": _("Set aside"),
    "request.released": _("Came onto the list"),
    "request.not_reached": _("Not reached"),
    "request.absent": _("Absent when called"),
    "request.written": _("Handed in a statement, not delivered"),
}
ROLES: Final[Mapping[Role, str]] = {
    Role.MODERATOR: _("moderator"),
    Role.LIST_OFFICER: _("list of speakers officer"),
    Role.TECHNICAL_MODERATOR: _("technical moderator"),
    Role.RAPPORTEUR: _("rapporteur"),
    Role.SECRETARIAT: _("secretariat"),
    Role.PANELLIST: _("panellist"),
    Role.PARTICIPANT: _("participant"),
    Role.OBSERVER: _("observer"),
    Role.INTERPRETER: _("interpreter"),
    Role.DISPLAY: _("room display"),
}
FIELDS: Final[Mapping[str, str]] = {
    "name": _("Name"),
    "latin_name": _("Name in Latin letters"),
    "organisation": _("Organisation"),
    "group": _("Stakeholder group"),
    "person": _("Guest recognised"),
}
MOMENTS: Final[Mapping[str, str]] = {
    "session.started": _("The session began"),
    "session.suspended": _("The session was suspended"),
    "session.resumed": _("The session resumed"),
    "session.closed": _("The session was closed"),
    "session.reopened": _("The session was reopened"),
    "session.finalised": _("The record was declared complete"),
    "session.segment_began": _("Segment"),
    "session.presiding_passed": _("The moderator’s place was handed over"),
    "list.opened": _("The list of speakers was opened"),
    "list.closed": _("The list of speakers was closed"),
    "floor.given": _("Intervention"),
    "request.ruled": _("Ruling"),
    "request.written": _("Statement handed in, not delivered"),
    "note.added": _("Note"),
    "recommendation.proposed": _("Recommendation"),
    "recommendation.revised": _("Recommendation revised"),
    "recommendation.status_changed": _("Status of a recommendation"),
    "poll.opened": _("Indicative poll opened"),
    "poll.room_counted": _("Hands were counted in the room"),
    "poll.closed": _("Indicative poll closed"),
    "poll.published": _("Result of an indicative poll"),
    "poll.outcome_set": _("Outcome of an indicative poll"),
    "announced": _("Announcement"),
    "person.corrected": _("Correction"),
    "person.linked": _("A guest was recognised"),
}
# The server's labels of the presets; where staff typed another one, theirs stands.
OPTIONS: Final[Mapping[tuple[str, str], str]] = {
    ("support", "Can support"): _("Can support"),
    ("support_with_changes", "Can support with changes"): _("Can support with changes"),
    ("cannot_support", "Cannot support"): _("Cannot support"),
    ("abstain", "Abstain"): _("Abstain"),
    ("agree", "Agree"): _("Agree"),
    ("can_live_with", "Can live with it"): _("Can live with it"),
    ("stand_aside", "Stand aside"): _("Stand aside"),
    ("yes", "Yes"): _("Yes"),
    ("no", "No"): _("No"),
}
CHANGED: Final[Mapping[str, str]] = {
    "title": _("title"),
    "text": _("text"),
    "addressees": _("addressees"),
}
