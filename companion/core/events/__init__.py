"""Everything that can happen in a session, one module per noun.

Past tense, noun first; a released event is never reinterpreted. Who did it and when stands in the envelope, `Recorded`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from companion.core.events.floor import FloorEnded as FloorEnded
from companion.core.events.floor import FloorExtended as FloorExtended
from companion.core.events.floor import FloorGiven as FloorGiven
from companion.core.events.floor import FloorGivenBack as FloorGivenBack
from companion.core.events.floor import FloorPaused as FloorPaused
from companion.core.events.floor import FloorRequested as FloorRequested
from companion.core.events.floor import FloorResumed as FloorResumed
from companion.core.events.floor import LimitSet as LimitSet
from companion.core.events.floor import ListClosed as ListClosed
from companion.core.events.floor import ListOpened as ListOpened
from companion.core.events.floor import RequestChanged as RequestChanged
from companion.core.events.floor import RequestHeld as RequestHeld
from companion.core.events.floor import RequestMoved as RequestMoved
from companion.core.events.floor import RequestNotReached as RequestNotReached
from companion.core.events.floor import RequestReadinessChanged as RequestReadinessChanged
from companion.core.events.floor import RequestReleased as RequestReleased
from companion.core.events.floor import RequestsRenumbered as RequestsRenumbered
from companion.core.events.floor import RequestWithdrawn as RequestWithdrawn
from companion.core.events.floor import RulingMade as RulingMade
from companion.core.events.notes import NoteAdded as NoteAdded
from companion.core.events.notes import NoteMarked as NoteMarked
from companion.core.events.notes import NoteMoved as NoteMoved
from companion.core.events.notes import NoteReleased as NoteReleased
from companion.core.events.notes import NoteRemoved as NoteRemoved
from companion.core.events.notes import NotesRenumbered as NotesRenumbered
from companion.core.events.notes import NoteWritten as NoteWritten
from companion.core.events.people import PersonCorrected as PersonCorrected
from companion.core.events.people import PersonEntered as PersonEntered
from companion.core.events.polls import Option as Option
from companion.core.events.polls import PollAnswered as PollAnswered
from companion.core.events.polls import PollClosed as PollClosed
from companion.core.events.polls import PollDrafted as PollDrafted
from companion.core.events.polls import PollOpened as PollOpened
from companion.core.events.polls import PollOutcomeSet as PollOutcomeSet
from companion.core.events.polls import PollPublished as PollPublished
from companion.core.events.polls import RoomCounted as RoomCounted
from companion.core.events.recommendations import RecommendationProposed as RecommendationProposed
from companion.core.events.recommendations import RecommendationRevised as RecommendationRevised
from companion.core.events.recommendations import RecommendationStatusChanged as RecommendationStatusChanged
from companion.core.events.room import Announced as Announced
from companion.core.events.room import DisplayChanged as DisplayChanged
from companion.core.events.session import CommandUndone as CommandUndone
from companion.core.events.session import SegmentBegan as SegmentBegan
from companion.core.events.session import SessionClosed as SessionClosed
from companion.core.events.session import SessionFinalised as SessionFinalised
from companion.core.events.session import SessionReopened as SessionReopened
from companion.core.events.session import SessionResumed as SessionResumed
from companion.core.events.session import SessionScheduled as SessionScheduled
from companion.core.events.session import SessionStarted as SessionStarted
from companion.core.events.session import SessionSuspended as SessionSuspended
from companion.core.events.session import SettingsChanged as SettingsChanged
from companion.core.ids import CommandId, PersonId

ProgrammeEvent: TypeAlias = (
    SessionScheduled
    | SessionStarted
    | SegmentBegan
    | SessionSuspended
    | SessionResumed
    | SessionClosed
    | SessionReopened
    | SessionFinalised
    | SettingsChanged
)
PeopleEvent: TypeAlias = PersonEntered | PersonCorrected
FloorEvent: TypeAlias = (
    ListOpened
    | ListClosed
    | LimitSet
    | FloorRequested
    | RequestChanged
    | RequestWithdrawn
    | RequestReadinessChanged
    | RequestMoved
    | RequestsRenumbered
    | RequestHeld
    | RequestReleased
    | RequestNotReached
    | FloorGiven
    | FloorPaused
    | FloorResumed
    | FloorExtended
    | FloorEnded
    | FloorGivenBack
    | RulingMade
)
DisplayEvent: TypeAlias = DisplayChanged | Announced
NoteEvent: TypeAlias = NoteAdded | NoteWritten | NoteMarked | NoteMoved | NotesRenumbered | NoteRemoved | NoteReleased
RecommendationEvent: TypeAlias = RecommendationProposed | RecommendationRevised | RecommendationStatusChanged
PollEvent: TypeAlias = (
    PollDrafted | PollOpened | PollAnswered | RoomCounted | PollClosed | PollPublished | PollOutcomeSet
)
Event: TypeAlias = (
    ProgrammeEvent
    | PeopleEvent
    | FloorEvent
    | NoteEvent
    | RecommendationEvent
    | PollEvent
    | DisplayEvent
    | CommandUndone
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event in its place: the `seq`th of its session, at `at` (aware, UTC), by `by`, from command `command`."""

    seq: int
    at: datetime
    by: PersonId
    command: CommandId
    event: Event
