"""The protocol end to end, as a client in Python speaks it, on both engines and both transports."""

import contextlib
import sqlite3
import uuid

import pytest
import requests
import socketio

from tests.journeys.client import Client, sign_in
from tests.journeys.conftest import Connect
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_request_is_placed_given_paused_and_ended(server: DemoServer, connect: Connect, transport: str) -> None:
    moderator = connect(server.people("moderator")[0], transports=[transport])
    speaker = connect(server.people("participant")[0], transports=[transport])
    other = connect(server.people("participant")[1], transports=[transport])

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


def test_a_command_sent_twice_takes_effect_once(server: DemoServer, connect: Connect) -> None:
    moderator = connect(server.people("moderator")[0])
    participant = connect(server.people("participant")[0])
    moderator.do("list.open")
    id_ = uuid.uuid4().hex
    first = participant.do("floor.request", {"kind": "statement"}, id=id_)
    again = participant.do("floor.request", {"kind": "statement"}, id=id_)
    assert first == again
    moderator.wait_until(lambda map_: map_["list"]["waiting"] == 1)
    second = participant.send("floor.request", {"kind": "statement"})
    assert second["code"] == "already_on_list"
    assert second["message"].endswith(".")


def test_what_is_acknowledged_is_on_disk(server: DemoServer, connect: Connect) -> None:
    participant, moderator = connect(server.people("participant")[0]), connect(server.people("moderator")[0])
    moderator.do("list.open")
    answer = participant.do("floor.request", {"kind": "statement"})
    server.kill()
    with contextlib.closing(sqlite3.connect(server.database)) as db:
        row = db.execute(
            "SELECT type, actor FROM event WHERE session = ? AND seq = ?", (server.session, answer["seq"])
        ).fetchone()
    assert row == ("request.made", server.people("participant")[0].id)


def test_a_stale_next_is_refused_and_two_together_advance_once(server: DemoServer, connect: Connect) -> None:
    one = connect(server.people("moderator")[0])
    other = connect(server.people("secretariat")[0])
    one.do("session.start")
    seen = {"intervention": None}
    answers = [one.send("floor.next", expect=seen), other.send("floor.next", expect=seen)]
    assert [answer.get("code") for answer in answers] == [None, "stale"]


def test_refusals_come_in_words_and_change_nothing(server: DemoServer, connect: Connect) -> None:
    participant = connect(server.people("participant")[0])
    before = participant.joined["seq"]
    for type_, data, code, field in (
        ("floor.request", {"kind": "statement"}, "list_closed", None),
        ("floor.next", {}, "bad_message", "expect"),
        ("floor.request", {"kind": "statement", "colour": "red"}, "bad_message", "colour"),
        ("floor.request", {"kind": "statement", "topic": "x" * 10_000}, "too_large", "topic"),
        ("session.start", {}, "not_allowed", None),
        ("no.such", {}, "bad_message", "type"),
    ):
        answer = participant.send(type_, data)
        assert (answer["ok"], answer["code"], answer.get("field")) == (False, code, field)
        assert len(answer["message"]) > 10
    again = participant.join()
    assert again.joined["seq"] == before


def test_forged_reserved_events_are_refused(server: DemoServer, connect: Connect) -> None:
    participant, moderator = connect(server.people("participant")[0]), connect(server.people("moderator")[0])
    answer = participant.socket.call("connect", {"token": "x"}, timeout=5)
    assert answer["code"] == "bad_message"
    answer = participant.socket.call("disconnect", timeout=5)
    assert answer["code"] == "bad_message"
    moderator.do("list.open")
    assert participant.do("floor.request", {"kind": "statement"})["ok"]


def test_whoever_is_not_signed_in_is_refused_in_words(server: DemoServer) -> None:
    socket = socketio.Client(reconnection=False)
    refusals: list[object] = []
    socket.on("connect_error", refusals.append)
    with pytest.raises(socketio.exceptions.ConnectionError):
        socket.connect(server.base_url, auth={"token": "nonsense"}, transports=["websocket"])
    assert refusals[0]["data"]["code"] == "revoked"  # type: ignore[index]  # untyped library
    socket.disconnect()


def test_a_flood_of_one_person_is_slowed_and_others_are_not(server: DemoServer, connect: Connect) -> None:
    flood, other = connect(server.people("participant")[0]), connect(server.people("participant")[1])
    codes = [flood.send("floor.withdraw", {"request": "r.999999"})["code"] for _ in range(60)]
    assert "rate_limited" in codes
    assert codes[0] == "not_found"
    assert other.send("floor.withdraw", {"request": "r.999999"})["code"] == "not_found"


def test_a_sixth_socket_of_one_person_is_refused(server: DemoServer, connect: Connect) -> None:
    link = server.people("participant")[0]
    for _ in range(5):
        connect(link)
    with pytest.raises(socketio.exceptions.ConnectionError):
        connect(link)


def test_a_revoked_link_closes_the_socket(server: DemoServer, connect: Connect) -> None:
    secretariat = sign_in(server.base_url, server.people("secretariat")[0])
    headers = {"Authorization": f"Bearer {secretariat}"}
    person = server.people("participant")[0]
    made = requests.post(f"{server.base_url}/api/links", json={"person": person.id}, headers=headers, timeout=10).json()
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


def test_a_gap_is_filled_from_the_ring_and_an_old_epoch_gets_a_snapshot(server: DemoServer, connect: Connect) -> None:
    moderator = connect(server.people("moderator")[0])
    participant = connect(server.people("participant")[0])
    was = participant.joined
    participant.socket.disconnect()
    moderator.do("list.open")
    moderator.do("announce", {"text": "Welcome"})
    back = connect(server.people("participant")[0])
    fresh = dict(back.map)
    back.join(epoch=was["epoch"], since=was["seq"], audience="participants")
    assert "snapshot" not in back.joined
    assert {"list", "announcement"} <= {key for patch in back.joined["patches"] for key in patch["set"]}
    assert back.map == fresh
    back.join(epoch="another", since=was["seq"], audience="participants")
    assert back.joined["snapshot"] == fresh


def test_presence_is_told_to_staff_only(server: DemoServer, connect: Connect) -> None:
    moderator = connect(server.people("moderator")[0])
    observer = connect(server.people("observer")[0])
    participant = connect(server.people("participant")[0])
    person = server.people("participant")[0].id
    moderator.wait_until(lambda _: any(person in signal["data"].get("people", {}) for signal in moderator.signals))
    participant.close()
    moderator.wait_until(
        lambda _: any(signal["data"].get("people", {}).get(person) is False for signal in moderator.signals)
    )
    assert observer.signals == []
