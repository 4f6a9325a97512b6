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


@dataclass(slots=True)
class Account:
    """Everything that was done, in order."""

    spoke: list[Spoke] = field(default_factory=list)
    requests: dict[str, str] = field(default_factory=dict)
    rulings: dict[str, str] = field(default_factory=dict)
    announcements: int = 0
    commands: int = 0

    def find(self, intervention: str) -> Spoke:
        """Return an intervention by its id."""
        return next(each for each in self.spoke if each.intervention == intervention)

    def differences(self, record: Mapping[str, Any]) -> list[str]:
        """Return how a record in JSON differs from what was done, a sentence each."""
        return [
            *_differ("intervention", [_mine(each) for each in self.spoke], [_its(i) for i in record["interventions"]]),
            *_differ("request", sorted(self.requests.items()), sorted(_requests(record, self.requests))),
            *_differ("ruling", sorted(self.rulings.items()), sorted(_rulings(record))),
            *_differ("announcement", [self.announcements], [len(record["announcements"])]),
            *_differ("total", [_total(self.spoke)], [record["totals"]["interventions"]]),
        ]


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


def _differ(what: str, mine: list[Any], its: list[Any]) -> list[str]:
    found = [f"{what}: played {one}, recorded {other}" for one, other in zip(mine, its, strict=False) if one != other]
    if len(mine) != len(its):
        found.append(f"{what}s: {len(mine)} played, {len(its)} recorded")
    return found
