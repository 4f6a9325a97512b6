"""What was played, as the players saw it; to be compared with the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Spoke:
    """An intervention: whose request it came from, and what happened to it."""

    intervention: str
    request: str
    kind: str
    pauses: int = 0
    extended_seconds: int = 0
    void: bool = False
    ended: bool = False


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
    """Everything that was done, in order."""

    spoke: list[Spoke] = field(default_factory=list)
    requests: dict[str, str] = field(default_factory=dict)
    rulings: dict[str, str] = field(default_factory=dict)
    announcements: int = 0
    notes: dict[str, Noted] = field(default_factory=dict)
    recommendations: dict[str, Proposed] = field(default_factory=dict)
    polls: dict[str, Polled] = field(default_factory=dict)

    def find(self, intervention: str) -> Spoke:
        """Return an intervention by its id."""
        return next(each for each in self.spoke if each.intervention == intervention)

    def differences(self, record: Mapping[str, Any]) -> list[str]:
        """Return how a record in JSON, made for staff, differs from what was done, a sentence each."""
        notes = [(id_, note) for id_, note in self.notes.items() if not note.removed]
        polls = [_my_poll(id_, poll) for id_, poll in self.polls.items()]
        proposed = [_my_recommendation(id_, each) for id_, each in self.recommendations.items()]
        return [
            *_differ("intervention", [_mine(each) for each in self.spoke], [_its(i) for i in record["interventions"]]),
            *_differ("request", sorted(self.requests.items()), sorted(_requests(record, self.requests))),
            *_differ("ruling", sorted(self.rulings.items()), sorted(_rulings(record))),
            *_differ("announcement", [self.announcements], [len(record["announcements"])]),
            *_differ("total", [_total(self.spoke)], [record["totals"]["interventions"]]),
            *_differ("note", [_my_note(*each) for each in notes], [_its_note(each) for each in record["notes"]]),
            *_differ("recommendation", proposed, [_its_recommendation(each) for each in record["recommendations"]]),
            *_differ("poll", polls, [_its_poll(each) for each in record["polls"]]),
            *_differ("answer", *_answers(self.polls, record)),
            *_differ("expected count", *_expected(self.polls)),
        ]

    def differences_in_released(self, record: Mapping[str, Any]) -> list[str]:
        """Return how a record made for everybody differs: it has the released notes and no other."""
        mine = [note.text for note in self.notes.values() if note.released and not note.removed]
        return _differ("released note", sorted(mine), sorted(note["text"] for note in record["notes"]))


def _mine(spoke: Spoke) -> tuple[object, ...]:
    return (
        spoke.intervention,
        spoke.request,
        spoke.kind,
        spoke.pauses,
        spoke.extended_seconds,
        spoke.void,
        spoke.ended,
    )


def _its(intervention: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        intervention["id"],
        intervention["request"],
        intervention["kind"],
        len(intervention["pauses"]),
        intervention["extended_seconds"],
        intervention["void"],
        intervention["ended_at"] is not None,
    )


def _requests(record: Mapping[str, Any], known: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(each["id"], each["status"]) for each in record["requests"] if each["id"] in known]


def _rulings(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(each["request"], each["ruling"]) for each in record["rulings"] if each["ruling"]]


def _total(spoke: list[Spoke]) -> int:
    return sum(not each.void and each.kind not in {"point_of_order", "procedural_motion"} for each in spoke)


def _my_note(id_: str, note: Noted) -> tuple[object, ...]:
    return (id_, note.kind, note.text, note.version, note.intervention, note.attribution, note.released)


def _its_note(note: Mapping[str, Any]) -> tuple[object, ...]:
    named = ("id", "kind", "text", "version", "intervention", "attribution", "released")
    return tuple(note[name] for name in named)


def _my_recommendation(id_: str, each: Proposed) -> tuple[object, ...]:
    numbered = list(enumerate(each.texts, start=each.first))
    return (id_, each.symbol, each.brought_from, each.statuses[-1], numbered, each.statuses)


def _its_recommendation(each: Mapping[str, Any]) -> tuple[object, ...]:
    numbered = [(version["number"], version["text"]) for version in each["versions"]]
    statuses = [status["status"] for status in each["statuses"] if not status["undone"]]
    return (each["id"], each["symbol"], each["brought_from"], each["status"], numbered, statuses)


def _my_poll(id_: str, poll: Polled) -> tuple[object, ...]:
    about = (id_, poll.recommendation, poll.version, poll.unit, poll.eligible, len(poll.answers))
    return (*about, poll.status, poll.tally, poll.room or None, poll.total, poll.outcome)


def _its_poll(poll: Mapping[str, Any]) -> tuple[object, ...]:
    about = (poll["id"], poll["recommendation"], poll["version"], poll["unit"], poll["eligible"]["units"])
    room = poll["room_tally"] and poll["room_tally"]["counts"]
    return (*about, poll["answered"], poll["status"], poll["tally"], room, poll["total"], poll["outcome"])


def _answers(polls: Mapping[str, Polled], record: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    """Return what delegations answered, as played and as the record names them, of the polls where it may."""
    named = [
        poll for poll in record["polls"] if poll["unit"] == "delegation" and poll["answers"] and poll["id"] in polls
    ]
    mine = [pair for poll in named for pair in sorted(polls[poll["id"]].answers.items())]
    its = [pair for poll in named for pair in sorted((each["delegation"], each["option"]) for each in poll["answers"])]
    return mine, its


def _expected(polls: Mapping[str, Polled]) -> tuple[list[Any], list[Any]]:
    known = [poll for poll in polls.values() if poll.expected]
    return [poll.tally for poll in known], [poll.expected for poll in known]


def _differ(what: str, mine: list[Any], its: list[Any]) -> list[str]:
    found = [f"{what}: played {one}, recorded {other}" for one, other in zip(mine, its, strict=False) if one != other]
    if len(mine) != len(its):
        found.append(f"{what}s: {len(mine)} played, {len(its)} recorded")
    return found
