"""The two exact optima over all plans: most points, and most seats filled with the most points among those.

Small dense markets with single seats go to the shortest augmenting paths of `scipy.optimize.linear_sum_assignment`
(Crouse 2016), everything else to the cost-scaling flow of OR-tools (Goldberg and Tarjan 1990), seats and loads being
capacities. Both work on whole numbers only and give the same plan: among equal points the hashes of the ids decide
(`tiebreaks`), and what these leave equal is settled by the canonical order of the market.
"""

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.optimize import linear_sum_assignment

from graph.errors import InvalidValue
from graph.matching.columns import Indexes, Integers
from graph.matching.markets import Choice
from graph.matching.tiebreaks import lifted

_CELLS = 25_000_000
_DENSE = 4  # scipy is the faster one from about a quarter of all cells on
_FLOATS = 2**53  # scipy counts in floats, which hold whole numbers up to here


def best_total(choice: Choice) -> Integers:
    """The arcs (k,) of the plan with the most points of all plans of any size.

    A pair of negative points is never made; a seat is left empty only where nobody eligible is free or each would
    bring negative points. O(n^3) worst case for dense markets, O(a sqrt(a) log) in practice for sparse ones.
    """
    if _is_dense(choice):
        gains = _float_gains(choice)
        if gains is not None:
            # A refused or unprofitable pair counts nothing, so every plan is a full assignment with blanks.
            return _assigned(choice, np.maximum(gains, 0))
    solver, demand = _network(choice, _gains(choice))
    seated = np.arange(len(choice.seats), dtype=np.int32)
    _add_arcs(solver, seated, np.full_like(seated, demand), choice.seats, np.zeros(len(seated), np.int64))
    return _flow(solver, solver.solve(), len(choice.arcs))


def fullest(choice: Choice) -> Integers:
    """The arcs (k,) of the plan with the most points among the plans that fill the most seats. As `best_total`."""
    if len(choice.arcs) == len(choice.seats) * len(choice.loads) and _is_dense(choice):
        gains = _float_gains(choice)
        if gains is not None:
            return _assigned(choice, gains)
    solver, _ = _network(choice, _gains(choice))
    return _flow(solver, solver.solve_max_flow_with_min_cost(), len(choice.arcs))


def _is_dense(choice: Choice) -> bool:
    cells = len(choice.seats) * len(choice.loads)
    single = choice.seats.max(initial=0) <= 1 and choice.loads.max(initial=0) <= 1
    return bool(single and cells <= _CELLS and cells <= _DENSE * len(choice.arcs))


def _float_gains(choice: Choice) -> Integers | None:
    return lifted(choice.points, choice.ties, choice.pairs, _FLOATS // (len(choice.seats) + len(choice.loads)))


def _gains(choice: Choice) -> Integers:
    gains = lifted(choice.points, choice.ties, choice.pairs, choice.room)
    if gains is None:
        most = int(np.abs(choice.points).max())
        raise InvalidValue("points", most, "is too large to be counted exactly here; use smaller numbers")
    return gains


def _assigned(choice: Choice, gains: Integers) -> Integers:
    table = np.zeros((len(choice.loads), len(choice.seats)))
    table[choice.person, choice.opening] = gains
    partner = np.full(len(choice.loads), -1)
    people, openings = linear_sum_assignment(table, maximize=True)
    partner[people] = openings
    made = (partner[choice.person] == choice.opening) & (table[choice.person, choice.opening] != 0)
    return np.flatnonzero(made)


def _network(choice: Choice, gains: Integers) -> tuple[SimpleMinCostFlow, int]:
    """Openings supply their seats, people pass on what they can carry, one node takes it all in."""
    seats, loads = len(choice.seats), len(choice.loads)
    sink = seats + loads
    solver = SimpleMinCostFlow()
    _add_arcs(solver, choice.opening, choice.person + seats, np.ones(len(gains), np.int64), -gains)
    people = np.arange(seats, sink, dtype=np.int32)
    _add_arcs(solver, people, np.full_like(people, sink), choice.loads, np.zeros(loads, np.int64))
    supplies = choice.seats.astype(np.int64)
    solver.set_nodes_supplies(np.arange(seats, dtype=np.int32), supplies)
    solver.set_node_supply(sink, -int(supplies.sum()))
    return solver, sink


def _add_arcs(solver: SimpleMinCostFlow, tails: Indexes, heads: Indexes, capacity: Indexes, cost: Integers) -> None:
    solver.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), capacity.astype(np.int64), cost
    )


def _flow(solver: SimpleMinCostFlow, status: SimpleMinCostFlow.Status, arcs: int) -> Integers:
    if status != SimpleMinCostFlow.OPTIMAL:
        raise InvalidValue("points", status.name, "is how the flow solver ended; use smaller numbers")
    made: Integers = np.flatnonzero(solver.flows(np.arange(arcs, dtype=np.int32)))
    return made
