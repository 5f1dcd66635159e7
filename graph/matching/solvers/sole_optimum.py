"""Whether a best full assignment of a table is the only one, so that no tie is left to end.

Prices of the columns prove an assignment best (Kuhn 1955): no cell costs less than its row and its column allow. Any
other best assignment is reached along cells that cost exactly that, and back to where it began, so that it lies in one
strongly connected part of them.
"""

import numpy as np

from graph.matching.columns import Flags, Fractions, Integers

_PASSES = 40  # over the table, after which the prices are given up: a table with chains as long has ties, as a rule


def is_sole_optimum(costs: Fractions, made: tuple[Integers, Integers], counted: Flags) -> bool:
    """Whether every other full assignment costs more, those aside that only exchange cells that do not count.

    Arguments: `costs` (n, m), whole numbers of which n + m together stay below 2**53; `made`, rows (k,) and columns
    (k,) of a cheapest full assignment, k = min(n, m), rows ascending; `counted` (n, m), the cells that are pairs.
    Returns: True where it is proved, False where it is not or where that would take too long.
    Complexity: O(nm) a pass over the table, in practice 5 to 10.
    Reference: Kuhn, The Hungarian method for the assignment problem, 1955; Schrijver, Combinatorial Optimization,
    2003, chapter 17.

    >>> costs, counted = np.array([[1.0, 2.0], [2.0, 1.0]]), np.ones((2, 2), np.bool_)
    >>> made = np.array([0, 1]), np.array([0, 1])
    >>> is_sole_optimum(costs, made, counted), is_sole_optimum(np.ones((2, 2)), made, counted)
    (True, False)
    """
    rows, columns = costs.shape
    if rows > columns:
        order = np.argsort(made[1])
        return is_sole_optimum(costs.T, (made[1][order], made[0][order]), counted.T)
    held = made[1]
    prices = _column_prices(costs, held)
    return prices is not None and not _has_cycle(costs - prices, held, prices, counted)


def _column_prices(costs: Fractions, held: Integers) -> Fractions | None:
    """Prices (m,) of 0 or less, 0 for a column nobody holds, by which no row finds a column cheaper than its own.

    Shortest distances by rounds (Bellman 1958; Ford 1956), each over the rows whose own column has become cheaper.
    """
    rows, columns = costs.shape
    own = costs[np.arange(rows), held]
    holder = _holders(held, columns)
    prices, asking, left = np.zeros(columns), np.arange(rows), _PASSES * rows
    while len(asking) and left > 0:
        left -= len(asking)
        offered = (costs[asking] + (prices[held[asking]] - own[asking])[:, np.newaxis]).min(axis=0)
        fallen = np.flatnonzero(offered < prices)
        prices[fallen] = offered[fallen]
        asking = holder[fallen]
        asking = asking[asking < rows]
    return None if len(asking) else prices


def _has_cycle(over: Fractions, held: Integers, prices: Fractions, counted: Flags) -> bool:
    """Whether pairs can be exchanged in a ring at no cost; a column that nobody holds is the outside of the plan."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    rows, columns = over.shape
    own = over[np.arange(rows), held]
    row, column = np.nonzero(over <= own[:, np.newaxis])
    other = column != held[row]
    row, column = row[other], column[other]
    holder = _holders(held, columns)[column]
    leaving = np.flatnonzero(prices[held] == 0) if columns > rows else np.empty(0, np.int64)
    tails, heads = np.concatenate([row, np.full(len(leaving), rows)]), np.concatenate([holder, leaving])
    steps = csr_array((np.ones(len(tails), np.int8), (tails, heads)), (rows + 1, rows + 1))
    part = connected_components(steps, connection="strong")[1]
    changes = counted[row, column] | counted[row, held[row]]
    return bool((changes & (part[row] == part[holder])).any())


def _holders(held: Integers, columns: int) -> Integers:
    """The row of each column (m,), and the number of rows where there is none."""
    holder = np.full(columns, len(held))
    holder[held] = np.arange(len(held))
    return holder
