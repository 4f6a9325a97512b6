"""Who belongs to which audience, and what each of them is told they may do."""

from companion.audiences.audience import AUDIENCE_OF, SEES_PRESENCE, Audience, roles_of
from companion.audiences.maps import Maps, Patch
from companion.codec.commands import NAMES
from companion.core.people import Role
from companion.core.permissions import may_for_anyone, may_for_themselves
from tests.audiences.walk import Walk


def test_every_role_is_in_one_audience() -> None:
    assert set(AUDIENCE_OF) == set(Role)
    assert sorted(role for audience in Audience for role in roles_of(audience)) == sorted(Role)


def test_those_who_only_take_part_see_neither_presence_nor_what_staff_see() -> None:
    for role in (Role.PANELLIST, Role.PARTICIPANT, Role.OBSERVER, Role.DISPLAY):
        assert AUDIENCE_OF[role] is Audience.PARTICIPANTS
        assert AUDIENCE_OF[role] not in SEES_PRESENCE
    assert Audience.BOOTH in SEES_PRESENCE


def test_each_audience_is_told_what_its_own_roles_may_do_and_no_others() -> None:
    maps = Maps(Walk(0).session)
    for audience in Audience:
        told = {key for key in maps.of(audience) if key.startswith("may/")}
        assert told == {f"may/{role}" for role in roles_of(audience)}
        for role in roles_of(audience):
            may = maps.of(audience)[f"may/{role}"]
            assert isinstance(may, dict)
            assert set(may) == {
                name
                for command, name in NAMES.items()
                if may_for_anyone(role, command) or may_for_themselves(role, command)
            }


def test_a_patch_that_says_nothing_is_false() -> None:
    assert not Patch()
    assert Patch({"floor": {}})
    assert Patch({}, ("floor",))
