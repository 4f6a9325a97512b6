"""A workshop that lasted two days, as its database holds it afterwards: decided by the rules, sealed by the store.

What is typed is nine in ten of it. Its updates are real ones, made once and typed into one note after the other.
"""

import base64
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import reduce
from itertools import count, islice
from pathlib import Path
from typing import Final

from pycrdt import Doc, Text, TransactionEvent

from companion.cli.demonstrating import prepare_database
from companion.clock import Clock, format_time
from companion.codec.events import read_recorded
from companion.config import Settings
from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core.edits import Edit
from companion.core.ids import SYSTEM
from companion.core.people import Actor, Person, Role
from companion.core.procedure import BallotKind, NoteKind, PollUnit, Preset, RequestKind, Results
from companion.core.replay import replay
from companion.live import entries
from companion.store import directory, journal
from companion.store.database import Database

KEYS_IN_A_NOTE: Final = 450
GUESTS: Final = 300
POLL_EVERY: Final = 9
"""Interventions: so nine in ten of the entries say what was typed."""
OPTIONS: Final = ("support", "support_with_changes", "cannot_support", "abstain")
_DELETES: Final = 0.12
_WORDS: Final = "the effective remedy of rights holders, نحن the states and the people concerned; 权利 "
SECONDS_EACH: Final = timedelta(milliseconds=200)
_AT_ONCE: Final = 5_000


