"""The two exact optima over all plans: most points, and most seats filled with the most points among those.

Small dense problems with single seats go to the shortest augmenting paths of `scipy.optimize.linear_sum_assignment`
(Crouse 2016), everything else to the cost-scaling flow of OR-tools (Goldberg and Tarjan 1990), seats and loads being
capacities and quotas of groups a layer of their own (`layers`). Both work on whole numbers only and give the same
plan: among equal points the hashes of the ids decide (`tiebreaks`), and what these leave equal is settled by the
canonical order of the problem.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from graph.errors import InvalidValue
from graph.matching.columns import Flags, Fractions, Indexes, Integers
from graph.matching.problem.assignment_problem import ReducedProblem
from graph.matching.problem.tiebreaks import lifted
from graph.matching.solvers.region_flow import entries, most_pairs, sources
from graph.matching.solvers.sole_optimum import is_sole_optimum

if TYPE_CHECKING:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

_Solve: TypeAlias = Callable[["SimpleMinCostFlow", ReducedProblem], "SimpleMinCostFlow.Status"]

_CELLS = 25_000_000
_DENSE = 4  # scipy is the faster one from about a quarter of all cells on
_LESS = 2**8
_FLOATS = 2**53  # scipy counts in floats, which hold whole numbers up to here


def best_total(choice: ReducedProblem) -> Integers:
    """The plan with the most points of all plans of any size.

    A pair of negative points is never made; a seat is left empty only where nobody eligible is free or each would
    bring negative points.

    Arguments: `choice`, what is left to decide: b arcs with whole points.
    Returns: indexes of the arcs made (k,), ascending.
    Raises: InvalidValue for points that cannot be counted exactly.
    Complexity: O(n^3) worst case for dense problems, O(b sqrt(b) log) in practice for sparse ones.
    Reference: Crouse, On implementing 2D rectangular assignment algorithms, 2016; Goldberg and Tarjan, Finding
    minimum-cost circulations by successive approximation, 1990.
    """
    # A refused or unprofitable pair counts nothing, so every plan is a full assignment with blanks.
    made = _dense(choice, least=0) if _is_dense(choice) else None
    return _flow(choice, _solve_with_blanks) if made is None else made


def fullest(choice: ReducedProblem) -> Integers:
    """The plan with the most points among the plans that fill the most seats.

    Arguments: `choice`, what is left to decide: b arcs with whole points.
    Returns: indexes of the arcs made (k,), ascending.
    Raises: InvalidValue for points that cannot be counted exactly.
    Complexity: that of `best_total`.
    Reference: that of `best_total`.
    """
    full = len(choice.arcs) == len(choice.seats) * len(choice.loads) and _is_dense(choice)
    made = _dense(choice, least=None) if full else None
    return _flow(choice, _solve_fullest) if made is None else made


def gains_of(choice: ReducedProblem) -> Integers:
    """What `best_total` makes the most of: points and, among equals, the hashes of the ids.

    Arguments: `choice`, what is left to decide: b arcs with whole points.
    Returns: whole numbers (b,).
    Raises: InvalidValue for points that leave no room for the least of hashes.
    Complexity: O(b).
    """
    gains = _float_gains(choice) if _is_dense(choice) else None
    if gains is None:
        gains = lifted(choice.points, choice.ties, choice.pairs, choice.room)
    if gains is None:
        raise _too_large(choice)
    return gains


def flowed(choice: ReducedProblem, gains: Integers) -> Integers | None:
    """The plan of any size that gains most.

    Arguments: `choice`, what is left to decide; `gains` (b,), whole numbers of its arcs.
    Returns: indexes of the arcs made (k,), ascending; None where the prices of the flow leave 64 bits.
    Complexity: O(b sqrt(b) log) in practice.
    Reference: that of `best_total`.
    """
    return _solved(choice, gains, _solve_with_blanks)


def _is_dense(choice: ReducedProblem) -> bool:
    cells = len(choice.seats) * len(choice.loads)
    single = choice.seats.max(initial=0) <= 1 and choice.loads.max(initial=0) <= 1 and choice.regions is None
    return bool(single and cells <= _CELLS and cells <= _DENSE * len(choice.arcs))


def _dense(choice: ReducedProblem, least: int | None) -> Integers | None:
    """The arcs of the best full assignment of a table, a pair below `least` being a blank; None where ties are open.

    Where points and hashes together are too large for floats, points alone are not, as a rule: then the plan with
    the most points is the plan, if there is no other.
    """
    gains = _float_gains(choice)
    if gains is not None:
        return _assigned(_table(choice, gains, least))[0]
    if int(np.abs(choice.points).max()) > _most_float(choice):
        return None
    table = _table(choice, choice.points, least)
    made, costs, ends = _assigned(table)
    return made if is_sole_optimum(costs, ends, table.counted) else None


def _float_gains(choice: ReducedProblem) -> Integers | None:
    return lifted(choice.points, choice.ties, choice.pairs, _most_float(choice))


def _most_float(choice: ReducedProblem) -> int:
    return _FLOATS // max(len(choice.seats) + len(choice.loads), 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Costs of people by openings (n, m), which cells are pairs, and the cell of each arc where not all have one."""

    costs: Fractions
    counted: Flags
    cells: Integers | None


