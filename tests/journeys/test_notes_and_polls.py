"""Notes, recommendations and the sample's recorded poll, end to end on both engines, with the power cut in between."""

import uuid
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import pytest
import requests

from companion.places import demo_file
from tests.journeys.client import Client
from tests.journeys.conftest import Connect
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey

WORKSHOP: Final = msgspec.json.decode(demo_file().read_bytes())
SAMPLE: Final = next(poll for poll in WORKSHOP["polls"] if poll["ballot"] == "recorded")
TEXT: Final = next(each["text"] for each in WORKSHOP["recommendations"] if each["id"] == SAMPLE["recommendation"])
ANSWERING: Final = ("participant", "panellist")
RECOMMENDATION, POLL = "recommendation-r8", "sample-poll-one"


def members(delegation: str) -> list[str]:
    """Return the people who may answer for a delegation of the sample."""
    people = [each for each in WORKSHOP["participants"] if each["organization"] == delegation]
    return [each["id"] for each in people if each["role"] in ANSWERING]


@dataclass
class Hall:
    """The people of the demo, and the server that they meet on."""

    server: DemoServer
    connect: Connect
    session: str
    clients: dict[str, Client] = field(default_factory=dict)

    def staff(self, role: str, number: int = 0) -> Client:
        return self.person(self.server.people(role)[number].id)

    def person(self, id_: str) -> Client:
        """Return somebody's client, connected now if they are not yet."""
        if id_ not in self.clients:
            self.clients[id_] = self.connect(self.server.person(id_), self.session)
        return self.clients[id_]

    def leave(self, id_: str) -> None:
        self.clients.pop(id_).close()

    def cut_the_power(self) -> None:
        """End the server in the middle of things and start it again; everybody comes back."""
        self.server.kill()
        for client in self.clients.values():
            client.close()
        self.clients.clear()
        self.server.start()


@pytest.fixture
def hall(server: DemoServer, connect: Connect, session: str) -> Hall:
    return Hall(server, connect, session)


def code(answer: dict[str, Any]) -> str | None:
    return None if answer["ok"] else str(answer["code"])


def prepared(hall: Hall) -> None:
    """Begin the session, put a recommendation forward, revise it, and open the sample's poll on it."""
    moderator, rapporteur = hall.staff("moderator"), hall.staff("rapporteur")
    moderator.do("session.start")
    rapporteur.do("recommendation.propose", {"recommendation": RECOMMENDATION, "text": "A first attempt"})
    revise = {"recommendation": RECOMMENDATION, "text": TEXT}
    revised = rapporteur.do("recommendation.revise", revise, expect={"version": 1})
    assert revised["result"] == {"version": 2}
    assert code(moderator.send("recommendation.revise", revise, expect={"version": 1})) == "stale"
    terms = {
        "poll": POLL,
        "recommendation": RECOMMENDATION,
        "preset": "support_scale",
        "ballot": "recorded",
        "unit": SAMPLE["unit"],
        "results": "after_close",
        "eligible": [person for delegation in SAMPLE["eligible"] for person in members(delegation)],
    }
    assert code(rapporteur.send("poll.open", terms, expect={"version": 2})) == "not_allowed"
    assert code(moderator.send("poll.open", terms, expect={"version": 1})) == "stale"
    assert code(moderator.send("poll.open", terms)) == "stale"
    assert moderator.do("poll.open", terms, expect={"version": 2})["result"] == {"poll": POLL}


def answer(hall: Hall, person: str, option: str) -> None:
    """Have somebody come in, answer, see the answer as their own, and go."""
    client = hall.person(person)
    assert client.map["me/answers"][POLL]["eligible"]
    client.do("poll.vote", {"poll": POLL, "option": option})
    own = client.wait_until(lambda map_: map_["me/answers"][POLL]["option"] == option)["me/answers"][POLL]
    assert own["by_me"]
    assert "tally" not in client.map[f"poll/{POLL}"]
    hall.leave(person)


def play(hall: Hall, delegations: list[str]) -> None:
    """Play ballots of the sample; where a delegation has two members, the second puts right what the first said."""
    for delegation in delegations:
        option = SAMPLE["ballots"][delegation]
        first, *more = members(delegation)
        if more:
            answer(hall, first, "abstain" if option != "abstain" else "support")
        answer(hall, [first, *more][-1], option)


