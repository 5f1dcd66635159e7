"""Whole points that add up."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidValue
from graph.matching.scoring.points import (
    FULL,
    add_up,
    read_weights,
    split,
)

NAMES = ("a", "b", "c")
columns = st.lists(st.integers(0, 1_000_000), min_size=3, max_size=3)
weights = st.lists(st.integers(0, 1_000_000), min_size=3, max_size=3).filter(any)


def _columns(*values: float) -> np.ndarray:
    return np.array([[value] for value in values])


def test_three_equal_thirds_give_the_odd_point_to_the_first() -> None:
    thirds = read_weights({"a": 1, "b": 1, "c": 1}, NAMES)
    assert add_up(_columns(1, 1, 1), thirds).tolist() == [FULL]
    assert split(_columns(1, 1, 1), thirds)[:, 0].tolist() == [3334, 3333, 3333]


def test_a_half_point_is_rounded_up() -> None:
    assert add_up(_columns(0.00005, 0, 0), read_weights({"a": 1}, NAMES)).tolist() == [1]
    assert add_up(_columns(0.000049, 0, 0), read_weights({"a": 1}, NAMES)).tolist() == [0]


def test_the_missing_point_goes_to_the_largest_remainder_and_not_to_the_first_part() -> None:
    third_and_two = read_weights({"a": 1, "b": 2}, NAMES)
    assert split(_columns(1, 1, 0), third_and_two)[:, 0].tolist() == [3333, 6667, 0]


def test_two_missing_points_go_to_the_two_largest_remainders() -> None:
    sevenths = read_weights({"a": 1, "b": 3, "c": 3}, NAMES)
    assert split(_columns(1, 1, 1), sevenths)[:, 0].tolist() == [1428, 4286, 4286]


def test_a_value_is_taken_to_the_nearest_millionth() -> None:
    alone = read_weights({"a": 1}, NAMES)
    assert add_up(_columns(0.0000496, 0, 0), alone).tolist() == [1]
    assert add_up(_columns(0.0000494, 0, 0), alone).tolist() == [0]


@given(columns, weights)
def test_parts_add_up_to_the_exact_total_and_stay_within_a_point_of_their_share(
    millionths: list[int], weighed: list[int]
) -> None:
    values = _columns(*(value / 1_000_000 for value in millionths))
    column = np.array(weighed, np.int64)
    parts = split(values, column)[:, 0].tolist()
    shares = [Fraction(FULL * w * v, 1_000_000 * sum(weighed)) for w, v in zip(weighed, millionths, strict=True)]
    assert sum(parts) == add_up(values, column)[0] == int(sum(shares) + Fraction(1, 2))
    assert all(abs(part - share) < 1 for part, share in zip(parts, shares, strict=True))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"z": 1}, "choose from a, b, c"),
        ({"a": -1}, "give a whole number"),
        ({"a": 0.5}, "give a whole number"),
        ({"a": True}, "give a whole number"),
        ({"a": 1_000_001}, "give a whole number"),
        ({"a": 0}, "at least one criterion"),
        ({}, "at least one criterion"),
    ],
)
def test_weights_that_cannot_be_are_refused(given: dict[str, int], sentence: str) -> None:
    with pytest.raises(InvalidValue, match=sentence):
        read_weights(given, NAMES)


def test_a_criterion_without_a_weight_weighs_nothing() -> None:
    assert read_weights({"c": 5}, NAMES).tolist() == [0, 0, 5]


def test_both_limits_of_a_weight_are_weights() -> None:
    assert read_weights({"a": 0, "b": 1_000_000, "c": 1}, NAMES).tolist() == [0, 1_000_000, 1]


def test_the_largest_weights_add_up_without_leaving_64_bits() -> None:
    largest = read_weights(dict.fromkeys(NAMES, 1_000_000), NAMES)
    assert add_up(_columns(1, 1, 1), largest).tolist() == [FULL]
    assert split(_columns(1, 1, 1), largest)[:, 0].tolist() == [3334, 3333, 3333]
