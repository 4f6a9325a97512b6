"""People and what they typed, as far as a record may tell it: the one way from the session into the model."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from companion.audiences import attribution
from companion.core import events as e
from companion.core.ids import InterventionId, RequestId, SessionId
from companion.core.people import Attendance, Person, Role
from companion.core.procedure import NoteAttribution, Rule
from companion.core.state import Session
from companion.record.history import History
from companion.record.model_documents import Notes
from companion.record.model_people import Who


class Naming:
    """Who is who in one record; a person has the same `ref` wherever they occur."""

    def __init__(self, history: History, scope: Notes) -> None:
        self._session: Session = history.session
        self._withheld = attribution.withheld_names(self._session, _spellings(history.happened))
        self._refs: dict[str, str] = {}
        self._requests = {} if scope is Notes.ALL else dict(self._renamed(history.happened))

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

    def role(self, actor: str, person: str | None = None, *, then: Session | None = None) -> Role | None:
        """Return the role of whoever acted, or None for the program and for people acting for themselves.

        It is the one that they had `then`; without that, the one that they have at the end.
        """
        known = (then or self._session).people.get(actor)
        if known is None or (person is not None and self.is_the_same(actor, person)):
            return None
        return known.role

    def is_the_same(self, actor: str, person: str) -> bool:
        """Return whether who acted is the person, or a guest who turned out to be them."""
        return self._session.recognised(actor) == person

    def request(self, request: RequestId) -> str:
        """Return the identifier of a request; one that a client made holds its time to the millisecond."""
        return self._requests.get(request, request)

    def rule(self, rule: Rule | None) -> Rule | None:
        """Return a rule of the list, where it does not tell who is who."""
        return rule if rule is not None and attribution.may_show_rule(self._session, rule) else None

    def reply_to(self, person: Person, intervention: InterventionId | None) -> InterventionId | None:
        """Return the intervention that a person replied to, where that does not give them away."""
        return intervention if attribution.may_show_affiliation(self._session, person) else None

    def attendance(self, person: Person, attendance: Attendance) -> Attendance | None:
        """Return where a person took part, where that does not give them away."""
        return attendance if attribution.may_show_attendance(self._session, person) else None

    def carried_from(self, person: Person, carried: tuple[SessionId, RequestId] | None) -> SessionId | None:
        """Return the session in which a request was not reached, where its record may not tell who asked."""
        shown = carried is not None and attribution.may_show_elsewhere(self._session, person)
        return carried[0] if carried is not None and shown else None

    def said(self, person: Person, text: str | None) -> str | None:
        """Return what somebody wrote about their intervention, where that does not give them away."""
        return self.text(text) if text and attribution.may_show_affiliation(self._session, person) else None

    def text(self, typed: str) -> str:
        """Return what somebody typed, without the names that may not be told."""
        return attribution.withhold(typed, self._withheld)

    def at(self, person: Person, at: datetime) -> datetime:
        """Return a time, to the minute where the recording would otherwise tell whose it is."""
        return at if self.is_traceable(person) else at.replace(second=0, microsecond=0)

    def at_of_any(self, at: datetime) -> datetime:
        """Return the time of what the list did by itself, to the minute where it would tell when somebody hidden asked."""
        return at if attribution.may_show_groups(self._session) else at.replace(second=0, microsecond=0)

    def at_or_none(self, person: Person, at: datetime | None) -> datetime | None:
        """Return a time that may not be there yet, likewise."""
        return None if at is None else self.at(person, at)

    def is_traceable(self, person: Person) -> bool:
        """Return whether the record tells that two interventions were the same person's."""
        return attribution.attributed(self._session, person).traceable

    def _renamed(self, happened: Iterable[e.Recorded]) -> Iterator[tuple[RequestId, str]]:
        asked = (recorded.event.request for recorded in happened if isinstance(recorded.event, e.FloorRequested))
        for number, request in enumerate(asked, start=1):
            if not self.is_traceable(self.person(self._session.requests[request].person)):
                yield request, f"request-{number}"

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
