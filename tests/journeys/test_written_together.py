"""Several people type into the same notes, by two Yjs libraries, while roads are cut and the server is killed: one text everywhere."""

import base64
import json
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import requests

from companion.codec.events import read_recorded
from companion.core import session as rules
from companion.core.refusals import Refused
from companion.core.state import Session
from companion.live.manuscripts import Manuscripts
from companion.store import journal
from companion.store.database import open_for_reading
from tests.house.typist import Typist
from tests.journeys.client import Client, sign_in
from tests.journeys.conftest import Tell
from tests.journeys.proxy import ChaosProxy
from tests.journeys.server import DemoServer, Link
from tests.journeys.writer import Writer
from tests.npm_client.test_npm_client import NODE

ROUNDS: Final = int(os.environ.get("TOGETHER_ROUNDS", "3"))
"""In each the road is cut, then silent for a while, and the server killed."""
WRITERS: Final = int(os.environ.get("TOGETHER_WRITERS", "3"))
"""With each of the two libraries."""
EDITS_BETWEEN: Final = int(os.environ.get("TOGETHER_EDITS", "40"))
SILENT_SECONDS: Final = 1.0
NOTES: Final = ["note-together-1", "note-together-2", "note-together-3"]
PROGRAM: Final = Path(__file__).parents[1] / "npm_client" / "writer.js"


class Counter:
    """How many edits there were."""

    def __init__(self) -> None:
        self._many = 0
        self._changed = threading.Condition()

    def count(self, many: int = 1) -> None:
        """Count some more."""
        with self._changed:
            self._many += many
            self._changed.notify_all()

    def wait_for_more(self, more: int) -> None:
        """Wait until there are so many more than now."""
        with self._changed:
            wanted = self._many + more
            assert self._changed.wait_for(lambda: self._many >= wanted, timeout=60), self._many


