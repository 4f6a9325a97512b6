"""Everything that can be asked of a session, one module per noun.

Commands are imperative. `expect` fields say what the sender saw: whom on the floor, which version, which poll. If it is
no longer so, the command is stale.
"""

from typing import TypeAlias

from companion.core.commands.bounds import Announcement as Announcement
from companion.core.commands.bounds import Base64 as Base64
from companion.core.commands.bounds import Between as Between
from companion.core.commands.bounds import Expected as Expected
from companion.core.commands.bounds import ExpectedVersion as ExpectedVersion
from companion.core.commands.bounds import FoundByServer as FoundByServer
from companion.core.commands.bounds import FullName as FullName
from companion.core.commands.bounds import Language as Language
from companion.core.commands.bounds import MadeByClient as MadeByClient
from companion.core.commands.bounds import Name as Name
from companion.core.commands.bounds import NewRequest as NewRequest
from companion.core.commands.bounds import Reference as Reference
from companion.core.commands.bounds import Seconds as Seconds
from companion.core.commands.bounds import SecondsOrNone as SecondsOrNone
from companion.core.commands.bounds import Share as Share
from companion.core.commands.bounds import ShortText as ShortText
from companion.core.commands.bounds import Statement as Statement
from companion.core.commands.bounds import Text as Text
from companion.core.commands.bounds import UpTo as UpTo
from companion.core.commands.floor import EndFloor as EndFloor
from companion.core.commands.floor import ExtendFloor as ExtendFloor
from companion.core.commands.floor import GiveFloor as GiveFloor
from companion.core.commands.floor import NextSpeaker as NextSpeaker
from companion.core.commands.floor import PauseFloor as PauseFloor
from companion.core.commands.floor import ResumeFloor as ResumeFloor
from companion.core.commands.floor import RuleOnOrder as RuleOnOrder
from companion.core.commands.list_of_speakers import ArrangeList as ArrangeList
from companion.core.commands.list_of_speakers import CarryOver as CarryOver
from companion.core.commands.list_of_speakers import ChangeRequest as ChangeRequest
from companion.core.commands.list_of_speakers import CloseList as CloseList
from companion.core.commands.list_of_speakers import ExchangePlaces as ExchangePlaces
from companion.core.commands.list_of_speakers import Guest as Guest
from companion.core.commands.list_of_speakers import HandInStatement as HandInStatement
from companion.core.commands.list_of_speakers import HoldRequest as HoldRequest
from companion.core.commands.list_of_speakers import MarkAbsent as MarkAbsent
from companion.core.commands.list_of_speakers import MarkReady as MarkReady
from companion.core.commands.list_of_speakers import MoveRequest as MoveRequest
from companion.core.commands.list_of_speakers import NotReached as NotReached
from companion.core.commands.list_of_speakers import OpenList as OpenList
from companion.core.commands.list_of_speakers import ReleaseRequest as ReleaseRequest
from companion.core.commands.list_of_speakers import RequestFloor as RequestFloor
from companion.core.commands.list_of_speakers import RuleParameters as RuleParameters
from companion.core.commands.list_of_speakers import SetLimit as SetLimit
from companion.core.commands.list_of_speakers import SetRule as SetRule
from companion.core.commands.list_of_speakers import ShareTime as ShareTime
from companion.core.commands.list_of_speakers import WithdrawRequest as WithdrawRequest
from companion.core.commands.notes import AddNote as AddNote
from companion.core.commands.notes import MarkNote as MarkNote
from companion.core.commands.notes import MoveNote as MoveNote
from companion.core.commands.notes import NewNote as NewNote
from companion.core.commands.notes import NoteText as NoteText
from companion.core.commands.notes import ReleaseNote as ReleaseNote
from companion.core.commands.notes import RemoveNote as RemoveNote
from companion.core.commands.notes import TypeNote as TypeNote
from companion.core.commands.notes import WriteNote as WriteNote
from companion.core.commands.people import ChangeRole as ChangeRole
from companion.core.commands.people import CorrectPerson as CorrectPerson
from companion.core.commands.people import LinkPerson as LinkPerson
from companion.core.commands.people import MarkAttendance as MarkAttendance
from companion.core.commands.polls import AnswerPoll as AnswerPoll
from companion.core.commands.polls import AskAgain as AskAgain
from companion.core.commands.polls import ClosePoll as ClosePoll
from companion.core.commands.polls import Counted as Counted
from companion.core.commands.polls import CountRoom as CountRoom
from companion.core.commands.polls import DraftPoll as DraftPoll
from companion.core.commands.polls import GivenOption as GivenOption
from companion.core.commands.polls import OpenPoll as OpenPoll
from companion.core.commands.polls import PublishPoll as PublishPoll
from companion.core.commands.polls import SetOutcome as SetOutcome
from companion.core.commands.recommendations import BringRecommendation as BringRecommendation
from companion.core.commands.recommendations import Brought as Brought
from companion.core.commands.recommendations import NewRecommendation as NewRecommendation
from companion.core.commands.recommendations import ProposeRecommendation as ProposeRecommendation
from companion.core.commands.recommendations import RecommendationText as RecommendationText
from companion.core.commands.recommendations import ReviseRecommendation as ReviseRecommendation
from companion.core.commands.recommendations import SetRecommendationStatus as SetRecommendationStatus
from companion.core.commands.recommendations import Source as Source
from companion.core.commands.room import Announce as Announce
from companion.core.commands.room import ShowOnDisplay as ShowOnDisplay
from companion.core.commands.room import SignalFromBooth as SignalFromBooth
from companion.core.commands.session import BeginSegment as BeginSegment
from companion.core.commands.session import ChangeSettings as ChangeSettings
from companion.core.commands.session import CloseSession as CloseSession
from companion.core.commands.session import CorrectRecord as CorrectRecord
from companion.core.commands.session import EnterPerson as EnterPerson
from companion.core.commands.session import FinaliseSession as FinaliseSession
from companion.core.commands.session import FoundPreset as FoundPreset
from companion.core.commands.session import PrepareSession as PrepareSession
from companion.core.commands.session import Preside as Preside
from companion.core.commands.session import ReopenSession as ReopenSession
from companion.core.commands.session import ResumeSession as ResumeSession
from companion.core.commands.session import SettingAlarm as SettingAlarm
from companion.core.commands.session import SettingLimits as SettingLimits
from companion.core.commands.session import StartSession as StartSession
from companion.core.commands.session import SuspendSession as SuspendSession
from companion.core.commands.session import Undo as Undo

