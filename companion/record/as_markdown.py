"""The record as Markdown: plain enough to read as it is, and to paste into a report."""

from companion.record.markdown import escape, marked, named, table
from companion.record.markdown_figures import balance, totals
from companion.record.markdown_floor import interventions, limits, list_events, requests, rulings, statements
from companion.record.markdown_polls import indicative_polls
from companion.record.markdown_texts import recommendations, transcript
from companion.record.model import Record
from companion.record.words import Words


def write(record: Record, language: str) -> bytes:
    """Return the record as Markdown (CommonMark with tables) in the reader's language."""
    words = Words(record, language)
    parts = (
        _head(record, words),
        transcript(record, words),
        interventions(record, words),
        statements(words),
        totals(record, words),
        balance(record, words),
        recommendations(record, words),
        indicative_polls(record, words),
        rulings(record, words),
        _course(record, words),
        _presiding(record, words),
        requests(record, words),
        list_events(record, words),
        limits(record, words),
        _corrections(record, words),
        _entry_corrections(record, words),
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


def _course(record: Record, words: Words) -> str:
    _ = words.gettext
    spans = [(words.label(each.kind), each.began_at, each.ended_at) for each in record.segments]
    spans += [(_("Break"), each.since, each.until) for each in record.breaks]
    rows = [(escape(name), escape(words.clock(since)), escape(words.clock(until))) for name, since, until in spans]
    return table(_("Course of the session"), (_("Segment"), _("From"), _("To")), rows) if rows else ""


def _presiding(record: Record, words: Words) -> str:
    _ = words.gettext
    rows = [
        (
            escape(words.clock(each.at)),
            named(each.before, words) if each.before and words.is_shown(each.before) else "",
            marked(named(each.who, words) if words.is_shown(each.who) else "", _("undone") if each.undone else ""),
            escape(words.role(each.role)),
            escape(words.role(each.by)),
        )
        for each in record.presiding
    ]
    columns = (_("Time"), _("Before"), _("After"), _("Role"), _("By"))
    return table(_("The moderator’s place"), columns, rows) if rows else ""


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


def _entry_corrections(record: Record, words: Words) -> str:
    _ = words.gettext
    rows = [
        (
            escape(words.clock(each.at)),
            escape(words.corrected(each)),
            escape(each.text),
            escape(words.role(each.by)),
        )
        for each in record.entry_corrections
    ]
    columns = (_("Time"), _("Entry"), _("To be read so"), _("By"))
    return table(_("Corrections of the record"), columns, rows) if rows else ""


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
