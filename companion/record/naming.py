"""People and what they typed, as far as a record may tell it: the one way from the session into the model."""

from collections.abc import Iterable
from datetime import datetime

from companion.audiences import attribution
from companion.core import events as e
from companion.core.people import Person, Role
from companion.core.procedure import NoteAttribution
from companion.core.state import Session
from companion.record.history import History
from companion.record.model_people import Who


class Naming:
    """Who is who in one record; a person has the same `ref` wherever they occur."""

    def __init__(self, history: History) -> None:
        self._session: Session = history.session
        self._withheld = attribution.withheld_names(self._session, _spellings(history.happened))
        self._refs: dict[str, str] = {}

    def who(self, person_id: str) -> Who:
        """Return a person as the record shows them."""
        return self._shown(person_id, attribution.attributed(self._session, self.person(person_id)))

    def who_in_note(self, person_id: str, level: NoteAttribution) -> Who | None:
        """Return whose point a note was, as far as it says; None where it says nothing."""
        shown = attribution.attributed_in_note(self._session, self.person(person_id), level)
        return None if shown == attribution.Attributed() else self._shown(person_id, shown)

    def person(self, person_id: str) -> Person:
        """Return a person as the session knows them."""
        return self._session.people[person_id]

    def role(self, actor: str, person: str | None = None) -> Role | None:
        """Return the role of whoever acted, or None for the program and for people acting for themselves."""
        known = self._session.people.get(actor)
        return known.role if known is not None and actor != person else None

    def said(self, person: Person, text: str | None) -> str | None:
        """Return what somebody wrote about their intervention, where that does not give them away."""
        return self.text(text) if text and attribution.may_show_affiliation(self._session, person) else None

    def text(self, typed: str) -> str:
        """Return what somebody typed, without the names that may not be told."""
        return attribution.withhold(typed, self._withheld)

    def at(self, person: Person, at: datetime) -> datetime:
        """Return a time, to the minute where the recording would otherwise tell whose it is."""
        return at if self.is_traceable(person) else at.replace(second=0, microsecond=0)

    def at_or_none(self, person: Person, at: datetime | None) -> datetime | None:
        """Return a time that may not be there yet, likewise."""
        return None if at is None else self.at(person, at)

    def is_traceable(self, person: Person) -> bool:
        """Return whether the record tells that two interventions were the same person's."""
        return attribution.attributed(self._session, person).traceable

    def _shown(self, person_id: str, shown: attribution.Attributed) -> Who:
        return Who(
            ref=self._refs.setdefault(person_id, f"s{len(self._refs) + 1}") if shown.traceable else None,
            name=shown.name,
            latin_name=shown.latin_name,
            organisation=shown.organisation,
            group=shown.group,
            language=self.person(person_id).language if shown.name else None,
            panellist=person_id in self._session.programme.panellists,
        )


def _spellings(happened: Iterable[e.Recorded]) -> dict[str, set[str]]:
    """Return all names that each person has had during the session."""
    found: dict[str, set[str]] = {}
    for recorded in happened:
        if isinstance(recorded.event, e.PersonEntered | e.PersonCorrected):
            person = recorded.event.person
            found.setdefault(person.id, set()).update((person.name, person.latin_name, person.platform_name))
    return found
