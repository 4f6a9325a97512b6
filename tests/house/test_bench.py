"""What the bench says is what it measured: verdicts, figures, drawings, and the frames that its clients read."""

import json
import re
import socket
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from bench.charts import Chart, Curve
from bench.crowd import Client, take_frames
from bench.rows import at_least, at_most, holds, not_measured, number, percentile, table

PEERS: Final = Path(__file__).resolve().parents[2] / "bench" / "peers"
SVG: Final = "{http://www.w3.org/2000/svg}"


def test_a_target_is_met_at_its_very_figure_and_missed_above_it() -> None:
    assert at_most("taps", "p99", 60, 60, "ms").verdict == "met"
    assert at_most("taps", "p99", 75, 60, "ms").verdict == "**missed** by 25 %"
    assert at_least("commands", "ratio", 0.7, 0.7, "×").verdict == "met"
    assert at_least("commands", "ratio", 0.35, 0.7, "×").verdict == "**missed** by 50 %"


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    assert not_measured("first_load", "usable", "≤ 1 s", "others were using the machine").verdict == "not measured"
    assert holds("storm", "missed", "none", "3", true=False).verdict == "**missed** altogether"


@pytest.mark.parametrize(
    ("value", "shown"), [(0.789, "0.79"), (12.34, "12.3"), (123.4, "123"), (3.0, "3"), (13_685.2, "13 685")]
)
def test_a_figure_has_the_decimals_that_mean_something(value: float, shown: str) -> None:
    assert number(value) == shown


def test_a_percentile_is_one_of_the_delays_in_milliseconds() -> None:
    delays = [each / 1_000 for each in range(100, 0, -1)]
    assert (percentile(delays, 0.5), percentile(delays, 0.99), percentile([0.002], 0.99)) == (51, 100, 2)


def test_a_table_has_figures_on_the_right() -> None:
    assert table(("what", "ms"), [("a tap", "3")]).splitlines() == ["| what | ms |", "|---|---:|", "| a tap | 3 |"]


def test_a_drawing_says_its_figures_and_stands_on_any_ground() -> None:
    chart = Chart(
        name="deliveries",
        title="CPU per delivery",
        along="clients",
        unit="µs",
        curves=[Curve("ours", [(500, 14.0), (5_000, 16.0)]), Curve("Node <4>", [(500, 22.0)])],
    )
    drawn = ET.fromstring(chart.svg())  # noqa: S314 (our own)
    told = drawn.findtext(f"{SVG}desc")
    assert told == "CPU per delivery, in µs by clients. ours: 14 at 500, 16 at 5 000; Node <4>: 22 at 500."
    assert "prefers-color-scheme: dark" in str(drawn.findtext(f"{SVG}style"))
    assert len(drawn.findall(f"{SVG}polyline")) == 2


def test_a_client_takes_whole_frames_out_of_what_comes_in_pieces() -> None:
    heard: list[bytes] = []
    with socket.socket() as unused:
        client = Client(0, "", unused)
    client.heard = lambda _, message: heard.append(message)
    long = b'42["patch",{"text":"%b"}]' % (b"x" * 300)
    stream = b"\x81\x06" + b"42[1,]" + b"\x81\x7e" + len(long).to_bytes(2, "big") + long
    for at in range(0, len(stream), 7):
        take_frames(client, client.buffer + stream[at : at + 7], 0)
    assert heard == [b"42[1,]", long]
    assert client.buffer == b""


def test_the_lock_of_the_peers_names_no_address() -> None:
    lock = (PEERS / "package-lock.json").read_text()
    assert not re.search(r"https?://", lock)
    assert set(json.loads(lock)["packages"][""]["dependencies"]) == {"better-sqlite3", "socket.io"}
