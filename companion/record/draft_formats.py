"""The draft of a session as JSON, for the page that shows it, and as Markdown, to go on writing."""

from enum import StrEnum

import msgspec

from companion.clock import format_time
from companion.record.drafts import Draft, Point, draft
from companion.record.markdown import escape
from companion.record.model import Record
from companion.wording import gettext_for


class DraftFormat(StrEnum):
    """A format, named as its file ends."""

    JSON = "draft.json"
    MARKDOWN = "draft.md"


def render_draft(record: Record, format_: DraftFormat, language: str) -> bytes:
    """Return the draft of a session as a file of this format, in `language`."""
    made = draft(record, language)
    match format_:
        case DraftFormat.JSON:
            return msgspec.json.encode({**msgspec.to_builtins(made), "as_of": format_time(made.as_of)})
        case DraftFormat.MARKDOWN:
            return _markdown(made)


def _markdown(made: Draft) -> bytes:
    gettext = gettext_for(made.language).gettext
    parts = [
        f"# {escape(gettext('Draft'))}: {escape(made.title)}",
        "\n".join(f"- {escape(name)}: {escape(value)}" for name, value in made.facts),
        escape(made.scope),
    ]
    for section in made.sections:
        points = "\n".join(line for point in section.points for line in _point(point))
        parts += [f"## {escape(section.title)}", points]
    return ("\n\n".join(parts) + "\n").encode()


def _point(point: Point) -> list[str]:
    aside = f" ({escape(point.aside)})" if point.aside else ""
    return [f"- {escape(point.text)}{aside}", *(f"  - {escape(line)}" for line in point.lines)]