ProgrammeCommand: TypeAlias = (
    StartSession
    | BeginSegment
    | SuspendSession
    | ResumeSession
    | CloseSession
    | ReopenSession
    | FinaliseSession
    | ChangeSettings
    | Preside
    | CorrectRecord
)
PeopleCommand: TypeAlias = EnterPerson | CorrectPerson | MarkAttendance | LinkPerson | ChangeRole
ListCommand: TypeAlias = (
    OpenList
    | CloseList
    | SetRule
    | ArrangeList
    | SetLimit
    | ShareTime
    | CarryOver
    | RequestFloor
    | ChangeRequest
    | WithdrawRequest
    | MarkReady
    | MoveRequest
    | ExchangePlaces
    | HoldRequest
    | ReleaseRequest
    | HandInStatement
)
FloorCommand: TypeAlias = (
    GiveFloor | NextSpeaker | PauseFloor | ResumeFloor | ExtendFloor | EndFloor | MarkAbsent | RuleOnOrder
)
RoomCommand: TypeAlias = ShowOnDisplay | Announce | SignalFromBooth
NoteCommand: TypeAlias = AddNote | WriteNote | TypeNote | MarkNote | MoveNote | RemoveNote | ReleaseNote
RecommendationCommand: TypeAlias = (
    ProposeRecommendation | ReviseRecommendation | SetRecommendationStatus | BringRecommendation
)
PollCommand: TypeAlias = DraftPoll | OpenPoll | AnswerPoll | CountRoom | ClosePoll | PublishPoll | SetOutcome | AskAgain
SystemCommand: TypeAlias = PrepareSession | EnterPerson
ClientCommand: TypeAlias = (
    ProgrammeCommand
    | CorrectPerson
    | MarkAttendance
    | LinkPerson
    | ChangeRole
    | ListCommand
    | FloorCommand
    | NoteCommand
    | RecommendationCommand
    | PollCommand
    | RoomCommand
    | Undo
)
Command: TypeAlias = ClientCommand | SystemCommand
