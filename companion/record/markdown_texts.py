"""Transcript and recommendations of a record in Markdown."""

from collections.abc import Iterable, Iterator

from companion.record.markdown import escape, facts, marked, named, table
from companion.record.model import (
    Announcement,
    Correction,
    EntryCorrection,
    PresidingPassed,
    Record,
    SegmentStretch,
)
from companion.record.model_documents import (
    Amendment,
    Change,
    Edit,
    Moment,
    Note,
    Notes,
    Position,
    Recommendation,
    Version,
)
from companion.record.model_floor import Intervention, Request, RulingGiven
from companion.record.model_polls import Poll
from companion.record.transcript import lines
from companion.record.words import Words


def transcript(record: Record, words: Words) -> str:
    """Return the course of the session, a line each, notes below their interventions."""
    _ = words.gettext
    for_whom = _("Released notes only.")
    if record.notes_shown is Notes.ALL:
        for_whom = _("For staff: with notes that are not released and numbers that are not published.")
    written = []
    for line in lines(record):
        at = escape(words.clock(line.moment.at))
        said = " ".join(part for part in (at, _line(line.moment, words)) if part)
        written.append(f"- {marked(said, _('undone') if line.moment.undone else '')}")
        written += [f"  - {_corrected(each, words)}" for each in line.corrections]
        for note in line.notes:
            written.append(f"  - {_note(words.item(note.moment), words)}")
            written += [f"    - {_corrected(each, words)}" for each in note.corrections]
    return f"## {escape(_('Transcript'))}\n\n{escape(for_whom)}\n\n" + "\n".join(written)


def _line(moment: Moment, words: Words) -> str:
    match words.item(moment):
        case Intervention() as held:
            return _held(held, words)
        case Note() as note:
            return _note(note, words)
        case SegmentStretch() as segment:
            return f"**{escape(words.label(segment.kind))}**"
        case item:
            said = _said(moment, item, words)
            return f"**{escape(words.moment(moment))}**" + (f" {said}" if said else "")


def _said(moment: Moment, item: object, words: Words) -> str:
    match item:
        case Recommendation() as recommendation:
            return _recommended(moment, recommendation, words)
        case Poll() as poll:
            return ": ".join(part for part in (escape(words.about(poll)), _polled(moment, poll, words)) if part)
        case RulingGiven() as ruling:
            return f"{escape(words.label(ruling.ruling)) if ruling.ruling else ''} ({named(ruling.who, words)})"
        case Correction() as corrected:
            became = f"{escape(corrected.before)} → {escape(corrected.after)}"
            linked = moment.type == "person.linked"
            return became if linked else f"{escape(words.field(corrected.field))}: {became}"
        case Announcement() as announcement:
            return escape(announcement.text)
        case PresidingPassed() as presides:
            role = escape(words.role(presides.role))
            return f"{role}: {named(presides.who, words)}" if words.is_shown(presides.who) else role
        case Request() as written:
            return ": ".join(part for part in (named(written.who, words), escape(written.text or "")) if part)
        case _:
            return ""


def _corrected(correction: EntryCorrection, words: Words) -> str:
    return f"*{escape(words.gettext('Correction'))}*: {escape(correction.text)}"


def _held(held: Intervention, words: Words) -> str:
    _ = words.gettext
    said = [named(held.who, words)]
    if held.on_behalf_of:
        said.append(f"{escape(_('on behalf of'))} {escape(held.on_behalf_of)}")
    about = [words.label(held.kind), held.topic or "", words.duration(held.spoken_seconds)]
    who = marked(f"**{', '.join(said)}**", words.void(held))
    return f"{who}: {'; '.join(escape(part) for part in about if part)}"


def _note(note: Note, words: Words) -> str:
    labels = [words.label(note.kind), words.whose(note)]
    if not note.released:
        labels.append(words.gettext("not released"))
    became = ", ".join(words.symbol(each) for each in note.recommendations)
    made = f" ({escape(words.gettext('Became:'))} {escape(became)})" if became else ""
    return f"*{'; '.join(escape(part) for part in labels if part)}*: {escape(note.text)}{made}"


def _recommended(moment: Moment, recommendation: Recommendation, words: Words) -> str:
    number = words.gettext("version {number}")
    if moment.type == "recommendation.position_taken":
        return f"{escape(recommendation.symbol)}: {_position(words.position_of(moment), words)}"
    if moment.type.startswith("recommendation.amendment"):
        return f"{escape(recommendation.symbol)}: {_amendment(moment, words)}"
    if moment.type == "recommendation.status_changed":
        change = words.status_of(moment)
        status = escape(words.label(change.status))
        return f"{escape(recommendation.symbol)}: {status} ({escape(number.format(number=change.version))})"
    version = recommendation.versions[moment.part or 0]
    named_ = ", ".join(escape(part) for part in (recommendation.symbol, version.title) if part)
    return f"{named_} ({escape(number.format(number=version.number))}): {escape(version.text)}"


def _amendment(moment: Moment, words: Words) -> str:
    amendment = words.amendment_of(moment)
    proposed = moment.type == "recommendation.amendment_proposed"
    what = _to_version(amendment, words) if proposed else words.answer_of(moment)
    return f"{escape(what)} ({escape(words.proposer(amendment))}): {escape(amendment.text)}"


def _to_version(amendment: Amendment, words: Words) -> str:
    return words.gettext("to version {number}").format(number=amendment.version)


