"""Which letter of a shared text follows which, all that were ever deleted among them, and which those are.

An update of which everything was written between two letters that follow each other is what somebody types who has the whole
text before them: there is nothing to decide about its place, so any Yjs document puts it there. Where somebody else wrote
there meanwhile, or claims to have, the library decides.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from companion.crdt.updates import Letter, Stretch, Update, Written, second_halves

_NOBODY_KNOWS: Final = Letter(-1, -1)


class Stretches:
    """Letters, as stretches that neither touch nor overlap."""

    def __init__(self) -> None:
        self._starts: dict[int, list[int]] = {}
        self._ends: dict[int, list[int]] = {}
        self._wholes: set[Stretch] = set()

    def __contains__(self, stretch: Stretch) -> bool:
        """Say quickly that a stretch is one of these as it stands, as most are where somebody names all that was ever deleted."""
        return stretch in self._wholes

    def __iter__(self) -> Iterator[Stretch]:
        """Yield the stretches, each author's in order."""
        for client, starts in self._starts.items():
            yield from self._between(client, starts, self._ends[client])

    def lacks(self, stretch: Stretch) -> list[Stretch]:
        """Return what of a stretch is not among these."""
        starts, ends = self._starts.get(stretch.client, []), self._ends.get(stretch.client, [])
        lacking, at = [], stretch.clock
        place = bisect_right(ends, at)
        while at < stretch.end:
            start = min(stretch.end, starts[place]) if place < len(starts) else stretch.end
            if at < start:
                lacking.append(Stretch(stretch.client, at, start - at))
            at = ends[place] if place < len(ends) else stretch.end
            place += 1
        return lacking

    def add(self, stretch: Stretch) -> None:
        """Take a stretch among these."""
        if not stretch.length:
            return
        starts = self._starts.setdefault(stretch.client, [])
        ends = self._ends.setdefault(stretch.client, [])
        first, last = bisect_left(ends, stretch.clock), bisect_right(starts, stretch.end)
        start, end = min([stretch.clock, *starts[first:last]]), max([stretch.end, *ends[first:last]])
        self._wholes.difference_update(self._between(stretch.client, starts[first:last], ends[first:last]))
        self._wholes.add(Stretch(stretch.client, start, end - start))
        starts[first:last], ends[first:last] = [start], [end]

    @staticmethod
    def _between(client: int, starts: list[int], ends: list[int]) -> Iterator[Stretch]:
        return (Stretch(client, start, end - start) for start, end in zip(starts, ends, strict=True))


class _Run:
    """Letters of one author that follow each other in the text as by the clock, and the run that follows."""

    __slots__ = ("client", "clock", "follower", "length")

    def __init__(self, client: int, clock: int, length: int, follower: "_Run | None") -> None:
        self.client = client
        self.clock = clock
        self.length = length
        self.follower = follower

    @property
    def end(self) -> int:
        return self.clock + self.length