def test_the_poll_of_the_sample_gives_its_expected_counts_although_the_power_is_cut(hall: Hall) -> None:
    prepared(hall)
    delegations = list(SAMPLE["ballots"])
    half = len(delegations) // 2
    play(hall, delegations[:half])
    last, id_ = members(delegations[0])[-1], uuid.uuid4().hex
    ballot = {"poll": POLL, "option": SAMPLE["ballots"][delegations[0]]}
    given = hall.person(last).do("poll.vote", ballot, id=id_)
    before = hall.staff("moderator").wait_until(lambda map_: map_[f"poll/{POLL}"]["answered"] == half)[f"poll/{POLL}"]

    hall.cut_the_power()
    moderator = hall.staff("moderator")
    assert moderator.map[f"poll/{POLL}"] == before
    assert hall.person(last).do("poll.vote", ballot, id=id_) == given
    play(hall, delegations[half:])

    observer, late = hall.staff("observer"), latecomer(hall)
    vote = {"poll": POLL, "option": "support"}
    assert code(observer.send("poll.vote", vote)) == "not_allowed"
    refused = late.send("poll.vote", vote)
    assert (code(refused), refused["message"]) == (
        "not_eligible",
        "You came in after this poll had opened. Who takes part was fixed then.",
    )
    assert code(hall.person(last).send("poll.vote", {**vote, "option": "perhaps"})) == "not_found"
    everybody = len(SAMPLE["eligible"])
    public = observer.wait_until(lambda map_: map_[f"poll/{POLL}"]["answered"] == everybody)[f"poll/{POLL}"]
    assert (public["eligible"], public["version"]) == (everybody, 2)
    assert not {"tally", "total", "room_tally"} & set(public)

    moderator.do("poll.close", {"poll": POLL}, expect={"poll": POLL})
    closed = observer.wait_until(lambda map_: map_[f"poll/{POLL}"]["status"] == "closed")[f"poll/{POLL}"]
    assert closed["tally"] == closed["total"] == SAMPLE["expected_counts"]
    assert closed["eligible"] - closed["answered"] == SAMPLE["expected_not_voting"]
    assert code(hall.person(last).send("poll.vote", vote)) == "poll_not_open"
    assert code(moderator.send("poll.close", {"poll": POLL}, expect={"poll": POLL})) == "stale"
    moderator.do("poll.publish", {"poll": POLL}, expect={"poll": POLL})
    hall.staff("rapporteur").do("poll.outcome", {"poll": POLL, "text": "Broad support"})
    observer.wait_until(lambda map_: map_[f"poll/{POLL}"]["outcome"] == "Broad support")

    hall.cut_the_power()
    again = hall.staff("observer").map[f"poll/{POLL}"]
    assert (again["status"], again["tally"]) == ("published", SAMPLE["expected_counts"])


def latecomer(hall: Hall) -> Client:
    """Return the client of somebody who came in by the join code after the poll was opened."""
    late = {"code": hall.server.links["join_code"], "name": "Late", "organisation": "Another"}
    joined = requests.post(f"{hall.server.base_url}/api/join", json=late, timeout=10).json()
    hall.clients["late"] = Client(hall.server.base_url, joined["token"], hall.session).connect()
    return hall.clients["late"]


def test_notes_are_there_once_although_the_power_is_cut_and_theirs_alone_until_released(hall: Hall) -> None:
    moderator, rapporteur, observer = hall.staff("moderator"), hall.staff("rapporteur"), hall.staff("observer")
    add = {"note": "note-number-1", "kind": "key_point", "text": "Remedy"}
    assert code(rapporteur.send("note.add", add)) == "session_not_open"
    moderator.do("session.start")
    add_id, write_id = uuid.uuid4().hex, uuid.uuid4().hex
    assert rapporteur.do("note.add", add, id=add_id)["result"] == {"note": "note-number-1"}
    hostile = "<script>alert(1)</script>\u202egnihton\u2066\r\nline \u0000two"
    write = {"note": "note-number-1", "text": hostile}
    written = rapporteur.do("note.write", write, expect={"version": 1}, id=write_id)

    hall.cut_the_power()
    rapporteur, other = hall.staff("rapporteur"), hall.staff("rapporteur", 1)
    assert rapporteur.do("note.add", add, id=add_id)["result"] == {"note": "note-number-1"}
    assert rapporteur.do("note.write", write, expect={"version": 1}, id=write_id) == written
    notes = {key: value for key, value in rapporteur.map.items() if key.startswith("note/")}
    assert [*notes] == ["note/note-number-1"]
    assert notes["note/note-number-1"]["text"] == "<script>alert(1)</script>gnihton\nline two"
    assert notes["note/note-number-1"]["version"] == 2
    assert code(other.send("note.write", {**write, "text": "Mine"}, expect={"version": 1})) == "stale"

    observer = hall.staff("observer")
    assert not any(key.startswith("note/") for key in observer.map)
    released = f"note/n.{other.do('note.release', {'note': 'note-number-1', 'released': True})['seq']}"
    shown = observer.wait_until(lambda map_: released in map_)[released]
    assert "author" not in shown
    other.do("note.remove", {"note": "note-number-1"})
    observer.wait_until(lambda map_: released not in map_)
    other.wait_until(lambda map_: map_["undo"][0]["type"] == "note.remove")
    other.do("session.undo", {"command": other.map["undo"][0]["command"]})
    observer.wait_until(lambda map_: map_.get(released) == shown)


