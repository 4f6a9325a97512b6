"""The formats in which a record is handed over."""

from enum import StrEnum

from companion.record import as_csv, as_html, as_json, as_markdown
from companion.record.model import Record


class Format(StrEnum):
    """A format, named as its file ends."""

    JSON = "json"
    HTML = "html"
    MARKDOWN = "md"
    CSV = "csv"


def render(record: Record, format_: Format, language: str) -> bytes:
    """Return the record as a file of this format; headings are in `language` where there are any."""
    match format_:
        case Format.JSON:
            return as_json.write(record)
        case Format.HTML:
            return as_html.write(record, language)
        case Format.MARKDOWN:
            return as_markdown.write(record, language)
        case Format.CSV:
            return as_csv.write(record)
