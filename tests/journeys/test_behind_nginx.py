"""`deploy/nginx.conf` as it stands, but for ports and places, before a real server."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

from tests.journeys.certificates import Certificate
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer, free_port

pytestmark = pytest.mark.journey

FILE = Path(__file__).parents[2] / "deploy" / "nginx.conf"
STARTS_WITHIN_SECONDS = 10
WRONG_CODES = 3


class Nginx:
    """An nginx of its own on loopback, in a folder of its own."""

    def __init__(self, folder: Path, base_url: str, server: DemoServer) -> None:
        self.plain_port = free_port()
        self.certificate = Certificate.make(folder, "nginx")
        self.base_url = base_url
        port = urlsplit(base_url).port
        places = {
            "listen 80;": f"listen 127.0.0.1:{self.plain_port};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
            "listen [::]:80;": "",
            "listen [::]:443 ssl http2;": "",
            "127.0.0.1:5000": f"127.0.0.1:{server.port}",
            "/etc/ssl/meeting.example.pem": str(self.certificate.file),
            "/etc/ssl/private/meeting.example.key": str(self.certificate.key),
            "/var/log/nginx": str(folder),
            "/run/nginx.pid": str(folder / "nginx.pid"),
            "worker_processes auto;": "worker_processes 1; daemon off;",
            "worker_rlimit_nofile 50000;": "",
        }
        text = FILE.read_text()
        for place, here in places.items():
            assert place in text
            text = text.replace(place, here)
        (folder / "nginx.conf").write_text(text)
        self.folder = folder
        self._process = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"])

    def start(self) -> "Nginx":
        """Wait until it answers."""
        deadline = time.monotonic() + STARTS_WITHIN_SECONDS
        while True:
            assert self._process.poll() is None
            try:
                requests.get(f"{self.base_url}/healthz", verify=str(self.certificate.file), timeout=5)
            except requests.ConnectionError:
                assert time.monotonic() < deadline
                time.sleep(0.02)  # another process is awaited
            else:
                return self

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)


@pytest.fixture(scope="module")
def base_url() -> str:
    return f"https://127.0.0.1:{free_port()}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, base_url: str) -> Iterator[DemoServer]:
    environ = {
        "COMPANION_SERVER_PUBLIC_URL": base_url,
        "COMPANION_SERVER_TRUSTED_PROXIES": "1",
        "COMPANION_JOINING_WRONG_CODES_PER_MINUTE": str(WRONG_CODES),
    }
    running = DemoServer(tmp_path_factory.mktemp("behind"), engine="eventlet", environ=environ).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory, base_url: str, server: DemoServer) -> Iterator[Nginx]:
    running = Nginx(tmp_path_factory.mktemp("nginx"), base_url, server).start()
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def trusting(monkeypatch: pytest.MonkeyPatch, nginx: Nginx) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "WEBSOCKET_CLIENT_CA_BUNDLE"):
        monkeypatch.setenv(name, str(nginx.certificate.file))


class From(HTTPAdapter):
    """Calls from one of this machine's addresses."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:  # noqa: ANN401, FBT001, FBT002 (the library's)
        super().init_poolmanager(connections, maxsize, block, **more, source_address=(self._address, 0))


def wrong_code(nginx: Nginx, address: str, **headers: str) -> int:
    with requests.Session() as http:
        http.mount("https://", From(address))
        body = {"code": "XXXXXXXX", "name": "Somebody"}
        return http.post(f"{nginx.base_url}/api/join", json=body, headers=headers, timeout=10).status_code


def test_a_page_and_what_it_is_made_of_come_by_https_alone(nginx: Nginx) -> None:
    page = requests.get(nginx.base_url, timeout=10)
    assert page.ok
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    plain = requests.get(f"http://127.0.0.1:{nginx.plain_port}/?code=ABC", timeout=10, allow_redirects=False)
    assert (plain.status_code, plain.headers["Location"]) == (301, "https://127.0.0.1/?code=ABC")


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_program_takes_part_through_it(server: DemoServer, nginx: Nginx, transport: str) -> None:
    token = sign_in(nginx.base_url, server.people("moderator")[0])
    with closing(Client(nginx.base_url, token, server.session, transports=[transport]).connect()) as moderator:
        moderator.do("announce", {"text": f"By {transport}"})
        moderator.wait_until(lambda map_: map_["announcement"]["text"] == f"By {transport}")


def test_the_cookie_is_the_hosts_alone_and_links_lead_through_it(server: DemoServer, nginx: Nginx) -> None:
    key = server.people("secretariat")[0].key
    with requests.Session() as http:
        entered = http.post(f"{nginx.base_url}/api/redeem", json={"key": key}, timeout=10)
        assert entered.headers["Set-Cookie"].startswith("__Host-companion=")
        link = http.post(
            f"{nginx.base_url}/api/me/link",
            timeout=10,
            headers={"Origin": nginx.base_url, "Sec-Fetch-Site": "same-origin"},
        ).json()
    assert link["url"].startswith(f"{nginx.base_url}/enter#")


def test_wrong_codes_are_counted_by_the_address_of_whoever_typed_them(nginx: Nginx) -> None:
    assert [wrong_code(nginx, "127.0.0.2") for _ in range(WRONG_CODES + 1)] == [403] * WRONG_CODES + [429]
    assert wrong_code(nginx, "127.0.0.3") == 403
    assert wrong_code(nginx, "127.0.0.2", **{"X-Forwarded-For": "192.0.2.9", "Forwarded": "for=192.0.2.9"}) == 429


def test_what_is_too_large_is_refused_by_companion_in_its_own_words(nginx: Nginx) -> None:
    answer = requests.post(f"{nginx.base_url}/api/join", data=b"x" * 100_000, timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_the_numbers_are_not_for_the_public(server: DemoServer, nginx: Nginx) -> None:
    assert requests.get(f"{nginx.base_url}/metrics", timeout=10).status_code == 404
    assert requests.get(f"{server.base_url}/metrics", timeout=10).ok


def test_its_log_holds_no_code_and_no_question(nginx: Nginx) -> None:
    requests.get(f"{nginx.base_url}/?code=ABCDEFGH", timeout=10)
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while not (log := (nginx.folder / "access.log").read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert "ABCDEFGH" not in log
    assert "/socket.io" not in log
