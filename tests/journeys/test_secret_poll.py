"""A secret poll on a real server: searched for who chose what, in every byte it leaves; killed while it is open and while it closes."""

import json
import random
import shutil
import threading
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import pytest
import requests
import socketio

from companion.store.database import open_for_reading
from tests.journeys.client import Client, ConnectionLost, sign_in
from tests.journeys.conftest import Tell
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey

# Long and told apart by their bytes: of one length, and found nowhere by chance.
OPTIONS: Final = ("option-aquamarine-5d1e", "option-chartreuse-9c42", "option-vermilion-7b30-")
VOTERS: Final = 9
CLOSINGS: Final = 3


class Room:
    """A session of the demo with a moderator, the secretariat, and phones."""

    def __init__(self, server: DemoServer) -> None:
        self.server = server
        self.answers: list[Mapping[str, Any]] = []
        self.chosen: dict[str, str] = {}

    @contextmanager
    def client(self, person: str) -> Iterator[Client]:
        token = sign_in(self.server.base_url, self.server.person(person))
        client = Client(self.server.base_url, token, self.server.session).connect()
        try:
            yield client
        finally:
            client.close()

    @property
    def moderator(self) -> str:
        return self.server.people("moderator")[0].id

    def open(self) -> str:
        """Open a secret poll on a question, with options that can be searched for."""
        with self.client(self.moderator) as moderator:
            if moderator.map["session"]["status"] == "scheduled":
                moderator.do("session.start")
            asked = moderator.do(
                "poll.open",
                {
                    "question": "Shall we?",
                    "options": [{"id": option, "label": f"Answer {n}"} for n, option in enumerate(OPTIONS)],
                    "ballot": "secret",
                    "unit": "person",
                    "results": "after_close",
                },
            )
        self.chosen = {}
        return str(asked["result"]["poll"])

    def vote(self, poll: str, person: str, option: str, *, id_: str | None = None) -> dict[str, Any]:
        """Answer, and keep what the server said."""
        with self.client(person) as phone:
            command = {"poll": poll, "option": option}
            payload = {
                "session": self.server.session,
                "id": id_ or uuid.uuid4().hex,
                "type": "poll.vote",
                "data": command,
            }
            answer = phone.ask("command", payload)
            self.answers += [answer, {"map": phone.map["me/answers"]}, {"poll": phone.map[f"poll/{poll}"]}]
        if answer["ok"]:
            self.chosen.setdefault(person, option)
        return answer

    def close(self, poll: str) -> dict[str, int]:
        """Close the poll, and return what its screens say then."""
        with self.client(self.moderator) as moderator:
            moderator.do("poll.close", {"poll": poll}, expect={"poll": poll})
            shown = moderator.wait_until(lambda map_: map_[f"poll/{poll}"]["status"] == "closed")
        return dict(shown[f"poll/{poll}"]["tally"])


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    server = DemoServer(tmp_path).start()
    yield Room(server)
    server.stop()


def voters(room: Room) -> list[str]:
    return [each.id for each in room.server.people("participant")][:VOTERS]


