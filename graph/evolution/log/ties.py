"""The tie log: every transfer of know-how as one row of columns, sorted by the day it began.

Days are whole days since 1970-01-01. A tie holds on the half-open interval [start, end): on its first day
and on every later day before `end`. Overlapping and parallel ties of one pair stay separate rows, so the end
of one never ends the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from graph.errors import InvalidValue
from graph.evolution.log.quantities import Quantities, quantities
from graph.evolution.log.subjects import Subjects, subjects

OPEN = int(np.iinfo(np.int32).max)
"""The end of a tie that has no known end."""

Int32s = NDArray[np.int32]
Column = TypeVar("Column", bound=NDArray[Any])


@dataclass(frozen=True, slots=True, eq=False)
class TieColumns:
    """The columns of a log as the caller has them: any sequences of one length, in any order.

    `source` and `target` are positions in the list of actors, `start` and `end` days. Left out, `channel` is 0,
    `mutual` and `planned` False, `weight` 1.0, `funder` -1 (none), `recorded` a day before all others, `retracted`
    OPEN, `about` nothing, `quantities` an engagement a row and `origin` the position of the row in these columns.
    `channel`, `funder` and the entries of `about` are positions in the lists of `TieNames`.
    """

    source: ArrayLike
    target: ArrayLike
    start: ArrayLike
    end: ArrayLike
    channel: ArrayLike | None = None
    mutual: ArrayLike | None = None
    weight: ArrayLike | None = None
    funder: ArrayLike | None = None
    recorded: ArrayLike | None = None
    retracted: ArrayLike | None = None
    planned: ArrayLike | None = None
    about: Sequence[Sequence[int]] | None = None
    origin: ArrayLike | None = None
    quantities: Quantities | None = None


@dataclass(frozen=True, slots=True)
class TieNames:
    """What the codes of a log stand for: channels, funders, capabilities and currencies, each by its position."""

    channels: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class TieLog:
    """Interval ties between actors, immutable; build one with `tie_log`. 43 bytes a tie, 33 more where
    quantities are known, and 4 a subject.

    All columns have one entry a tie and are sorted by start, then end, source and target, so that two logs of
    the same ties are equal whatever order the ties came in. A mutual tie (a joint project) carries both ways.
    `funder` is -1 where there is none. `recorded` and `retracted` are the second clock: the days on which the tie
    became known and ceased to be stated, OPEN while it is. `planned` says that it has not begun. `about` says which
    capabilities a tie is about, several or none. `origin` is the row's place in the columns the log was built from, the
    way back to the record behind it. `quantities` say how much of an engagement a tie is.
    """

    actors: tuple[str, ...]
    source: Int32s
    target: Int32s
    start: Int32s
    end: Int32s
    channel: NDArray[np.int8]
    mutual: NDArray[np.bool_]
    weight: NDArray[np.float32]
    funder: Int32s
    recorded: Int32s
    retracted: Int32s
    planned: NDArray[np.bool_]
    origin: Int32s
    about: Subjects
    quantities: Quantities
    names: TieNames = TieNames()

    def __len__(self) -> int:
        """How many ties there are."""
        return len(self.source)

    def where(self, chosen: NDArray[np.bool_]) -> Self:
        """The same actors with only the chosen ties: a mask over the rows, for filters and what-if. O(ties)."""
        kept = {name: _frozen(getattr(self, name)[chosen]) for name in _TYPES}
        about, quantities_ = self.about.where(chosen), self.quantities.where(chosen)
        return type(self)(self.actors, **kept, about=about, quantities=quantities_, names=self.names)

    def beginning(self, start: Int32s) -> Self:
        """The same ties with other first days, none after the end of its tie. O(ties log ties)."""
        order = np.lexsort((self.target, self.source, self.end, start))
        columns = {name: getattr(self, name) for name in _TYPES} | {"start": start}
        kept: dict[str, Any] = {name: _frozen(column[order]) for name, column in columns.items()}
        about, quantities_ = self.about.taken(order), self.quantities.taken(order)
        return type(self)(self.actors, **kept, about=about, quantities=quantities_, names=self.names)

    def arcs(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], Int32s, Int32s]:
        """The given rows as one-way arcs: (row, giver, receiver), a mutual row twice, in the order of the rows."""
        each_way = np.repeat(rows, 1 + self.mutual[rows].astype(np.intp))
        giver, receiver = self.source[each_way], self.target[each_way]
        back = np.flatnonzero(each_way[1:] == each_way[:-1]) + 1
        giver[back], receiver[back] = receiver[back], giver[back]
        return each_way, giver, receiver


_TYPES: dict[str, DTypeLike] = {
    "source": np.int32,
    "target": np.int32,
    "start": np.int32,
    "end": np.int32,
    "channel": np.int8,
    "mutual": np.bool_,
    "weight": np.float32,
    "funder": np.int32,
    "recorded": np.int32,
    "retracted": np.int32,
    "planned": np.bool_,
    "origin": np.int32,
}
_DEFAULTS = {
    "channel": 0,
    "mutual": False,
    "weight": 1.0,
    "funder": -1,
    "recorded": -OPEN,
    "retracted": OPEN,
    "planned": False,
}


def tie_log(actors: Sequence[str], ties: TieColumns, names: TieNames = TieNames()) -> TieLog:
    """Check, sort and freeze ties between `actors`.

    Arguments: `actors`, ids; `ties`, columns (m,), days since 1970 with the end exclusive; `names`, of channels,
    funders and capabilities.
    Returns: the log: read-only columns (m,) sorted by start.
    Raises: InvalidValue for columns of unequal length, an actor named twice, an end of a tie that is no actor, a tie
    that does not end after it starts, a weight that is no finite number of at least zero, or a number too large for its
    column.
    Complexity: O(m log m).

    >>> log = tie_log(["ana", "ben"], TieColumns(source=[0], target=[1], start=[17_000], end=[OPEN]))
    >>> len(log), int(log.start[0]), log.mutual.tolist()
    (1, 17000, [False])
    """
    ids = tuple(actors)
    if len(set(ids)) != len(ids):
        twice = next(id_ for id_ in ids if ids.count(id_) > 1)
        raise InvalidValue("actors", twice, "is listed twice; give every actor one id of its own")
    columns = _columns(ties)
    _check_ends(columns, len(ids))
    _check_values(columns)
    order = _order(columns)
    laid: dict[str, Any] = {name: _frozen(column[order]) for name, column in columns.items()}
    amounts = ties.quantities or quantities(len(order))
    if len(amounts.engagement) != len(order):
        raise InvalidValue("quantities", len(amounts.engagement), f"is how many there are for {len(order)} ties")
    return TieLog(
        ids,
        **laid,
        about=subjects(ties.about, len(order)).taken(order),
        quantities=amounts.taken(order),
        names=names,
    )


def _order(columns: dict[str, NDArray[Any]]) -> NDArray[np.intp]:
    """The rows by start, end, source and target: one sort by both days, and one of the few rows that share them."""
    days, ends = (_joined(columns[high], columns[low]) for high, low in (("start", "end"), ("source", "target")))
    order = np.argsort(days, kind="stable")
    sorted_days = days[order]
    same = sorted_days[1:] == sorted_days[:-1]
    alike = np.flatnonzero(np.append(same, False) | np.insert(same, 0, False))
    order[alike] = order[alike][np.lexsort((ends[order[alike]], sorted_days[alike]))]
    return order


def _joined(high: NDArray[np.int32], low: NDArray[np.int32]) -> NDArray[np.int64]:
    """One number that stands in the order of both."""
    return (high.astype(np.int64) << 32) + low


def _columns(ties: TieColumns) -> dict[str, NDArray[Any]]:
    size = len(np.atleast_1d(np.asarray(ties.source)))
    absent = {name: np.full(size, value) for name, value in _DEFAULTS.items()} | {"origin": np.arange(size)}
    columns = {}
    for name, kind in _TYPES.items():
        given = getattr(ties, name)
        columns[name] = _column(name, absent[name] if given is None else given, size, np.dtype(kind))
    return columns


def _column(name: str, given: ArrayLike, size: int, kind: np.dtype[Any]) -> NDArray[Any]:
    column = np.asarray(given)
    if column.shape != (size,):
        why = f"is the shape of this column; give one entry for each of the {size} ties"
        raise InvalidValue(name, column.shape, why)
    if size and kind.kind in "iu" and not _fits(column, kind):
        raise InvalidValue(name, column.dtype, f"does not fit; give whole numbers that fit {kind.name}")
    # A weight too large for its column becomes infinite, and that is refused below.
    with np.errstate(over="ignore"):
        return column.astype(kind)


def _fits(column: NDArray[Any], kind: np.dtype[Any]) -> bool:
    if column.dtype.kind not in "iu":
        return False
    limits = np.iinfo(kind.name)
    return bool(limits.min <= int(column.min()) and int(column.max()) <= limits.max)


def _check_ends(columns: dict[str, NDArray[Any]], actors: int) -> None:
    for name in ("source", "target"):
        column = columns[name].astype(np.int64)
        outside = np.flatnonzero((column < 0) | (column >= actors))
        if outside.size:
            row = int(outside[0])
            raise InvalidValue(name, column[row], f"in tie {row} is not one of the {actors} actors, counted from 0")


def _check_values(columns: dict[str, NDArray[Any]]) -> None:
    start, end = columns["start"].astype(np.int64), columns["end"].astype(np.int64)
    backward = np.flatnonzero(start >= end)
    if backward.size:
        row = int(backward[0])
        raise InvalidValue("end", end[row], f"in tie {row} is not after its start {start[row]}; a day is the least")
    weight = columns["weight"].astype(np.float64)
    wrong = np.flatnonzero(~(np.isfinite(weight) & (weight >= 0)))
    if wrong.size:
        row = int(wrong[0])
        raise InvalidValue("weight", weight[row], f"in tie {row} is not a finite number of at least zero")


def _frozen(column: Column) -> Column:
    column.setflags(write=False)
    return column
