"""Several people type into the same notes, by two Yjs libraries, while roads are cut and the server is killed: one text everywhere."""

import base64
import json
import os
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
import requests
import socketio

from companion.codec.events import read_rows
from companion.core import session as rules
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


def on_the_road(proxy: ChaosProxy, token: str, session: str) -> Client:
    """Return a client that is connected through the proxy, and has not joined."""
    return Client(proxy.base_url, token, session).connect(join=False)


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
    roads = [partial(on_the_road, proxy, token, session) for token in tokens]
    writers = [Writer(road, NOTES, number, counter.count) for number, road in enumerate(roads, start=1)]
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
    participants_read(server, session, folded[NOTES[0]])
    assert all(len(text) > 20 for text in folded.values())
    tell(
        f"{2 * WRITERS} writers ({WRITERS} pycrdt, {WRITERS} yjs), {edits} edits, {written} whole texts, {ROUNDS} kills, "
        f"{2 * ROUNDS} partitions, {resyncs} resyncs, {sum(map(len, folded.values()))} characters, 0 lost"
    )


def of_the_journal(server: DemoServer, session: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts as the journal's edits fold, and as its updates merge."""
    state, shared = Session(), Manuscripts()
    with open_for_reading(server.database) as database:
        for recorded in shared.following(read_rows(journal.rows(database, session))):
            state = rules.evolve(state, recorded)
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


def participants_read(server: DemoServer, session: str, text: str) -> None:
    """Wait until a participant who comes now sees this text in the released note: theirs follows once a second."""
    token = sign_in(server.base_url, server.people("participant")[0])
    client = Client(server.base_url, token, session).connect()
    client.wait_until(lambda map_: [value["text"] for key, value in map_.items() if key.startswith("note/")] == [text])
    client.close()


# Bad input, through the real door


SENTENCES: Final = {
    "not_found": "This is not there, or no longer.",
    "bad_message": "Something in this is not as expected.",
    "too_large": "This text is too long.",
    "resync": "Something typed before this is missing here. It is sent again.",
}


def command(note: str, update: bytes, client: int, clock: int) -> dict[str, Any]:
    return {"note": note, "update": base64.b64encode(update).decode(), "client": client, "clock": clock}


@pytest.mark.journey
def test_what_cannot_be_merged_is_refused_in_a_sentence_and_the_other_editor_goes_on(
    server: DemoServer, session: str
) -> None:
    first, other = server.people("rapporteur")[:2]
    hostile, honest = (
        Client(server.base_url, sign_in(server.base_url, person), session).connect() for person in (first, other)
    )
    observer = Client(server.base_url, sign_in(server.base_url, server.people("observer")[0]), session).connect()
    note, elsewhere = NOTES[1], NOTES[2]
    before = {key: hostile.map[key] for key in (f"note/{note}", f"note/{elsewhere}")}
    document = base64.b64decode(before[f"note/{note}"]["state"])
    writer, late, long = Typist(5, document), Typist(6, document), Typist(7, document)
    late.type(0, 0, "missing")
    of_another = Typist(8, base64.b64decode(before[f"note/{elsewhere}"]["state"]))
    of_another.type(0, 0, "first")
    marked = Typist(10, document)
    marked.text.insert(0, "bold", {"bold": True})
    for data, code in (
        (command(note, b"\xff" * 40, 5, 1), "bad_message"),
        (command(note, b"", 5, 1), "bad_message"),
        ({**command(note, writer.doc.get_update(), 5, 0), "update": "no base 64!"}, "bad_message"),
        (command(note, late.type(7, 0, "!"), 6, late.clock), "resync"),
        (command(note, long.type(0, 0, "x" * 20_000), 7, 20_000), "too_large"),
        (command(note, b"\x00" * 44_000, 7, 1), "bad_message"),
        (command(note, of_another.type(5, 0, "second"), 8, of_another.clock), "resync"),
        (command(note, marked.doc.get_update(), 10, marked.clock), "bad_message"),
        (command(note, Typist(11, document).type(0, 0, "\u202etxt"), 11, 4), "bad_message"),
        (command(note, Typist(12, document).type(0, 0, "theirs"), 13, 6), "resync"),
        (command(note, Typist(14, document).type(0, 0, "ours"), 1, 4), "bad_message"),
        (command("no-such-note", Typist(15, document).type(0, 0, "a"), 15, 1), "not_found"),
    ):
        answer = hostile.send("note.text", data)
        assert (answer["ok"], answer.get("code")) == (False, code), str(data)[:200]
        assert answer["message"].startswith(SENTENCES[code]), answer
    refused = observer.send("note.text", command(note, writer.type(0, 0, "Mine "), 5, writer.clock))
    assert refused["code"] == "not_allowed"
    assert {key: hostile.join().map[key] for key in before} == before
    typist = Typist(20, document)
    honest.do("note.text", command(note, typist.type(0, 0, "Better "), 20, typist.clock))
    assert hostile.wait_until(lambda map_: map_[f"note/{note}"]["version"] == 2)[f"note/{note}"]["text"] == str(
        typist.text
    )
    for client in (hostile, honest, observer):
        client.close()


@pytest.mark.journey
def test_whoever_was_sent_away_types_nothing_more_and_the_other_editor_goes_on(
    server: DemoServer, session: str
) -> None:
    secretariat = {"Authorization": f"Bearer {sign_in(server.base_url, server.people('secretariat')[0])}"}
    person = server.people("rapporteur")[0].id
    links = f"{server.base_url}/api/links"
    link = requests.post(links, json={"person": person}, headers=secretariat, timeout=10).json()
    token = str(requests.post(f"{server.base_url}/api/redeem", json={"key": link["key"]}, timeout=10).json()["token"])
    gone = Client(server.base_url, token, session).connect()
    other = Client(server.base_url, sign_in(server.base_url, server.people("rapporteur")[1]), session).connect()
    document = base64.b64decode(gone.map[f"note/{NOTES[1]}"]["state"])
    leaving, staying = Typist(5, document), Typist(6, document)
    gone.do("note.text", command(NOTES[1], leaving.type(0, 0, "A "), 5, leaving.clock))
    assert requests.delete(f"{links}/{link['id']}", headers=secretariat, timeout=10).ok
    gone.wait_for_signal("signed_out")
    with pytest.raises(socketio.exceptions.SocketIOError):
        gone.send("note.text", command(NOTES[1], leaving.type(0, 0, "B "), 5, leaving.clock))
    with pytest.raises(socketio.exceptions.ConnectionError):
        Client(server.base_url, token, session).connect()
    other.do("note.text", command(NOTES[1], staying.type(0, 0, "C "), 6, staying.clock))
    text = other.wait_until(lambda map_: map_[f"note/{NOTES[1]}"]["version"] == 3)[f"note/{NOTES[1]}"]["text"]
    assert (text.count("A "), text.count("B "), text.count("C ")) == (1, 0, 1)
    for client in (gone, other):
        client.close()
