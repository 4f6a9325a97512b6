"""The closed sets of words that the procedure of a session is made of."""

from dataclasses import dataclass
from enum import StrEnum

from companion.core.ids import SegmentId


class SessionStatus(StrEnum):
    """Where a session stands between being on the programme and being on record."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    FINALISED = "finalised"


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
    """How the list of speakers is ordered."""

    FIRST_COME = "first_come"


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
    NOT_REACHED = "not_reached"


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


class PollStatus(StrEnum):
    """Where an indicative poll stands."""

    DRAFTED = "drafted"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class BallotKind(StrEnum):
    """Whether answers are kept beside those who gave them."""

    RECORDED = "recorded"


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
