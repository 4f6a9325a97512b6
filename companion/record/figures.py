"""The sums of a record: totals of its interventions, and whose the list of speakers was, then and in earlier sessions.

Which of them may be shown is decided in `companion/audiences/figures.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from companion.audiences import figures
from companion.core.people import Attendance
from companion.core.procedure import EarlierShare, RequestList, RequestStatus
from companion.core.proceedings import Intervention as Held
from companion.core.reckoned import Dimension
from companion.record.history import History
from companion.record.interventions import spoken
from companion.record.model_figures import Balance, Part, Share, Totals

_CALLED_IN_VAIN: Final = frozenset({RequestStatus.ABSENT, RequestStatus.STRUCK})
_MINUTE: Final = 60


def totals(history: History) -> Totals:
    """Return the sums of all interventions, by group and attendance where they may be shown."""
    session, shown = history.session, figures.shown(history.session)
    held = [each for each in session.interventions.values() if not each.void]
    spoke = [each for each in held if each.list is not RequestList.ORDER]
    whole = _share(history, "", spoke, exact=True)
    statuses = [request.status for request in session.requests.values()]
    by_group = (
        (group.id, [each for each in spoke if session.people[each.person].group == group.id])
        for group in session.programme.groups
    )
    by_attendance = ((way.value, [each for each in spoke if each.attendance is way]) for way in Attendance)

    def shares(dimension: Dimension, sums: Iterable[tuple[str, list[Held]]]) -> tuple[Share, ...]:
        if dimension not in shown.totals:
            return ()
        return tuple(_share(history, what, of, exact=dimension in shown.exact) for what, of in sums if of)

    return Totals(
        interventions=whole.interventions,
        speakers=whole.speakers,
        spoken_seconds=whole.spoken_seconds,
        points_of_order=len(held) - len(spoke),
        not_reached=statuses.count(RequestStatus.NOT_REACHED),
        absent=sum(status in _CALLED_IN_VAIN for status in statuses),
        written=statuses.count(RequestStatus.WRITTEN),
        by_group=shares(Dimension.GROUP, by_group),
        by_attendance=shares(Dimension.ATTENDANCE, by_attendance),
    )


def balance(history: History) -> Iterator[Balance]:
    """Yield whose the list of speakers was, by each dimension that may be shown and of which anything is known."""
    session, shown = history.session, figures.shown(history.session)
    earlier = [share for share in session.course.earlier if share.told]
    for dimension in Dimension:
        parts = tuple(
            Part(
                what=what,
                requests=share.requests,
                interventions=share.interventions,
                spoken_seconds=_told(share.duration, exact=dimension in shown.exact),
            )
            for (which, what), share in sorted(session.reckoning.shares.items())
            if which is dimension and dimension in shown.balance
        )
        before = [share for share in earlier if share.what == dimension]
        same_day = [share for share in before if share.same_day]
        if parts or before:
            yield Balance(dimension=dimension, session=parts, day=_summed(same_day), workshop=_summed(before))


def _share(history: History, what: str, spoke: list[Held], *, exact: bool) -> Share:
    return Share(
        what=what,
        speakers=len({each.person for each in spoke}),
        interventions=len(spoke),
        spoken_seconds=_told(sum((spoken(history, each) for each in spoke), timedelta(0)), exact=exact),
    )


def _summed(shares: list[EarlierShare]) -> tuple[Part, ...]:
    """Return what is behind the shares of a dimension in whole minutes, whatever the modes of those sessions were."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for share in shares:
        had = sums[share.id]
        had[:] = had[0] + share.requests, had[1] + share.interventions, had[2] + share.seconds
    return tuple(
        Part(
            what=what,
            requests=requests,
            interventions=interventions,
            spoken_seconds=_told(timedelta(seconds=seconds), exact=False),
        )
        for what, (requests, interventions, seconds) in sorted(sums.items())
    )


def _told(duration: timedelta, *, exact: bool) -> float:
    seconds = duration.total_seconds()
    return seconds if exact else round(seconds / _MINUTE) * float(_MINUTE)
