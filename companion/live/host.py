"""A session in progress: decides on what is staged, serves what is on disk.

Two states: `staged` includes all that was decided, so that two commands of one batch do not both win; `committed` is
what the journal holds, and all that anybody is told. A command is answered when its events are on disk. The same id
from the same person gets the first answer, also while that is still being written. Counts of polls go out at most five
times a second, whatever the number of answers; what is typed goes at once to those who write, and once a second to others.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from companion.audiences import keys, maps
from companion.audiences.audience import HAS_DOCUMENTS, HEARS_BOOTH, Audience
from companion.audiences.maps import Maps, Patch
from companion.clock import Clock, format_time, parse_time
from companion.codec.events import read_rows
from companion.collecting import without_collecting
from companion.core import commands as c
from companion.core import events as e
from companion.core import permissions, polls
from companion.core import session as rules
from companion.core.ids import SYSTEM, PersonId, PollId
from companion.core.people import Actor, Person, Role
from companion.core.procedure import SessionStatus
from companion.core.refusals import Refusal, Refused
from companion.core.replay import replay
from companion.core.state import Session
from companion.engine import Engine
from companion.live import answers, secret_ballots
from companion.live import entries as as_entries
from companion.live.announcer import Announcer
from companion.live.answers import Answer, Joined, Remembered
from companion.live.catch_up import Ring
from companion.live.committer import Append, Committer
from companion.live.manuscripts import SHARED, Manuscripts
from companion.live.pace import COUNTS_EVERY_SECONDS, TEXTS_EVERY_SECONDS, Pace
from companion.live.roles_ahead import RolesAhead
from companion.live.secret_ballots import SecretBallots
from companion.live.snapshots import Snapshots
from companion.live.tickets import Counted, Staged, Ticket
from companion.store import journal
from companion.store.ballots import Ballot
from companion.store.database import Database


class Host:
    """One session. All of its methods are called on the loop, or on the engine's own threads."""

    def __init__(  # noqa: PLR0913 (a composition)
        self,
        session: str,
        *,
        engine: Engine,
        clock: Clock,
        committer: Committer,
        announcer: Announcer,
        epoch: str,
        ring_patches: int,
    ) -> None:
        self.id = session
        self.epoch = epoch
        self.lock = engine.lock()
        self._engine = engine
        self._clock = clock
        self._committer = committer
        self._announcer = announcer
        self._ring_patches = ring_patches
        self._generation = 0
        self._pending: dict[tuple[PersonId, str], Staged] = {}
        self._ready: list[Staged] = []
        self._committed = self._staged_state = Session()
        self._committed_chain = self._staged_chain = journal.first_link(session)
        self._last_at = clock.now()
        self._answers = Remembered()
        self._roles = RolesAhead()
        self.secret = SecretBallots(engine, committer)
        self._maps = Maps(self._committed, self.secret.marks)
        self._ring = Ring(0, ring_patches)
        self._snapshots = Snapshots(self._whole)
        self._manuscripts = Manuscripts()
        self._counts = Pace(COUNTS_EVERY_SECONDS, Maps.catch_up_counts)
        self._texts = Pace(TEXTS_EVERY_SECONDS, Maps.catch_up_texts)
        committer.after_each_batch(self._tell)

    @property
    def committed(self) -> Session:
        """Return the state that is on disk."""
        return self._committed

    @property
    def staged(self) -> Session:
        """Return the state with all that is on its way to the disk."""
        return self._staged_state

    @without_collecting()
    def open(self, database: Database) -> None:
        """Take up the session from its journal."""
        head = journal.head(database, self.id)
        last_at = journal.find_last_at(database, self.id)
        self._last_at = self._last_at if last_at is None else parse_time(last_at)
        state = replace(replay(self._manuscripts.following(read_rows(journal.rows(database, self.id)))), seq=head.seq)
        self._answers.take_up(database, self.id)
        self._committed = self._staged_state = state
        self._committed_chain = self._staged_chain = head.chain
        self.secret.take_up(state, database.path)
        self._maps = Maps(state, self.secret.marks)
        self._ring = Ring(state.seq, self._ring_patches)

    def command(self, by: Actor, id_: str, command: c.Command) -> Answer:
        """Return the answer once the command is on disk.

        Raises `Refused`: the rules' own reasons, or `not_recorded` where the disk refused and nothing happened.
        """
        if isinstance(command, c.AnswerPoll) and polls.is_secret(self._committed, command.poll):
            return self._answer_secretly(by, id_, command)
        if isinstance(command, c.ClosePoll | c.CloseSession):
            return self._close(by, id_, command)
        return self._carry_out(by, id_, command)

    def _carry_out(self, by: Actor, id_: str, command: c.Command) -> Answer:
        key, typed = (by.person, id_), isinstance(command, c.TypeNote)
        with self.lock:
            known = self._answers.find(key)
            if known is not None:
                return known
            staged = self._pending.get(key) or self._stage(key, by, command)
            # Nothing is to be written, but what makes that so may be on its way to the disk and not arrive there.
            stands_on = staged or next(reversed(self._pending.values()), None)
            if isinstance(command, c.SignalFromBooth):
                self._signal_from_booth(by, command)
            if stands_on is None:
                return self._answers.keep(key, Answer(seq=self._committed.seq), typed=typed)
        answer = stands_on.waiting.wait()
        return answer if staged is not None else self._answers.keep(key, Answer(seq=answer.seq), typed=typed)

    def _answer_secretly(self, by: Actor, id_: str, command: c.AnswerPoll) -> Answer:
        """Have an answer to a secret poll counted; it leaves no event, and no answer that is kept."""
        with self.lock:
            state = self._staged_state
            self._decide(replace(command, secretly=True), by=by, at=max(self._clock.now(), self._last_at))
            voter = state.polls[command.poll].eligible[state.recognised(by.person)]
            ballot = Ballot(voter, f"{by.person}/{id_}", command.option)
            arrives = self.secret.put(command.poll, ballot, Counted(self, command.poll, voter))
        if arrives is not None:
            arrives.wait()
        return Answer(seq=self._committed.seq)

    def _close(self, by: Actor, id_: str, command: secret_ballots.Closing) -> Answer:
        """Count the boxes of the secret polls that a command closes, once it is known that it may; then carry it out."""
        with self.lock:
            known = (by.person, id_) in self._answers or (by.person, id_) in self._pending
            closing = [] if known else self.secret.closed_by(command)
            if closing:
                asked = replace(command, counted=secret_ballots.nothing_in(self._staged_state, closing))
                self._decide(asked, by=by, at=max(self._clock.now(), self._last_at))
        with self.secret.no_more(closing):
            counted = self.secret.counted(self._committed, closing)
            return self._carry_out(by, id_, replace(command, counted=counted))

    def secretly_answered(self, poll: PollId, voter: str) -> None:
        """Take note that a secret answer is counted: those for whom it was given see that at once, others in a moment."""
        with self.lock:
            waiting = self.secret.recorded(poll, voter)
            self._maps.marked(poll)
            self._let_out(self._counts)
            for person in self._committed.polls[poll].members[voter]:
                told = Patch(maps.personal(self._committed, person, self.secret.marks, only=keys.ANSWERS))
                self._announcer.patch_person(self.id, person, self._patch(self._committed.seq, told))
        waiting.set(None)

    def not_secretly_answered(self, poll: PollId, voter: str, error: Exception) -> None:
        """Take note that the disk refused a secret answer."""
        with self.lock:
            waiting = self.secret.not_recorded(poll, voter)
        refusal = Refused(Refusal.NOT_RECORDED)
        refusal.__cause__ = error
        waiting.fail(refusal)

    def _signal_from_booth(self, by: Actor, command: c.SignalFromBooth) -> None:
        """Tell those who run the session, by the language of the booth and nobody's name."""
        person = self._staged_state.people.get(by.person)
        data = {"kind": command.kind.value, "language": person.language if person else None}
        signal = {"session": self.id, "type": "booth", "data": data}
        for audience in HEARS_BOOTH:
            self._announcer.signal(self.id, audience, signal)

    def enter(self, person: Person) -> None:
        """Let a person into the session if it does not know them yet, or as what they are now."""
        known, by = self._staged_state.people.get(person.id), Actor(person=SYSTEM, role=None)
        if known is None:
            self.command(by, self._clock.make_id("enter-"), c.EnterPerson(person=person))
        elif self._is_behind(known, person):
            self.command(by, self._clock.make_id("role-"), c.ChangeRole(person=person.id, role=person.role))

    def _is_behind(self, known: Person, person: Person) -> bool:
        final = self._staged_state.course.status is SessionStatus.FINALISED
        return known.role is not person.role and not final and person.id not in self._roles

    def followed(self, person: PersonId, seq: int) -> None:
        """Take note that the directory agrees on who a person is with the session as of the event `seq`."""
        with self.lock:
            self._roles.followed(person, seq)

    def knows(self, person: PersonId) -> bool:
        """Say whether a person is in the session, or on the way to the disk."""
        return person in self._staged_state.people

    def knows_as(self, person: PersonId, role: Role) -> bool:
        """Say whether a person is in the session, or on the way to the disk, in this role."""
        known = self._staged_state.people.get(person)
        return known is not None and known.role is role

    def join(self, person: PersonId, audience: Audience, *, epoch: str | None, since: int | None) -> Joined:
        """Return what brings a screen up to date; the caller holds `lock`, and enters the audience under it."""
        seq, own = self._committed.seq, maps.personal(self._committed, person, self.secret.marks)
        missed = self._ring.since(since, audience) if epoch == self.epoch and since is not None else None
        whole, patches = self._snapshots.of(audience) if missed is None else None, None
        if missed is not None:
            # What follows late has no place of its own in the ring, for they may go out with a `seq` that was told before.
            notes = self._ring.notes_since(since or 0, audience, self._maps.of(audience))
            anew = Patch({**self._maps.late(audience, since or 0), **notes, **own})
            known = ({**self._patch(at, patch), "set": patch.set_as_json} for at, patch in missed)
            patches = [*known, self._patch(seq, anew)]
        return Joined(
            epoch=self.epoch,
            seq=seq,
            server_ms=self._clock.milliseconds(),
            audience=audience,
            own=own,
            whole=whole,
            patches=patches,
        )

    def _whole(self, audience: Audience) -> Mapping[str, Any]:
        whole = self._maps.of(audience)
        return self._manuscripts.in_snapshot(whole) if audience in HAS_DOCUMENTS else whole

    def recorded(self, staged: Staged) -> None:
        """Take note that a command is on disk; the room hears of it at the end of the batch."""
        self._ready.append(staged)  # by one task alone, the one that tells

    def not_recorded(self, staged: Staged, error: Exception) -> None:
        """Forget a command that could not be written, and all that was decided on top of it."""
        self._tell()
        with self.lock:
            if self._pending.get(staged.key) is not staged:
                return
            forgotten = [*self._pending.values()]
            self._pending.clear()
            self._staged_state, self._staged_chain = self._committed, self._committed_chain
            self._manuscripts.forget()
            self._roles.forget(self._committed.seq)
            self._generation += 1
        for each in forgotten:
            refusal = Refused(Refusal.NOT_RECORDED)
            refusal.__cause__ = error
            each.waiting.fail(refusal)

    def _stage(self, key: tuple[PersonId, str], by: Actor, command: c.Command) -> Staged | None:
        """Decide, and hand what follows to the committer; None where nothing follows."""
        at = max(self._clock.now(), self._last_at)
        events = self._decided(command, by=by, at=at)
        if not events:
            return None
        state, chain = self._staged_state, self._staged_chain
        happened: list[e.Recorded] = []
        entries: list[journal.Entry] = []
        written_at = format_time(at)
        for event in events:
            recorded = e.Recorded(seq=state.seq + 1, at=at, by=by.person, command=key[1], event=event)
            entry = as_entries.sealed(self.id, chain, recorded, at=written_at, salt=self._clock.make_salt())
            state, chain = rules.evolve(state, recorded), entry.chain
            happened.append(recorded)
            entries.append(entry)
        answer = Answer(seq=state.seq, result=answers.result_of(events))
        staged = Staged(
            key=key,
            happened=tuple(happened),
            state=state,
            chain=chain,
            answer=answer,
            waiting=self._engine.event(),
        )
        self._roles.decided(command, by, self._staged_state, state)
        self._staged_state, self._staged_chain, self._last_at = state, chain, at
        self._pending[key] = staged
        answered = answer.written(session=self.id, actor=by.person, id_=key[1], first_seq=happened[0].seq)
        append = Append(session=self.id, generation=self._generation, entries=tuple(entries), answered=answered)
        self._committer.append(append, Ticket(self, staged))
        return staged

    def _decided(self, command: c.Command, *, by: Actor, at: datetime) -> list[e.Event]:
        if isinstance(command, SHARED):
            permissions.check(command, self._roles.actor(by, self._staged_state))
            command = self._manuscripts.complete(command, self._staged_state)
        events = self._decide(command, by=by, at=at)
        self._manuscripts.stage(events)
        return events

    def _decide(self, command: c.Command, *, by: Actor, at: datetime) -> list[e.Event]:
        return rules.decide(self._staged_state, command, by=self._roles.actor(by, self._staged_state), at=at)

    def _tell(self) -> None:
        """Tell the room what a batch brought, then answer those who sent it."""
        if not self._ready:
            return
        with self.lock:
            ready, self._ready = self._ready, []
            before, happened = self._committed, [recorded for staged in ready for recorded in staged.happened]
            self._committed, self._committed_chain = ready[-1].state, ready[-1].chain
            self._manuscripts.recorded(happened)
            self.secret.follow(self._committed, happened)
            for staged in ready:
                typed = isinstance(staged.happened[0].event, e.NoteTyped)
                self._answers.keep(staged.key, staged.answer, typed=typed)
                del self._pending[staged.key]
            self._announce(before, happened)
        for staged in ready:
            staged.waiting.set(staged.answer)

    def _announce(self, before: Session, happened: list[e.Recorded]) -> None:
        after = self._committed
        patches = self._maps.advance(
            after, happened, with_counts=not self._counts.rests, with_texts=not self._texts.rests
        )
        shared = {each: self._manuscripts.in_patch(patches[each], before, happened) for each in HAS_DOCUMENTS}
        patches = {**patches, **shared}
        self._ring.add(after.seq, patches)
        self._tell_audiences(patches)
        for pace, told in ((self._counts, keys.counted(happened)), (self._texts, keys.typed(happened))):
            if told and not pace.rests:
                pace.rests = True
                self._engine.spawn(self._keep_pace, pace)
        server_ms = self._clock.milliseconds()
        for person, own in keys.touched_people(before, after, happened).items():
            changed = maps.changed_of_person(before, after, person, self.secret.marks, own)
            if changed:
                patch = self._patch(after.seq, Patch(changed), server_ms)
                self._announcer.patch_person(self.id, person, patch)

    def _let_out(self, pace: Pace) -> None:
        """Let what has just changed out at once unless it rests, and have it rest then."""
        if not pace.rests:
            self._tell_audiences(pace.catch_up(self._maps))
            pace.rests = True
            self._engine.spawn(self._keep_pace, pace)

    def _keep_pace(self, pace: Pace) -> None:
        """Let what rests out again after a moment, what came meanwhile together; end when nothing has."""
        while True:
            self._engine.sleep(pace.seconds)
            with self.lock:
                patches = pace.catch_up(self._maps)
                pace.rests = any(patches.values())
                self._tell_audiences(patches)
                if not pace.rests:
                    return

    def _tell_audiences(self, patches: Mapping[Audience, Patch]) -> None:
        self._snapshots.changed(patches)
        for audience, patch in patches.items():
            if patch:
                self._announcer.patch(self.id, audience, self._patch(self._committed.seq, patch))

    def _patch(self, seq: int, patch: Patch, server_ms: int | None = None) -> Mapping[str, Any]:
        return {
            "session": self.id,
            "epoch": self.epoch,
            "seq": seq,
            "server_ms": self._clock.milliseconds() if server_ms is None else server_ms,
            "set": patch.set,
            "unset": patch.unset,
        }
