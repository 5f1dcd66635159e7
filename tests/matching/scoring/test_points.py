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
        ({"a": 0}, "at least one criterion"),
        ({}, "at least one criterion"),
    ],
)
def test_weights_that_cannot_be_are_refused(given: dict[str, int], sentence: str) -> None:
    with pytest.raises(InvalidValue, match=sentence):
        read_weights(given, NAMES)


def test_a_criterion_without_a_weight_weighs_nothing() -> None:
    assert read_weights({"c": 5}, NAMES).tolist() == [0, 0, 5]
