"""What the room sees, and what everybody is told."""

import pytest

from companion.core import commands as c
from companion.core import events as e
from companion.core.procedure import Showing
from companion.core.proceedings import Announcement, Display
from tests.core.scenario import Scenario


@pytest.mark.parametrize("what", Showing)
def test_the_display_shows_what_the_moderator_chose(what: Showing) -> None:
    scenario = Scenario()
    assert scenario.session.display == Display(what=Showing.LIST, ref=None)
    assert scenario.by("moderator", c.ShowOnDisplay(what=what, ref="a")) == [e.DisplayChanged(what=what, ref="a")]
    assert scenario.session.display == Display(what=what, ref="a")


def test_an_announcement_stands_until_an_empty_one_takes_it_away() -> None:
    scenario = Scenario()
    assert scenario.by("moderator", c.Announce(text="Lunch")) == [e.Announced(text="Lunch")]
    assert scenario.session.announcement == Announcement(text="Lunch", at=scenario.now)
    scenario.later(60).by("secretary", c.Announce(text=""))
    assert scenario.session.announcement == Announcement(text="", at=scenario.now)
