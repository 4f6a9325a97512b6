"""Which letter of a shared text follows which, all that were ever deleted among them, and which those are.

An update of which everything was written between two letters that follow each other is what somebody types who has the whole
text before them: there is nothing to decide about its place, so any Yjs document puts it there. Where somebody else wrote
there meanwhile, or claims to have, the library decides.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
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
        deleted, ends = self.new_deleted(update.deleted), {each.client: each.end for each in written}
        seconds = {second for each in written for second in seconds_of(each)}
        for each in deleted:
            if each.end > ends.get(each.client, self.clock(each.client)):
                return None
            edges = {Letter(each.client, each.clock), Letter(each.client, each.end)}
            if edges & self._seconds or edges & seconds:
                return None
        return Update(written, deleted)

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
            if each.right in self._seconds or self._follower(each.left, follows, new) != each.right:
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
            after = Letter(letter.client, letter.clock + 1)
            return after if inside and after not in seconds_of(inside) else _NOBODY_KNOWS
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


def _first_of(run: _Run | None) -> Letter | None:
    return None if run is None else Letter(run.client, run.clock)


def seconds_of(written: Written) -> list[Letter]:
    """Return the second halves of characters in what was written."""
    return [Letter(written.client, written.clock + place) for place in second_halves(written.text or "")]
