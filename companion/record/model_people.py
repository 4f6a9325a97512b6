"""What a record says of a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A person as far as they may be shown, with the latest spelling of their name.

    `ref` is the same for the same person within this record, and nothing outside it; None where that may not be told.
    """

    ref: str | None
    name: str | None
    latin_name: str | None
    organisation: str | None
    group: str | None
    language: str | None
    panellist: bool
