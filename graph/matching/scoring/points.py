"""Whole points out of criteria and weights: exact integers, so that parts add up and no rounding depends on order."""

from collections.abc import Mapping

import numpy as np

from graph.errors import InvalidValue
from graph.matching.columns import Fractions, Integers

FULL = 10_000
"""Points of a person who is best on every criterion."""

_MILLIONTHS = 1_000_000
_MOST = 1_000_000  # a weight above this would leave 64 bits behind in `add_up`


def read_weights(weights: Mapping[str, int], names: tuple[str, ...]) -> Integers:
    """Weights in the order of `names`; a criterion that is not mentioned weighs 0.

    Shape (len(names),).

    Arguments: `weights`, by name of criterion; `names`, all criteria in order.
    Returns: whole numbers (len(names),).
    Raises: InvalidValue for an unknown name, anything but a whole number from 0 to a million, or a sum of 0.
    """
    for name, weight in weights.items():
        if name not in names:
            raise InvalidValue("weights", name, f"is not a criterion; choose from {', '.join(names)}")
        if type(weight) is not int or not 0 <= weight <= _MOST:
            raise InvalidValue(f"weights.{name}", weight, f"is not a weight; give a whole number from 0 to {_MOST}")
    column = np.array([weights.get(name, 0) for name in names], np.int64)
    if not column.sum():
        raise InvalidValue("weights", dict(weights), "add up to nothing; give at least one criterion a weight")
    return column


def add_up(values: Fractions, weights: Integers) -> Integers:
    """Total points 0..10,000 of each person: values (criteria, m) in [0, 1], weights (criteria,); shape (m,).

    10,000 * sum(weight * value) / sum(weight), rounded half up, with values taken to the millionth.

    Arguments: `values` (criteria, m) in [0, 1]; `weights` (criteria,), whole numbers.
    Returns: whole points (m,), 0 to 10,000.
    Complexity: O(criteria x m).
    """
    whole = _whole(weights)
    total: Integers = _shares(values, weights).sum(axis=0)
    return (2 * total + whole) // (2 * whole)


def split(values: Fractions, weights: Integers) -> Integers:
    """Points per criterion, shape (criteria, m), adding up exactly to `add_up`.

    Largest remainder (Hamilton's method): every part is rounded down, and the points still missing go one each to
    the largest remainders, earlier criteria first among equals.

    Arguments: as `add_up`.
    Returns: whole points (criteria, m).
    """
    parts, remainders = np.divmod(_shares(values, weights), _whole(weights))
    missing = add_up(values, weights) - parts.sum(axis=0)
    order = np.argsort(-remainders, axis=0, kind="stable")
    place = np.argsort(order, axis=0, kind="stable")
    points: Integers = parts + (place < missing)
    return points


def millionths(values: Fractions) -> Integers:
    """Values in [0, 1] in the whole steps in which points take them, halves to the even one."""
    return np.rint(values * _MILLIONTHS).astype(np.int64)


def _shares(values: Fractions, weights: Integers) -> Integers:
    shares: Integers = FULL * weights[:, np.newaxis] * millionths(values)
    return shares


def _whole(weights: Integers) -> int:
    return int(weights.sum()) * _MILLIONTHS
