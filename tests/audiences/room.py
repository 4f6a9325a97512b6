"""Who looks at a session: the server's maps, and clients that keep their own by patches."""

import random
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from companion.audiences import keys, maps
from companion.audiences.audience import Audience
from companion.audiences.maps import Maps, Patch
from companion.audiences.polls import NO_MARKS
from companion.core import commands as c
from companion.core import events as e
from companion.core.people import Role
from companion.core.procedure import SessionStatus
from companion.core.state import Session
from tests.audiences.walk import Step, Walk

_COUNTS: Final = ("tally", "total", "room_tally", "positions", "position_counts")


class Room:
    """The server's maps, kept up to date, and in each audience a client that joined at the beginning."""

    def __init__(self) -> None:
        self.session = Session()
        self.kept = Maps(self.session)
        self.clients: dict[Audience, dict[str, Any]] = {each: dict(self.kept.of(each)) for each in Audience}
        self.own: dict[str, dict[str, Any]] = {}
        self.behind: set[str] = set()
        """The keys whose counts may be old."""
        self.reads_later = False
        """Whether readers may have the texts of notes as they were."""

    def advance(
        self, after: Session, happened: tuple[e.Recorded, ...], *, with_counts: bool = True, with_texts: bool = True
    ) -> Mapping[Audience, Patch]:
        """Go on to `after`; everything is compared with what whoever joins now would get."""
        before, self.session = self.session, after
        patches = self.kept.advance(after, happened, with_counts=with_counts, with_texts=with_texts)
        self.behind = set() if with_counts else self.behind | keys.counted(happened)
        self.reads_later = not with_texts
        self._take(patches)
        self._compare_own(before, after, keys.touched_people(before, after, happened))
        return patches

    def catch_up(self) -> None:
        """Take the counts that were left for later."""
        patches = self.kept.catch_up_counts()
        for audience, patch in patches.items():
            assert set(patch.set) <= self.behind
            assert set(patch.set) <= set(self.kept.late(audience)), "whoever comes back would not get it anew"
        assert not any(patch.unset for patch in patches.values())
        self.behind = set()
        self._take(patches)

    def catch_up_texts(self) -> None:
        """Take the texts that were left for later."""
        patches = self.kept.catch_up_texts()
        for audience, patch in patches.items():
            assert set(patch.set) <= set(self.kept.late(audience)), "whoever comes back would not get it anew"
        assert not patches[Audience.STAFF]
        assert not any(patch.unset for patch in patches.values())
        self.reads_later = False
        self._take(patches)

    def _take(self, patches: Mapping[Audience, Patch]) -> None:
        fresh = Maps(self.session)
        for audience, patch in patches.items():
            client = self.clients[audience]
            assert not set(patch.set) & set(patch.unset)
            assert all(key in client for key in patch.unset), "takes out what was never in"
            assert all(key not in client or client[key] != value for key, value in patch.set.items()), (
                "says nothing new"
            )
            client.update(patch.set)
            for key in patch.unset:
                del client[key]
            assert client == self.kept.of(audience)
            mine, theirs = self._without_counts(client), self._without_counts(fresh.of(audience))
            if self.reads_later and audience is not Audience.STAFF:
                mine, theirs = _without_texts(mine), _without_texts(theirs)
            assert mine == theirs

    def _without_counts(self, map_: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: {**value, "answered": None, **{name: None for name in _COUNTS if name in value}}
            if key in self.behind
            else value
            for key, value in map_.items()
        }

    def _compare_own(self, before: Session, after: Session, touched: Mapping[str, keys.Own]) -> None:
        for who, own in touched.items():
            self.own.setdefault(who, maps.personal(before, who)).update(
                maps.changed_of_person(before, after, who, NO_MARKS, own)
            )
        for who in after.people:
            assert self.own[who] == maps.personal(after, who), f"{who} was not told"


def batched(steps: Iterator[Step], most: int) -> Iterator[tuple[e.Recorded, ...]]:
    """Yield what happened in batches of up to `most` commands."""
    sizes = random.Random(most)  # noqa: S311 (the same every time)
    batch: list[e.Recorded] = []
    left = 1
    for step in steps:
        batch += step.happened
        left -= 1
        if left == 0:
            yield tuple(batch)
            batch, left = [], sizes.randint(1, most)
    if batch:
        yield tuple(batch)


def story(walk: Walk, count: int) -> Iterator[Step]:
    """Yield a whole session: prepared, opened, `count` random taps, ended."""
    yield walk.beginning
    yield walk.by(Role.MODERATOR, c.StartSession())
    yield walk.by(Role.LIST_OFFICER, c.OpenList())
    yield from walk.steps(count)
    if walk.session.course.status is not SessionStatus.CLOSED:
        yield walk.by(Role.MODERATOR, c.CloseSession())
    yield walk.by(Role.SECRETARIAT, c.FinaliseSession())


def encoded(value: object) -> str:
    return msgspec.json.encode(value).decode()


def opened() -> tuple[Walk, Room]:
    """Return a session that is open, with an open list, and who looks at it."""
    walk, room = Walk(0), Room()
    room.advance(walk.session, walk.beginning.happened)
    told(walk, room, Role.MODERATOR, c.StartSession())
    told(walk, room, Role.MODERATOR, c.OpenList())
    return walk, room


def patched(walk: Walk, room: Room, role: Role, command: c.Command) -> Mapping[Audience, Patch]:
    happened = walk.by(role, command).happened
    return room.advance(walk.session, happened)


def told(walk: Walk, room: Room, role: Role, command: c.Command) -> tuple[e.Recorded, ...]:
    happened = walk.by(role, command).happened
    room.advance(walk.session, happened)
    return happened


def _without_texts(map_: Mapping[str, Any]) -> dict[str, Any]:
    late = {"text": None, "version": None, "written_at": None, "written_by": None}
    return {key: {**value, **late} if key.startswith("note/") else value for key, value in map_.items()}
