"""A started house behind the door of the sockets."""

import pytest

from tests.live import conftest as of_the_house
from tests.live.house import House
from tests.sockets.switchboard import Door

hands, house, prepared, start = of_the_house.hands, of_the_house.house, of_the_house.prepared, of_the_house.start


@pytest.fixture
def door(house: House) -> Door:
    return Door(house)
