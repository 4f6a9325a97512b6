from hypothesis import given
from hypothesis import strategies as st

from companion.sockets.bucket import Bucket


class Steady:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_burst_is_taken_and_the_next_one_is_refused() -> None:
    bucket = Bucket(most=3, per_second=1, steady=Steady())
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_it_refills_with_time_and_never_above_the_burst() -> None:
    steady = Steady()
    bucket = Bucket(most=3, per_second=10, steady=steady)
    assert all(bucket.take() for _ in range(3))
    steady.seconds = 0.1
    assert bucket.take()
    assert not bucket.take()
    steady.seconds = 1000
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


@given(st.lists(st.floats(min_value=0, max_value=0.5), max_size=200))
def test_nobody_gets_more_than_burst_and_rate_together(gaps: list[float]) -> None:
    steady = Steady()
    bucket = Bucket(most=30, per_second=10, steady=steady)
    taken = 0
    for gap in gaps:
        steady.seconds += gap
        taken += bucket.take()
    assert taken <= 30 + 10 * steady.seconds + 1e-6
