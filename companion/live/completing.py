"""What the server adds to a command: what was heard in earlier sessions, who was not reached there, what a preset says."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from companion.audiences import figures
from companion.config import PresetSettings
from companion.core import commands as c
from companion.core.procedure import EarlierShare, RequestKind, RequestStatus
from companion.core.reckoned import Dimension
from companion.core.speaking_time import MOST_REPLIES
from companion.core.state import Session


def not_reached(source: Session, workshop: Iterable[Session]) -> tuple[c.NotReached, ...]:
    """Return whoever was not reached in `source`, in their order there, and was carried over nowhere yet."""
    carried = {request.carried_from for session in workshop for request in session.requests.values()}
    left = [
        request
        for request in source.requests.values()
        if request.status is RequestStatus.NOT_REACHED and (source.id, request.id) not in carried
    ]
    return tuple(
        c.NotReached(
            request=request.id,
            person=source.people[request.person],
            kind=request.kind,
            topic=request.topic,
            on_behalf_of=request.on_behalf_of,
            language=request.language,
        )
        for request in sorted(left, key=lambda each: (each.list, each.rank, each.id))
    )


def earlier(session: str, workshop: Iterable[Session]) -> tuple[EarlierShare, ...]:
    """Return what was heard in the sessions of the workshop that began before, summed by group, region …, and by day.

    Of a dimension that the record of one of them may not show, no record may show the sum.
    """
    workshop = [*workshop]
    here = next((each for each in workshop if each.id == session), None)
    sums: dict[tuple[str, str, bool], list[int]] = defaultdict(lambda: [0, 0, 0])
    told = frozenset(Dimension)
    for other in workshop:
        if here is None or other.id == session or other.course.started_at is None:
            continue
        same_day = _day(other) == _day(here)
        told &= figures.shown(other).balance
        for (dimension, what), share in other.reckoning.shares.items():
            total = sums[dimension.value, what, same_day]
            total[0] += share.requests
            total[1] += share.interventions
            total[2] += round(share.duration.total_seconds())
    return tuple(
        EarlierShare(
            what=what,
            id=id_,
            same_day=same_day,
            requests=total[0],
            interventions=total[1],
            seconds=total[2],
            told=what in told,
        )
        for (what, id_, same_day), total in sorted(sums.items())
    )


def preset(said: PresetSettings, session: Session) -> c.FoundPreset:
    """Return what a preset says for a session, 0 for each speaking time that it does not name.

    Groups that the session's workshop does not have are left out.
    """
    replies = (*said.right_of_reply_seconds, *(0 for _ in range(MOST_REPLIES)))
    return c.FoundPreset(
        limits=c.SettingLimits(
            default_seconds=said.default_limit_seconds,
            groups={group.id: said.limit_by_group_seconds.get(group.id, 0) for group in session.programme.groups},
            kinds={kind.value: said.limit_by_kind_seconds.get(kind, 0) for kind in RequestKind},
            replies=replies[:MOST_REPLIES],
        ),
        rule=said.rule,
        when_absent=said.when_absent,
        one_request_each=said.one_request_each,
        alarms=tuple(
            c.SettingAlarm(
                action=each.action, after_seconds=each.after_seconds, since=each.since, text=each.text or None
            )
            for each in said.alarms
        ),
    )


def _day(session: Session) -> date | None:
    starts_at = session.programme.starts_at
    return None if starts_at is None else starts_at.astimezone(ZoneInfo(session.programme.time_zone)).date()
