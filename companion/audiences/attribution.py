"""Who may be named in the record of a session.

`attributed` shows name and affiliation; `affiliation_only` the affiliation, as United Nations reports do ("the
representative of …"); `non_attributed` neither: the Chatham House Rule. Panellists have a mode of their own. A person
who asked not to be published is never named, nor is whom they spoke for: presence itself can endanger people. A note may
say less than the mode allows, never more. Names in what people typed are withheld like all others. A guest who turned out
to be somebody of the list is hidden as that person is.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from companion.core.ids import GroupId, PersonId
from companion.core.people import Person, Role
from companion.core.polling import Poll
from companion.core.procedure import AttributionMode, NoteAttribution, PollUnit, Rule
from companion.core.state import Session

FEWEST_IN_A_GROUP: Final = 5
"""Of so many speakers at least are the figures of a group shown where nobody is to be recognised."""

WITHHELD: Final = "[…]"
"""Stands where somebody typed a name that may not be told."""

_SHORTEST_NAME: Final = 3
_IMPERSONAL: Final = frozenset({Rule.FIRST_COME, Rule.JOINT_FIRST, Rule.MANUAL})
"""The rules that do not look at who somebody is, nor at where, nor at whether they have spoken before."""

_LEVELS: Final = (
    NoteAttribution.NONE,
    NoteAttribution.GROUP,
    NoteAttribution.ORGANISATION,
    NoteAttribution.PERSON,
)
_SAYS_A_GROUP: Final = frozenset(_LEVELS) - {NoteAttribution.NONE}


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
    person = _meant(session, person)
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
    person = _meant(session, person)
    return mode_of(session, person.id) is not AttributionMode.NON_ATTRIBUTED and not person.unpublished


def may_show_attendance(session: Session, person: Person) -> bool:
    """Return whether the record may say beside an intervention where the person took part."""
    return mode_of(session, _meant(session, person).id) is not AttributionMode.NON_ATTRIBUTED


def may_show_elsewhere(session: Session, person: Person) -> bool:
    """Return whether the record may say in which other session a person asked: its record may name them."""
    return attributed(session, person).name is not None


def may_show_rule(session: Session, rule: Rule) -> bool:
    """Return whether the record may say that the list was ordered by `rule`.

    Where nobody is to be recognised, the order of a list that went by names, groups, places or earlier turns would tell
    those of everybody on it.
    """
    return rule in _IMPERSONAL or may_show_groups(session)


def may_show_figures(session: Session, speakers: int) -> bool:
    """Return whether figures of a group of so many speakers reveal nobody."""
    return may_show_groups(session) or speakers >= FEWEST_IN_A_GROUP


def may_show_groups(session: Session) -> bool:
    """Return whether the record may say of which stakeholder group a point was."""
    return AttributionMode.NON_ATTRIBUTED not in _modes(session)


# Notes


def attributed_in_note(session: Session, person: Person, level: NoteAttribution) -> Attributed:
    """Return what a note may say of the person whose point it was: no more than its level, and no more than the mode."""
    shown = replace(attributed(session, person), traceable=False)
    if level is NoteAttribution.PERSON:
        return shown
    shown = replace(shown, name=None, latin_name=None)
    if level is NoteAttribution.ORGANISATION:
        return shown
    return replace(shown, organisation=None) if level is NoteAttribution.GROUP else Attributed()


def may_show_group_of_note(session: Session, level: NoteAttribution) -> bool:
    """Return whether a note may say of which stakeholder group its point was."""
    return level in _SAYS_A_GROUP and may_show_groups(session)


def may_lead_to_speaker(session: Session, person: Person, level: NoteAttribution) -> bool:
    """Return whether a note may lead to `person` by name, as the interventions on the screens do in every mode."""
    return attributed_in_note(session, person, level).name is not None


def may_stand_under(session: Session, person: Person, level: NoteAttribution) -> bool:
    """Return whether a note may stand under an intervention of `person`, which says who spoke as far as the mode allows."""
    shown = attributed(session, person)
    told = NoteAttribution.NONE
    if shown.name is not None:
        told = NoteAttribution.PERSON
    elif shown.organisation is not None:
        told = NoteAttribution.ORGANISATION
    elif shown.group is not None:
        told = NoteAttribution.GROUP
    return _LEVELS.index(level) >= _LEVELS.index(told)


# Recommendations


def may_tell_when(session: Session, person: Person) -> bool:
    """Return whether it may be told to the second when a person wrote something: a recording would tell who typed then."""
    return attributed(session, person).traceable


# Answers in polls


def may_name_answers(session: Session, unit: PollUnit) -> bool:
    """Return whether the record may say who answered what: persons where all are named, delegations where all are shown."""
    if unit is PollUnit.PERSON:
        return _modes(session) == {AttributionMode.ATTRIBUTED}
    return AttributionMode.NON_ATTRIBUTED not in _modes(session)


def speaks_openly(session: Session, poll: Poll, voter: str) -> Person | None:
    """Return a member by whom the record may name this voter of a poll; None if all of them asked not to be published."""
    members = (session.people[person] for person in poll.members.get(voter, ()))
    return next((person for person in members if not person.unpublished), None)


# Names in what people typed


def withheld_names(session: Session, spellings: Mapping[PersonId, Iterable[str]]) -> tuple[str, ...]:
    """Return the names that may not be told, longest first: of everybody who is not named, in all their spellings.

    A name that is an organisation's or a group's as well, as those of some delegations are, is no secret; nor is a single
    word that a guest typed, or half the record could be withheld by one who enters as "States".
    """
    known = [person for person in session.people.values() if person.role is not Role.DISPLAY]
    public = {person.organisation for person in known if not (person.unpublished or person.guest)}
    public |= {name for group in session.programme.groups for _language, name in group.name}
    hidden: set[str] = set()
    for person in known:
        names: set[str] = set()
        if attributed(session, person).name is None:
            names |= {person.name, person.latin_name, person.platform_name, *spellings.get(person.id, ())}
        if _meant(session, person).unpublished:
            names.add(person.organisation)
        hidden |= {name for name in names if _is_telling(name, guest=person.guest)}
    return tuple(sorted(hidden - public, key=lambda name: (-len(name), name)))


def withhold(text: str, names: Iterable[str]) -> str:
    """Return `text` without the names, in any case, where they stand as words."""
    folded = text.casefold()
    for name in names:
        if name.casefold() in folded:
            text = _without(text, name)
            folded = text.casefold()
    return text


def _without(text: str, name: str) -> str:
    """Cut out a name by what it folds to, letter by letter, since folding can make one letter two."""
    folded, starts = "", []
    for index, letter in enumerate(text):
        fold = letter.casefold()
        folded += fold
        starts += [index] * len(fold)
    wanted, kept, done, at = name.casefold(), "", 0, 0
    while (at := folded.find(wanted, at)) >= 0:
        first, last = starts[at], starts[at + len(wanted) - 1]
        at += 1
        if first >= done and _is_a_word(text, first, last):
            kept += text[done:first] + WITHHELD
            done = last + 1
    return kept + text[done:]


def _is_a_word(text: str, first: int, last: int) -> bool:
    before, after = text[first - 1 : first], text[last + 1 : last + 2]
    return not (_joins(text[first], before) or _joins(text[last], after))


def _joins(edge: str, beside: str) -> bool:
    """Say whether the letter beside a name belongs to the same word; not in scripts that join words or write no spaces."""
    return bool(beside) and beside.isalnum() and edge.isalnum() and _has_case(edge) and _has_case(beside)


def _has_case(letter: str) -> bool:
    return letter.isdecimal() or letter.lower() != letter.upper()


def _is_telling(name: str, *, guest: bool) -> bool:
    """Say whether a name is long enough to be told from a word; a Chinese one is at two characters."""
    if any(unicodedata.east_asian_width(letter) == "W" for letter in name):
        return len(name) > 1
    return len(name) >= _SHORTEST_NAME and (not guest or " " in name)


def _meant(session: Session, person: Person) -> Person:
    """Return the person whom a guest turned out to be, unpublished if either wished it; anybody else as they are."""
    if person.linked_to is None:
        return person
    meant = session.people[person.linked_to]
    return replace(meant, unpublished=meant.unpublished or person.unpublished)


def _modes(session: Session) -> set[AttributionMode]:
    return {session.settings.attribution_mode, session.settings.attribution_mode_panellists}
