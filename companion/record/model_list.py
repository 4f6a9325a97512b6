"""What a record says of the list of speakers as a whole: what happened to it, and its speaking times."""

from dataclasses import dataclass, field
from datetime import datetime

from companion.core.people import Role
from companion.core.procedure import QuotaBy, RequestKind, RequestStatus, Rule
from companion.record.model_people import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEvent:
    """Something that happened to the list of speakers, by wire name; undone: taken back afterwards.

    What else there is to say depends on the type: `partner`, the other request of an exchange; `rule` with its `letter` or
    its `quota_by` and `shares`, and whether it works by itself; how many requests were `moved`; the `seconds` that the time
    left came to for each of so many `names`; the `status` of who was called and absent; whence a request was carried over.
    """

    at: datetime
    type: str
    by: Role | None
    request: str | None
    who: Who | None
    undone: bool
    partner: str | None = None
    partner_who: Who | None = None
    rule: Rule | None = None
    automatic: bool | None = None
    letter: str | None = None
    quota_by: QuotaBy | None = None
    shares: dict[str, int] = field(default_factory=dict)
    moved: int | None = None
    seconds: int | None = None
    names: int | None = None
    status: RequestStatus | None = None
    carried_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A speaking time from `at` on, `seconds` None: none. If nothing below says for whom, it is the default.

    `ordinal`: of the first (1) or the second (2) right of reply; `bank`: the common time of the group; `shared`: what is left
    of the time divided among those on the list, so that no turn is longer.
    """

    at: datetime
    group: str | None
    kind: RequestKind | None
    ordinal: int | None
    bank: bool
    shared: bool
    seconds: int | None
    undone: bool
