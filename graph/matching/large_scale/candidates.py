"""The pairs worth looking at: about the best people of every opening and the best openings of every person.

The best total of millions of pairs nearly always lies among the few best of each side, and `certificates` proves that
it does or adds what is missing. So a list may be a little longer or shorter than asked for, but never depends on the
order of rows.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue
from graph.matching.columns import Flags, Indexes, Integers
from graph.matching.problem.assignment_problem import ReducedProblem

_CELLS_AN_ARC = 8  # up to which the best of a row are found faster in a table than by sorting the arcs
_BITS = 31  # of a gain in a key for sorting, above which the owner has its own
_SAMPLE = 3  # the least that is kept of a sample: fewer say little about the rest of a row


@dataclass(frozen=True, slots=True)
class Limits:
    """About how many people are kept for each opening, and how many openings for each person."""

    per_opening: int = 16
    per_person: int = 8

    def __post_init__(self) -> None:
        for name in ("per_opening", "per_person"):
            if getattr(self, name) < 1:
                raise InvalidValue(name, getattr(self, name), "is not a length of a list; give 1 or more")


USUAL = Limits()


def candidate_arcs(choice: ReducedProblem, gains: Integers, limits: Limits = USUAL) -> Integers:
    """The arcs that are among the best of their opening or of their person and gain anything.

    Whoever can take several, or has several seats, has a list of twice as many at least.

    Arguments: `choice`, b arcs; `gains` (b,), whole numbers as those of `assignment.gains_of`; `limits`, how many are
    kept on a list.
    Returns: indexes of arcs (c,), ascending.
    Complexity: O(b) where most pairs are arcs, else O(b log b).

    >>> from graph.matching.problem.assignment_problem import build_problem, dense_columns
    >>> choice = build_problem(dense_columns(np.array([[9, 8], [7, 1], [6, 0]]))).choice()
    >>> candidate_arcs(choice, choice.points, Limits(per_opening=1, per_person=1)).tolist()
    [0, 1, 2, 3, 4]
    """
    kept = (
        max(limits.per_person, 2 * int(choice.loads.max(initial=0))),
        max(limits.per_opening, 2 * int(choice.seats.max(initial=0))),
    )
    shape = len(choice.loads), len(choice.seats)
    if shape[0] * shape[1] <= _CELLS_AN_ARC * len(gains):
        near = _best_in_table(choice, gains, kept)
    else:
        near = _best_of(choice.person, gains, kept[0]) | _best_of(choice.opening, gains, kept[1])
    return np.flatnonzero(near & (gains > 0))


def _best_in_table(choice: ReducedProblem, gains: Integers, kept: tuple[int, int]) -> Flags:
    """Which arcs reach the least of the best in their row or column of the table of people by openings."""
    shape = len(choice.loads), len(choice.seats)
    if len(gains) == shape[0] * shape[1]:
        table = gains.reshape(shape)
        return (_near(table, kept[0]) | _near(table.T, kept[1]).T).ravel()
    cells = choice.person.astype(np.int64) * shape[1] + choice.opening
    table = np.zeros(shape, np.int64)
    table.ravel()[cells] = gains
    near: Flags = (_near(table, kept[0]) | _near(table.T, kept[1]).T).ravel()[cells]
    return near


def _near(table: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """About the `count` largest of each row, judged by a sample of the columns."""
    stride = max(count // _SAMPLE, 1)
    sample, best = table[:, ::stride], ceil(count / stride)
    if best >= sample.shape[1]:
        return np.ones(table.shape, np.bool_)
    least = np.partition(sample, -best, axis=1)[:, -best]
    near: NDArray[np.bool_] = table >= least[:, np.newaxis]
    return near


def _best_of(owner: Indexes, gains: Integers, count: int) -> Flags:
    """The `count` largest of each owner, as far as the first bits of the gains tell them apart."""
    shift = max(int(gains.max(initial=0)).bit_length() - _BITS, 0)
    order = np.argsort((owner.astype(np.int64) << _BITS) - (np.maximum(gains, 0) >> shift))
    counts = np.bincount(owner)
    place = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    near = np.zeros(len(gains), np.bool_)
    near[order[place < count]] = True
    return near