def _table(choice: ReducedProblem, gains: Integers, least: int | None) -> _Table:
    """Minus gains as costs, a cell without an arc or below `least` costing nothing and being no pair."""
    shape = len(choice.loads), len(choice.seats)
    costs, counted = -gains.astype(np.float64), np.ones(len(gains), np.bool_)
    if least is not None:
        counted = gains >= least
        np.minimum(costs, 0, out=costs)
    if len(gains) == shape[0] * shape[1]:
        return _Table(costs.reshape(shape), counted.reshape(shape), None)
    cells = choice.person.astype(np.int64) * shape[1] + choice.opening
    table, pairs = np.zeros(shape), np.zeros(shape, np.bool_)
    table.ravel()[cells], pairs.ravel()[cells] = costs, counted
    return _Table(table, pairs, cells)


def _assigned(table: _Table) -> tuple[Integers, Fractions, tuple[Integers, Integers]]:
    """The arcs (k,) of the cheapest full assignment, reduced costs, and the rows and columns of that assignment."""
    from scipy.optimize import linear_sum_assignment  # a third of a second that plans by a flow need not wait for

    costs = table.costs
    if costs.shape[0] == costs.shape[1]:
        # Every column is used, so the least of it changes no plan, and without it the search is shorter.
        costs -= costs.min(axis=0, initial=np.inf)
    people, openings = linear_sum_assignment(costs)
    pairs = table.counted[people, openings]
    made: Integers = people[pairs] * costs.shape[1] + openings[pairs]
    # Arcs go by person and opening, and so do cells.
    return (made if table.cells is None else np.searchsorted(table.cells, made)), costs, (people, openings)


def _flow(choice: ReducedProblem, solve: _Solve) -> Integers:
    room = choice.room
    while (gains := lifted(choice.points, choice.ties, choice.pairs, room)) is not None:
        made = _solved(choice, gains, solve)
        if made is not None:
            return made
        room //= _LESS  # smaller last terms leave the prices more room
    raise _too_large(choice)


def _solved(choice: ReducedProblem, gains: Integers, solve: _Solve) -> Integers | None:
    """The arcs that a flow uses; None where its prices left 64 bits, which it notices."""
    solver = _network(choice, gains)
    if solve(solver, choice) != solver.OPTIMAL:
        return None
    return np.flatnonzero(solver.flows(np.arange(len(gains), dtype=np.int32)))


def _too_large(choice: ReducedProblem) -> InvalidValue:
    most = int(np.abs(choice.points).max())
    return InvalidValue("points", most, "is too large to be counted exactly here; use smaller numbers")


def _network(choice: ReducedProblem, gains: Integers) -> "SimpleMinCostFlow":
    """Openings or their regions supply seats, people pass on what they can carry, the last node takes it all in."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    seats, sink = len(choice.seats), len(choice.seats) + len(choice.loads)
    solver = SimpleMinCostFlow()
    _add_arcs(solver, (choice.opening, choice.person + seats), np.ones(len(gains), np.int64), -gains)
    _add_free_arcs(solver, np.arange(seats, sink), choice.loads, sink)
    tails, heads, capacity = entries(choice, choice.seats, sink + 1)
    _add_arcs(solver, (tails, heads), capacity, np.zeros(len(tails), np.int64))
    supply = sources(choice, sink + 1)
    solver.set_nodes_supplies(supply.node.astype(np.int32), supply.most)
    solver.set_node_supply(sink, -int(supply.most.sum()))
    return solver


def _solve_with_blanks(solver: "SimpleMinCostFlow", choice: ReducedProblem) -> "SimpleMinCostFlow.Status":
    """A seat may stay empty at no gain, unless a region needs it: its unit goes straight to the last node."""
    sink = len(choice.seats) + len(choice.loads)
    supply = sources(choice, sink + 1)
    _add_free_arcs(solver, supply.node, supply.most - supply.least, sink)
    return solver.solve()


def _solve_fullest(solver: "SimpleMinCostFlow", choice: ReducedProblem) -> "SimpleMinCostFlow.Status":
    if choice.regions is None or not choice.regions.least.any():
        return solver.solve_max_flow_with_min_cost()
    # All blanks pass one arc, which has room for no more than must stay empty in any plan.
    sink = len(choice.seats) + len(choice.loads)
    supply, pool = sources(choice, sink + 1), sink + 1 + len(choice.regions.names)
    _add_free_arcs(solver, supply.node, supply.most - supply.least, pool)
    empty = int(supply.most.sum()) - most_pairs(choice, choice.seats)
    _add_free_arcs(solver, np.array([pool]), np.array([empty]), sink)
    return solver.solve()


def _add_free_arcs(solver: "SimpleMinCostFlow", tails: Integers, capacity: Indexes | Integers, head: int) -> None:
    _add_arcs(solver, (tails, np.full(len(tails), head)), capacity, np.zeros(len(tails), np.int64))


def _add_arcs(
    solver: "SimpleMinCostFlow",
    ends: tuple[Indexes | Integers, Indexes | Integers],
    capacity: Indexes | Integers,
    cost: Integers,
) -> None:
    tails, heads = (end.astype(np.int32) for end in ends)
    solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacity.astype(np.int64), cost)
