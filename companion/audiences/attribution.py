"""Who may be named in the record of a session.

`attributed` shows name and affiliation; `affiliation_only` the affiliation, as United Nations reports do ("the
representative of …"); `non_attributed` neither: the Chatham House Rule. Panellists have a mode of their own. A person
who asked not to be published is never named, nor is whom they spoke for: presence itself can endanger people.
"""

from dataclasses import dataclass
from typing import Final

from companion.core.ids import GroupId, PersonId
from companion.core.people import Person
from companion.core.procedure import AttributionMode
from companion.core.state import Session

FEWEST_IN_A_GROUP: Final = 5
"""Of so many speakers at least are the figures of a group shown where nobody is to be recognised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """What the record may say of a person. `traceable`: that two interventions were the same person's."""

    name: str | None = None
    latin_name: str | None = None
    organisation: str | None = None
    group: GroupId | None = None
    traceable: bool = False


def mode_of(session: Session, person: PersonId) -> AttributionMode:
    """Return the mode that applies to a person: panellists have their own."""
    if person in session.programme.panellists:
        return session.settings.attribution_mode_panellists
    return session.settings.attribution_mode


def attributed(session: Session, person: Person) -> Attributed:
    """Return what the record of `session` may say of `person`."""
    mode = mode_of(session, person.id)
    if mode is AttributionMode.NON_ATTRIBUTED:
        return Attributed()
    if person.unpublished:
        return Attributed(group=person.group, traceable=True)
    named = mode is AttributionMode.ATTRIBUTED
    return Attributed(
        name=person.name if named else None,
        latin_name=(person.latin_name or None) if named else None,
        organisation=person.organisation or None,
        group=person.group,
        traceable=True,
    )


def may_show_affiliation(session: Session, person: Person) -> bool:
    """Return whether the record may say whom a person spoke for, and what about in their own words."""
    return mode_of(session, person.id) is not AttributionMode.NON_ATTRIBUTED and not person.unpublished


def may_show_figures(session: Session, speakers: int) -> bool:
    """Return whether figures of a group of so many speakers reveal nobody."""
    modes = {session.settings.attribution_mode, session.settings.attribution_mode_panellists}
    return AttributionMode.NON_ATTRIBUTED not in modes or speakers >= FEWEST_IN_A_GROUP
