"""How much each contact is: of which engagement, for how many people, paid by whom and with how much."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.errors import InvalidValue

NONE = -1
"""The code of a currency that is not known."""


@dataclass(frozen=True, slots=True, eq=False)
class Quantities:
    """Columns beside a log, one entry a contact.

    `engagement` numbers the record behind it: contacts of one record share a number. `fraction` is its fractional
    count each way. `share` is people x part of full time, NaN where that or its days are not known. `outside` is the
    part of its receivers for whom the funder is from outside, 0 to 1, NaN where that is not known. `amount` is what the
    whole record costs, NaN where not known, in the currency of that code.
    """

    engagement: NDArray[np.int32]
    fraction: NDArray[np.float64]
    share: NDArray[np.float64]
    outside: NDArray[np.float64]
    amount: NDArray[np.float64]
    currency: NDArray[np.int8]

    def taken(self, order: NDArray[np.intp]) -> Self:
        """The rows in this order. O(rows)."""
        return type(self)(*(_frozen(getattr(self, name)[order]) for name in _TYPES))

    def where(self, chosen: NDArray[np.bool_]) -> Self:
        """Only the chosen rows."""
        return self.taken(np.flatnonzero(chosen))


_TYPES = {
    "engagement": np.int32,
    "fraction": np.float64,
    "share": np.float64,
    "outside": np.float64,
    "amount": np.float64,
    "currency": np.int8,
}


def quantities(contacts: int, **given: ArrayLike) -> Quantities:
    """The columns of so many contacts; what is not given is a record for each contact that says nothing more.

    Arguments: `contacts`, how many; `given`, columns (contacts,) by their names.
    Raises: InvalidValue for a column of another length.
    Complexity: O(contacts).

    >>> quantities(2, engagement=[0, 0], fraction=[0.5, 0.5]).share.tolist()
    [nan, nan]
    """
    plain: dict[str, Any] = {
        "engagement": np.arange(contacts, dtype=np.int32),
        "fraction": np.broadcast_to(1.0, contacts),
        "currency": np.broadcast_to(np.int8(NONE), contacts),
    }
    unknown = np.broadcast_to(np.nan, contacts)
    columns = {name: np.asarray(given.get(name, plain.get(name, unknown)), kind) for name, kind in _TYPES.items()}
    for name, column in columns.items():
        if column.shape != (contacts,):
            raise InvalidValue(name, column.shape, f"is the shape of this column; give one for each of the {contacts}")
    return Quantities(*(_frozen(column) for column in columns.values()))


def _frozen(column: NDArray[Any]) -> NDArray[Any]:
    column.setflags(write=False)
    return column
