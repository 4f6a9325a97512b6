"""Texts that people send over HTTP, made clean; what cannot be is a `BadMessage` that names the field."""

import re
from typing import Final

from companion import text
from companion.codec.problems import BadMessage

MOST_CHARACTERS: Final = 200
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def clean_name(typed: str) -> str:
    """Return a person's name; without a character that shows it is none."""
    name = clean_optional("name", typed)
    if not name:
        raise BadMessage("name", "must not be empty")
    return name


def clean_optional(field: str, typed: str) -> str:
    """Return a line of text, "" where nothing of it would show."""
    try:
        return text.clean_line(typed, most=MOST_CHARACTERS)
    except text.TooLong as error:
        raise BadMessage(field, str(error), too_large=True) from None


def clean_language(tag: str | None) -> str | None:
    """Return a language tag as in BCP 47."""
    if tag is not None and not _LANGUAGE.fullmatch(tag):
        raise BadMessage("language", "not a language tag")
    return tag
