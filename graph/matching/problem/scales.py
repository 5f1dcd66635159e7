"""Numbers as people give them become whole points, so that sums are exact."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue
from graph.matching.columns import Fractions, Integers

Numbers: TypeAlias = Sequence[float] | Integers | Fractions

_EXACT_POWERS = range(23)  # powers of ten that a float holds without rounding
_WHOLE = 2.0**53
_FEW = 1_000


def read_numbers(field: str, numbers: Numbers) -> Integers | Fractions:
    """A column of finite numbers, whole ones as integers.

    Arguments: `field`, its name in a message; `numbers` (a,) as given.
    Returns: the numbers (a,), as floats where one of them has a fraction or is above 2**53.
    Raises: InvalidValue for anything else than finite numbers in one column.
    Complexity: O(a).
    """
    column = np.asarray(numbers)
    if column.ndim != 1 or (column.size and column.dtype.kind not in "iuf"):
        raise InvalidValue(field, numbers, "is not a plain list of numbers")
    if column.dtype.kind in "iu":
        if column.size and max(int(column.max()), -int(column.min())) >= 2**63:
            raise InvalidValue(field, column.max(), "is too large to be counted exactly; use smaller numbers")
        return column.astype(np.int64)
    finite = np.isfinite(column)
    if not finite.all():
        wrong = int(np.argmin(finite))
        raise InvalidValue(field, column[wrong], f"in row {wrong} is not a finite number; leave such a pair out")
    if (np.rint(column) == column).all() and (np.abs(column) <= _WHOLE).all():
        return column.astype(np.int64)
    return column.astype(np.float64)


def whole_points(field: str, numbers: Integers | Fractions, most: int) -> Integers:
    """The numbers times a power of ten that makes all of them whole, or else as many digits as `most` has room for.

    Decimals such as 0.35 are counted exactly as written. Numbers with more digits than fit (sixteen random ones, say)
    are rounded to the last digit that does.

    Arguments: `field`, the name of the column in a message; `numbers` (a,), finite; `most`, the largest whole number.
    Returns: whole points (a,), each within `most` in size.
    Raises: InvalidValue when a number is larger than `most`.
    Complexity: O(a).

    >>> whole_points("points", np.array([0.5, 0.25]), 1000).tolist()
    [50, 25]
    """
    size = max(numbers.max(initial=0).item(), -numbers.min(initial=0).item())
    if size > most:
        raise InvalidValue(field, f"{size:g}", f"is too large to be counted exactly here; stay within {most:,}")
    if numbers.dtype.kind == "i":
        return numbers.astype(np.int64, copy=False)
    steps = [10.0**power for power in _EXACT_POWERS if size * 10.0**power <= min(most, _WHOLE)]
    exact = (step for step in steps if _is_whole(numbers, step))
    return np.rint(numbers * next(exact, steps[-1])).astype(np.int64)


def scale_of(numbers: Integers | Fractions, points: Integers) -> float:
    """The power of ten by which the numbers became whole points.

    Arguments: `numbers` (a,) as given; `points` (a,), the same as whole points.
    Returns: points per number; 1 where the numbers are whole or all 0.
    Complexity: O(a).

    >>> scale_of(np.array([0.5, 0.25]), np.array([50, 25]))
    100.0
    """
    if numbers.dtype.kind == "i" or not points.any():
        return 1.0
    largest = int(np.argmax(np.abs(points)))
    return float(10.0 ** round(np.log10(points[largest] / numbers[largest])))


def _is_whole(numbers: NDArray[np.float64] | Integers, step: float) -> bool:
    """Whether each number is the float nearest to a whole number of steps, the first few of them being asked first."""
    return all(bool((np.rint(some * step) / step == some).all()) for some in (numbers[:_FEW], numbers))
