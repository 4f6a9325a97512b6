"""A server that speaks TLS itself: programs and a browser over it, cookies that only it may have, another certificate."""

import os
import re
import signal
import socket
import ssl
import struct
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, expect

from tests.browser.screens import PHONE, Screens, wait_until_ready
from tests.journeys.certificates import Certificate
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.browser

PATIENCE_SECONDS = 10


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate.make(tmp_path_factory.mktemp("certificate"), "companion")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, certificate: Certificate) -> Iterator[DemoServer]:
    environ = {**certificate.environ(), "COMPANION_LOGS_LEVEL": "debug"}
    running = DemoServer(tmp_path_factory.mktemp("tls"), engine="eventlet", environ=environ).start()
    yield running
    running.stop()


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch, certificate: Certificate) -> None:
    """Let programs of this test trust the certificate."""
    for name in ("REQUESTS_CA_BUNDLE", "WEBSOCKET_CLIENT_CA_BUNDLE"):
        monkeypatch.setenv(name, str(certificate.file))


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_program_takes_part_over_tls(server: DemoServer, transport: str) -> None:
    link = server.people("moderator")[0]
    moderator = Client(server.base_url, sign_in(server.base_url, link), server.session, transports=[transport])
    with closing(moderator.connect()):
        moderator.do("announce", {"text": f"By {transport}"})
        moderator.wait_until(lambda map_: map_["announcement"]["text"] == f"By {transport}")


@pytest.mark.usefixtures("trusting")
def test_the_cookie_is_the_hosts_alone_and_browsers_come_back_by_https(server: DemoServer) -> None:
    key = server.people("observer")[0].key
    answer = requests.post(f"{server.base_url}/api/redeem", json={"key": key}, timeout=10)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-companion=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_browser_takes_part_and_is_back_after_a_restart(server: DemoServer, browser: Browser) -> None:
    screens = Screens(browser, may_lose_the_network=True, trusts_all=True)
    try:
        page = screens.enter(server.people("participant")[0], PHONE, f"/sessions/{server.session}")
        wait_until_ready(page)
        (cookie,) = [each for each in page.context.cookies() if each["name"] == "__Host-companion"]
        assert (cookie["secure"], cookie["httpOnly"]) == (True, True)
        page.evaluate("window.loaded = 'once'")
        server.stop()
        expect(page.get_by_text(re.compile("^Reconnecting"))).to_be_visible()
        server.start()
        expect(page.get_by_text(re.compile("^Reconnecting"))).to_have_count(0)
        wait_until_ready(page)
        assert page.evaluate("window.loaded") == "once"
    finally:
        screens.close()
    assert screens.troubles == []


@pytest.mark.usefixtures("trusting")
def test_whoever_speaks_no_tls_or_breaks_off_holds_up_nobody_and_leaves_no_traceback(server: DemoServer) -> None:
    for words in (b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\xff\xff", b""):
        for _ in range(5):
            visitor = socket.create_connection(("127.0.0.1", server.port))
            visitor.sendall(words)
            visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            visitor.close()
    with closing(socket.create_connection(("127.0.0.1", server.port))) as visitor:
        visitor.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert visitor.recv(100) == b""
    assert server.answers()
    assert "Traceback" not in server.log()


def test_a_new_certificate_is_used_from_the_signal_on_and_one_that_does_not_fit_is_not(
    server: DemoServer, certificate: Certificate, tmp_path: Path
) -> None:
    before = shown(server)
    key = certificate.key.read_bytes()
    Certificate.make(tmp_path, "unfit").put_in_place_of(certificate)
    certificate.key.write_bytes(key)
    told(server, "certificate_not_read")
    assert shown(server) == before
    Certificate.make(tmp_path, "later").put_in_place_of(certificate)
    told(server, "certificate_read")
    assert shown(server) == certificate.file.read_text()


def shown(server: DemoServer) -> str:
    """Return the certificate that newcomers are shown."""
    return ssl.get_server_certificate(("127.0.0.1", server.port))


def told(server: DemoServer, event: str) -> None:
    """Send the signal, and wait until the server says what came of it."""
    os.kill(server.pid, signal.SIGHUP)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while f"event={event}" not in server.log():
        assert time.monotonic() < deadline, server.log()
        time.sleep(0.02)
