"""What a measurement comes to: rows of the targets table, each with its target and by how much it is missed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bench.charts import Chart

_WHOLE_FROM: Final = 100
_TENTHS_FROM: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One target; `missed` says by how much, and is empty where it is met; `topic` is whose profile explains it."""

    topic: str
    what: str
    target: str
    figure: str
    missed: str = ""
    measured: bool = True

    @property
    def verdict(self) -> str:
        """Return whether it is met, in words."""
        if not self.measured:
            return "not measured"
        return f"**missed** {self.missed}" if self.missed else "met"


@dataclass(slots=True, kw_only=True)
class Measured:
    """What one program measured: its rows, ratios before absolute figures, and curves."""

    title: str
    rows: list[Row]
    text: str
    charts: list[Chart] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How large a run is: the targets' own numbers, or small ones for whoever works on the program."""

    quick: bool

    def of(self, whole: int, quick: int) -> int:
        """Return the number for this run."""
        return quick if self.quick else whole


def at_most(topic: str, what: str, value: float, limit: float, unit: str) -> Row:
    """Return the row of a figure that may not be larger than its target."""
    missed = "" if value <= limit else f"by {(value / limit - 1) * 100:.0f} %"
    return _row(topic, what, f"≤ {number(limit)} {unit}", f"{number(value)} {unit}", missed)


def at_least(topic: str, what: str, value: float, limit: float, unit: str) -> Row:
    """Return the row of a figure that may not be smaller than its target."""
    missed = "" if value >= limit else f"by {(1 - value / limit) * 100:.0f} %"
    return _row(topic, what, f"≥ {number(limit)} {unit}", f"{number(value)} {unit}", missed)


def holds(topic: str, what: str, target: str, figure: str, *, true: bool) -> Row:
    """Return the row of something that holds or does not."""
    return _row(topic, what, target, figure, "" if true else "altogether")


def not_measured(topic: str, what: str, target: str, why: str) -> Row:
    """Return the row of what this run could not measure."""
    return Row(topic=topic, what=what, target=target, figure=why, measured=False)


def number(value: float) -> str:
    """Return a figure with as many decimals as mean something."""
    if value == int(value) or abs(value) >= _WHOLE_FROM:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.1f}" if abs(value) >= _TENTHS_FROM else f"{value:.2f}"


def table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown: words in the first column, figures in the others."""
    head = "| " + " | ".join(heads) + " |"
    return "\n".join((head, "|---" + "|---:" * (len(heads) - 1) + "|", *(f"| {' | '.join(line)} |" for line in lines)))


def percentile(delays: Sequence[float], part: float) -> float:
    """Return the value below which so large a part of the delays lies, in milliseconds; they are in seconds."""
    ordered = sorted(delays)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1e3


def _row(topic: str, what: str, target: str, figure: str, missed: str) -> Row:
    return Row(topic=topic, what=what, target=target, figure=figure, missed=missed)
