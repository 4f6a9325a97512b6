"""The protocol end to end, as a client in Python speaks it, on both engines and both transports."""

import contextlib
import sqlite3
import time
import uuid

import pytest
import requests
import socketio
import websocket

from companion import wording
from companion.core.refusals import Refusal
from tests.journeys.client import Client, sign_in
from tests.journeys.conftest import Connect
from tests.journeys.server import DemoServer, Link

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_request_is_placed_given_paused_and_ended(
    server: DemoServer, connect: Connect, session: str, transport: str
) -> None:
    moderator = connect(server.people("moderator")[0], session, transports=[transport])
    speaker = connect(server.people("participant")[0], session, transports=[transport])
    other = connect(server.people("participant")[1], session, transports=[transport])

    moderator.do("session.start")
    moderator.do("session.segment", {"segment": moderator.map["programme"]["segments"][1]["id"], "waiting": "hold"})
    moderator.do("list.open")
    request = speaker.do("floor.request", {"kind": "statement", "topic": "Remedy"})["result"]["request"]
    other.do("floor.request", {"kind": "question"})
    moderator.wait_until(lambda map_: map_["list"]["waiting"] == 2)
    assert moderator.waiting()[0] == request
    assert speaker.map["me/requests"][0]["id"] == request

    given = moderator.on_the_floor("floor.next")["result"]["intervention"]
    speaker.wait_until(lambda map_: map_["floor"]["intervention"] == given)
    moderator.wait_until(lambda map_: map_["floor"]["intervention"] == given)
    moderator.on_the_floor("floor.pause")
    speaker.wait_until(lambda map_: map_[f"intervention/{given}"]["paused_at"] is not None)
    moderator.on_the_floor("floor.end")
    map_ = other.wait_until(lambda map_: map_["floor"]["intervention"] is None)
    assert map_[f"intervention/{given}"]["ended_at"] is not None
    assert "undo" not in map_
    assert [each["type"] for each in moderator.map["undo"]][:3] == ["floor.end", "floor.pause", "floor.give"]


def test_a_command_sent_twice_takes_effect_once(
    server: DemoServer, connect: Connect, open_session: str, participant: Link
) -> None:
    moderator = connect(server.people("moderator")[0], open_session)
    speaker = connect(participant, open_session)
    id_ = uuid.uuid4().hex
    first = speaker.do("floor.request", {"kind": "statement"}, id=id_)
    again = speaker.do("floor.request", {"kind": "statement"}, id=id_)
    assert first == again
    map_ = moderator.wait_until(lambda map_: f"request/{first['result']['request']}" in map_)
    theirs = [value for key, value in map_.items() if key.startswith("request/") and value["person"] == participant.id]
    assert [each["id"] for each in theirs] == [first["result"]["request"]]
    second = speaker.send("floor.request", {"kind": "statement"})
    assert second["code"] == "already_on_list"
    assert second["message"].endswith(".")


def test_what_is_acknowledged_is_in_the_database(
    server: DemoServer, connect: Connect, open_session: str, participant: Link
) -> None:
    answer = connect(participant, open_session).do("floor.request", {"kind": "statement"})
    with contextlib.closing(sqlite3.connect(f"file:{server.database}?mode=ro", uri=True)) as db:
        row = db.execute(
            "SELECT type, actor FROM event WHERE session = ? AND seq = ?", (open_session, answer["seq"])
        ).fetchone()
    assert row == ("request.made", participant.id)


def test_a_stale_next_is_refused_and_two_together_advance_once(
    server: DemoServer, connect: Connect, session: str
) -> None:
    one = connect(server.people("moderator")[0], session)
    other = connect(server.people("secretariat")[0], session)
    one.do("session.start")
    seen = {"intervention": None}
    answers = [one.send("floor.next", expect=seen), other.send("floor.next", expect=seen)]
    assert [answer.get("code") for answer in answers] == [None, "stale"]


