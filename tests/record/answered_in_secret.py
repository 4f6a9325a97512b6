"""A panel on which a secret poll is answered: nothing of it is in the journal but that it was open, and the counts."""

from typing import Final

from companion.core import commands as c
from companion.core.procedure import BallotKind, PollUnit, Preset, Results
from tests.core.scenario import Scenario, opened

POLL: Final = "poll-in-secret"
COUNTS: Final = (("yes", 2), ("no", 0), ("abstain", 1))


def played() -> Scenario:
    """Play it, with a count of the box as the server would have made it."""
    room = opened()
    asked = c.OpenPoll(
        poll=POLL,
        question="Shall we?",
        preset=Preset.YES_NO_ABSTAIN,
        ballot=BallotKind.SECRET,
        unit=PollUnit.PERSON,
        results=Results.AFTER_CLOSE,
    )
    room.later(5).by("moderator", asked)
    room.later(60).by("moderator", c.ClosePoll(poll=POLL, expect=POLL, counted=((POLL, COUNTS),)))
    room.later(5).by("moderator", c.CloseSession())
    return room