def write(path: Path, most: int) -> int:
    """Write the demo's workshop with so many entries in the journals of all its sessions together; return how many."""
    prepare_database(path, Settings().session)
    keys, written = typed_keys(), 0
    with Database.open(path) as db:
        [workshop] = directory.workshops(db)
        sessions = directory.sessions(db, workshop.id)
        for row in sessions:
            told = Told(db, row.id, most // len(sessions), keys)
            added = told.entries()
            while some := [*islice(added, _AT_ONCE)]:
                with db.transaction():
                    journal.append(db, some, map(_answered, some))
                written += len(some)
    return written


def typed_keys() -> list[tuple[str, Edit]]:
    """Return the updates of somebody who types a note, in base64, and what each does to its plain text."""
    doc: Doc[Text] = Doc(client_id=1_000)
    text, dice, updates = doc.get("text", type=Text), random.Random(1), list[bytes]()  # noqa: S311 (the same every time)

    def keep(event: TransactionEvent) -> None:
        updates.append(event.update)

    kept = doc.observe(keep)
    edits, plain = list[Edit](), ""
    for number in range(KEYS_IN_A_NOTE):
        if plain and dice.random() < _DELETES:
            edit = Edit(at=len(plain) - 1, gone=1, came="")
            start = len(plain[:-1].encode())
            del text[start : start + len(plain[-1].encode())]
        else:
            edit = Edit(at=len(plain), gone=0, came=_WORDS[number % len(_WORDS)])
            text.insert(len(plain.encode()), edit.came)
        plain = edit.of(plain)
        edits.append(edit)
    doc.unobserve(kept)
    return [(base64.b64encode(update).decode(), edit) for update, edit in zip(updates, edits, strict=True)]


class Told:
    """One session: who spoke, what was written down about it and polled, until it is as long as it should be."""

    def __init__(self, db: Database, session: str, most: int, keys: list[tuple[str, Edit]]) -> None:
        self._id = session
        self._most = most
        self._keys = keys
        text = reduce(lambda text, key: key[1].of(text), keys, "")
        self._typed = Edit(at=0, gone=0, came=text)
        self._clock = Clock()
        self._commands = count(1)
        head = journal.head(db, session)
        state = replay(read_recorded(entry) for entry in journal.read(db, session))
        self._session, self._chain, self._now = replace(state, seq=head.seq), head.chain, self._clock.now()
        self._staff = {
            role: next(person.id for person in state.people.values() if person.role is role)
            for role in (Role.MODERATOR, Role.RAPPORTEUR)
        }
        self._guests = [f"guest-{number:04}" for number in range(GUESTS)]

    def entries(self) -> Iterator[journal.Entry]:
        """Yield what is added to the journal."""
        groups = self._session.programme.groups
        for number, guest in enumerate(self._guests):
            group = groups[number % len(groups)].id
            person = Person(id=guest, name=f"Participant {number}", role=Role.PARTICIPANT, group=group)
            yield from self._by(SYSTEM, c.EnterPerson(person=person))
        yield from self._by(self._staff[Role.MODERATOR], c.StartSession())
        yield from self._by(self._staff[Role.MODERATOR], c.OpenList())
        for number in count(1):
            if self._session.seq >= self._most:
                return
            yield from self._intervention(self._guests[number % GUESTS], f"bench-request-{number}")
            yield from self._note(f"bench-note-{number}", released=number % 2 == 0)
            if number % POLL_EVERY == 0:
                yield from self._poll(f"bench-poll-{number}")

    def _intervention(self, who: str, request: str) -> Iterator[journal.Entry]:
        yield from self._by(who, c.RequestFloor(kind=RequestKind.STATEMENT, request=request, topic="Remedy"))
        yield from self._by(self._staff[Role.MODERATOR], c.GiveFloor(request=request, expect=None))
        self._now += timedelta(seconds=60)
        speaking = self._session.floor.intervention
        yield from self._by(self._staff[Role.MODERATOR], c.EndFloor(expect=speaking))

    def _note(self, note: str, *, released: bool) -> Iterator[journal.Entry]:
        rapporteur = self._staff[Role.RAPPORTEUR]
        yield from self._by(rapporteur, c.AddNote(kind=NoteKind.KEY_POINT, note=note))
        version = self._session.notes[note].version
        for update, edit in self._keys:
            version += 1
            recorded = self._recorded(rapporteur, e.NoteTyped(note=note, update=update, edit=edit, version=version))
            self._session = replace(self._session, seq=recorded.seq)
            yield self._sealed(recorded)
        # All keys at once: the state that follows is the same, and it is not what is measured.
        whole = recorded._replace(event=e.NoteTyped(note=note, update="", edit=self._typed, version=version))
        self._session = rules.evolve(self._session, whole)
        if released:
            yield from self._by(rapporteur, c.ReleaseNote(note=note, released=True))

    def _poll(self, poll: str) -> Iterator[journal.Entry]:
        moderator = self._staff[Role.MODERATOR]
        opening = c.OpenPoll(
            poll=poll,
            question="Shall we?",
            preset=Preset.SUPPORT_SCALE,
            ballot=BallotKind.RECORDED,
            unit=PollUnit.PERSON,
            results=Results.LIVE,
        )
        yield from self._by(moderator, opening)
        for number, guest in enumerate(self._guests):
            yield from self._by(guest, c.AnswerPoll(poll=poll, option=OPTIONS[number % len(OPTIONS)]))
        yield from self._by(moderator, c.ClosePoll(poll=poll, expect=poll))

    def _by(self, who: str, command: c.Command) -> Iterator[journal.Entry]:
        known = self._session.people.get(who)
        actor = Actor(person=who, role=known.role if known else None)
        for event in rules.decide(self._session, command, by=actor, at=self._now):
            recorded = self._recorded(who, event)
            self._session = rules.evolve(self._session, recorded)
            yield self._sealed(recorded)

    def _recorded(self, who: str, event: e.Event) -> e.Recorded:
        self._now += SECONDS_EACH
        command = f"bench-{next(self._commands):08}"
        return e.Recorded(seq=self._session.seq + 1, at=self._now, by=who, command=command, event=event)

    def _sealed(self, recorded: e.Recorded) -> journal.Entry:
        entry = entries.sealed(
            self._id, self._chain, recorded, at=format_time(recorded.at), salt=self._clock.make_salt()
        )
        self._chain = entry.chain
        return entry


def _answered(entry: journal.Entry) -> journal.Answered:
    return journal.Answered(
        session=entry.session,
        actor=entry.actor,
        id=entry.command,
        first_seq=entry.seq,
        last_seq=entry.seq,
        result=None,
    )
