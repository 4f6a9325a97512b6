"""What a record says in the reader's language: labels of closed sets, people, times and durations."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from companion import wording
from companion.core.people import Attendance, Role
from companion.core.procedure import (
    AttributionMode,
    RequestKind,
    RequestStatus,
    Ruling,
    SegmentKind,
    SessionStatus,
)
from companion.record.model import Limit, Record, Who
from companion.wording import _

_LABELS: Final[Mapping[StrEnum, str]] = {
    SegmentKind.PANEL_PRESENTATIONS: _("Panel presentations"),
    SegmentKind.INTERACTIVE_DISCUSSION: _("Interactive discussion"),
    SegmentKind.PANELLISTS_REPLIES: _("Panellists’ replies"),
    SegmentKind.OTHER: _("Other"),
    RequestKind.STATEMENT: _("Statement"),
    RequestKind.JOINT_STATEMENT: _("Joint statement"),
    RequestKind.QUESTION: _("Question"),
    RequestKind.PANEL_PRESENTATION: _("Presentation"),
    RequestKind.PANELLIST_REPLY: _("Panellist’s reply"),
    RequestKind.VIDEO_STATEMENT: _("Video statement"),
    RequestKind.READ_OUT: _("Read out"),
    RequestKind.POINT_OF_ORDER: _("Point of order"),
    RequestKind.RIGHT_OF_REPLY: _("Right of reply"),
    RequestKind.PROCEDURAL_MOTION: _("Procedural motion"),
    RequestKind.MODERATOR: _("Moderator"),
    RequestKind.SECRETARIAT: _("Secretariat"),
    RequestStatus.WAITING: _("Waiting"),
    RequestStatus.HELD: _("Held"),
    RequestStatus.SPEAKING: _("Speaking"),
    RequestStatus.DELIVERED: _("Delivered"),
    RequestStatus.WITHDRAWN: _("Withdrawn"),
    RequestStatus.NOT_REACHED: _("Not reached"),
    Ruling.SUSTAINED: _("Sustained"),
    Ruling.NOT_SUSTAINED: _("Not sustained"),
    Ruling.NOTED: _("Noted"),
    Attendance.IN_ROOM: _("In the room"),
    Attendance.REMOTE: _("Remote"),
    SessionStatus.SCHEDULED: _("Scheduled"),
    SessionStatus.OPEN: _("Open"),
    SessionStatus.SUSPENDED: _("Suspended"),
    SessionStatus.CLOSED: _("Closed"),
    SessionStatus.FINALISED: _("Finalised"),
    AttributionMode.ATTRIBUTED: _("Speakers are named."),
    AttributionMode.AFFILIATION_ONLY: _("Speakers are shown by their affiliation, not by name."),
    AttributionMode.NON_ATTRIBUTED: _(
        "Neither the identity nor the affiliation of speakers is revealed (Chatham House Rule)."
    ),
}
_EVENTS: Final[Mapping[str, str]] = {
    "list.opened": _("The list of speakers was opened"),
    "list.closed": _("The list of speakers was closed"),
    "request.made": _("Asked for the floor"),
    "request.changed": _("Changed the request"),
    "request.withdrawn": _("Withdrawn"),
    "request.moved": _("Moved on the list"),
    "request.held": _("Set aside"),
    "request.released": _("Came onto the list"),
    "request.not_reached": _("Not reached"),
}
_ROLES: Final[Mapping[Role, str]] = {
    Role.MODERATOR: _("moderator"),
    Role.LIST_OFFICER: _("list of speakers officer"),
    Role.TECHNICAL_MODERATOR: _("technical moderator"),
    Role.RAPPORTEUR: _("rapporteur"),
    Role.SECRETARIAT: _("secretariat"),
    Role.PANELLIST: _("panellist"),
    Role.PARTICIPANT: _("participant"),
    Role.OBSERVER: _("observer"),
    Role.INTERPRETER: _("interpreter"),
    Role.DISPLAY: _("room display"),
}
_FIELDS: Final[Mapping[str, str]] = {
    "name": _("Name"),
    "latin_name": _("Name in Latin letters"),
    "organisation": _("Organisation"),
    "group": _("Stakeholder group"),
}
_MINUTE: Final = 60
_HOUR: Final = 3600


class Words:
    """The words for one record in one language."""

    def __init__(self, record: Record, language: str) -> None:
        self.language = language
        self.direction = wording.direction(language)
        self.gettext = wording.gettext_for(language).gettext
        self.ngettext = wording.gettext_for(language).ngettext
        self._groups = {group.id: self._by_language(group.name) for group in record.groups}
        self._zone = _zone(record.workshop.time_zone)
        self.workshop_title = self._by_language(record.workshop.title)

    def label(self, value: StrEnum) -> str:
        """Return a member of a closed set as people read it."""
        return self.gettext(_LABELS[value])

    def event(self, type_: str) -> str:
        """Return what happened to the list."""
        return self.gettext(_EVENTS[type_])

    def role(self, role: Role | None) -> str:
        """Return who acted, by role; "" where it was the person, or the program."""
        return "" if role is None else self.gettext(_ROLES[role])

    def field(self, name: str) -> str:
        """Return what of a person was corrected."""
        return self.gettext(_FIELDS[name])

    def group(self, group: str | None) -> str:
        """Return a stakeholder group's name, "" for none."""
        return self._groups.get(group or "", group or "")

    def attendance(self, way: str) -> str:
        """Return where people took part."""
        return self.label(Attendance(way))

    def limit(self, limit: Limit) -> str:
        """Return whom a speaking time is for."""
        if limit.kind is not None:
            return self.label(limit.kind)
        return self.group(limit.group) or self.gettext("All others")

    def title(self, who: Who) -> str:
        """Return what stands for a person: the name, or whom they represent, or what they are."""
        if who.name is not None:
            return who.name
        if who.organisation is not None:
            return self.gettext("Representative of {organisation}").format(organisation=who.organisation)
        return self.gettext("A panellist") if who.panellist else self.gettext("A participant")

    def affiliation(self, who: Who) -> str:
        """Return the organisation where the title has not said it already, or "" ."""
        return who.organisation or "" if who.name is not None else ""

    def clock(self, at: datetime | None) -> str:
        """Return a time of day in the workshop's zone: `15:04:59`."""
        return "" if at is None else at.astimezone(self._zone).strftime("%H:%M:%S")

    def from_to(self, record: Record) -> tuple[datetime | None, datetime | None]:
        """Return when the session began and ended, or, where it has not begun, when it is to."""
        session = record.session
        if session.started_at is None:
            return session.scheduled_start, session.scheduled_end
        return session.started_at, session.closed_at

    def day(self, at: datetime | None) -> str:
        """Return a date in the workshop's zone: `2022-10-18`."""
        return "" if at is None else at.astimezone(self._zone).date().isoformat()

    @property
    def zone(self) -> str:
        """Return the name of the zone in which times are shown."""
        return str(self._zone)

    def duration(self, seconds: float | None) -> str:
        """Return a duration to the second: `4:05`, `1:00:00`."""
        if seconds is None:
            return ""
        whole = round(seconds)
        hours, minutes, rest = whole // _HOUR, whole % _HOUR // _MINUTE, whole % _MINUTE
        return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

    def _by_language(self, names: Mapping[str, str]) -> str:
        return names.get(self.language) or names.get(wording.SOURCE_LANGUAGE) or next(iter(names.values()), "")


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
