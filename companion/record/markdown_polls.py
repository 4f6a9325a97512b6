"""The indicative polls of a record in Markdown: terms, result, what changed since the round before, and by whom."""

from collections.abc import Iterator

from companion.record.markdown import escape, facts, table
from companion.record.model import Record
from companion.record.model_polls import Breakdown, Poll
from companion.record.words import Words


def indicative_polls(record: Record, words: Words) -> str:
    """Return each poll with its terms, who could answer, its result and its outcome."""
    if not record.polls:
        return ""
    _ = words.gettext
    parts = [
        f"## {escape(_('Indicative polls'))}",
        escape(_("A poll shows what those present can support. It decides nothing.")),
    ]
    for poll in record.polls:
        parts += [f"### {escape(words.about(poll))}", "\n".join(facts(_about(poll, words))), _result(poll, words)]
        parts += [_compared(poll, earlier, words)] if (earlier := words.earlier(poll)) else []
        parts += [part for each in poll.breakdowns for part in _breakdown(poll, each, words)]
    return "\n\n".join(parts)


def _about(poll: Poll, words: Words) -> Iterator[tuple[str, str]]:
    _ = words.gettext
    yield _("Asked again"), words.round(poll)
    yield _("Terms"), words.terms(poll)
    yield _("Could answer"), words.who_could(poll)
    yield _("Answered"), words.answered(poll)
    yield _("Present in the room"), str(poll.room_tally.present) if poll.room_tally else ""
    yield _("Status"), words.label(poll.status)
    yield _("Time"), "–".join(words.clock(at) for at in (poll.opened_at, poll.closed_at) if at)
    yield _("Outcome"), poll.outcome or ""


def _result(poll: Poll, words: Words) -> str:
    _ = words.gettext
    if poll.tally is None or poll.total is None:
        return escape(_("The numbers are not public yet."))
    room = poll.room_tally.counts if poll.room_tally else None
    heads = [_("Answer"), _("By the app"), *([_("Hands in the room")] if room is not None else []), _("All")]
    rows = [
        (
            escape(words.option(option)),
            str(poll.tally[option.id]),
            *([str(room[option.id])] if room is not None else []),
            str(poll.total[option.id]),
        )
        for option in poll.options
    ]
    return table("", heads, rows)


def _compared(poll: Poll, earlier: Poll, words: Words) -> str:
    _ = words.gettext
    before, now = earlier.total or {}, poll.total or {}
    rows = [
        (
            escape(words.option(option)),
            str(before[option.id]),
            str(now[option.id]),
            escape(words.change(before[option.id], now[option.id])),
        )
        for option in poll.options
    ]
    heads = (_("Answer"), words.about(earlier), words.about(poll), _("Change"))
    return f"#### {escape(_('Beside the round before'))}\n\n{table('', heads, rows)}"


def _breakdown(poll: Poll, breakdown: Breakdown, words: Words) -> Iterator[str]:
    yield f"#### {escape(words.label(breakdown.dimension))}"
    yield escape(words.whose_answers(breakdown))
    rows = [
        (
            escape(words.value(breakdown.dimension, row.what)),
            *(words.cell(row.counts[option.id]) for option in poll.options),
        )
        for row in breakdown.rows
    ]
    yield table("", (words.gettext("From"), *map(words.option, poll.options)), rows)
