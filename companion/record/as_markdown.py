"""The record as Markdown: plain enough to read as it is, and to paste into a report."""

from companion.record.markdown import escape, named, table
from companion.record.markdown_texts import indicative_polls, recommendations, transcript
from companion.record.model import Intervention, Record
from companion.record.words import Words


def write(record: Record, language: str) -> bytes:
    """Return the record as Markdown (CommonMark with tables) in the reader's language."""
    words = Words(record, language)
    parts = (
        _head(record, words),
        transcript(record, words),
        _interventions(record, words),
        _totals(record, words),
        recommendations(record, words),
        indicative_polls(record, words),
        _rulings(record, words),
        _course(record, words),
        _list_events(record, words),
        _limits(record, words),
        _corrections(record, words),
        _announcements(record, words),
        _foot(record, words),
    )
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _head(record: Record, words: Words) -> str:
    _, session = words.gettext, record.session
    modes = [words.label(session.attribution_mode)]
    if session.attribution_mode_panellists is not session.attribution_mode:
        modes.append(f"{_('Panellists:')} {words.label(session.attribution_mode_panellists)}")
    facts = (
        (_("Workshop"), words.workshop_title),
        (_("Date"), words.day(session.started_at or session.scheduled_start)),
        (_("Time"), f"{'–'.join(words.clock(time) for time in words.from_to(record) if time)} ({words.zone})"),
        (_("Place"), record.workshop.room),
        (_("Status"), words.label(session.status)),
        (_("Attribution"), " ".join(modes)),
    )
    title = f"# {escape(_('Record of the session'))}: {escape(session.number)}. {escape(session.title)}"
    return f"{title}\n\n" + "\n".join(f"- {escape(name)}: {escape(value)}" for name, value in facts if value)


def _interventions(record: Record, words: Words) -> str:
    _ = words.gettext
    if not record.interventions:
        return f"## {escape(_('Interventions'))}\n\n{escape(_('Nobody has had the floor yet.'))}"
    columns = (_("No."), _("Speaker"), _("Kind"), _("From"), _("To"), _("Spoken"), _("Allotted"), _("Attendance"))
    rows = (
        (
            str(number),
            _speaker(held, words),
            _kind(held, words),
            escape(words.clock(held.started_at)),
            escape(words.clock(held.ended_at)),
            escape(words.duration(held.spoken_seconds)),
            escape(words.duration(held.allotted_seconds)),
            escape(words.label(held.attendance)),
        )
        for number, held in enumerate(record.interventions, start=1)
    )
    return table(_("Interventions"), columns, rows)


def _speaker(held: Intervention, words: Words) -> str:
    said = named(held.who, words)
    if held.on_behalf_of:
        said += f", {escape(words.gettext('on behalf of'))} {escape(held.on_behalf_of)}"
    return f"{said} (**{escape(words.gettext('void'))}**)" if held.void else said


def _kind(held: Intervention, words: Words) -> str:
    said = [words.label(held.kind), held.topic or "", words.label(held.ruling) if held.ruling else ""]
    return "; ".join(escape(part) for part in said if part)


def _totals(record: Record, words: Words) -> str:
    _ = words.gettext
    totals = record.totals
    if not totals.interventions:
        return ""
    shares = [(words.group(share.what), share) for share in totals.by_group]
    shares += [(words.attendance(share.what), share) for share in totals.by_attendance]
    rows = [
        (escape(name), str(share.speakers), str(share.interventions), escape(words.duration(share.spoken_seconds)))
        for name, share in shares
    ]
    whole = escape(words.duration(totals.spoken_seconds))
    rows.append((escape(_("All")), str(totals.speakers), str(totals.interventions), whole))
    return table(_("Totals"), ("", _("Speakers"), _("Interventions"), _("Spoken")), rows)


def _rulings(record: Record, words: Words) -> str:
    _ = words.gettext
    rows = [
        (
            escape(words.clock(each.asked_at)),
            named(each.who, words),
            "; ".join(escape(part) for part in (words.label(each.kind), each.topic) if part),
            escape(words.label(each.ruling) if each.ruling else _("None")),
            escape(words.clock(each.ruled_at)),
        )
        for each in record.rulings
    ]
    columns = (_("Asked"), _("Speaker"), _("Kind"), _("Ruling"), _("Ruled"))
    return table(_("Points of order and rulings"), columns, rows) if rows else ""


def _course(record: Record, words: Words) -> str:
    _ = words.gettext
    spans = [(words.label(each.kind), each.began_at, each.ended_at) for each in record.segments]
    spans += [(_("Break"), each.since, each.until) for each in record.breaks]
    rows = [(escape(name), escape(words.clock(since)), escape(words.clock(until))) for name, since, until in spans]
    return table(_("Course of the session"), (_("Segment"), _("From"), _("To")), rows) if rows else ""


def _list_events(record: Record, words: Words) -> str:
    _ = words.gettext
    rows = [
        (
            escape(words.clock(each.at)),
            escape(words.event(each.type)) + (f" (**{escape(_('undone'))}**)" if each.undone else ""),
            named(each.who, words) if each.who else "",
            escape(words.role(each.by)),
        )
        for each in record.list_events
    ]
    return table(_("List of speakers"), (_("Time"), _("Event"), _("Person"), _("By")), rows) if rows else ""


def _limits(record: Record, words: Words) -> str:
    _ = words.gettext
    rows = [
        (
            escape(words.clock(each.at)),
            escape(words.limit(each)) + (f" (**{escape(_('undone'))}**)" if each.undone else ""),
            escape(words.duration(each.seconds) or _("None")),
        )
        for each in record.limits
    ]
    return table(_("Speaking times"), (_("Time"), _("For"), _("Allotted")), rows) if rows else ""


def _corrections(record: Record, words: Words) -> str:
    _ = words.gettext
    rows = [
        (
            escape(words.clock(each.at)),
            named(each.who, words),
            escape(words.field(each.field)),
            escape(each.before),
            escape(each.after),
        )
        for each in record.corrections
    ]
    columns = (_("Time"), _("Speaker"), _("What"), _("Before"), _("After"))
    return table(_("Corrections"), columns, rows) if rows else ""


def _announcements(record: Record, words: Words) -> str:
    if not record.announcements:
        return ""
    lines = (f"- {escape(words.clock(each.at))} {escape(each.text)}" for each in record.announcements)
    return f"## {escape(words.gettext('Announcements'))}\n\n" + "\n".join(lines)


def _foot(record: Record, words: Words) -> str:
    _ = words.gettext
    as_of = f"{words.day(record.as_of)} {words.clock(record.as_of)}"
    made = _("Made from the journal of the session as of {time}.").format(time=as_of)
    head = _("Head of the journal, to compare with a copy kept elsewhere:")
    entry = _("entry {seq}").format(seq=record.head.seq)
    return f"---\n\n{escape(made)}\n\n{escape(head)} {escape(entry)}, `{record.head.chain}`"
