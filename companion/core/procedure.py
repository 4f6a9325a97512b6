"""The closed sets of words that the procedure of a session is made of."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from companion.core.ids import SegmentId


class SessionStatus(StrEnum):
    """Where a session stands between being on the programme and being on record."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    FINALISED = "finalised"

    @property
    def is_running(self) -> bool:
        """Say whether it has begun and not ended; it may be interrupted."""
        return self in {SessionStatus.OPEN, SessionStatus.SUSPENDED}

    @property
    def is_over(self) -> bool:
        """Say whether it has ended; it may still be reopened."""
        return self in {SessionStatus.CLOSED, SessionStatus.FINALISED}


class SegmentKind(StrEnum):
    """What a part of a session is for."""

    PANEL_PRESENTATIONS = "panel_presentations"
    INTERACTIVE_DISCUSSION = "interactive_discussion"
    PANELLISTS_REPLIES = "panellists_replies"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a session."""

    id: SegmentId
    kind: SegmentKind


class ListStatus(StrEnum):
    """Whether people may put themselves on the list of speakers."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    CLOSED = "closed"


class Rule(StrEnum):
    """How the list of speakers is ordered; `whose_turn.py` says what each means."""

    FIRST_COME = "first_come"
    JOINT_FIRST = "joint_first"
    ROUND_ROBIN_GROUP = "round_robin_group"
    JOINT_FIRST_ROUND_ROBIN_GROUP = "joint_first_round_robin_group"
    NOT_YET_SPOKEN_FIRST = "not_yet_spoken_first"
    ALTERNATE_ATTENDANCE = "alternate_attendance"
    QUOTA = "quota"
    ALPHABETICAL_FROM_LETTER = "alphabetical_from_letter"
    MANUAL = "manual"


class QuotaBy(StrEnum):
    """What the shares of a quota are of."""

    GROUP = "group"
    ATTENDANCE = "attendance"
    REGION = "region"


class RequestKind(StrEnum):
    """What a person asks the floor for."""

    STATEMENT = "statement"
    JOINT_STATEMENT = "joint_statement"
    QUESTION = "question"
    PANEL_PRESENTATION = "panel_presentation"
    PANELLIST_REPLY = "panellist_reply"
    VIDEO_STATEMENT = "video_statement"
    READ_OUT = "read_out"
    POINT_OF_ORDER = "point_of_order"
    RIGHT_OF_REPLY = "right_of_reply"
    PROCEDURAL_MOTION = "procedural_motion"
    MODERATOR = "moderator"
    SECRETARIAT = "secretariat"


class RequestStatus(StrEnum):
    """What has become of a request for the floor."""

    WAITING = "waiting"
    HELD = "held"
    SPEAKING = "speaking"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"
    STRUCK = "struck"
    WRITTEN = "written"
    NOT_REACHED = "not_reached"

    @property
    def stands(self) -> bool:
        """Say whether the request may still be heard: it waits, or is held for later."""
        return self in {RequestStatus.WAITING, RequestStatus.HELD}


class WhenAbsent(StrEnum):
    """What becomes of who is called and not there, the first time; the second time the request is struck."""

    TO_THE_END = "to_the_end"
    END_OF_CATEGORY = "end_of_category"
    LOST = "lost"


class AlarmSince(StrEnum):
    """What an alarm counts from."""

    SESSION = "session"
    SEGMENT = "segment"
    LIST = "list"


class AlarmAction(StrEnum):
    """What happens when an alarm is due."""

    CLOSE_LIST = "close_list"
    ANNOUNCE = "announce"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that the system does so long after the session, its segment or its list began."""

    id: str
    action: AlarmAction
    after_seconds: int
    since: AlarmSince = AlarmSince.SESSION
    text: str | None = None


class BoothSignalKind(StrEnum):
    """What interpreters tell the moderator."""

    SLOWER = "slower"
    CANNOT_HEAR = "cannot_hear"


class RequestList(StrEnum):
    """Which list a request stands on: the list of speakers, rights of reply, points of order."""

    SPEAKERS = "speakers"
    REPLY = "reply"
    ORDER = "order"


class Ruling(StrEnum):
    """The moderator's decision on a point of order."""

    SUSTAINED = "sustained"
    NOT_SUSTAINED = "not_sustained"
    NOTED = "noted"


class WaitingAtSegment(StrEnum):
    """What happens to those who wait when the next segment begins."""

    KEEP = "keep"
    HOLD = "hold"
    NOT_REACHED = "not_reached"


