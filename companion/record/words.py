"""What a record says in the reader's language: people, texts and polls, times and durations."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from companion import wording
from companion.core.brackets import passages
from companion.core.people import Attendance, Role
from companion.core.procedure import AmendmentState, NoteAttribution, PollUnit, QuotaBy, RequestStatus
from companion.core.reckoned import Dimension
from companion.record.labels import CHANGED, EVENTS, FIELDS, LABELS, MOMENTS, OPTIONS, ROLES
from companion.record.model import EntryCorrection, Record
from companion.record.model_documents import Amendment, Moment, Note, Position, Recommendation, StatusChange
from companion.record.model_floor import Intervention, Request
from companion.record.model_list import Limit, ListEvent
from companion.record.model_people import Who
from companion.record.model_polls import Breakdown, Option, Poll

_MINUTE: Final = 60
_HOUR: Final = 3600


class Words:
    """The words for one record in one language."""

    def __init__(self, record: Record, language: str) -> None:
        self.language = language
        self.direction = wording.direction(language)
        self.gettext = wording.gettext_for(language).gettext
        self.ngettext = wording.gettext_for(language).ngettext
        self._record = record
        self._groups = {group.id: self._by_language(group.name) for group in record.groups}
        self._zone = _zone(record.workshop.time_zone)
        self.workshop_title = self._by_language(record.workshop.title)

    def label(self, value: StrEnum) -> str:
        """Return a member of a closed set as people read it."""
        return self.gettext(LABELS[type(value)][value])

    def event(self, event: ListEvent) -> str:
        """Return what happened to the list, in as much detail as is known; of an exchange, not with whom."""
        return "; ".join(
            (self.gettext(EVENTS[event.type]), *self._about_the_list(event), *self._about_a_request(event))
        )

    def _about_the_list(self, event: ListEvent) -> Iterator[str]:
        if event.rule is not None:
            yield self.label(event.rule)
        if event.letter is not None:
            yield event.letter.upper()
        if event.quota_by is not None:
            yield self._shares(event.quota_by, event.shares)
        if event.automatic:
            yield self.gettext("by itself")
        if event.moved is not None:
            yield self.ngettext("%(num)s moved", "%(num)s moved", event.moved) % {"num": event.moved}
        if event.type.startswith("list.time_share"):
            yield self._shared(event)

    def _about_a_request(self, event: ListEvent) -> Iterator[str]:
        if event.status is not None:
            waits = event.status is RequestStatus.WAITING
            yield self.gettext("waits once more") if waits else self.label(event.status)
        if event.carried_from is not None:
            yield self.gettext("from session {session}").format(session=event.carried_from)

    def _shares(self, quota_by: QuotaBy, shares: Mapping[str, int]) -> str:
        by = Dimension(quota_by.value)
        return ", ".join(f"{self.of_dimension(by, what)} {share}" for what, share in shares.items())

    def _shared(self, event: ListEvent) -> str:
        if event.seconds is None:
            return self.gettext("no longer")
        said = self.gettext("{time} each").format(time=self.duration(event.seconds))
        if event.names is None:
            return said
        names = self.ngettext("%(num)s name", "%(num)s names", event.names) % {"num": event.names}
        return f"{said}, {names}"

    def of_dimension(self, dimension: Dimension, what: str) -> str:
        """Return what the shares of a balance are of: a group's name, a place, a region, a language."""
        match dimension:
            case Dimension.GROUP:
                return self.group(what)
            case Dimension.ATTENDANCE:
                return self.attendance(what)
            case _:
                return what

    def number(self, intervention: str) -> str:
        """Return which intervention it is, as they are counted in this record."""
        ids = [each.id for each in self._record.interventions]
        return self.gettext("No. {number}").format(number=ids.index(intervention) + 1)

    def speaker(self, intervention: str) -> Who:
        """Return whose an intervention was."""
        return next(each.who for each in self._record.interventions if each.id == intervention)

    def asker(self, request: str) -> Who:
        """Return who made a request."""
        return next(each.who for each in self._record.requests if each.id == request)

    def written(self) -> list[Request]:
        """Return the requests whose statements were handed in instead of being delivered, in time."""
        written = ((each.ended_at, each) for each in self._record.requests if each.status is RequestStatus.WRITTEN)
        return [each for at, each in sorted(written, key=lambda pair: pair[0] or self._record.as_of)]

    def void(self, held: Intervention) -> str:
        """Return why an intervention counts nowhere, or "" ."""
        return "" if held.void_reason is None else self.label(held.void_reason)

    def corrections(self, of: str, index: int) -> list[EntryCorrection]:
        """Return what was corrected of an item of one of the record's lists."""
        return [each for each in self._record.entry_corrections if (each.of, each.index) == (of, index)]

    def corrected(self, correction: EntryCorrection) -> str:
        """Return what entry a correction is about: what happened then, and when, as the record tells it."""
        if correction.of is None or correction.index is None:
            return "" if correction.seq is None else self.gettext("Entry {seq}").format(seq=correction.seq)
        item = getattr(self._record, correction.of)[correction.index]
        match item:
            case Moment():
                said, at = self.moment(item), item.at
            case ListEvent():
                said, at = self.event(item), item.at
            case Limit():
                said, at = f"{self.gettext('Speaking times')}: {self.limit(item)}", item.at
            case EntryCorrection():
                said, at = self.gettext("Correction"), item.at
            case _:
                said, at = self.gettext("Request for the floor"), item.requested_at
        return f"{said} ({self.clock(at)})" if at else said

    def role(self, role: Role | None) -> str:
        """Return who acted, by role; "" where it was the person, or the program."""
        return "" if role is None else self.gettext(ROLES[role])

    def field(self, name: str) -> str:
        """Return what of a person was corrected."""
        return self.gettext(FIELDS[name])

    def group(self, group: str | None) -> str:
        """Return a stakeholder group's name, "" for none."""
        return self._groups.get(group or "", group or "")

    def attendance(self, way: str) -> str:
        """Return where people took part."""
        return self.label(Attendance(way))

    def limit(self, limit: Limit) -> str:
        """Return whom a speaking time is for."""
        if limit.shared:
            return self.gettext("All who are on the list, the time being shared")
        if limit.ordinal is not None:
            return self.gettext("First right of reply") if limit.ordinal == 1 else self.gettext("Second right of reply")
        if limit.kind is not None:
            return self.label(limit.kind)
        if limit.bank:
            return self.gettext("{group}, all together").format(group=self.group(limit.group))
        return self.group(limit.group) or self.gettext("All others")

    def title(self, who: Who) -> str:
        """Return what stands for a person: the name, or whom they represent, or what they are."""
        if who.name is not None:
            return who.name
        if who.organisation is not None:
            return self.gettext("Representative of {organisation}").format(organisation=who.organisation)
        return self.gettext("A panellist") if who.panellist else self.gettext("A participant")

    def is_shown(self, who: Who) -> bool:
        """Return whether anything is said of a person that is theirs alone."""
        return who.name is not None or who.organisation is not None

    def affiliation(self, who: Who) -> str:
        """Return the organisation where the title has not said it already, or "" ."""
        return who.organisation or "" if who.name is not None else ""

    def moment(self, moment: Moment) -> str:
        """Return what a line of the transcript is about."""
        if moment.type == "recommendation.proposed" and self.recommendation(moment).brought_from:
            return self.gettext("Recommendation from another session")
        return self.gettext(MOMENTS[moment.type])

    def item(self, moment: Moment) -> Any:  # noqa: ANN401 (what the record tells there)
        """Return what a line of the transcript points to; None where it is the session's own."""
        return None if moment.of is None else getattr(self._record, moment.of)[moment.index]

    def recommendation(self, moment: Moment) -> Recommendation:
        """Return the recommendation that a line is about."""
        return self._record.recommendations[moment.index or 0]

    def status_of(self, moment: Moment) -> StatusChange:
        """Return the change of status that a line is about."""
        return self.recommendation(moment).statuses[moment.part or 0]

    def amendment_of(self, moment: Moment) -> Amendment:
        """Return the amendment that a line is about: the one proposed then, or the one that was answered."""
        told = self.recommendation(moment)
        if moment.type == "recommendation.amendment_proposed":
            return told.amendments[moment.part or 0]
        named = told.set_aside[moment.part or 0].amendment
        return next(each for each in told.amendments if each.id == named)

    def answer_of(self, moment: Moment) -> str:
        """Return what was answered to an amendment: that it was set aside, or taken up again."""
        aside = self.recommendation(moment).set_aside[moment.part or 0].set_aside
        return self.label(AmendmentState.SET_ASIDE) if aside else self.gettext("Taken up again")

    def position_of(self, moment: Moment) -> Position:
        """Return the position that a line is about."""
        return self.recommendation(moment).positions[moment.part or 0]

    def position(self, position: Position) -> str:
        """Return where somebody stands, in words."""
        if position.position is None:
            return self.gettext("Takes back the position")
        return self.label(position.position)

    def proposer(self, amendment: Amendment) -> str:
        """Return who proposed an amendment: a participant as far as may be told, else the role of staff."""
        return self.role(amendment.by) if amendment.who is None else self.title(amendment.who)

    def passages(self, text: str) -> list[tuple[bool, str]]:
        """Return a text in pieces, and of each whether it stands in square brackets: it is not agreed then."""
        return [*passages(text)]

    def whose(self, note: Note) -> str:
        """Return whose point a note was, as far as it says: a name and an organisation, a group, or "" ."""
        if note.attribution is NoteAttribution.NONE:
            return ""
        if note.who is not None and (note.who.name or note.who.organisation):
            return ", ".join(part for part in (note.who.name, note.who.organisation) if part)
        return self.group(note.group)

    def about(self, poll: Poll) -> str:
        """Return what a poll is about: a version of a recommendation, or a question."""
        if poll.recommendation is None:
            return poll.question
        named = self.symbol(poll.recommendation)
        if poll.version is None:
            return self.gettext("Recommendation {symbol}").format(symbol=named)
        return self.gettext("Recommendation {symbol}, version {version}").format(symbol=named, version=poll.version)

    def earlier(self, poll: Poll) -> Poll | None:
        """Return the round before of a poll that was asked again, where its numbers may be told beside this one's."""
        before = next((each for each in self._record.polls if each.id == poll.again), None)
        return before if before is not None and before.total is not None and poll.total is not None else None

    def round(self, poll: Poll) -> str:
        """Return which time a poll was asked, "" for the first."""
        return self.gettext("Round {number}").format(number=poll.round) if poll.again else ""

    def change(self, before: int, now: int) -> str:
        """Return by how much a number has changed, with its sign."""
        return f"+{now - before}" if now > before else f"\u2212{before - now}" if now < before else "0"

    def value(self, dimension: Dimension, what: str) -> str:
        """Return where answers came from: a group, a place, a region, or that nothing is known of it."""
        return self.of_dimension(dimension, what) if what else self.gettext("Not said")

    def whose_answers(self, breakdown: Breakdown) -> str:
        """Return whose answers a breakdown counts, and what a dash in it means."""
        _ = self.gettext
        said = _("Answers from the app, by what those who gave them were when the poll opened.")
        if breakdown.named:
            return said
        return f"{said} {_('A dash stands for fewer than five, and for what would give such a number away.')}"

    def cell(self, count: int | None) -> str:
        """Return a number of a breakdown; a dash where it is hidden."""
        return "\u2013" if count is None else str(count)

    def symbol(self, recommendation: str) -> str:
        """Return the symbol of a recommendation of this record."""
        return next(each.symbol or each.id for each in self._record.recommendations if each.id == recommendation)

    def terms(self, poll: Poll) -> str:
        """Return the terms of a poll in a line."""
        return "; ".join(self.label(term) for term in (poll.ballot, poll.unit, poll.results, poll.reasons, poll.room))

    def answered(self, poll: Poll) -> str:
        """Return how many of those who could answer did: `28 of 31 have answered`."""
        said = self.gettext("{answered} of {eligible} have answered")
        return said.format(answered=poll.answered, eligible=poll.eligible.units)

    def who_could(self, poll: Poll) -> str:
        """Return who could answer, as counts."""
        eligible, ngettext = poll.eligible, self.ngettext
        said = [ngettext("%(num)s person", "%(num)s people", eligible.persons) % {"num": eligible.persons}]
        if poll.unit is PollUnit.DELEGATION:
            units = ngettext("%(num)s delegation", "%(num)s delegations", eligible.units) % {"num": eligible.units}
            said.insert(0, units)
        if eligible.in_room is not None and eligible.remote is not None:
            places = self.gettext("{in_room} in the room, {remote} remote")
            said.append(places.format(in_room=eligible.in_room, remote=eligible.remote))
        return "; ".join(said)

    def option(self, option: Option) -> str:
        """Return an option in the reader's language where it is one of ours, else as it was typed."""
        known = OPTIONS.get((option.id, option.label))
        return option.label if known is None else self.gettext(known)

    def changed(self, names: tuple[str, ...]) -> str:
        """Return what of a recommendation a version has changed."""
        return ", ".join(self.gettext(CHANGED[name]) for name in names)

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
