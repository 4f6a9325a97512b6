"""Putting right what is known of a person: a name, and where they belong.

The directory says who people are from one session to the next; what a session shows and records are its own events. So a
correction goes to the directory first, and is then a command of the secretariat's in every session that knows the person
and is not final: the screens change at once, and the records have it. Whoever enters a later session enters as corrected.
"""

from typing import Any, Final

from companion.clock import Clock
from companion.core import commands as c
from companion.core.people import Actor, Person
from companion.core.procedure import SessionStatus
from companion.core.refusals import Refusal, Refused
from companion.engine import Engine
from companion.live.arrivals import Caller
from companion.live.desk import Desk, Details
from companion.live.host import Host
from companion.live.sessions import Sessions
from companion.store.directory import PersonRow

_OF_THE_DAY: Final = frozenset({"attendance", "role"})
"""Where somebody took part, and as what, is no mistake in a session that is over, if it is otherwise now."""


class Corrections:
    """The corrections of people, one after the other, so that no session ends with the older of two."""

    def __init__(self, engine: Engine, clock: Clock, desk: Desk, sessions: Sessions) -> None:
        self._clock = clock
        self._desk = desk
        self._sessions = sessions
        self._one_at_a_time = engine.lock()

    def put_right(self, by: Caller, person: str, changes: Details, seen: Details) -> PersonRow:
        """Put right `changes`, if all of it is as `seen` still; return the person as they are now.

        Raises `Refused`: not_found, stale, revoked; and not_recorded where the disk refused. Sent again, it is completed.
        """
        with self._one_at_a_time:
            row = self._desk.correct(by, person, changes, seen)
            corrected = self._desk.as_person(row)
            for host in self._sessions:
                if host.committed.programme.workshop == row.workshop and host.knows(row.id):
                    self._tell(host, by, corrected, changes)
            if "role" in changes:
                self._desk.tell_otherwise(row.id)
        return row

    def _tell(self, host: Host, by: Caller, corrected: Person, changes: Details) -> None:
        over = host.committed.course.status.is_over
        said: dict[str, Any] = {
            name: getattr(corrected, name) for name in changes if not (over and name in _OF_THE_DAY)
        }
        if host.committed.course.status is SessionStatus.FINALISED or not said:
            return
        host.enter(self._desk.as_person(by.person))
        role = said.pop("role", None)
        if role is not None:
            self._send(host, by, c.ChangeRole(person=corrected.id, role=role))
        if said:
            self._send(host, by, c.CorrectPerson(person=corrected.id, **said))

    def _send(self, host: Host, by: Caller, command: c.ChangeRole | c.CorrectPerson) -> None:
        try:
            answer = host.command(Actor(person=by.person.id, role=by.role), self._clock.make_id("correct-"), command)
            if isinstance(command, c.ChangeRole):
                # Another's command may have been followed since the directory was put right.
                self._desk.follow(host.committed.programme.workshop, host.committed.people[command.person])
                host.followed(command.person, answer.seq)
        except Refused as refused:
            # It has become final this very moment: then its record stays as it is.
            if refused.reason is not Refusal.SESSION_NOT_OPEN:
                raise
