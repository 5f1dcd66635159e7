"""How much each contact is: of which engagement, for how many people, paid by whom and with how much."""

from collections.abc import Mapping
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
    whole record costs, NaN where not known, in the currency of that code. `alone` says that every contact is a record
    by itself of which nothing more is known, as in a plain file of ties.
    """

    engagement: NDArray[np.int32]
    fraction: NDArray[np.float64]
    share: NDArray[np.float64]
    outside: NDArray[np.float64]
    amount: NDArray[np.float64]
    currency: NDArray[np.int8]
    alone: bool = False

    def taken(self, order: NDArray[np.intp]) -> Self:
        """The rows in this order. O(rows)."""
        if self.alone:
            return type(self)(**_columns(len(order), {"engagement": self.engagement[order]}), alone=True)
        columns: dict[str, Any] = {name: _frozen(getattr(self, name)[order]) for name in _TYPES}
        return type(self)(**columns)

    def numbered(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """For each row the place of the first of these rows that is of the same record. O(rows + records)."""
        code = self.engagement[rows]
        first = np.zeros(int(code.max(initial=-1)) + 1, np.intp)
        first[code[::-1]] = np.arange(len(rows))[::-1]
        return first[code]

    def sizes(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """For each row how many of these rows are of its record. O(rows + records)."""
        code = self.engagement[rows]
        return np.bincount(code)[code] if len(code) else np.empty(0, np.intp)

    def records(self, rows: NDArray[np.intp]) -> int:
        """How many records the rows are of. O(rows + records)."""
        return int(np.count_nonzero(np.bincount(self.engagement[rows])))

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
    return Quantities(**_columns(contacts, given), alone=not given)


def _columns(contacts: int, given: Mapping[str, ArrayLike]) -> dict[str, Any]:
    """The columns by name, checked and frozen; those not given take no memory, whatever their length."""
    plain: dict[str, Any] = {
        "fraction": np.broadcast_to(1.0, contacts),
        "currency": np.broadcast_to(np.int8(NONE), contacts),
    }
    if "engagement" not in given:
        plain["engagement"] = np.arange(contacts, dtype=np.int32)
    unknown = np.broadcast_to(np.nan, contacts)
    columns = {}
    for name, kind in _TYPES.items():
        column = np.asarray(given.get(name, plain.get(name, unknown)), kind)
        if column.shape != (contacts,):
            raise InvalidValue(name, column.shape, f"is the shape of this column; give one for each of the {contacts}")
        columns[name] = _frozen(column)
    return columns


def _frozen(column: NDArray[Any]) -> NDArray[Any]:
    if column.flags.writeable:
        column.setflags(write=False)
    return column
