from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from companion.clock import (
    JOIN_CODE_LETTERS,
    Clock,
    format_time,
    parse_time,
    read_join_code,
    show_join_code,
)

START = datetime(2022, 10, 18, 8, 45, 5, 120_999, tzinfo=UTC)


def clock_at(*seconds: float) -> Clock:
    """Return a clock started at `START` whose steady clock then shows `seconds`, one after the other."""
    steps: Iterator[float] = iter([100.0, *(100 + each for each in seconds)])
    return Clock(wall=lambda: START, steady=lambda: next(steps))


def test_time_follows_the_steady_clock_from_where_the_wall_clock_stood() -> None:
    clock = clock_at(0, 0.002, 3600)
    assert [format_time(clock.now()) for _ in range(3)] == [
        "2022-10-18T08:45:05.120Z",
        "2022-10-18T08:45:05.122Z",
        "2022-10-18T09:45:05.120Z",
    ]


def test_time_is_read_back_as_it_was_written() -> None:
    now = Clock().now()
    assert parse_time(format_time(now)) == now


def test_the_real_clock_tells_the_time_and_never_goes_backwards() -> None:
    clock = Clock()
    times = [clock.now() for _ in range(1_000)]
    assert times == sorted(times)
    assert abs(times[-1] - datetime.now(UTC)) < timedelta(seconds=5)


def test_times_are_written_in_utc_with_three_decimals() -> None:
    geneva = timezone(timedelta(hours=2))
    assert format_time(datetime(2022, 10, 18, 10, 0, tzinfo=geneva)) == "2022-10-18T08:00:00.000Z"


def test_a_time_without_a_zone_is_not_written() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        format_time(START.replace(tzinfo=None))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022-10-18",
        "2022-10-18T08:45:05Z",
        "2022-10-18T08:45:05.12Z",
        "2022-10-18T08:45:05.120",
        "2022-10-18T08:45:05.120+02:00",
        "2022-10-18T08:45:05.120Z\n",
        "2022-13-18T08:45:05.120Z",
        "٢٠٢٢-10-18T08:45:05.120Z",
    ],
)
def test_no_other_form_of_time_is_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_time(text)


def test_ids_differ_sort_by_time_and_hold_no_dot() -> None:
    clock = clock_at(*range(50))
    ids = [clock.make_id("p_") for _ in range(50)]
    assert ids == sorted(set(ids))
    assert all(each.startswith("p_") and each[2:].isalnum() and len(each) == 20 for each in ids)


def test_keys_have_128_bits_and_can_stand_in_an_address() -> None:
    key = Clock().make_key()
    assert len(key) == 22
    assert key.replace("-", "").replace("_", "").isalnum()
    assert key != Clock().make_key()


def test_salts_differ_and_have_128_bits() -> None:
    salts = {Clock().make_salt() for _ in range(20)}
    assert {len(bytes.fromhex(each)) for each in salts} == {16}
    assert len(salts) == 20


def test_join_codes_have_no_letters_that_look_alike() -> None:
    letters = set("".join(Clock().make_join_code() for _ in range(500)))
    assert letters == set(JOIN_CODE_LETTERS)
    assert not letters & set("0O1IL2Z5S8BUVAE")


def test_a_join_code_is_shown_in_two_halves_and_read_however_it_is_typed() -> None:
    assert show_join_code("K7WM3QXD") == "K7WM 3QXD"
    assert {read_join_code(typed) for typed in ("K7WM 3QXD", "k7wm-3qxd", " k7wm\u00a03qxd\n")} == {"K7WM3QXD"}
