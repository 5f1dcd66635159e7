"""Plain lists become typed, read-only columns, or a clear sentence says which value will not do."""

from collections.abc import Sequence
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue

Flags: TypeAlias = NDArray[np.bool_]
Indexes: TypeAlias = NDArray[np.int32]
Levels: TypeAlias = NDArray[np.float32]
Ranks: TypeAlias = NDArray[np.int8]
Fractions: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]

UNKNOWN = -1
"""Stands for a place or a day nobody has stated."""

A = TypeVar("A", bound=np.generic)


def frozen(column: NDArray[A]) -> NDArray[A]:
    """The same array, from now on read-only."""
    column.flags.writeable = False
    return column


def integers(field: str, values: Sequence[int], least: int, end: int) -> Indexes:
    """A column of whole numbers in [least, end).

    Raises: InvalidValue for anything else.
    """
    column = _numbers(field, values, "iu", "whole numbers")
    if column.size and not (least <= column.min() and column.max() < end):
        _check_range(field, column, (column >= least) & (column < end), f"give {least} to {end - 1}")
    return frozen(column.astype(np.int32))


def fractions(field: str, values: Sequence[float], least: float, most: float) -> Fractions:
    """A column of numbers in [least, most].

    Raises: InvalidValue for anything else, NaN included.
    """
    column = _numbers(field, values, "iuf", "numbers")
    _check_range(field, column, (column >= least) & (column <= most), f"give {least:g} to {most:g}")
    return frozen(column.astype(np.float64))


def flags(field: str, values: Sequence[bool]) -> Flags:
    """A column of yes and no.

    Raises: InvalidValue for anything else.
    """
    return frozen(_numbers(field, values, "b", "True or False").astype(np.bool_))


def is_table(ends: tuple[Indexes, Indexes], shape: tuple[int, int]) -> bool:
    """Whether the cells at these ends (a,) are all cells of a table of this shape, row by row."""
    rows, columns = shape
    if len(ends[0]) != rows * columns:
        return False
    row, column = ends[0].reshape(shape), ends[1].reshape(shape)
    return bool((row == np.arange(rows)[:, np.newaxis]).all() and (column == np.arange(columns)).all())


def check_length(field: str, length: int, expected: int) -> None:
    """Raise InvalidValue when a column is shorter or longer than its neighbours."""
    if length != expected:
        raise InvalidValue(field, length, f"is not the number of rows of its table; give {expected}")


def check_distinct(field: str, keys: Sequence[object] | NDArray[np.int64]) -> None:
    """Raise InvalidValue when the same thing is stated twice: which one holds would be a guess."""
    column = np.sort(np.asarray(keys))
    repeated = np.flatnonzero(column[1:] == column[:-1])
    if repeated.size:
        raise InvalidValue(field, column[repeated[0]], "is stated twice; state it once")


def _numbers(field: str, values: Sequence[object], kinds: str, meaning: str) -> NDArray[Any]:
    try:
        column = np.asarray(values)
    except ValueError:
        raise InvalidValue(field, values, f"is not a plain list of {meaning}") from None
    if column.ndim != 1 or (column.size and column.dtype.kind not in kinds):
        raise InvalidValue(field, values, f"is not a plain list of {meaning}")
    return column


def _check_range(field: str, column: NDArray[Any], fits: Flags, expected: str) -> None:
    if not fits.all():
        wrong = int(np.argmin(fits))
        raise InvalidValue(field, column[wrong], f"in row {wrong} is out of range; {expected}")