def _position(position: Position, words: Words) -> str:
    number = words.gettext("version {number}").format(number=position.version)
    said = f"{named(position.who, words)}: {escape(words.position(position))} ({escape(number)})"
    return ": ".join(part for part in (said, escape(position.text or "")) if part)


def _polled(moment: Moment, poll: Poll, words: Words) -> str:
    match moment.type:
        case "poll.opened":
            return f"{escape(words.who_could(poll))}; {escape(words.terms(poll))}"
        case "poll.closed" if poll.total is not None:
            counts = ", ".join(f"{escape(words.option(each))} {poll.total[each.id]}" for each in poll.options)
            return f"{escape(words.answered(poll))}; {counts}"
        case "poll.closed":
            return escape(words.answered(poll))
        case "poll.outcome_set":
            return escape(poll.outcome or "")
        case _:
            return ""


def recommendations(record: Record, words: Words) -> str:
    """Return each recommendation with its lineage, its versions, and how far it came."""
    if not record.recommendations:
        return ""
    parts = [f"## {escape(words.gettext('Recommendations'))}"]
    for each in record.recommendations:
        title = ", ".join(escape(part) for part in (each.symbol, each.versions[-1].title) if part)
        parts += [f"### {title}", "\n".join(facts(_lineage(each, record, words))), *_tables(each, words)]
    return "\n\n".join(parts)


def _lineage(recommendation: Recommendation, record: Record, words: Words) -> Iterator[tuple[str, str]]:
    _ = words.gettext
    yield _("Status"), words.label(recommendation.status)
    who = [] if recommendation.who is None else [words.title(recommendation.who), words.affiliation(recommendation.who)]
    yield _("Proposed by"), ", ".join(part for part in (*who, words.group(recommendation.group)) if part)
    yield _("Addressees"), ", ".join(words.group(each) for each in recommendation.versions[-1].addressees)
    yield _("Brought from session"), recommendation.brought_from or ""
    yield from ((_("From the note"), note.text) for note in record.notes if note.id == recommendation.note)
    if recommendation.intervention is not None:
        said_in = words.number(recommendation.intervention), words.title(words.speaker(recommendation.intervention))
        yield _("Said in"), " ".join(said_in)
    for passage in recommendation.versions[-1].not_agreed:
        yield _("Not agreed"), passage
    for poll in recommendation.polls:
        name = _("Indicative poll on version {number}").format(number=poll.version)
        yield name, poll.outcome or _("No outcome was written down.")


def _tables(recommendation: Recommendation, words: Words) -> Iterator[str]:
    _ = words.gettext
    rows = [
        (
            str(version.number),
            escape(words.clock(version.at)),
            _text(version),
            escape(_why_changed(version, recommendation, words)),
        )
        for version in recommendation.versions
    ]
    yield table("", (_("Version"), _("Time"), _("Text"), _("Changed")), rows)
    statuses = [
        (
            escape(words.clock(each.at)),
            escape(words.label(each.status)) + (f" (**{escape(_('undone'))}**)" if each.undone else ""),
            str(each.version),
            escape(words.role(each.by)),
        )
        for each in recommendation.statuses
    ]
    yield table("", (_("Time"), _("Status"), _("Version"), _("By")), statuses)
    if recommendation.amendments:
        heads = (_("Time"), _("Proposed by"), _("To version"), _("Text"), _("Status"))
        yield table("", heads, [_amended(each, words) for each in recommendation.amendments])
    if recommendation.positions:
        columns = (_("Time"), _("Who"), _("Position"), _("Version"))
        yield table("", columns, [_stated(each, words) for each in recommendation.positions])


def _why_changed(version: Version, recommendation: Recommendation, words: Words) -> str:
    taken_in = (each for each in recommendation.amendments if each.id == version.amendment)
    by = [f"{words.gettext('Amendment taken in')}: {words.proposer(each)}" for each in taken_in]
    return "; ".join(part for part in (words.changed(version.changed), *by) if part)


def _amended(amendment: Amendment, words: Words) -> tuple[str, ...]:
    number = words.gettext("version {number}").format(number=amendment.taken_in)
    taken_in = f" ({number})" if amendment.taken_in is not None else ""
    return (
        escape(words.clock(amendment.at)),
        escape(words.proposer(amendment)),
        str(amendment.version),
        changes(amendment.edits),
        escape(f"{words.label(amendment.state)}{taken_in}"),
    )


def _stated(position: Position, words: Words) -> tuple[str, ...]:
    _ = words.gettext
    said = escape(": ".join(part for part in (words.position(position), position.text or "") if part))
    over = _("undone") if position.undone else _("no longer") if position.position and not position.stands else ""
    return (
        escape(words.clock(position.at)),
        named(position.who, words),
        marked(said, over),
        str(position.version),
    )


def _text(version: Version) -> str:
    """Return a version, with what was taken out of the one before struck out, and what was put in in bold type."""
    if "text" not in version.changed:
        return escape(version.text)
    return changes(version.edits)


def changes(edits: Iterable[Edit]) -> str:
    """Return pieces of two texts, what was taken out struck out, and what was put in in bold type."""
    signs = {Change.KEPT: "", Change.TAKEN_OUT: "~~", Change.PUT_IN: "**"}
    pieces = []
    for edit in edits:
        inner = edit.text.strip()
        before, after = edit.text.partition(inner)[::2] if inner else (" ", "")
        sign = signs[edit.change] if inner else ""
        pieces.append(f"{' ' if before else ''}{sign}{escape(inner)}{sign}{' ' if after else ''}")
    return "".join(pieces)
