"""The arcs of a problem by person and opening, without sorting them where most cells of the table are there."""

import numpy as np

from graph.matching.columns import Flags, Indexes, Integers, is_table

_CELLS_AN_ARC = 8  # up to which one pass over all cells is faster than sorting the arcs


def arc_order(rows: tuple[Indexes, Indexes], orders: tuple[Indexes, Indexes]) -> tuple[Integers | slice, Integers]:
    """The places of the arcs at these rows (a,) by person and opening in these orders, and their cells, ascending.

    Arguments: `rows`, people and openings of the arcs, both (a,); `orders`, the rows of people (n,) and openings (m,)
    from the first to the last.
    Returns: places of arcs (a,), a slice where they stand in this order, and cells (a,) counted row by row.
    Complexity: O(a) where most cells of the table of people by openings are there, else O(a log a).

    >>> rows, orders = (np.array([0, 0, 1]), np.array([0, 1, 1])), (np.array([1, 0]), np.array([0, 1]))
    >>> places, cells = arc_order(rows, orders)
    >>> places.tolist(), cells.tolist()
    ([2, 0, 1], [1, 2, 3])
    """
    return _table_order(orders) if is_table(rows, (len(orders[0]), len(orders[1]))) else _cell_order(rows, orders)


def _table_order(orders: tuple[Indexes, Indexes]) -> tuple[Integers | slice, Integers]:
    """As `_cell_order`, for all cells of a table, row by row."""
    keys = np.arange(len(orders[0]) * len(orders[1]))
    if all((order == np.arange(len(order))).all() for order in orders):
        return slice(None), keys
    return (orders[0].astype(np.int64)[:, np.newaxis] * len(orders[1]) + orders[1]).ravel(), keys


def _cell_order(rows: tuple[Indexes, Indexes], orders: tuple[Indexes, Indexes]) -> tuple[Integers | slice, Integers]:
    """The places of the arcs by person and opening in the canonical orders, and their cells: ascending keys."""
    person, opening = (places_of(order)[row] for order, row in zip(orders, rows, strict=True))
    keys = person * len(orders[1]) + opening
    order = _sorted(keys, len(orders[0]) * len(orders[1]))
    return order, keys[order]


def ends_at(keys: Integers, shape: tuple[int, int]) -> tuple[Indexes, Indexes]:
    """The people and openings of cells of a table.

    Arguments: `keys` (a,), different cells counted row by row, ascending; `shape`, the numbers of people and openings.
    Returns: indexes (a,) of people and of openings.
    Complexity: O(a), without a division where every cell is there.

    >>> ends_at(np.array([1, 2]), (2, 2))
    (array([0, 1], dtype=int32), array([1, 0], dtype=int32))
    """
    if len(keys) == shape[0] * shape[1]:
        people, openings = (np.arange(count, dtype=np.int32) for count in shape)
        return np.repeat(people, shape[1]), np.tile(openings, shape[0])
    person = keys // shape[1]
    return person.astype(np.int32), (keys - person * shape[1]).astype(np.int32)


def places_of(order: Indexes) -> Integers:
    """Where each row has come to stand."""
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places


def _sorted(keys: Integers, cells: int) -> Integers | slice:
    """The places of the arcs from the smallest to the largest key, out of so many possible keys."""
    if (keys[1:] > keys[:-1]).all():
        return slice(None)
    if cells <= _CELLS_AN_ARC * len(keys):
        place = np.full(cells, -1)
        place[keys] = np.arange(len(keys))
        order = place[place >= 0]
        if len(order) == len(keys):  # else a pair is stated twice
            return order
    return np.argsort(keys, kind="stable")


def among(some: Integers, keys: Integers) -> Flags:
    """Which of the keys, in ascending order, are among these few. O(few log a)."""
    found = np.zeros(len(keys), np.bool_)
    places = np.searchsorted(keys, some)
    places = places[places < len(keys)]
    found[places[np.isin(keys[places], some)]] = True
    return found
