"""What was played, as the players saw it; `comparison` holds the record against it."""

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Asked:
    """A request for the floor, and what became of it; `by` is the role of staff who put the person on the list."""

    person: str
    kind: str
    by: str | None = None
    topic: str | None = None
    on_behalf_of: str | None = None
    reply_to: str | None = None
    text: str | None = None
    carried_from: str | None = None
    placed_by: str = "first_come"
    absences: int = 0
    status: str = "waiting"


@dataclass(slots=True, kw_only=True)
class Spoke:
    """An intervention: whose request it came from, who gave the floor by which rule, and what happened to it."""

    intervention: str
    request: str
    person: str
    kind: str
    by: str
    rule: str
    placed_by: str
    suggested: str | None = None
    reply_to: str | None = None
    allotted_seconds: int | None = None
    extended_seconds: int = 0
    pauses: int = 0
    ended: bool = False
    void_reason: str | None = None


@dataclass(slots=True, kw_only=True)
class Happened:
    """Something that happened to the list of speakers, by wire name; `details` is what else the record tells of its type."""

    type: str
    by: str | None
    request: str | None
    details: dict[str, str | int | bool | None]
    undone: bool = False


@dataclass(slots=True, kw_only=True)
class Limited:
    """A speaking time that was set: of all who share the time, of a kind, or else of everybody."""

    seconds: int | None
    kind: str | None = None
    shared: bool = False


@dataclass(slots=True, kw_only=True)
class Presided:
    """The moderator's place handed over by `before`, who had it."""

    before: str
    before_role: str
    person: str
    role: str


@dataclass(slots=True, kw_only=True)
class Recognised:
    """A guest, as typed, who turned out to be a person of the list; `request` is one that was the guest's."""

    request: str
    guest_name: str
    guest_organisation: str
    name: str
    organisation: str


@dataclass(slots=True, kw_only=True)
class Noted:
    """A note as it was left."""

    kind: str
    text: str
    intervention: str | None
    attribution: str
    version: int = 1
    released: bool = False
    removed: bool = False


@dataclass(slots=True, kw_only=True)
class Proposed:
    """A recommendation: its texts, the first in version `first`, and all statuses that it had."""

    symbol: str
    texts: list[str]
    statuses: list[str]
    first: int = 1
    brought_from: str | None = None

    @property
    def version(self) -> int:
        """Return the version that stands."""
        return self.first + len(self.texts) - 1


@dataclass(slots=True, kw_only=True)
class Polled:
    """An indicative poll: what each unit answered last, and the hands that were counted."""

    recommendation: str | None
    version: int | None
    unit: str
    options: tuple[str, ...]
    eligible: int
    answers: dict[str, str] = field(default_factory=dict)
    room: dict[str, int] = field(default_factory=dict)
    status: str = "open"
    outcome: str | None = None
    expected: dict[str, int] = field(default_factory=dict)
    """What the workshop file says the answers add up to, if all of its delegations were there."""

    @property
    def tally(self) -> dict[str, int]:
        """Return the answers from the app, by option."""
        given = [*self.answers.values()]
        return {option: given.count(option) for option in self.options}

    @property
    def total(self) -> dict[str, int]:
        """Return all answers, by option."""
        return {option: count + self.room.get(option, 0) for option, count in self.tally.items()}


@dataclass(slots=True)
class Account:
    """Everything that was done, in order; `rule` is that of the list now."""

    rule: str = "first_come"
    spoke: list[Spoke] = field(default_factory=list)
    requests: dict[str, Asked] = field(default_factory=dict)
    happened: list[Happened] = field(default_factory=list)
    limits: list[Limited] = field(default_factory=list)
    presided: list[Presided] = field(default_factory=list)
    recognised: list[Recognised] = field(default_factory=list)
    rulings: dict[str, str] = field(default_factory=dict)
    announcements: int = 0
    notes: dict[str, Noted] = field(default_factory=dict)
    recommendations: dict[str, Proposed] = field(default_factory=dict)
    polls: dict[str, Polled] = field(default_factory=dict)

    def find(self, intervention: str) -> Spoke:
        """Return an intervention by its id."""
        return next(each for each in self.spoke if each.intervention == intervention)

    def happen(
        self, type_: str, *, by: str | None, request: str | None = None, **details: str | int | bool | None
    ) -> Happened:
        """Write down that something happened to the list, and return it."""
        happened = Happened(type=type_, by=by, request=request, details=details)
        self.happened.append(happened)
        return happened

    def ask(self, request: str, asked: Asked) -> None:
        """Write down a request that was made now."""
        self.requests[request] = asked
        self.happen("request.made", by=asked.by, request=request, carried_from=asked.carried_from)

    def settle(self, request: str, status: str, type_: str, *, by: str | None) -> Happened:
        """Write down what became of a request by an event of the list."""
        self.requests[request].status = status
        return self.happen(type_, by=by, request=request)

    def recognise(self, guest: str, person: str) -> None:
        """Write down that all that was the guest's is the person's."""
        theirs: list[Asked | Spoke] = [*self.requests.values(), *self.spoke]
        for each in theirs:
            if each.person == guest:
                each.person = person

    def not_reached(self) -> tuple[Asked, ...]:
        """Return the requests that were not reached, in their order."""
        left = (each.request for each in self.happened if each.type == "request.not_reached")
        return tuple(self.requests[request] for request in left if request is not None)
