"""A panel in which a poll by delegation, with hands in the room, is asked again once its text has changed."""

from dataclasses import replace
from typing import Final

from companion.core import commands as c
from companion.core.procedure import BallotKind, PollUnit, Preset, Reasons, Results, RoomAnswers
from tests.core.scenario import PROGRAMME, Scenario, opened, remote

DELEGATIONS: Final = {"ana": "state-a", "ben": "state-a", "cleo": "ngo", "pia": "university"}
FIRST: Final = "poll-first-round"


def played() -> Scenario:
    """Play it: two of three delegations answer by the app, one of them changes its mind in the second round."""
    people = tuple(replace(each, delegation=DELEGATIONS.get(each.id), region="Africa") for each in PROGRAMME.people)
    room = opened(replace(PROGRAMME, people=people))
    for who in ("ana", "ben", "cleo"):
        room.by("technician", remote(who))
    recommendation = room.propose("States should agree", recommendation="rec-agree")
    draft = c.DraftPoll(
        poll=FIRST,
        recommendation=recommendation,
        preset=Preset.SUPPORT_SCALE,
        ballot=BallotKind.RECORDED,
        unit=PollUnit.DELEGATION,
        results=Results.AFTER_CLOSE,
        reasons=Reasons.REQUIRED_FOR_CANNOT_SUPPORT,
        room=RoomAnswers.BY_HANDS,
    )
    room.later(5).by("rapporteur", draft)
    room.later(5).by("moderator", c.OpenPoll(poll=FIRST, expect=1))
    room.later(5).answer("ana", FIRST, "support")
    room.later(1).answer("ben", FIRST, "cannot_support", "Not in our mandate")
    room.later(1).answer("cleo", FIRST, "support_with_changes")
    counts = {"support": 4, "abstain": 1}
    room.later(5).by("moderator", c.CountRoom(poll=FIRST, counts=counts, present=6))
    room.later(5).close(FIRST)
    room.later(5).by("rapporteur", c.SetOutcome(poll=FIRST, text="To be asked again once it is shorter."))
    revised = c.ReviseRecommendation(recommendation=recommendation, text="States could agree", expect=1)
    room.later(60).by("rapporteur", revised)
    room.later(5).by("moderator", c.AskAgain(poll=FIRST))
    again = f"poll.{room.session.seq}"
    room.later(5).by("moderator", c.OpenPoll(poll=again, expect=2))
    room.later(5).answer("ben", again, "support")
    room.later(1).answer("cleo", again, "support")
    room.later(5).by("moderator", c.CountRoom(poll=again, counts={"support": 6}, present=6))
    room.later(5).close(again)
    room.later(5).publish(again)
    room.later(5).by("moderator", c.CloseSession())
    return room
