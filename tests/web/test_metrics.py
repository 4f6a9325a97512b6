"""What Prometheus reads, and that nobody else does."""

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from companion.config import MetricsSettings, ServerSettings
from tests.web.house import PEOPLE, Build, House

TOKEN = "a-long-token"  # noqa: S105 (of this test)


def read(text: str) -> dict[str, float]:
    """Return the samples by their names and labels, as the library itself reads them."""
    return {
        "".join((sample.name, *(f" {value}" for value in sample.labels.values()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_what_is_counted_is_told_in_the_format_of_prometheus(house: House) -> None:
    house.counters.commands.update({"ok": 3, "stale": 1})
    house.counters.committed(3, 0.004)
    house.counters.offer("clients", "By audience.", lambda: {"staff": 2, "participants": 5}, "audience")
    house.counters.offer("backup_age_seconds", "Unknown as yet.", lambda: None)
    answer = house.browser().get("/metrics")
    assert (answer.status_code, answer.content_type) == (200, "text/plain; version=0.0.4; charset=utf-8")
    told = read(answer.text)
    expected = {
        "companion_commands_total ok": 3,
        "companion_commands_total stale": 1,
        "companion_clients staff": 2,
        "companion_clients participants": 5,
        "companion_batch_commands_bucket 2.0": 0,
        "companion_batch_commands_bucket 5.0": 1,
        "companion_batch_commands_bucket +Inf": 1,
        "companion_batch_commands_count": 1,
        "companion_batch_commands_sum": 3,
        "companion_commit_seconds_bucket 0.005": 1,
    }
    assert {name: told[name] for name in expected} == expected
    assert told["process_resident_memory_bytes"] > 10_000_000
    assert "# TYPE companion_backup_age_seconds gauge" in answer.text
    assert "companion_backup_age_seconds" not in told


def test_nobody_who_comes_through_a_proxy_or_from_elsewhere_reads_it(house: House) -> None:
    assert house.browser().get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 403
    for header in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
        refused = house.browser().get("/metrics", headers={header: "127.0.0.1"})
        assert (refused.status_code, refused.get_json()["code"]) == (403, "not_allowed")


def test_not_even_the_secretariat_reads_it(house: House) -> None:
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert house.signed_in("p-sec").get("/metrics", environ_base=elsewhere).status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": f"Bearer {TOKEN}"}, 200),
        ({"Authorization": "Bearer another"}, 403),
        ({"Authorization": "Bearer é"}, 403),
        ({}, 403),
    ],
)
def test_where_there_is_a_token_whoever_shows_it_reads_it_from_anywhere(
    build: Build, headers: dict[str, str], status: int
) -> None:
    house = build(metrics=MetricsSettings(token=TOKEN), server=ServerSettings(trusted_proxies=1))
    environ = {"REMOTE_ADDR": "192.0.2.7"}
    assert house.browser().get("/metrics", headers=headers, environ_base=environ).status_code == status


def test_it_names_nobody(house: House) -> None:
    house.signed_in("p-sec").get("/api/me")
    text = house.browser().get("/metrics").text
    assert not [name for name, _ in PEOPLE.values() if name in text]
    assert not re.search(r"\b(?:p|s|w)-?\d\b", text)