def test_bad_input_is_refused_in_words_and_changes_nothing(hall: Hall) -> None:
    moderator, rapporteur = hall.staff("moderator"), hall.staff("rapporteur")
    moderator.do("session.start")
    rapporteur.do("note.add", {"note": "note-number-1", "kind": "gap"})
    hands = {"question": "Shall we?", "preset": "yes_no_abstain", "ballot": "recorded", "unit": "person"}
    poll = moderator.do("poll.open", {**hands, "results": "live", "room": "by_hands"})["result"]["poll"]
    before = moderator.join().joined["seq"]
    note, count = {"note": "note-number-1"}, {"poll": poll, "present": 5}
    seen = {"expect": {"version": 1}}
    for who, type_, data, more, refused in (
        (rapporteur, "note.write", {**note, "text": "x" * 50_000}, seen, ("too_large", "text")),
        (rapporteur, "note.write", {**note, "text": "Mine"}, {}, ("bad_message", "expect")),
        (rapporteur, "note.write", {**note, "text": "Mine"}, {"expect": {"version": 2}}, ("stale", None)),
        (rapporteur, "note.mark", {**note, "kind": "gossip"}, {}, ("bad_message", "kind")),
        (rapporteur, "note.mark", {**note, "intervention": "i.999"}, {}, ("not_found", None)),
        (moderator, "note.add", {"kind": "gap"}, {}, ("not_allowed", None)),
        (rapporteur, "poll.close", {"poll": poll}, {"expect": {"poll": poll}}, ("not_allowed", None)),
        (moderator, "poll.close", {"poll": poll}, {"expect": {"poll": "another-poll"}}, ("stale", None)),
        (moderator, "poll.room_tally", {**count, "counts": {"yes": -1}}, {}, ("bad_message", "counts[...]")),
        (moderator, "poll.room_tally", {**count, "counts": {"yes": 6}}, {}, ("bad_message", None)),
        (moderator, "poll.room_tally", {**count, "counts": {"support": 1}}, {}, ("not_found", None)),
        (moderator, "poll.open", {**hands, "results": "live", "poll": "poll.999"}, {}, ("not_found", None)),
    ):
        answered = who.send(type_, data, **more)
        assert (code(answered), answered.get("field")) == refused, f"{type_} {data}"
        assert len(answered["message"]) > 10
    assert moderator.join().joined["seq"] == before


def test_a_recommendation_goes_with_the_room_into_another_session(
    hall: Hall, server: DemoServer, connect: Connect
) -> None:
    hall.staff("moderator").do("session.start")
    rapporteur = hall.staff("rapporteur")
    id_ = f"goes-with-{hall.session}"
    rapporteur.do("recommendation.propose", {"recommendation": id_, "symbol": "R8", "text": TEXT})
    elsewhere = next(each for each in server.sessions if each != hall.session)
    there = connect(server.people("rapporteur")[0], elsewhere)
    source = {"session": hall.session, "recommendation": id_, "version": 1}
    assert code(there.send("recommendation.bring", {"from": {**source, "version": 2}})) == "not_found"
    assert there.do("recommendation.bring", {"from": source})["result"] == {"recommendation": id_}
    brought = there.wait_until(lambda map_: f"recommendation/{id_}" in map_)[f"recommendation/{id_}"]
    assert (brought["text"], brought["symbol"], brought["brought_from"]) == (TEXT, "R8", hall.session)
    assert code(there.send("recommendation.bring", {"from": source})) == "id_in_use"