class AttributionMode(StrEnum):
    """How much the record says about who spoke; may only become stricter once somebody has spoken."""

    ATTRIBUTED = "attributed"
    AFFILIATION_ONLY = "affiliation_only"
    NON_ATTRIBUTED = "non_attributed"


class Showing(StrEnum):
    """What the room display shows."""

    LIST = "list"
    POLL = "poll"
    RESULT = "result"
    RECOMMENDATION = "recommendation"
    MESSAGE = "message"
    JOIN = "join"
    NOTHING = "nothing"


class NoteKind(StrEnum):
    """What a rapporteur's note records."""

    KEY_POINT = "key_point"
    GOOD_PRACTICE = "good_practice"
    CHALLENGE = "challenge"
    LESSON_LEARNED = "lesson_learned"
    GAP = "gap"
    TREND = "trend"
    RECOMMENDATION_IDEA = "recommendation_idea"
    QUESTION = "question"
    ANSWER = "answer"
    ACTION = "action"
    QUOTATION = "quotation"
    PROCEDURAL = "procedural"


class NoteAttribution(StrEnum):
    """How far a note may say whose point it was."""

    NONE = "none"
    GROUP = "group"
    ORGANISATION = "organisation"
    PERSON = "person"


class RecommendationStatus(StrEnum):
    """How far a recommendation has come; a workshop adopts nothing."""

    PROPOSED = "proposed"
    UNDER_DISCUSSION = "under_discussion"
    AGREED_AD_REFERENDUM = "agreed_ad_referendum"
    BROAD_SUPPORT = "broad_support"
    DIVERGENT_VIEWS = "divergent_views"
    WITHDRAWN = "withdrawn"


class AmendmentState(StrEnum):
    """What has become of an amendment; one is overtaken when another version stands than it was proposed to."""

    OPEN = "open"
    TAKEN_IN = "taken_in"
    OVERTAKEN = "overtaken"
    SET_ASIDE = "set_aside"


class PositionKind(StrEnum):
    """Where somebody stands on a recommendation, in the words of statements of position."""

    RESERVES = "reserves"
    DISSOCIATES = "dissociates"
    SUPPORTS = "supports"


class PollStatus(StrEnum):
    """Where an indicative poll stands."""

    DRAFTED = "drafted"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class BallotKind(StrEnum):
    """Whether answers are kept beside those who gave them."""

    RECORDED = "recorded"
    SECRET = "secret"  # noqa: S105 (a kind of ballot)


class PollUnit(StrEnum):
    """Who answers once: each person, or each delegation."""

    PERSON = "person"
    DELEGATION = "delegation"


class Results(StrEnum):
    """When participants see the tally."""

    LIVE = "live"
    AFTER_CLOSE = "after_close"
    WHEN_PUBLISHED = "when_published"


class Reasons(StrEnum):
    """Whether an answer comes with a reason."""

    NEVER = "never"
    OPTIONAL = "optional"
    REQUIRED_FOR_CANNOT_SUPPORT = "required_for_cannot_support"


class RoomAnswers(StrEnum):
    """How those in the room answer: by the app like everybody, or by hands that staff count."""

    BY_APP = "by_app"
    BY_HANDS = "by_hands"


class Preset(StrEnum):
    """A set of options that is used often."""

    SUPPORT_SCALE = "support_scale"
    CONSENSUS_SCALE = "consensus_scale"
    YES_NO_ABSTAIN = "yes_no_abstain"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierShare:
    """How much of earlier sessions was one group's, region's …: `what` and `id` as in the balance of a session."""

    what: str
    id: str
    same_day: bool
    requests: int
    interventions: int
    seconds: int
    told: bool = False
    """Whether the records of those sessions may all tell what they add to it, and so the record of this one may too."""


TURNS: Final = frozenset(
    {
        RequestKind.STATEMENT,
        RequestKind.JOINT_STATEMENT,
        RequestKind.QUESTION,
        RequestKind.VIDEO_STATEMENT,
        RequestKind.READ_OUT,
    }
)
"""What counts as a turn on the list of speakers: not presentations and replies, points of order, nor those who preside."""


def list_for(kind: RequestKind) -> RequestList:
    """Return the list that a request of this kind stands on.

    Points of order and procedural motions are taken up at once (General Assembly rules 113 and 119), rights of reply
    when the list of speakers is exhausted (rule 115).
    """
    match kind:
        case RequestKind.POINT_OF_ORDER | RequestKind.PROCEDURAL_MOTION:
            return RequestList.ORDER
        case RequestKind.RIGHT_OF_REPLY:
            return RequestList.REPLY
        case _:
            return RequestList.SPEAKERS
