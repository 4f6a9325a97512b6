"""Pictures of figures: bars, measured here and drawn by `templates/record/pictures.html`.

Every number stands in words beside its bar and in a table beside the picture; colour tells nothing. Where the page runs
from right to left, so do the bars.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from companion.record.model import Record
from companion.record.model_figures import Balance
from companion.record.model_polls import Breakdown, Poll
from companion.record.words import Words

WIDTH: Final = 640
"""Of a picture, in its own units; the page makes it as wide as there is room."""

ROW: Final = 44
LEGEND: Final = 22
_LONGEST_LABEL: Final = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row: its label and figure at `top`, and the parts of its bar, from where the line begins."""

    label: str
    figure: str
    top: int
    first: float
    second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Bars under a title; `said` is all of it in words. `second` is what the hollow part of a bar stands for, or "" ."""

    id: str
    title: str
    said: str
    bars: tuple[Bar, ...]
    first: str
    second: str
    direction: str

    @property
    def height(self) -> int:
        """Return the height in the picture's own units."""
        return ROW * len(self.bars) + (ROW if self.second else 0)

    def x(self, start: float, width: float = 0) -> float:
        """Return where something `width` wide begins on paper that is `start` from the beginning of the line."""
        return WIDTH - start - width if self.direction == "rtl" else start


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A part of a bar that is as long as the paper is wide: of the `index`th option, with its number."""

    index: int
    start: float
    width: float
    figure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A row of shares: its label, its figures in words, and the slices at `top`."""

    label: str
    figure: str
    top: int
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Whole bars cut into slices, under a title; the `legend` names the options in the order of the slices."""

    id: str
    title: str
    said: str
    stacks: tuple[Stack, ...]
    legend: tuple[str, ...]
    direction: str

    @property
    def height(self) -> int:
        """Return the height in the picture's own units."""
        return ROW * len(self.stacks) + LEGEND * len(self.legend)

    def x(self, start: float, width: float = 0) -> float:
        """Return where something `width` wide begins on paper that is `start` from the beginning of the line."""
        return WIDTH - start - width if self.direction == "rtl" else start


def of_breakdown(poll: Poll, breakdown: Breakdown, number: int, words: Words) -> Shares | None:
    """Return how each group, place or region answered, or None where no row may be drawn whole."""
    stacks: list[Stack] = []
    for row in breakdown.rows:
        counts = [count for option in poll.options if (count := row.counts[option.id]) is not None]
        if len(counts) < len(poll.options) or not any(counts):
            continue
        figures = ", ".join(f"{words.option(each)} {n}" for each, n in zip(poll.options, counts, strict=True))
        stacks.append(
            Stack(
                label=_short(words.value(breakdown.dimension, row.what)),
                figure=figures,
                top=ROW * len(stacks),
                slices=tuple(_slices(counts)),
            )
        )
    if not stacks:
        return None
    return Shares(
        id=f"shares-{number}-{breakdown.dimension}",
        title=f"{words.label(breakdown.dimension)}: {words.about(poll)}",
        said="; ".join(f"{stack.label}: {stack.figure}" for stack in stacks),
        stacks=tuple(stacks),
        legend=tuple(_short(words.option(option)) for option in poll.options),
        direction=words.direction,
    )


def _slices(counts: list[int]) -> Iterator[Slice]:
    start, whole = 0.0, sum(counts)
    for index, count in enumerate(counts):
        width = round(WIDTH * count / whole, 1)
        if count:
            yield Slice(index=index, start=start, width=min(width, WIDTH - start), figure=str(count))
            start += width


def of_speaking_time(record: Record, words: Words) -> Picture | None:
    """Return the speaking time by stakeholder group, or None where it is not told."""
    shares = record.totals.by_group
    if not any(share.spoken_seconds for share in shares):
        return None
    rows = [
        (words.group(share.what), words.duration(share.spoken_seconds), share.spoken_seconds, 0.0) for share in shares
    ]
    title = words.gettext("Speaking time by stakeholder group")
    return _picture("speaking-time", title, rows, words)


def of_balance(balance: Balance, words: Words) -> Picture | None:
    """Return whose the speaking time was, now and in earlier sessions, or None where nobody has spoken."""
    now = {part.what: part.spoken_seconds for part in balance.session}
    before = {part.what: part.spoken_seconds for part in balance.workshop}
    if not any((*now.values(), *before.values())):
        return None
    rows = []
    for what in dict.fromkeys((*now, *before)):
        first, second = now.get(what, 0.0), before.get(what, 0.0)
        figures = [words.duration(first), *([words.duration(second)] if before else [])]
        rows.append((words.of_dimension(balance.dimension, what), " + ".join(figures), first, second))
    parts = (words.gettext("in this session"), words.gettext("in earlier sessions")) if before else ("", "")
    title = f"{words.gettext('Speaking time')}: {words.label(balance.dimension)}"
    return _picture(f"balance-{balance.dimension}", title, rows, words, parts)


def of_result(poll: Poll, number: int, words: Words) -> Picture | None:
    """Return the result of a poll, or None where it is not told, or empty."""
    if poll.tally is None or poll.total is None or not any(poll.total.values()):
        return None
    room = poll.room_tally.counts if poll.room_tally else {}
    rows = [
        (words.option(option), str(poll.total[option.id]), poll.tally[option.id], room.get(option.id, 0))
        for option in poll.options
    ]
    title = words.gettext("Answers to the indicative poll")
    both = (words.gettext("by the app"), words.gettext("hands in the room")) if poll.room_tally else ("", "")
    return _picture(f"result-{number}", f"{title}: {words.about(poll)}", rows, words, both)


def _picture(
    id_: str,
    title: str,
    rows: Iterable[tuple[str, str, float, float]],
    words: Words,
    parts: tuple[str, str] = ("", ""),
) -> Picture:
    rows = [*rows]
    most = max(first + second for _label, _figure, first, second in rows)
    bars = tuple(
        Bar(
            label=_short(label),
            figure=figure,
            top=ROW * number,
            first=round(WIDTH * first / most, 1),
            second=round(WIDTH * second / most, 1),
        )
        for number, (label, figure, first, second) in enumerate(rows)
    )
    said = "; ".join(f"{label}: {figure}" for label, figure, _first, _second in rows)
    return Picture(
        id=id_, title=title, said=said, bars=bars, first=parts[0], second=parts[1], direction=words.direction
    )


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
