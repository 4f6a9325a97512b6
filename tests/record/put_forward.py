"""A panel on which participants put recommendations forward, amend them, and say where they stand."""

from dataclasses import replace
from typing import Final

from companion.core import commands as c
from companion.core.procedure import NoteAttribution, NoteKind, PositionKind, RecommendationStatus
from tests.core.scenario import Scenario
from tests.record.whole import HOSTILE, WHOLE

OFFERED: Final = "offered-by-ana"
FROM_NOTE: Final = "made-from-note"
NOTE: Final = "note-of-fang"


def played(programme: c.PrepareSession = WHOLE) -> Scenario:
    """Play it: Ana proposes, Ben and Cleo amend, Rita takes in and sets aside, and four say where they stand."""
    room = Scenario(programme)
    room.later(60).by("moderator", c.StartSession())
    allow = c.ChangeSettings(participants_may_propose=True, participants_may_take_positions=True)
    room.later(1.25).by("secretary", allow)
    _from_a_note(room)
    _offered(room)
    _positions(room)
    room.later(30).by("moderator", c.CloseSession())
    return room


def _from_a_note(room: Scenario) -> None:
    """Wang Fang speaks, the note of it becomes a recommendation with brackets in it."""
    room.by("officer", c.OpenList())
    room.give(room.ask("fang"))
    note = c.AddNote(
        note=NOTE,
        kind=NoteKind.RECOMMENDATION_IDEA,
        text="Report every year.",
        attribution=NoteAttribution.PERSON,
        intervention=room.speaking.id,
    )
    room.later(1.25).by("rapporteur", note)
    room.by("rapporteur", c.ReleaseNote(note=NOTE, released=True))
    proposal = c.ProposeRecommendation(recommendation=FROM_NOTE, text="Report [every] year.", symbol="R1", note=NOTE)
    room.later(1.25).by("rapporteur", proposal)
    room.later(5).end()


def _offered(room: Scenario) -> None:
    proposal = c.ProposeRecommendation(recommendation=OFFERED, text="Zoé Élan asks States to share data.", title="Data")
    room.later(5.25).by("ana", proposal)
    amend = c.AmendRecommendation(recommendation=OFFERED, text="States should share [all] data.")
    room.later(5.25).by("ben", replace(amend, amendment="amendment-by-ben"))
    room.later(5.25).by("cleo", replace(amend, amendment="amendment-by-cleo", text=HOSTILE))
    room.later(5.25).by("rapporteur", replace(amend, amendment="amendment-by-rita", text="Share."))
    aside = c.SetAsideAmendment(recommendation=OFFERED, amendment="amendment-by-cleo")
    room.later(5).by("rapporteur", aside)
    room.undo("rapporteur")
    room.by("rapporteur", aside)
    status = c.SetRecommendationStatus(
        recommendation=OFFERED, status=RecommendationStatus.AGREED_AD_REFERENDUM, expect=1
    )
    room.by("moderator", status)
    taken_in = c.ReviseRecommendation(
        recommendation=OFFERED, text="States should share [all] their data.", expect=1, amendment="amendment-by-ben"
    )
    room.later(5).by("rapporteur", taken_in)


def _positions(room: Scenario) -> None:
    """Ana supports and then reserves; Ben's is written down and taken back by undo; Cleo takes hers back; Wang Fang's stands."""
    take = c.TakePosition(recommendation=OFFERED, position=PositionKind.SUPPORTS)
    room.later(5.25).by("ana", take)
    room.later(5.25).by("ana", replace(take, position=PositionKind.RESERVES, text="Says Анна Иванова: on «all»"))
    room.later(5.25).by("rapporteur", replace(take, person="ben"))
    room.undo("rapporteur")
    room.later(5.25).by("cleo", replace(take, position=PositionKind.DISSOCIATES))
    room.later(5.25).by("cleo", replace(take, position=None))
    room.later(5.25).by("rapporteur", replace(take, person="fang", position=PositionKind.DISSOCIATES, version=1))
