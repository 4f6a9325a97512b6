"""What the program counts of itself."""

import pytest

from companion.counters import WATCH_SECONDS, Counters, Histogram


def test_a_value_is_counted_under_the_smallest_bound_that_it_does_not_exceed() -> None:
    histogram = Histogram((1, 2, 5))
    for value in (0.5, 1, 1.5, 5, 7):
        histogram.add(value)
    assert (histogram.counts, histogram.total) == ([2, 1, 1, 1], 15)


def test_a_batch_counts_its_commands_and_its_time() -> None:
    counters = Counters()
    counters.committed(3, 0.004)
    assert (counters.batch_commands.total, counters.commit_seconds.total) == (3, 0.004)


def test_the_loop_is_as_late_as_a_task_is_woken_after_its_time() -> None:
    counters, clock, late = Counters(), [0.0], [0.0, 0.3, 0.02]

    def sleep(seconds: float) -> None:
        assert seconds == WATCH_SECONDS
        clock[0] += seconds + late.pop()  # until there is none left

    with pytest.raises(IndexError):
        counters.watch_the_loop(sleep, lambda: clock[0])
    assert round(counters.loop_gap_seconds.total, 6) == 0.32
    assert sum(counters.loop_gap_seconds.counts) == 3
