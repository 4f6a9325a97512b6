"""A session to tell stories with: what was done before, what is done now, what comes of it.

State comes from commands alone. Time stands until `later` lets it pass.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core.documents import Note, Recommendation
from companion.core.ids import SYSTEM
from companion.core.people import Actor, Attendance, Person, Role, StakeholderGroup
from companion.core.polling import Poll
from companion.core.procedure import (
    AttributionMode,
    BallotKind,
    NoteKind,
    PollUnit,
    Preset,
    RequestKind,
    RequestList,
    Results,
    Segment,
    SegmentKind,
    WaitingAtSegment,
)
from companion.core.proceedings import FloorRequest, Intervention
from companion.core.refusals import Refusal, Refused
from companion.core.state import Session, Undoable

T = TypeVar("T", bound=c.DraftPoll | c.OpenPoll)

BEGINNING: Final = datetime(2026, 10, 18, 8, 45, tzinfo=UTC)
SYSTEM_ACTOR: Final = Actor(person=SYSTEM, role=None)


def person(id_: str, role: Role, group: str | None = None, language: str | None = None) -> Person:
    return Person(id=id_, name=id_.capitalize(), role=role, group=group, language=language)


PEOPLE: Final = (
    person("moderator", Role.MODERATOR),
    person("alternate", Role.MODERATOR),
    person("officer", Role.LIST_OFFICER),
    person("technician", Role.TECHNICAL_MODERATOR),
    person("rapporteur", Role.RAPPORTEUR),
    person("secretary", Role.SECRETARIAT),
    person("pia", Role.PANELLIST),
    person("paul", Role.PANELLIST),
    person("ana", Role.PARTICIPANT, "states", "es"),
    person("ben", Role.PARTICIPANT, "states"),
    person("cleo", Role.PARTICIPANT, "civil_society"),
    person("dan", Role.PARTICIPANT),
    person("observer", Role.OBSERVER),
    person("interpreter", Role.INTERPRETER),
    person("display", Role.DISPLAY),
)
PROGRAMME: Final = c.PrepareSession(
    session="panel-1",
    workshop="workshop",
    workshop_title=(("en", "A workshop"),),
    number="1",
    title="The first panel",
    short_title="First",
    room="XX",
    time_zone="Europe/Zurich",
    starts_at=BEGINNING,
    ends_at=BEGINNING + timedelta(hours=2),
    segments=(
        Segment(id="presentations", kind=SegmentKind.PANEL_PRESENTATIONS),
        Segment(id="discussion", kind=SegmentKind.INTERACTIVE_DISCUSSION),
        Segment(id="replies", kind=SegmentKind.PANELLISTS_REPLIES),
    ),
    groups=(
        StakeholderGroup(id="states", name=(("en", "States"),)),
        StakeholderGroup(id="civil_society", name=(("en", "Civil society"),)),
    ),
    panellists=(),
    people=PEOPLE,
    default_seconds=180,
    group_seconds=(),
    kind_seconds=(),
    warning_seconds=30,
    attribution_mode=AttributionMode.ATTRIBUTED,
    attribution_mode_panellists=AttributionMode.ATTRIBUTED,
)


class Scenario:
    """A prepared session, all that was recorded in it, and the time."""

    def __init__(self, programme: c.PrepareSession = PROGRAMME) -> None:
        self.session = Session()
        self.recorded: list[e.Recorded] = []
        self.now = BEGINNING
        self._commands = 0
        self.by(SYSTEM, programme)

    @classmethod
    def of(cls, session: Session) -> "Scenario":
        """Return a scenario that goes on from a state that another one reached."""
        scenario = cls()
        scenario.session, scenario.recorded = session, []
        return scenario

    # What is done

    def by(self, who: str, command: c.Command) -> list[e.Event]:
        """Have `who` send the command; return what happened."""
        events = rules.decide(self.session, command, by=self.actor(who), at=self.now)
        self._commands += 1
        for event in events:
            recorded = e.Recorded(
                seq=self.session.seq + 1, at=self.now, by=who, command=f"command-{self._commands}", event=event
            )
            self.recorded.append(recorded)
            self.session = rules.evolve(self.session, recorded)
        return events

    def refusal(self, who: str, command: c.Command) -> Refusal:
        """Have `who` send a command that is refused; return why."""
        before = self.session
        try:
            events = self.by(who, command)
        except Refused as refused:
            assert self.session is before
            return refused.reason
        message = f"not refused: {events}"
        raise AssertionError(message)

    def later(self, seconds: float) -> "Scenario":
        self.now += timedelta(seconds=seconds)
        return self

    def actor(self, who: str) -> Actor:
        known = self.session.people.get(who)
        return SYSTEM_ACTOR if who == SYSTEM else Actor(person=who, role=known.role if known else Role.PARTICIPANT)

    # The usual taps

    def ask(self, who: str, kind: RequestKind = RequestKind.STATEMENT) -> str:
        """Return the request that `who` makes."""
        return requested(self.by(who, c.RequestFloor(kind=kind)))

    def enter(self, whom: str, kind: RequestKind = RequestKind.STATEMENT, segment: str | None = None) -> str:
        """Return the request that the list officer enters for `whom`."""
        return requested(self.by("officer", c.RequestFloor(kind=kind, person=whom, segment=segment)))

    def next(self) -> list[e.Event]:
        return self.by("moderator", c.NextSpeaker(expect=self.session.floor.intervention))

    def give(self, request: str) -> list[e.Event]:
        return self.by("moderator", c.GiveFloor(request=request, expect=self.session.floor.intervention))

    def pause(self) -> list[e.Event]:
        return self.by("moderator", c.PauseFloor(expect=self.session.floor.intervention))

    def resume(self) -> list[e.Event]:
        return self.by("moderator", c.ResumeFloor(expect=self.session.floor.intervention))

    def extend(self, seconds: int) -> list[e.Event]:
        return self.by("moderator", c.ExtendFloor(seconds=seconds, expect=self.session.floor.intervention))

    def end(self) -> list[e.Event]:
        return self.by("moderator", c.EndFloor(expect=self.session.floor.intervention))

    def begin(self, segment: str, waiting: WaitingAtSegment = WaitingAtSegment.KEEP) -> list[e.Event]:
        return self.by("moderator", c.BeginSegment(segment=segment, waiting=waiting))

    def undo(self, who: str = "moderator", which: int = 0) -> list[e.Event]:
        """Take back the newest command, or the `which`th before it."""
        return self.by(who, self.undoing(which))

    def undoing(self, which: int = 0) -> c.Undo:
        return c.Undo(command=str(self.session.undo[which].command))

    def note(self, text: str = "A point", **said: Any) -> str:  # noqa: ANN401 (fields of the command)
        """Return the note that the rapporteur writes down."""
        added = self.by("rapporteur", c.AddNote(**{"kind": NoteKind.KEY_POINT, "text": text, **said}))[-1]
        assert isinstance(added, e.NoteAdded)
        return added.note

    def write(self, note: str, text: str, expect: int) -> list[e.Event]:
        return self.by("rapporteur", c.WriteNote(note=note, text=text, expect=expect))

    def propose(self, text: str = "Should agree", **said: Any) -> str:  # noqa: ANN401 (fields of the command)
        """Return the recommendation that the rapporteur puts forward."""
        (proposed,) = self.by("rapporteur", c.ProposeRecommendation(text=text, **said))
        assert isinstance(proposed, e.RecommendationProposed)
        return proposed.recommendation

    def poll(self, **said: Any) -> str:  # noqa: ANN401 (fields of the command)
        """Return the poll that the moderator opens; by persons, on a question, unless something else is said."""
        opened = self.by("moderator", poll_of(c.OpenPoll, **said))[-1]
        assert isinstance(opened, e.PollOpened)
        return opened.poll

    def answer(self, who: str, poll: str, option: str, reason: str | None = None) -> list[e.Event]:
        return self.by(who, c.AnswerPoll(poll=poll, option=option, reason=reason))

    def close(self, poll: str) -> list[e.Event]:
        return self.by("moderator", c.ClosePoll(poll=poll, expect=poll))

    def publish(self, poll: str) -> list[e.Event]:
        return self.by("moderator", c.PublishPoll(poll=poll, expect=poll))

    # What is true now

    def waiting(self, which: RequestList = RequestList.SPEAKERS) -> list[str]:
        """Return who waits on a list, first in line first."""
        return [self.session.requests[request].person for _, request in self.session.places(which)]

    def request(self, id_: str) -> FloorRequest:
        return self.session.requests[id_]

    def noted(self) -> list[str]:
        """Return the notes that stand, in order."""
        return [note for _, note in self.session.note_places]

    def note_of(self, id_: str) -> Note:
        return self.session.notes[id_]

    def recommendation(self, id_: str) -> Recommendation:
        return self.session.recommendations[id_]

    def poll_of(self, id_: str) -> Poll:
        return self.session.polls[id_]

    def tally(self, poll: str) -> dict[str, int]:
        """Return the answers of a poll by option, those that nobody chose left out."""
        return {option: count for option, count in self.poll_of(poll).tally.items() if count}

    @property
    def speaking(self) -> Intervention:
        speaking = self.session.speaking
        assert speaking is not None
        return speaking

    @property
    def interrupted(self) -> Intervention:
        assert self.session.floor.interrupted is not None
        return self.session.interventions[self.session.floor.interrupted]

    @property
    def undoable(self) -> list[tuple[str, str, str | None]]:
        """Return what can be undone: (by whom, what, about whom), newest first."""
        return [(each.actor, each.type, each.person) for each in self.session.undo]

    def newest(self) -> Undoable:
        return self.session.undo[0]


def requested(events: Sequence[e.Event]) -> str:
    """Return the request that the events bring."""
    return next(event.request for event in events if isinstance(event, e.FloorRequested))


def poll_of(kind: type[T], **said: Any) -> T:  # noqa: ANN401 (fields of the command)
    """Return a command with all that a poll needs: by persons, on a question, unless something else is said."""
    asked = {} if "recommendation" in said else {"question": "Shall we?"}
    offered = {} if "options" in said else {"preset": Preset.SUPPORT_SCALE}
    terms = {"ballot": BallotKind.RECORDED, "unit": PollUnit.PERSON, "results": Results.AFTER_CLOSE}
    return kind(**{**terms, **asked, **offered, **said})


def opened(programme: c.PrepareSession = PROGRAMME) -> Scenario:
    """Return a session that has begun, with an open list."""
    scenario = Scenario(programme)
    scenario.by("moderator", c.StartSession())
    scenario.by("officer", c.OpenList())
    return scenario


def with_panel() -> Scenario:
    """Return a session, not yet begun, whose two panellists are inscribed for presentations and replies."""
    return Scenario(replace(PROGRAMME, panellists=("pia", "paul")))


def remote(whom: str) -> c.MarkAttendance:
    return c.MarkAttendance(person=whom, attendance=Attendance.REMOTE)


Tap = Callable[[Scenario], object]
