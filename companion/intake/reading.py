"""Reading a workshop file. Strict where a fault would show in the room; every fault names its place.

`agenda_items[2].panellists[1]: there is no person p99`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import msgspec

from companion import text
from companion.codec.problems import BadMessage, converted
from companion.core.ids import SYSTEM
from companion.intake import form, rehearsing
from companion.intake.errors import WorkshopError
from companion.intake.form import AgendaItem, Participant, WorkshopFile

MOST_BYTES: Final = 16 * 1024 * 1024
MOST_PEOPLE: Final = 20_000
_MOST_NEEDS: Final = 20

_NAME: Final = 200
_SHORT: Final = 300
_TITLE: Final = 1_000
_REGION: Final = 64
_LANGUAGE: Final = 35
_EMAIL: Final = 254
_DETAIL: Final = 20_000
_DEEPEST: Final = 8

_READ_ONE_BY_ONE: Final[Mapping[str, type[msgspec.Struct]]] = {
    "stakeholder_groups": form.Group,
    "meetings": form.Meeting,
    "agenda_items": form.AgendaItem,
    "organizations": form.Organization,
    "participants": form.Participant,
    "recommendations": form.Recommendation,
    "rapporteur_notes": form.RapporteurNote,
    "polls": form.Poll,
}

Part = TypeVar("Part", bound=msgspec.Struct)


class Source(msgspec.Struct, frozen=True):
    """A workshop file that was read: its form, and everything else that stood in it (JSON, clean)."""

    form: WorkshopFile
    rest: dict[str, Any]


def read(content: bytes) -> Source:
    """Return what the file says; raise `WorkshopError` for the first fault."""
    if len(content) > MOST_BYTES:
        raise WorkshopError(f"the file is larger than {MOST_BYTES // 1024 // 1024} MB.")
    try:
        raw = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WorkshopError(f"the file is not JSON: {error}.") from error
    if not isinstance(raw, dict):
        raise WorkshopError("the file is not a workshop: an object is expected.")
    try:
        return _read(_respelt(raw))
    except BadMessage as error:
        raise WorkshopError(f"{error}.") from error


def _respelt(value: dict[str, Any]) -> dict[str, Any]:
    renamed = {form.BRITISH.get(key, key): each for key, each in value.items()}
    people = renamed.get("participants")
    if isinstance(people, list):
        renamed["participants"] = [
            {form.BRITISH.get(key, key): each for key, each in person.items()} if isinstance(person, dict) else person
            for person in people
        ]
    return renamed


def _read(raw: dict[str, Any]) -> Source:
    if raw.get("format", form.FORMATS[0]) not in form.FORMATS:
        raise BadMessage("format", f"this is not a workshop file; it would say {form.FORMATS[0]}")
    if raw.get("format_version", form.VERSION) != form.VERSION:
        raise BadMessage("format_version", f"only version {form.VERSION} is known here")
    parts = {name: _converted(raw, name, kind) for name, kind in _READ_ONE_BY_ONE.items() if name in raw}
    read_form = converted({**raw, **parts}, WorkshopFile)
    if len(read_form.participants) > MOST_PEOPLE:
        raise BadMessage("participants", f"at most {MOST_PEOPLE} people are possible")
    cleaned = _cleaned(read_form)
    _check(cleaned)
    return Source(form=cleaned, rest=_rest(raw))


def _converted(raw: Mapping[str, Any], name: str, kind: type[Part]) -> list[Part]:
    """Convert item by item: msgspec would not say which one is at fault."""
    items = raw[name]
    if not isinstance(items, list):
        raise BadMessage(name, "a list is expected")
    read: list[Any] = []
    for index, item in enumerate(items):
        try:
            read.append(converted(item, kind))
        except BadMessage as bad:
            place = f"{name}[{index}]"
            raise BadMessage(f"{place}.{bad.field}" if bad.field else place, bad.detail) from None
    return read


# Texts


def _cleaned(read_form: WorkshopFile) -> WorkshopFile:
    replace = msgspec.structs.replace
    event = read_form.event
    return replace(
        read_form,
        language=_optional(read_form.language, "language", _LANGUAGE),
        event=replace(
            event,
            title=_required(event.title, "event.title", _TITLE),
            short_title=_by_language(event.short_title, "event.short_title"),
            venue=_optional(event.venue, "event.venue", _SHORT),
            room=_optional(event.room, "event.room", _SHORT),
        ),
        stakeholder_groups=[
            replace(group, name=_by_language(group.name, f"{at}.name", required=True))
            for at, group in _places("stakeholder_groups", read_form.stakeholder_groups)
        ],
        organizations=[
            replace(
                organization,
                name=_required(organization.name, f"{at}.name", _SHORT),
                short_name=_optional(organization.short_name, f"{at}.short_name", _NAME),
                region=_optional(organization.region, f"{at}.region", _REGION),
            )
            for at, organization in _places("organizations", read_form.organizations)
        ],
        meetings=[
            replace(
                meeting,
                number=_required(str(meeting.number), f"{at}.number", _REGION),
                title=_required(meeting.title, f"{at}.title", _TITLE),
            )
            for at, meeting in _places("meetings", read_form.meetings)
        ],
        agenda_items=[
            replace(
                item,
                number=_required(str(item.number), f"{at}.number", _REGION),
                title=_required(item.title, f"{at}.title", _TITLE),
                short_title=_optional(item.short_title, f"{at}.short_title", _NAME),
            )
            for at, item in _places("agenda_items", read_form.agenda_items)
        ],
        participants=[_clean_person(person, at) for at, person in _places("participants", read_form.participants)],
        recommendations=rehearsing.cleaned_recommendations(read_form),
        rapporteur_notes=rehearsing.cleaned_notes(read_form),
    )


def _clean_person(person: Participant, at: str) -> Participant:
    if len(person.accessibility_needs) > _MOST_NEEDS:
        raise BadMessage(f"{at}.accessibility_needs", f"at most {_MOST_NEEDS} are possible")
    return msgspec.structs.replace(
        person,
        display_name=_required(person.display_name, f"{at}.display_name", _NAME),
        latin_name=_optional(person.latin_name, f"{at}.latin_name", _NAME),
        region=_optional(person.region, f"{at}.region", _REGION),
        language=_optional(person.language, f"{at}.language", _LANGUAGE),
        gender=_optional(person.gender, f"{at}.gender", _REGION),
        platform_name=_optional(person.platform_name, f"{at}.platform_name", _NAME),
        email=_optional(person.email, f"{at}.email", _EMAIL),
        accessibility_needs=[
            _required(need, f"{at}.accessibility_needs[{index}]", _SHORT)
            for index, need in enumerate(person.accessibility_needs)
        ],
    )


def _optional(value: str | None, at: str, most: int) -> str | None:
    return None if value is None else _line(value, at, most) or None


def _required(value: str, at: str, most: int) -> str:
    line = _line(value, at, most)
    if not line:
        raise BadMessage(at, "must not be empty")
    return line


def _line(value: str, at: str, most: int) -> str:
    try:
        return text.clean_line(value, most=most)
    except text.TooLong as error:
        raise BadMessage(at, str(error)) from None


def _by_language(names: Mapping[str, str], at: str, *, required: bool = False) -> dict[str, str]:
    if required and not names:
        raise BadMessage(at, "must not be empty")
    return {language: _required(name, f"{at}.{language}", _TITLE) for language, name in names.items()}


def _places(name: str, parts: Sequence[Part]) -> Iterator[tuple[str, Part]]:
    return ((f"{name}[{index}]", part) for index, part in enumerate(parts))


# References


def _check(read_form: WorkshopFile) -> None:
    event = read_form.event
    _known_time_zone(event.time_zone)
    if event.end_date < event.start_date:
        raise BadMessage("event.end_date", "it is before start_date")
    groups = _unique("stakeholder_groups", read_form.stakeholder_groups, lambda group: group.id)
    meetings = _unique("meetings", read_form.meetings, lambda meeting: meeting.id)
    organizations = _unique("organizations", read_form.organizations, lambda organization: organization.id)
    people = _unique("participants", read_form.participants, lambda person: person.id)
    _unique("agenda_items", read_form.agenda_items, lambda item: item.id)
    if SYSTEM in people:
        raise BadMessage("participants", f"{SYSTEM} is nobody's id: the program itself acts under it")
    _check_limits(read_form, groups)
    for at, organization in _places("organizations", read_form.organizations):
        _refer(organization.group, f"{at}.group", groups, "stakeholder group")
    for at, person in _places("participants", read_form.participants):
        _refer(person.organization, f"{at}.organization", organizations, "organization")
        _refer(person.group, f"{at}.group", groups, "stakeholder group")
    for at, meeting in _places("meetings", read_form.meetings):
        _in_order(meeting, at)
    for at, item in _places("agenda_items", read_form.agenda_items):
        _check_item(item, at, meetings, people)
    rehearsing.check(read_form)


def _check_limits(read_form: WorkshopFile, groups: frozenset[str]) -> None:
    for name in read_form.modalities.time_limits_s:
        if name not in form.KINDS and name not in groups and name not in form.REPLIES and name != "default":
            raise BadMessage(
                f"modalities.time_limits_s.{name}", "there is no such stakeholder group and no such kind of request"
            )


def _check_item(item: AgendaItem, at: str, meetings: frozenset[str], people: frozenset[str]) -> None:
    _refer(item.meeting, f"{at}.meeting", meetings, "meeting")
    _in_order(item, at)
    _unique(f"{at}.segments", item.segments, lambda segment: segment.id)
    seen = set()
    for index, panellist in enumerate(item.panellists):
        _refer(panellist, f"{at}.panellists[{index}]", people, "person")
        if panellist in seen:
            raise BadMessage(f"{at}.panellists[{index}]", f"{panellist} is on the panel already")
        seen.add(panellist)


def _unique(name: str, parts: Sequence[Part], id_of: Callable[[Part], str]) -> frozenset[str]:
    seen: set[str] = set()
    for at, part in _places(name, parts):
        if id_of(part) in seen:
            raise BadMessage(f"{at}.id", f"{id_of(part)} is taken by another before it")
        seen.add(id_of(part))
    return frozenset(seen)


def _refer(reference: str | None, at: str, known: frozenset[str], noun: str) -> None:
    if reference is not None and reference not in known:
        raise BadMessage(at, f"there is no {noun} {reference}")


def _in_order(part: AgendaItem | form.Meeting, at: str) -> None:
    if part.end <= part.start:
        raise BadMessage(f"{at}.end", "it is not after start")


def _known_time_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        if available_timezones():
            raise BadMessage("event.time_zone", "there is no such time zone; one would be Europe/Zurich") from None


# The rest


def _rest(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form does not read, as it may be useful one day: of the workshop, and of each agenda item."""
    items = raw["agenda_items"]
    return {
        "event": _unread(raw["event"], form.Event),
        "agenda_items": [_unread(item, AgendaItem) | _sub_items(item) for item in items],
        "modalities": _detail(raw.get("modalities", {}), 0),
        "notice": _detail(raw.get("notice", ""), 0),
    }


def _unread(part: Mapping[str, Any], kind: type[msgspec.Struct]) -> dict[str, Any]:
    read_ = set(kind.__struct_fields__)
    return {key: _detail(value, 0) for key, value in part.items() if key not in read_ and text.is_clean(key)}


def _sub_items(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of an agenda item with all that is said of them: the form reads their ids only."""
    return {"sub_items": _detail(item["sub_items"], 0)} if "sub_items" in item else {}


def _detail(value: object, depth: int) -> Any:  # noqa: ANN401 (JSON)
    """Return a copy without anything deeper than eight levels, all texts clean."""
    match value:
        case str():
            return text.clean_text(value[:_DETAIL], most=_DETAIL * 4)
        case dict() if depth < _DEEPEST:
            return {key: _detail(each, depth + 1) for key, each in value.items() if text.is_clean(key)}
        case list() if depth < _DEEPEST:
            return [_detail(each, depth + 1) for each in value]
        case dict() | list():
            return None
        case _:
            return value
