"""A started house behind the door of the sockets, and a hall of those who listen."""

from collections.abc import Iterator

import pytest

from tests.live import conftest as of_the_house
from tests.live.house import House
from tests.sockets.hall import Room
from tests.sockets.switchboard import Door

hands, house, prepared, start = of_the_house.hands, of_the_house.house, of_the_house.prepared, of_the_house.start


@pytest.fixture
def door(house: House) -> Door:
    return Door(house)


@pytest.fixture
def room() -> Iterator[Room]:
    made = Room()
    yield made
    for websocket, screen in zip(made.websockets, made.screens, strict=True):
        websocket.socket.fd.close()
        screen.close()
