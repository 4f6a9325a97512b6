"""Growth curves as SVG, readable on a light and on a dark ground, with their figures as text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

_WIDTH: Final = 760
_HEIGHT: Final = 300
_LEFT: Final = 64
_RIGHT: Final = 250
_TOP: Final = 44
_BOTTOM: Final = 52
_LINES: Final = 4
_APART: Final = 15
"""Between two names at the end of their curves."""

# Colours that stand out from white and from black, told apart without them by the marks.
_COLOURS: Final = ("#2f7dd1", "#c2571a", "#3a8f4d", "#9a5fc4", "#8a7a1f")
_MARKS: Final = ("●", "■", "▲", "◆", "✚")
_LABELLED: Final = 'role="img" aria-labelledby="title what"'
_STYLE: Final = """\
text { font: 12px system-ui, sans-serif; fill: #24292f; text-anchor: middle; dominant-baseline: middle; }
.title { font-size: 14px; font-weight: 600; text-anchor: start; }
.number { text-anchor: end; }
.name { text-anchor: start; }
.grid { stroke: #808080; stroke-opacity: 0.35; }
.curve { fill: none; stroke-width: 2; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } }"""


@dataclass(frozen=True, slots=True)
class Curve:
    """Figures of one thing that grows: pairs of how many and how much."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing: its file's name without the ending, what is counted along, and what is measured in which unit."""

    name: str
    title: str
    along: str
    unit: str
    curves: Sequence[Curve]

    def words(self) -> str:
        """Return what it shows, for those who cannot see it."""
        told = (
            f"{curve.name}: " + ", ".join(f"{y:.4g} at {x:,.0f}".replace(",", " ") for x, y in curve.points)
            for curve in self.curves
        )
        return f"{self.title}, in {self.unit} by {self.along}. {'; '.join(told)}."

    def svg(self) -> str:
        """Return the drawing. Along the axis each count has its own place, at equal distances."""
        along = sorted({x for curve in self.curves for x, _ in curve.points})
        top = _round_up(max(y for curve in self.curves for _, y in curve.points))
        return "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {_LABELLED}>',
                f'<title id="title">{escape(self.title)}</title>',
                f'<desc id="what">{escape(self.words())}</desc>',
                f"<style>{_STYLE}</style>",
                f'<text class="title" x="8" y="18">{escape(self.title)}, {escape(self.unit)}</text>',
                *self._grid(along, top),
                *self._drawn(along, top),
                "</svg>\n",
            )
        )

    def _grid(self, along: Sequence[float], top: float) -> Iterator[str]:
        for line in range(_LINES + 1):
            y = _down(top * line / _LINES, top)
            yield f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            yield f'<text class="number" x="{_LEFT - 8}" y="{y:.1f}">{top * line / _LINES:g}</text>'
        for x in along:
            yield f'<text x="{_across(x, along):.1f}" y="{_HEIGHT - _BOTTOM + 16}">{f"{x:,.0f}".replace(",", " ")}</text>'
        middle = (_LEFT + _WIDTH - _RIGHT) / 2
        yield f'<text x="{middle:.0f}" y="{_HEIGHT - 12}">{escape(self.along)}</text>'

    def _drawn(self, along: Sequence[float], top: float) -> Iterator[str]:
        names = _apart([_down(curve.points[-1][1], top) for curve in self.curves])
        for number, (curve, beside) in enumerate(zip(self.curves, names, strict=True)):
            colour, mark = _COLOURS[number % len(_COLOURS)], _MARKS[number % len(_MARKS)]
            places = [(_across(x, along), _down(y, top)) for x, y in curve.points]
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            yield f'<polyline class="curve" stroke="{colour}" points="{path}"/>'
            for x, y in places:
                yield f'<text x="{x:.1f}" y="{y:.1f}" style="fill:{colour}">{mark}</text>'
            yield (
                f'<text class="name" x="{_WIDTH - _RIGHT + 12}" y="{beside:.1f}">'
                f'<tspan style="fill:{colour}">{mark}</tspan> {escape(curve.name)}</text>'
            )


def _across(x: float, along: Sequence[float]) -> float:
    step = (_WIDTH - _LEFT - _RIGHT) / max(1, len(along))
    return _LEFT + step * (along.index(x) + 0.5)


def _down(y: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * y / top


def _round_up(value: float) -> float:
    """Return the next number that reads well on an axis."""
    size = 10.0 ** (len(f"{value:.0f}") - 1) if value >= 1 else 0.1
    return next(step * size for step in (1, 2, 4, 6, 8, 10, 20) if step * size >= value)


def _apart(places: Sequence[float]) -> list[float]:
    """Return where names stand so that none covers another, as near to their curves as that allows."""
    moved = list(places)
    order = sorted(range(len(moved)), key=lambda index: moved[index])
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + _APART)
    return moved
