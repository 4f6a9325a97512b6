"""The floor in Markdown: interventions, requests, statements handed in, the list of speakers, rulings."""

from companion.record.markdown import escape, marked, named, table
from companion.record.model import Record
from companion.record.model_floor import Intervention, Request
from companion.record.model_list import Limit, ListEvent
from companion.record.words import Words


def interventions(record: Record, words: Words) -> str:
    """Return who had the floor, in the order in which it was given, with all times."""
    _ = words.gettext
    if not record.interventions:
        return f"## {escape(_('Interventions'))}\n\n{escape(_('Nobody has had the floor yet.'))}"
    columns = (
        _("No."),
        _("Speaker"),
        _("Kind"),
        _("Requested"),
        _("Placed"),
        _("From"),
        _("To"),
        _("Given"),
        _("Spoken"),
        _("Allotted"),
        _("Attendance"),
    )
    rows = (
        (
            str(number),
            marked(_speaker(held, words), words.void(held)),
            _kind(held, words),
            escape(words.clock(held.requested_at)),
            _placed(held, words),
            escape(words.clock(held.started_at)),
            _to(held, words),
            _given(held, words),
            escape(words.duration(held.spoken_seconds)),
            escape(words.duration(held.allotted_seconds)),
            escape(words.label(held.attendance) if held.attendance else ""),
        )
        for number, held in enumerate(record.interventions, start=1)
    )
    return table(_("Interventions"), columns, rows)


def _speaker(held: Intervention, words: Words) -> str:
    if not held.on_behalf_of:
        return named(held.who, words)
    return f"{named(held.who, words)}, {escape(words.gettext('on behalf of'))} {escape(held.on_behalf_of)}"


def _kind(held: Intervention, words: Words) -> str:
    said = [words.label(held.kind), held.topic or "", words.label(held.ruling) if held.ruling else ""]
    return _joined(*said, _reply(held, words))


def _placed(placed: Intervention | Request, words: Words) -> str:
    return _joined(words.clock(placed.placed_at), words.label(placed.placed_by) if placed.placed_by else "")


def _to(held: Intervention, words: Words) -> str:
    stood = words.gettext("clock stood")
    pauses = [f"{stood} {words.clock(each.since)}–{words.clock(each.until)}" for each in held.pauses]
    return _joined(words.clock(held.ended_at), *pauses)


def _given(held: Intervention, words: Words) -> str:
    """Return by whom the floor was given, by which rule, and whom that rule would have had."""
    said = _joined(words.role(held.given_by), words.label(held.rule) if held.rule else "")
    if held.suggested is None:
        return said
    instead = f"**{escape(words.gettext('The rule would have had:'))}** {named(words.asker(held.suggested), words)}"
    return "; ".join(part for part in (said, instead) if part)


def _reply(asked: Intervention | Request, words: Words) -> str:
    if asked.reply_to is None:
        return ""
    return f"{words.gettext('in reply to')} {words.number(asked.reply_to)}"


def _marked(said: str, item: ListEvent | Limit, words: Words) -> str:
    return marked(escape(said), words.gettext("undone") if item.undone else "")


def _corrected(said: str, of: str, index: int, words: Words) -> str:
    """Return what an item of a list says, and behind it what was corrected of it."""
    name = escape(words.gettext("Correction"))
    return "; ".join((said, *(f"*{name}*: {escape(each.text)}" for each in words.corrections(of, index))))


def _joined(*parts: str) -> str:
    return "; ".join(escape(part) for part in parts if part)


def statements(words: Words) -> str:
    """Return the statements that were handed in instead of being delivered."""
    _ = words.gettext
    rows = [
        (
            escape(words.clock(each.ended_at)),
            named(each.who, words),
            escape(each.topic or ""),
            escape(each.text or _("The text is not published.")),
        )
        for each in words.written()
    ]
    columns = (_("Time"), _("Person"), _("Topic"), _("Text"))
    return table(_("Statements handed in, not delivered"), columns, rows) if rows else ""


def requests(record: Record, words: Words) -> str:
    """Return who asked for the floor, and what became of it."""
    _ = words.gettext
    rows = [
        (
            escape(words.clock(each.requested_at)),
            named(each.who, words),
            _joined(words.label(each.kind), each.topic or "", _reply(each, words)),
            _placed(each, words),
            escape(words.role(each.by)),
            str(each.absences or ""),
            _corrected(_fate(each, words), "requests", index, words),
        )
        for index, each in enumerate(record.requests)
    ]
    columns = (
        _("Requested"),
        _("Person"),
        _("Kind"),
        _("Placed"),
        _("By"),
        _("Absent when called"),
        _("What became of it"),
    )
    return table(_("Requests for the floor"), columns, rows) if rows else ""


def _fate(request: Request, words: Words) -> str:
    carried = words.gettext("from session {session}").format(session=request.carried_from)
    said = [words.label(request.status), words.clock(request.ended_at)]
    return _joined(*said, carried if request.carried_from else "")


def list_events(record: Record, words: Words) -> str:
    """Return what happened to the list of speakers."""
    _ = words.gettext
    rows = [
        (
            escape(words.clock(each.at)),
            _corrected(_marked(words.event(each), each, words), "list_events", index, words),
            _persons(each, words),
            escape(words.role(each.by)),
        )
        for index, each in enumerate(record.list_events)
    ]
    return table(_("List of speakers"), (_("Time"), _("Event"), _("Person"), _("By")), rows) if rows else ""


def _persons(event: ListEvent, words: Words) -> str:
    return " ↔ ".join(named(who, words) for who in (event.who, event.partner_who) if who)


def limits(record: Record, words: Words) -> str:
    """Return the speaking times."""
    _ = words.gettext
    rows = [
        (
            escape(words.clock(each.at)),
            _corrected(_marked(words.limit(each), each, words), "limits", index, words),
            escape(words.duration(each.seconds) or _("None")),
        )
        for index, each in enumerate(record.limits)
    ]
    return table(_("Speaking times"), (_("Time"), _("For"), _("Allotted")), rows) if rows else ""


def rulings(record: Record, words: Words) -> str:
    """Return the points of order, and what was decided on them."""
    _ = words.gettext
    rows = [
        (
            escape(words.clock(each.asked_at)),
            named(each.who, words),
            _joined(words.label(each.kind), each.topic or ""),
            escape(words.label(each.ruling) if each.ruling else _("None")),
            escape(words.clock(each.ruled_at)),
        )
        for each in record.rulings
    ]
    columns = (_("Asked"), _("Speaker"), _("Kind"), _("Ruling"), _("Ruled"))
    return table(_("Points of order and rulings"), columns, rows) if rows else ""
