"""Why a command is not carried out: a closed set of states of affairs."""

from enum import StrEnum


class Refusal(StrEnum):
    """The reason of a refusal; clients branch on it, readers get its sentence."""

    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    BAD_MESSAGE = "bad_message"
    TOO_LARGE = "too_large"
    RATE_LIMITED = "rate_limited"
    STALE = "stale"
    RESYNC = "resync"
    SESSION_NOT_OPEN = "session_not_open"
    LIST_CLOSED = "list_closed"
    ALREADY_ON_LIST = "already_on_list"
    NOT_ON_LIST = "not_on_list"
    SOMEONE_IS_SPEAKING = "someone_is_speaking"
    NOBODY_IS_SPEAKING = "nobody_is_speaking"
    POLL_NOT_OPEN = "poll_not_open"
    ALREADY_VOTED = "already_voted"
    NOT_ELIGIBLE = "not_eligible"
    REASON_REQUIRED = "reason_required"
    CANNOT_UNDO = "cannot_undo"
    HAS_THE_FLOOR = "has_the_floor"
    NO_FURTHER_REPLY = "no_further_reply"
    NO_TIME_LEFT = "no_time_left"
    NOTHING_TO_CARRY_OVER = "nothing_to_carry_over"
    NOT_NOW = "not_now"
    MAY_NOT_PRESIDE = "may_not_preside"
    ID_IN_USE = "id_in_use"
    LOOSER_ATTRIBUTION = "looser_attribution"
    WRONG_CODE = "wrong_code"
    REVOKED = "revoked"
    NOT_SIGNED_IN = "not_signed_in"
    NAME_REQUIRED = "name_required"
    FOREIGN_ORIGIN = "foreign_origin"
    TOO_MANY_CONNECTIONS = "too_many_connections"
    NOT_RECORDED = "not_recorded"
    UNEXPECTED = "unexpected"


class Refused(Exception):  # noqa: N818 (the domain's word; a refusal is an answer, not an error)
    """A command is refused: nothing happened, and `reason` says why.

    `depends_on` names, where something cannot be undone, the later command that has to be undone first; `because` says, where
    somebody may not answer a poll, which of the reasons it is.
    """

    def __init__(self, reason: Refusal, *, depends_on: int | None = None, because: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.depends_on = depends_on
        self.because = because