def test_refusals_come_in_words_and_change_nothing(connect: Connect, session: str, participant: Link) -> None:
    client = connect(participant, session)
    before = client.joined["seq"]
    for type_, data, code, field in (
        ("floor.request", {"kind": "statement"}, "list_closed", None),
        ("floor.next", {}, "bad_message", "expect"),
        ("floor.request", {"kind": "statement", "colour": "red"}, "bad_message", "colour"),
        ("floor.request", {"kind": "statement", "topic": "x" * 10_000}, "too_large", "topic"),
        ("session.start", {}, "not_allowed", None),
        ("no.such", {}, "bad_message", "type"),
    ):
        answer = client.send(type_, data)
        assert (answer["ok"], answer["code"], answer.get("field")) == (False, code, field)
        assert len(answer["message"]) > 10
    assert client.join().joined["seq"] == before


def test_forged_reserved_events_are_refused(connect: Connect, open_session: str, participant: Link) -> None:
    client = connect(participant, open_session)
    answer = client.socket.call("connect", {"token": "x"}, timeout=5)
    assert answer["code"] == "bad_message"
    answer = client.socket.call("disconnect", timeout=5)
    assert answer["code"] == "bad_message"
    assert client.do("floor.request", {"kind": "statement"})["ok"]


def test_a_socket_that_never_signs_in_is_closed_within_seconds(server: DemoServer) -> None:
    address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    silent = websocket.create_connection(address, timeout=12)
    began = time.monotonic()
    assert str(silent.recv()).startswith("0")  # Engine.IO's greeting; we never say who we are
    with contextlib.suppress(websocket.WebSocketConnectionClosedException):
        while silent.recv() not in {"", "1"}:  # the end of the connection, or Engine.IO's word for it
            pass
    assert 4 < time.monotonic() - began < 10
    silent.close()


def test_whoever_is_not_signed_in_is_refused_in_words(server: DemoServer) -> None:
    socket = socketio.Client(reconnection=False)
    refusals: list[object] = []
    socket.on("connect_error", refusals.append)
    with pytest.raises(socketio.exceptions.ConnectionError):
        socket.connect(server.base_url, auth={"token": "nonsense"}, transports=["websocket"])
    assert refusals[0]["data"]["code"] == "revoked"  # type: ignore[index]  # untyped library
    socket.disconnect()


def test_a_refusal_is_in_the_language_that_the_browsers_reader_chose(server: DemoServer) -> None:
    socket = socketio.Client(reconnection=False)
    refusals: list[object] = []
    socket.on("connect_error", refusals.append)
    headers = {"Cookie": f"other=1; {wording.COOKIE}=ar", "Accept-Language": "en"}
    with pytest.raises(socketio.exceptions.ConnectionError):
        socket.connect(server.base_url, headers=headers, auth={"token": "nonsense"}, transports=["websocket"])
    assert refusals[0]["data"]["message"] == wording.sentence(Refusal.REVOKED, "ar")  # type: ignore[index]  # untyped library
    socket.disconnect()


def test_a_flood_of_one_person_is_slowed_and_others_are_not(
    connect: Connect, participant: Link, other_participant: Link
) -> None:
    flood, other = connect(participant), connect(other_participant)
    codes = [flood.send("floor.withdraw", {"request": "r.999999"})["code"] for _ in range(60)]
    assert "rate_limited" in codes
    assert codes[0] == "not_found"
    assert other.send("floor.withdraw", {"request": "r.999999"})["code"] == "not_found"


def test_a_sixth_socket_of_one_person_is_refused(connect: Connect, participant: Link) -> None:
    for _ in range(5):
        connect(participant)
    with pytest.raises(socketio.exceptions.ConnectionError):
        connect(participant)


def test_the_connection_of_whoever_leaves_ends_at_once(connect: Connect, participant: Link) -> None:
    client = connect(participant)
    began = time.monotonic()
    client.close()
    assert time.monotonic() - began < 1  # the client waits three seconds for a server that keeps it open


def test_a_revoked_link_closes_the_socket(server: DemoServer, participant: Link) -> None:
    secretariat = sign_in(server.base_url, server.people("secretariat")[0])
    headers = {"Authorization": f"Bearer {secretariat}"}
    wanted = {"person": participant.id}
    made = requests.post(f"{server.base_url}/api/links", json=wanted, headers=headers, timeout=10).json()
    token = requests.post(f"{server.base_url}/api/redeem", json={"key": made["key"]}, timeout=10).json()["token"]
    client = Client(server.base_url, token, server.session).connect()
    revoked = requests.delete(f"{server.base_url}/api/links/{made['id']}", headers=headers, timeout=10)
    assert revoked.status_code == requests.codes.no_content
    assert client.wait_for_signal("signed_out")["data"] == {}
    client.socket.wait()
    assert not client.socket.connected
    assert (
        requests.get(f"{server.base_url}/api/me", headers={"Authorization": f"Bearer {token}"}, timeout=10).status_code
        == requests.codes.unauthorized
    )


