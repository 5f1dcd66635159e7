"""Which capabilities a tie is about: a table beside the log, since a tie may be about several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.errors import InvalidValue


@dataclass(frozen=True, slots=True, eq=False)
class Subjects:
    """Compressed rows: tie r is about `code[bound[r]:bound[r + 1]]`. `bound` has one entry more than there are ties."""

    bound: NDArray[np.int64]
    code: NDArray[np.int32]

    def of(self, row: int) -> tuple[int, ...]:
        """The codes of one tie."""
        return tuple(self.code[self.bound[row] : self.bound[row + 1]].tolist())

    def touching(self, wanted: ArrayLike) -> NDArray[np.bool_]:
        """A mask over the ties: about at least one of the wanted codes. O(subjects).

        >>> subjects([[0, 2], [], [1]], 3).touching([2, 1]).tolist()
        [True, False, True]
        """
        hits = np.concatenate(([0], np.cumsum(np.isin(self.code, wanted))))
        return np.asarray(hits[self.bound[1:]] > hits[self.bound[:-1]])

    def taken(self, order: NDArray[np.intp]) -> Self:
        """The rows in this order. O(rows + subjects)."""
        many = np.diff(self.bound)[order]
        bound = _bounds(many)
        place = np.repeat(self.bound[order] - bound[:-1], many) + np.arange(bound[-1])
        return type(self)(bound, _frozen(self.code[place]))

    def where(self, chosen: NDArray[np.bool_]) -> Self:
        """Only the chosen rows."""
        return self.taken(np.flatnonzero(chosen))


def subjects(about: Sequence[Sequence[int]] | None, ties: int) -> Subjects:
    """The table of as many ties, none about anything where `about` is None.

    Raises: InvalidValue for another length.
    """
    if about is None:
        return Subjects(_bounds(np.zeros(ties, np.int64)), _frozen(np.empty(0, np.int32)))
    if len(about) != ties:
        raise InvalidValue("about", len(about), f"is how many it has; give the subjects of each of the {ties} ties")
    many = np.fromiter(map(len, about), np.int64, ties)
    return Subjects(_bounds(many), _frozen(np.fromiter((code for some in about for code in some), np.int32)))


def _bounds(many: NDArray[np.int64]) -> NDArray[np.int64]:
    bound = np.zeros(len(many) + 1, np.int64)
    np.cumsum(many, out=bound[1:])
    bound.setflags(write=False)
    return bound


def _frozen(code: NDArray[np.int32]) -> NDArray[np.int32]:
    code.setflags(write=False)
    return code
