"""Ranks: between any two there is room for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core import speaking_order
from companion.core.speaking_order import DIGITS, at_the_end, between, renumbered
from tests.core.profile import PROFILE

RANKS = st.text(DIGITS, min_size=1, max_size=24).filter(lambda rank: not rank.endswith(DIGITS[0]))


@PROFILE
@given(RANKS, RANKS)
def test_between_any_two_ranks_there_is_another(one: str, other: str) -> None:
    low, high = sorted((one, other))
    if low == high:
        with pytest.raises(ValueError, match="nothing between"):
            between(low, high)
        return
    middle = between(low, high)
    assert low < middle < high
    assert not middle.endswith(DIGITS[0])


@PROFILE
@given(RANKS)
def test_before_any_rank_there_is_another(rank: str) -> None:
    before = between(None, rank)
    assert before < rank
    assert not before.endswith(DIGITS[0])


def test_there_is_nothing_between_ranks_in_the_wrong_order() -> None:
    with pytest.raises(ValueError, match="nothing between B and A"):
        between("B", "A")


@PROFILE
@given(st.integers(1, 62**6 - 2))
def test_what_comes_later_stands_behind(seq: int) -> None:
    assert at_the_end(seq) < at_the_end(seq + 1)
    assert not at_the_end(seq).endswith(DIGITS[0])
    assert len(at_the_end(seq)) <= 6


@PROFILE
@given(st.lists(st.text("abc", max_size=3), unique=True, max_size=100))
def test_a_renumbered_list_is_in_the_same_order_and_before_what_comes_later(requests: list[str]) -> None:
    places = renumbered(tuple(requests))
    assert [request for request, _ in places] == requests
    ranks = [rank for _, rank in places]
    assert ranks == sorted(set(ranks))
    assert all(rank < at_the_end(len(requests) + 1) for rank in ranks)


def test_as_few_as_possible_get_a_new_rank_and_none_that_is_kept_for_somebody_else() -> None:
    order = [("a", "1"), ("d", "4"), ("b", "2"), ("c", "3"), ("e", "5")]
    (moved,) = speaking_order.rearranged(order, high="9", away=set())
    assert (moved[0], "1" < moved[1] < "2") == ("d", True)
    (again,) = speaking_order.rearranged(order, high="9", away={moved[1]})
    assert (again[1] != moved[1], "1" < again[1] < "2") == (True, True)
    assert speaking_order.rearranged(sorted(order, key=lambda each: each[1]), high="9", away=set()) == ()


def test_ranks_that_would_grow_too_long_are_all_made_short_again() -> None:
    close = "1" + "0" * speaking_order.LONGEST + "1"
    order = [("a", "1"), ("c", "3"), ("b", close)]
    ranks = speaking_order.rearranged(order, high="9", away={speaking_order.at_the_end(1)})
    assert [request for request, _ in ranks] == ["a", "c", "b"]
    assert [rank for _, rank in ranks] == [speaking_order.at_the_end(place) for place in (2, 3, 4)]
