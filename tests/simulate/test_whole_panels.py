"""`companion simulate` plays notes, recommendations and polls, and all sessions, into a running server."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from companion import cli
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    server = DemoServer(tmp_path_factory.mktemp("whole")).start()
    yield server
    server.stop()


def simulate(links: Path, *arguments: str) -> str:
    """Play in a process of its own, as people do, and return what it said."""
    command = [sys.executable, "-m", "companion", "simulate", "--links", str(links), "--speed", "100000"]
    played = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    assert played.returncode == 0, f"{played.stdout}{played.stderr}"
    return played.stdout


@pytest.fixture
def links(running: DemoServer) -> Path:
    return running.database.with_name("links.json")


def test_the_links_name_what_is_to_be_played(running: DemoServer) -> None:
    sessions = {session["id"]: session for session in running.links["sessions"]}
    assert sessions["ai4"]["polls"][0]["expected_counts"]["support"] == 20
    assert [note["id"] for note in sessions["ai5"]["rapporteur_notes"]] == ["n7", "n8"]
    assert {person["delegation"] for person in running.links["people"]} > {"state-a", "ohchr"}


def test_the_recorded_poll_of_the_sample_gives_its_expected_counts(
    running: DemoServer, links: Path, tmp_path: Path
) -> None:
    said = simulate(links, "--session", "ai4", "--people", "41")
    assert re.search(
        r"\d+ notes, 2 recommendations in 3 versions, 3 polls with \d+ answers: the record says the same", said
    )
    assert re.search(r"Played in 0 min \d+ s: \d+ commands, half of them answered within \d+ ms", said)
    record = exported("ai4", running, tmp_path)
    poll = record["polls"][0]
    assert poll["tally"] == {"support": 20, "support_with_changes": 6, "cannot_support": 2, "abstain": 3}
    assert (poll["answered"], poll["eligible"]["units"], poll["version"], poll["published"]) == (31, 31, 2, True)
    assert len({answer["delegation"] for answer in poll["answers"]}) == 31
    assert {answer["by"] for answer in poll["answers"]} == {None}
    assert (
        record["recommendations"][0]["polls"][0]["outcome"] == "20 of 31 delegations can support the text as it stands."
    )
    assert_the_floor_is_told_in_full(record)


def exported(session: str, running: DemoServer, tmp_path: Path) -> dict[str, Any]:
    """Return the record of a session."""
    out = tmp_path / f"{session}.json"
    options = ["export", session, "--format", "json", "--out", str(out), "--database", str(running.database)]
    assert cli.main(options) == 0
    record: dict[str, Any] = json.loads(out.read_text())
    return record


def assert_the_secret_poll_of_the_sample_has_its_expected_counts_and_nobodys_answer(record: dict[str, Any]) -> None:
    (poll,) = [each for each in record["polls"] if each["ballot"] == "secret"]
    assert poll["total"] == {"support": 17, "support_with_changes": 6, "cannot_support": 3, "abstain": 2}
    assert (poll["eligible"]["units"], poll["answered"], poll["answers"]) == (31, 28, [])


def assert_the_floor_is_told_in_full(record: dict[str, Any]) -> None:
    """Of a panel with a long list: what was played once stands in its record once."""
    events = record["list_events"]
    rules = ["round_robin_group", "alternate_attendance", "first_come"]
    assert [each["rule"] for each in events if each["type"] == "list.rule_set"] == rules
    assert [each["rule"] for each in events if each["type"] == "list.arranged"] == rules
    absent = [(each["status"], each["by"]) for each in events if each["type"] == "request.absent"]
    assert absent == [("waiting", "moderator"), ("waiting", "list_officer"), ("struck", "list_officer")]
    late = [(each["absences"], each["status"]) for each in record["requests"] if each["absences"]]
    assert sorted(late) == [(1, "delivered"), (2, "struck")]
    assert sorted(each["void_reason"] for each in record["interventions"] if each["void"]) == ["absent", "undone"]
    assert [each["status"] for each in record["requests"] if each["text"]] == ["written"]
    assert len([each for each in events if each["type"] == "requests.exchanged"]) == 1
    assert [each["type"] for each in events if each["undone"]] == ["request.held"]
    shared = [each["seconds"] for each in events if each["type"] == "list.time_shared"]
    assert shared == [100, None]
    assert {each["allotted_seconds"] for each in record["interventions"]} >= {90, 100, 150}
    replies = [each["allotted_seconds"] for each in record["interventions"] if each["kind"] == "right_of_reply"]
    assert replies == [180, 120]
    assert [each["kind"] for each in record["interventions"]].count("moderator") == 1
    assert [each["role"] for each in record["presiding"]] == ["moderator", "moderator"]
    assert [each["before"] for each in record["corrections"]] == ["As heard at the door"]


@pytest.mark.parametrize(
    "arguments", [["--session", "ai1"], ["--requests", "3"], ["--stay"], ["--stop-after", "opening"]]
)
def test_all_sessions_are_played_to_their_end(tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["simulate", "--links", str(tmp_path / "links.json"), "--all", *arguments])
    assert ended.value.code == 2


def test_all_sessions_are_played_and_the_last_takes_up_what_the_others_left(
    running: DemoServer, links: Path, tmp_path: Path
) -> None:
    """What they recommended, and whom they did not reach.

    Two of them here; the whole workshop takes the same way, three times as long.
    """
    two = json.loads(links.read_text())
    two["sessions"] = [session for session in two["sessions"] if session["id"] in {"ai2", "ai6"}]
    (tmp_path / "links.json").write_text(json.dumps(two))
    said = simulate(tmp_path / "links.json", "--people", "41", "--all")
    assert said.count("the record says the same.") == 2
    assert " 3 recommendations in 4 versions" in said
    assert re.search(r"2 sessions in 0 min \d+ s: \d+ commands", said)
    assert_the_secret_poll_of_the_sample_has_its_expected_counts_and_nobodys_answer(exported("ai2", running, tmp_path))
    left, added = exported("ai2", running, tmp_path), exported("ai6", running, tmp_path)
    events = [each for each in left["list_events"] if each["type"] == "request.not_reached"]
    not_reached = [each["who"]["organisation"] for each in events]
    by_staff = [each["who"]["organisation"] for each in added["requests"] if each["by"] == "list_officer"]
    assert len(not_reached) == 2
    assert by_staff[:2] == not_reached