def files(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def occurrences(files_: Mapping[str, bytes]) -> Counter[str]:
    """Return how often each option stands in all these bytes."""
    return Counter({option: sum(each.count(option.encode()) for each in files_.values()) for option in OPTIONS})


def handed_out(room: Room) -> dict[str, bytes]:
    """Return the records of the session and its journal, as the secretariat downloads them."""
    secretary = sign_in(room.server.base_url, room.server.people("secretariat")[0])
    found: dict[str, bytes] = {}
    for what in ("record.json", "record.html", "record.csv", "events"):
        url = f"{room.server.base_url}/api/sessions/{room.server.session}/{what}?notes=all"
        answer = requests.get(url, headers={"Authorization": f"Bearer {secretary}"}, timeout=30)
        assert answer.ok, what
        found[what] = answer.content
    return found


def backup(database: Path, to: Path) -> dict[str, bytes]:
    with open_for_reading(database) as db:
        db.backup_to(to)
    return {to.name: to.read_bytes()}


def test_nothing_that_is_left_links_a_person_and_a_choice(room: Room, tmp_path: Path) -> None:
    """Whatever is chosen, no option's name comes up one time more; and the box alone counts, beside marks, in no order."""
    poll, aside = room.open(), tmp_path / "aside"
    aside.mkdir()
    folder = room.server.database.parent
    before, handed_before = occurrences(files(folder)), handed_out(room)
    chance = random.Random(7)  # noqa: S311 (a play, no secret)
    for person in voters(room):
        assert room.vote(poll, person, chance.choice(OPTIONS))["ok"]
    (box,) = [name for name in files(folder) if ".poll-" in name]
    during = {name: content for name, content in files(folder).items() if name != box}
    assert occurrences(during) == before
    assert files(folder)[box].count(OPTIONS[0].encode()) == 1
    assert all(set(each) <= {"ok", "seq", "map", "poll"} for each in room.answers)
    assert not any(option in json.dumps(each.get("map", "")) for each in room.answers for option in OPTIONS)
    assert not any("tally" in each["poll"] for each in room.answers if "poll" in each)
    assert occurrences(backup(room.server.database, aside / "during.db")) == dict.fromkeys(OPTIONS, 1)
    assert {name: _counted(each) for name, each in handed_out(room).items()} == {
        name: _counted(each) for name, each in handed_before.items()
    }
    tally = room.close(poll)
    assert tally == {option: list(room.chosen.values()).count(option) for option in OPTIONS}
    _until_no_box(folder)
    # Once in the entry of the draft, once in that of the closing.
    assert occurrences(backup(room.server.database, aside / "after.db")) == dict.fromkeys(OPTIONS, 2)
    for content in handed_out(room).values():
        assert not any(f'"{person}","{option}"'.encode() in content for person, option in room.chosen.items())
    assert not any(option in room.server.log() for option in OPTIONS)


def _counted(content: bytes) -> list[int]:
    return [content.count(option.encode()) for option in OPTIONS]


def _until_no_box(folder: Path) -> None:
    """Wait for the box to go: it is deleted after the closing is answered."""
    pause = threading.Event()
    for _ in range(200):
        if not [name for name in files(folder) if ".poll-" in name]:
            return
        pause.wait(0.05)
    raise AssertionError("the box is still there")


def test_killed_while_it_is_open_and_while_it_closes_it_ends_right(room: Room, tell: Tell) -> None:
    chance = random.Random(11)  # noqa: S311 (a play, no secret)
    people, still_open = voters(room), 0
    for turn in range(CLOSINGS):
        poll = room.open()
        for number, person in enumerate(people):
            assert room.vote(poll, person, chance.choice(OPTIONS), id_=f"answer-{turn}-{number}")["ok"]
            if number == VOTERS // 2:
                room.server.kill()
                room.server.start()
                again = room.vote(poll, person, OPTIONS[0], id_=f"answer-{turn}-{number}")
                assert again["ok"], "the same command is answered again"
                assert room.vote(poll, person, OPTIONS[0])["code"] == "already_voted"
        still_open += _killed_while_closing(room, poll, after_seconds=turn * 0.006)
    tell(f"{CLOSINGS} polls closed under a kill, {still_open} still open after it, 0 answers lost, 0 counted twice")


def _killed_while_closing(room: Room, poll: str, *, after_seconds: float) -> bool:
    """Close the poll and kill the server a moment later; return whether it was open still, and close it then."""
    with room.client(room.moderator) as moderator:
        killer = threading.Timer(after_seconds, room.server.kill)
        killer.start()
        with_answer: dict[str, Any] = {}
        with suppress(ConnectionLost, socketio.exceptions.SocketIOError):
            with_answer = moderator.send("poll.close", {"poll": poll}, expect={"poll": poll})
        killer.join()
    room.server.start()
    with room.client(room.moderator) as moderator:
        shown = moderator.map[f"poll/{poll}"]
        is_open = bool(shown["status"] == "open")
        assert not (is_open and with_answer.get("ok")), "acknowledged, and not so"
        assert shown["answered"] == VOTERS
    tally = room.close(poll) if is_open else dict(shown["tally"])
    assert tally == {option: list(room.chosen.values()).count(option) for option in OPTIONS}
    _until_no_box(room.server.database.parent)
    return is_open


def test_a_restored_backup_has_no_answers_of_a_poll_that_was_open(room: Room, tmp_path: Path) -> None:
    poll = room.open()
    room.vote(poll, voters(room)[0], OPTIONS[1])
    copied = tmp_path / "restored"
    copied.mkdir()
    backup(room.server.database, copied / "demo.db")
    shutil.copy(room.server.database.parent / "links.json", copied / "links.json")
    restored = DemoServer(copied).start()
    try:
        again = Room(restored)
        assert again.vote(poll, voters(again)[0], OPTIONS[2])["ok"]
        assert again.close(poll) == {OPTIONS[0]: 0, OPTIONS[1]: 0, OPTIONS[2]: 1}
    finally:
        restored.stop()
