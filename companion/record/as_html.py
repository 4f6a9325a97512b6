"""The record as one HTML file: self-contained, without scripts, made to be read aloud and to be printed on A4."""

import functools

import jinja2

from companion import places
from companion.record import pictures
from companion.record.model import Record
from companion.record.transcript import lines
from companion.record.words import Words


def write(record: Record, language: str) -> bytes:
    """Return the record as a page in the reader's language."""
    words = Words(record, language)
    page = _environment().get_template("record/record.html")
    return page.render(
        record=record,
        words=words,
        _=words.gettext,
        ngettext=words.ngettext,
        lines=[*lines(record)],
        speaking_time=pictures.of_speaking_time(record, words),
        balances=[(balance, pictures.of_balance(balance, words)) for balance in record.balance],
        polls=[
            (
                poll,
                pictures.of_result(poll, number, words),
                [(each, pictures.of_breakdown(poll, each, number, words)) for each in poll.breakdowns],
            )
            for number, poll in enumerate(record.polls, start=1)
        ],
    ).encode()


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(places.templates_folder()),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
