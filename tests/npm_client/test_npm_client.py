"""The protocol end to end, as an unmodified npm `socket.io-client` in Node speaks it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.sockets.handlers import FIRST_BACK_SECONDS
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey

NODE = Path(sys.executable).with_name("node")
PROGRAM = Path(__file__).with_name("protocol.js")
ENDING = Path(__file__).with_name("ending.js")
TAKES_AT_MOST_SECONDS = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    running = DemoServer(tmp_path_factory.mktemp("npm_client")).start()
    yield running
    running.stop()


@pytest.mark.parametrize(("transport", "session"), [("websocket", 0), ("polling", 1)])
def test_the_npm_client_speaks_the_protocol_end_to_end(server: DemoServer, transport: str, session: int) -> None:
    told = {
        "base": server.base_url,
        "transport": transport,
        "session": server.links["sessions"][session]["id"],
        "joinCode": server.links["join_code"],
        "moderatorKey": server.people("moderator")[0].key,
    }
    finished = subprocess.run(
        [NODE, PROGRAM, json.dumps(told)], capture_output=True, text=True, check=False, timeout=TAKES_AT_MOST_SECONDS
    )
    assert finished.returncode == 0, f"{finished.stdout}{finished.stderr}\n{server.log()}"


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_the_end_of_the_server_is_a_lost_connection_after_which_the_library_comes_back_when_told(
    tmp_path: Path, transport: str
) -> None:
    server = DemoServer(tmp_path).start()
    told = {"base": server.base_url, "transport": transport, "joinCode": server.links["join_code"]}
    with subprocess.Popen([NODE, ENDING, json.dumps(told)], stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        assert client.stdout.readline() == "here\n"
        assert server.stop() == 0
        heard = json.loads(client.stdout.readline())
    assert heard["told"] == [FIRST_BACK_SECONDS]
    assert heard["reason"] in {"transport close", "transport error"}