def test_whoever_gets_another_role_is_in_another_audience_at_once(
    server: DemoServer, connect: Connect, open_session: str, participant: Link
) -> None:
    secretary = connect(server.people("secretariat")[0], open_session)
    person = connect(participant, open_session)
    assert person.joined["audience"] == "participants"
    secretary.do("person.role", {"person": participant.id, "role": "rapporteur"})
    assert person.wait_for_signal("rejoin")["data"] == {}
    assert person.join().joined["audience"] == "staff"
    assert "may/rapporteur" in person.map
    note = {"kind": "gap", "text": "A rapporteur writes down"}
    assert person.send("note.add", note)["code"] == "session_not_open"  # allowed, but for the time
    person.signals.clear()
    undone = next(each for each in secretary.map["undo"] if each["type"] == "person.correct")
    secretary.do("session.undo", {"command": undone["command"]})
    person.wait_for_signal("rejoin")
    assert person.send("note.add", note)["code"] == "not_allowed"
    assert person.join().joined["audience"] == "participants"
    assert not any(key.startswith("undo") for key in person.map)


def test_a_guest_who_is_recognised_goes_on_as_the_person_of_the_list(
    server: DemoServer, connect: Connect, open_session: str, participant: Link
) -> None:
    came = requests.post(
        f"{server.base_url}/api/join", json={"code": server.links["join_code"], "name": "Somebody"}, timeout=10
    ).json()
    guest = Client(server.base_url, came["token"], open_session).connect()
    asked = guest.do("floor.request", {"kind": "statement"})["result"]["request"]
    secretary = connect(server.people("secretariat")[0], open_session)
    secretary.do("person.link", {"from": came["person"], "person": participant.id})
    guest.wait_for_signal("rejoin")
    guest.join()
    assert guest.map["me/person"]["id"] == participant.id
    assert [request["id"] for request in guest.map["me/requests"]] == [asked]
    assert guest.map[f"request/{asked}"]["person"] == participant.id
    undone = next(each for each in secretary.map["undo"] if each["type"] == "person.link")
    guest.signals.clear()
    secretary.do("session.undo", {"command": undone["command"]})
    guest.wait_for_signal("rejoin")
    guest.join()
    assert guest.map["me/person"]["id"] == came["person"]
    assert guest.map[f"request/{asked}"]["person"] == came["person"]
    guest.do("floor.withdraw", {"request": asked})
    guest.close()
    # The device is the guest's in every session.
    again = Client(server.base_url, came["token"], server.sessions[1]).connect()
    assert again.map["me/person"]["id"] == came["person"]
    again.close()


def test_a_gap_is_filled_from_the_ring_and_an_old_epoch_gets_a_snapshot(
    server: DemoServer, connect: Connect, participant: Link
) -> None:
    moderator = connect(server.people("moderator")[0])
    away = connect(participant)
    was = away.joined
    away.close()
    moderator.do("list.limit", {"seconds": 90})
    moderator.do("announce", {"text": "Welcome"})
    back = connect(participant)
    fresh = dict(back.map)
    back.join(epoch=was["epoch"], since=was["seq"], audience="participants")
    assert "snapshot" not in back.joined
    assert {"session", "announcement"} <= {key for patch in back.joined["patches"] for key in patch["set"]}
    assert back.map == fresh
    back.join(epoch="another", since=was["seq"], audience="participants")
    assert back.joined["snapshot"] == fresh


def test_presence_is_told_to_staff_only(server: DemoServer, connect: Connect, participant: Link) -> None:
    moderator = connect(server.people("moderator")[0])
    observer = connect(server.people("observer")[0])
    coming = connect(participant)

    def told(connected: bool) -> bool:  # noqa: FBT001 (what was told)
        return any(signal["data"].get("people", {}).get(participant.id) is connected for signal in moderator.signals)

    moderator.wait_until(lambda _: told(connected=True))
    coming.close()
    moderator.wait_until(lambda _: told(connected=False))
    assert observer.signals == []
