"""The sums of a record in Markdown: totals, and whose the list of speakers was."""

from companion.record.markdown import escape, table
from companion.record.model import Record
from companion.record.model_figures import Balance, Part
from companion.record.words import Words


def totals(record: Record, words: Words) -> str:
    """Return the sums of all interventions."""
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


def balance(record: Record, words: Words) -> str:
    """Return whose the list of speakers was, a table for each dimension."""
    if not record.balance:
        return ""
    _ = words.gettext
    parts = [
        f"## {escape(_('Balance'))}",
        escape(_("Of the list of speakers: without presentations, panellists’ replies and points of order.")),
    ]
    for each in record.balance:
        parts += [f"### {escape(words.label(each.dimension))}", _session(each, words), _earlier(each, words)]
    return "\n\n".join(part for part in parts if part)


def _session(balance: Balance, words: Words) -> str:
    _ = words.gettext
    rows = [
        (escape(words.of_dimension(balance.dimension, part.what)), *_numbers(part, words)) for part in balance.session
    ]
    return table("", ("", _("Requests"), _("Interventions"), _("Spoken")), rows) if rows else ""


def _earlier(balance: Balance, words: Words) -> str:
    """Return what was heard before this session: of the same day, and of the workshop."""
    _ = words.gettext
    periods = ((_("Earlier that day"), balance.day), (_("Earlier in the workshop"), balance.workshop))
    rows = [
        (escape(period), escape(words.of_dimension(balance.dimension, part.what)), *_numbers(part, words))
        for period, parts in periods
        for part in parts
    ]
    return table("", ("", "", _("Requests"), _("Interventions"), _("Spoken")), rows) if rows else ""


def _numbers(part: Part, words: Words) -> tuple[str, str, str]:
    return str(part.requests), str(part.interventions), escape(words.duration(part.spoken_seconds))