class NpmWriter:
    """A writer on npm's yjs, in a process of its own."""

    def __init__(self, told: dict[str, Any], counter: Counter) -> None:
        self._process = subprocess.Popen(
            [NODE, PROGRAM, json.dumps(told)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.last: dict[str, Any] = {"edits": 0}
        self._drained = threading.Event()
        self._counter = counter
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Have it send what is left, and wait until it has."""
        self._say("stop")
        assert self._drained.wait(60), self.last

    def texts(self) -> dict[str, str]:
        """Have it catch up and end; return what stands in each note."""
        self._say("texts")
        self._thread.join(timeout=30)
        assert self._process.wait(timeout=10) == 0
        return dict(self.last["texts"])

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            self._counter.count(told.get("edits", 0) - self.last["edits"] if "edits" in told else 0)
            self.last = {**self.last, **told}
            if "drained" in told:
                self._drained.set()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DemoServer]:
    running = DemoServer(tmp_path).start()
    yield running
    running.stop()


@pytest.fixture
def session(server: DemoServer) -> str:
    """Return a session with notes, of which the first is released."""
    begin(server, server.session)
    return server.session


def begin(server: DemoServer, session: str) -> None:
    moderator = Client(server.base_url, sign_in(server.base_url, server.people("moderator")[0]), session).connect()
    moderator.do("session.start")
    moderator.close()
    rapporteur = whole_texts(server, session)
    for note in NOTES:
        rapporteur.do("note.add", {"note": note, "kind": "key_point", "text": "Access 😀 to remedy"})
    rapporteur.do("note.release", {"note": NOTES[0], "released": True})
    rapporteur.close()


def whole_texts(server: DemoServer, session: str) -> Client:
    """Return a client of a rapporteur who has no Yjs."""
    return Client(server.base_url, sign_in(server.base_url, server.people("rapporteur")[0]), session).connect()


def staff(server: DemoServer) -> list[Link]:
    return [*server.people("rapporteur"), *server.people("secretariat")]


def write_a_whole_text(server: DemoServer, session: str) -> bool:
    """Write a whole text over one that is being typed into; say whether it was the latest version."""
    client = whole_texts(server, session)
    note = client.map[f"note/{NOTES[1]}"]
    answer = client.send(
        "note.write", {"note": NOTES[1], "text": f"{note['text']} – and so on."}, expect={"version": note["version"]}
    )
    client.close()
    assert answer["ok"] or answer["code"] == "stale", answer
    return bool(answer["ok"])


@pytest.fixture
def npm_writers(server: DemoServer, session: str, proxy: ChaosProxy) -> Iterator[tuple[list[NpmWriter], Counter]]:
    counter, people = Counter(), staff(server)
    told = {"base": proxy.base_url, "session": session, "notes": NOTES}
    tokens = [sign_in(server.base_url, people[number % len(people)]) for number in range(WRITERS)]
    running = [NpmWriter({**told, "token": token, "seed": number}, counter) for number, token in enumerate(tokens)]
    yield running, counter
    for each in running:
        each.kill()


@pytest.mark.journey
@pytest.mark.long
def test_all_who_write_together_end_with_the_text_of_the_journal_whatever_dies(
    server: DemoServer, session: str, proxy: ChaosProxy, npm_writers: tuple[list[NpmWriter], Counter], tell: Tell
) -> None:
    npm, counter = npm_writers
    people = staff(server)
    tokens = [sign_in(server.base_url, people[-1 - number % len(people)]) for number in range(WRITERS)]
    writers = [
        Writer(lambda token=token: Client(proxy.base_url, token, session).connect(join=False), NOTES, number, counter.count)  # type: ignore[misc]
        for number, token in enumerate(tokens, start=1)
    ]
    for each in writers:
        each.start()
    written = 0
    for round_ in range(ROUNDS):
        proxy.delay_seconds = 0.05 * (round_ % 2)
        counter.wait_for_more(EDITS_BETWEEN)
        written += write_a_whole_text(server, session)
        proxy.cut()
        proxy.mend()
        counter.wait_for_more(EDITS_BETWEEN)
        proxy.fall_silent()
        threading.Event().wait(SILENT_SECONDS)
        proxy.mend()
        counter.wait_for_more(EDITS_BETWEEN)
        written += write_a_whole_text(server, session)
        server.kill()
        server.start()
    counter.wait_for_more(EDITS_BETWEEN)
    for each in writers:
        each.over.set()
    for each in writers:
        each.join(timeout=60)
        assert (each.is_alive(), each.failure) == (False, None)
    for each_npm in npm:
        each_npm.stop()

    edits = sum(each.edits for each in writers) + sum(each_npm.last["edits"] for each_npm in npm)
    resyncs = sum(each.resyncs for each in writers) + sum(each_npm.last["resyncs"] for each_npm in npm)
    texts = [*(each.texts() for each in writers), *(each_npm.texts() for each_npm in npm)]
    folded, shared = of_the_journal(server, session)
    recorded = {note["id"]: note["text"] for note in record(server, session)["notes"]}
    assert [*texts, shared, {note: recorded[note] for note in NOTES}] == [folded] * (len(texts) + 2)
    assert public_text(server, session) == folded[NOTES[0]]
    assert all(len(text) > 20 for text in folded.values())
    tell(
        f"{2 * WRITERS} writers ({WRITERS} pycrdt, {WRITERS} yjs), {edits} edits, {written} whole texts, {ROUNDS} kills, "
        f"{2 * ROUNDS} partitions, {resyncs} resyncs, {sum(map(len, folded.values()))} characters, 0 lost"
    )


def of_the_journal(server: DemoServer, session: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts as the journal's edits fold, and as its updates merge."""
    state, shared = Session(), Manuscripts()
    with open_for_reading(server.database) as database:
        for entry in journal.read(database, session):
            recorded = read_recorded(
                seq=entry.seq, at=entry.at, actor=entry.actor, command=entry.command, name=entry.type, body=str(entry.body)
            )
            state = rules.evolve(state, recorded)
            shared.read(recorded)
    whole = shared.in_snapshot({f"note/{note}": {"id": note} for note in NOTES})
    merged = {note: base64.b64decode(whole[f"note/{note}"]["state"]) for note in NOTES}
    return (
        {note: state.notes[note].text for note in NOTES},
        {note: str(Typist(9, document).text) for note, document in merged.items()},
    )


def record(server: DemoServer, session: str) -> dict[str, Any]:
    token = sign_in(server.base_url, server.people("rapporteur")[0])
    answer = requests.get(
        f"{server.base_url}/api/sessions/{session}/record.json",
        params={"notes": "all"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )
    assert answer.ok, answer.text
    return dict(answer.json())


def public_text(server: DemoServer, session: str) -> str:
    """Return the text of the released note, as a participant who comes now sees it."""
    token = sign_in(server.base_url, server.people("participant")[0])
    client = Client(server.base_url, token, session).connect()
    client.close()
    [note] = [value for key, value in client.map.items() if key.startswith("note/")]
    return str(note["text"])