class Succession:
    """The letters of a text in their order."""

    def __init__(self, order: Iterable[Stretch], deleted: Iterable[Stretch], seconds: Iterable[Letter]) -> None:
        """Make it of what stands in a document; `seconds` are second halves, before which nothing is written or deleted."""
        self._first: _Run | None = None
        self._runs: dict[int, list[_Run]] = {}
        self._clocks: dict[int, list[int]] = {}
        self._deleted = Stretches()
        self._seconds = set(seconds)
        for stretch in reversed([*order]):
            self._first = _Run(*stretch, self._first)
            self._runs.setdefault(stretch.client, []).append(self._first)
        for client, runs in self._runs.items():
            runs.sort(key=lambda run: run.clock)
            self._clocks[client] = [run.clock for run in runs]
        for stretch in deleted:
            self._deleted.add(stretch)

    def clock(self, client: int) -> int:
        """Return the clock of an author after all that is here."""
        runs = self._runs.get(client)
        return runs[-1].end if runs else 0

    def news(self, update: Update) -> Update | None:
        """Return what is new in an update, or None where the library has to decide what it means."""
        written = self._new_written(update.written)
        if written is None:
            return None
        news = Update(written, self.new_deleted(update.deleted))
        ends = {each.client: each.end for each in written}
        late = any(each.end > ends.get(each.client, self.clock(each.client)) for each in news.deleted)
        return None if late or self.divides(news) else news

    def divides(self, update: Update) -> bool:
        """Say whether an update writes or deletes between the two halves of a character."""
        edges = [Letter(each.client, clock) for each in update.deleted for clock in (each.clock, each.end)]
        for each in update.written:
            edges += [] if each.left is None else [Letter(each.left.client, each.left.clock + 1)]
            edges += [] if each.right is None else [each.right]
        own = {second for each in update.written for second in seconds_of(each)}
        return any(edge in self._seconds or edge in own for edge in edges)

    def keeps(self, new: Iterable[Written], everything: Sequence[Written]) -> bool:
        """Say whether each that is new stands where its author can have written it, `everything` with what is new being here.

        Whatever stands between it and the letters that it was written between, its author has not seen, nor what was written
        beside or after that; but certainly those two letters, and what the author wrote before.
        """
        line = [*self._line()]
        places = {id(run): number for number, run in enumerate(line)}

        def place(letter: Letter) -> tuple[int, int]:
            return places[id(self._run(letter))], letter.clock

        for each in new:
            left = (-1, 0) if each.left is None else place(each.left)
            right = (len(line), 0) if each.right is None else place(each.right)
            if not left < place(Letter(each.client, each.clock)) < right:
                return False
            unseen = _unseen([*_between(line, left, right, each)], everything)
            seen = [Letter(each.client, each.end - 1), *(letter for letter in (each.left, each.right) if letter)]
            if any(letter.clock >= unseen.get(letter.client, letter.clock + 1) for letter in seen):
                return False
        return True

    def _line(self) -> Iterator[_Run]:
        run = self._first
        while run is not None:
            yield run
            run = run.follower

    def new_deleted(self, deleted: Iterable[Stretch]) -> tuple[Stretch, ...]:
        """Return what was not deleted before, each of it once."""
        fresh = Stretches()
        for each in deleted:
            if each not in self._deleted:
                for stretch in self._deleted.lacks(each):
                    fresh.add(stretch)
        return tuple(fresh)

    def take(self, news: Update) -> None:
        """Go on to the text with what `news` returned."""
        for each in news.written:
            self._put(each)
            self._seconds.update(seconds_of(each))
        for stretch in news.deleted:
            self._deleted.add(stretch)

    def _new_written(self, written: Iterable[Written]) -> tuple[Written, ...] | None:
        """Return what is new, where it is one author's, goes on where the author was, and its place is beyond question."""
        new: list[Written] = []
        follows: dict[Letter | None, Letter | None] = {}
        for each in written:
            at = new[-1].end if new else self.clock(each.client)
            if each.end <= at and each.length:
                continue
            if each.clock != at or not each.text or (new and each.client != new[-1].client):
                return None
            if self._follower(each.left, follows, new) != each.right:
                return None
            follows[each.left], follows[Letter(each.client, each.end - 1)] = Letter(each.client, each.clock), each.right
            new.append(each)
        return tuple(new)

    def _follower(
        self, letter: Letter | None, follows: dict[Letter | None, Letter | None], new: list[Written]
    ) -> Letter | None:
        """Return what follows a letter once `new` is there."""
        if letter in follows:
            return follows[letter]
        if letter is None:
            return _first_of(self._first)
        if new and letter.client == new[0].client and letter.clock >= new[0].clock:
            inside = next((each for each in new if each.clock <= letter.clock < each.end), None)
            return Letter(letter.client, letter.clock + 1) if inside else _NOBODY_KNOWS
        if letter.clock >= self.clock(letter.client):
            return _NOBODY_KNOWS
        run = self._run(letter)
        if letter.clock + 1 < run.end:
            return Letter(letter.client, letter.clock + 1)
        return _first_of(run.follower)

    def _run(self, letter: Letter) -> _Run:
        return self._runs[letter.client][bisect_right(self._clocks[letter.client], letter.clock) - 1]

    def _put(self, each: Written) -> None:
        """Put a run behind the letter that it was written behind; two that go on as one become one."""
        if each.left is None:
            self._first = self._new_run(each, self._first)
            return
        run = self._run(each.left)
        if each.left.clock + 1 < run.end:
            self._split(run, each.left.clock + 1)
        if run.client == each.client and run.end == each.clock:
            run.length += each.length
        else:
            run.follower = self._new_run(each, run.follower)

    def _split(self, run: _Run, clock: int) -> None:
        rest = _Run(run.client, clock, run.end - clock, run.follower)
        run.length, run.follower = clock - run.clock, rest
        place = bisect_right(self._clocks[run.client], clock)
        self._clocks[run.client].insert(place, clock)
        self._runs[run.client].insert(place, rest)

    def _new_run(self, each: Written, follower: _Run | None) -> _Run:
        run = _Run(each.client, each.clock, each.length, follower)
        self._runs.setdefault(each.client, []).append(run)
        self._clocks.setdefault(each.client, []).append(each.clock)
        return run


def _between(
    line: Sequence[_Run], left: tuple[int, int], right: tuple[int, int], but: Written
) -> Iterator[tuple[int, int]]:
    """Yield author and first clock of each stretch between two places, but for what itself stands there."""
    for number in range(max(left[0], 0), min(right[0], len(line) - 1) + 1):
        run = line[number]
        start = left[1] + 1 if number == left[0] else run.clock
        end = right[1] if number == right[0] else run.end
        if run.client == but.client:
            parts = ((start, min(end, but.clock)), (max(start, but.end), end))
        else:
            parts = ((start, end), (0, 0))
        yield from ((run.client, first) for first, last in parts if first < last)


def _unseen(first: Sequence[tuple[int, int]], everything: Sequence[Written]) -> dict[int, int]:
    """Return from which clock on each author's letters are unseen by whoever has not seen these."""
    unseen: dict[int, int] = {}
    for client, clock in first:
        unseen[client] = min(clock, unseen.get(client, clock))
    more = bool(unseen)
    while more:
        more = False
        for each in everything:
            if each.clock < unseen.get(each.client, each.end) and any(
                letter is not None and letter.clock >= unseen.get(letter.client, letter.clock + 1)
                for letter in (each.left, each.right)
            ):
                unseen[each.client], more = each.clock, True
    return unseen


def _first_of(run: _Run | None) -> Letter | None:
    return None if run is None else Letter(run.client, run.clock)


def seconds_of(written: Written) -> list[Letter]:
    """Return the second halves of characters in what was written."""
    return [Letter(written.client, written.clock + place) for place in second_halves(written.text or "")]
