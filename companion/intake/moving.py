"""The same workshop at another time: the demo's first panel begins now."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from companion.intake.reading import Source


def move_to(source: Source, start: datetime) -> Source:
    """Return the workshop with its earliest agenda item beginning at `start`.

    All times are shifted by the same difference; the dates follow, by the calendar of the workshop's own time zone.
    """
    replace = msgspec.structs.replace
    form = source.form
    zone = ZoneInfo(form.event.time_zone)
    by = start - min(item.start for item in form.agenda_items)
    items = [replace(item, start=item.start + by, end=item.end + by) for item in form.agenda_items]
    meetings = [replace(meeting, start=meeting.start + by, end=meeting.end + by) for meeting in form.meetings]
    first_before, last_before = _days((item.start for item in form.agenda_items), zone)
    first, last = _days((item.start for item in items), zone)
    event = replace(
        form.event,
        start_date=form.event.start_date + (first - first_before),
        end_date=form.event.end_date + (last - last_before),
    )
    return Source(form=replace(form, event=event, agenda_items=items, meetings=meetings), rest=source.rest)


def _days(moments: Iterable[datetime], zone: tzinfo) -> tuple[date, date]:
    days = [moment.astimezone(zone).date() for moment in moments]
    return min(days), max(days)
