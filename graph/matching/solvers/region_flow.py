"""Where the seats of a plan come from when regions have quotas: a layer of the network in front of the openings.

While each opening is in one group, quotas are capacities of a flow and everything stays polynomial. The least quota of
a group is a supply that has to leave it, and there is no way out but through its openings and the people.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.matching.columns import Indexes, Integers
from graph.matching.problem.assignment_problem import ReducedProblem


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """The nodes (s,) that supply seats: openings outside all groups, then groups as nodes from `first` on.

    `most` (s,) is what each supplies and `least` (s,) what of it has to be used.
    """

    node: Integers
    least: Integers
    most: Integers


def sources(choice: ReducedProblem, first: int) -> Sources:
    """Where the free seats of a choice come from."""
    regions = choice.regions
    if regions is None:
        return Sources(np.arange(len(choice.seats)), 0 * choice.seats.astype(np.int64), choice.seats.astype(np.int64))
    loose = np.flatnonzero(regions.region < 0)
    most = np.minimum(regions.most, regions.filled(choice.seats))
    return Sources(
        np.concatenate([loose, np.arange(first, first + len(regions.names))]),
        np.concatenate([0 * loose, regions.least]).astype(np.int64),
        np.concatenate([choice.seats[loose], most]).astype(np.int64),
    )


def entries(choice: ReducedProblem, seats: Indexes, first: int) -> tuple[Integers, Integers, Integers]:
    """The arcs from groups, nodes from `first` on, to their openings: tails, heads and capacities, all (e,)."""
    if choice.regions is None:
        return (np.empty(0, np.int64),) * 3
    inside = np.flatnonzero(choice.regions.region >= 0)
    return choice.regions.region[inside].astype(np.int64) + first, inside, seats[inside].astype(np.int64)


def most_pairs(choice: ReducedProblem, seats: Indexes) -> int:
    """The most pairs that can be made at once, each opening taking at most `seats` (m,). One maximum flow.

    Arguments: `choice`, what is left to decide; `seats` (m,).
    Returns: a number of pairs.
    Complexity: one maximum flow.
    """
    supply = sources(choice, len(seats) + len(choice.loads))
    bare = np.where(supply.node < len(seats), seats[np.minimum(supply.node, len(seats) - 1)], supply.most)
    return _through(choice, seats, (supply.node, bare))


def are_possible(choice: ReducedProblem, least: Indexes) -> bool:
    """Whether groups can fill at least so many seats (r,) all at once. One maximum flow.

    Arguments: `choice`, what is left to decide; `least` (r,), seats by group.
    Returns: whether they can.
    Complexity: one maximum flow.
    """
    first = len(choice.seats) + len(choice.loads)
    groups = np.arange(first, first + len(least))
    return _through(choice, choice.seats, (groups, least)) == int(least.sum(dtype=np.int64))


def _through(choice: ReducedProblem, seats: Indexes, supply: tuple[Integers, Integers | Indexes]) -> int:
    """The largest flow from these sources through openings, with so many seats, and people."""
    from ortools.graph.python.max_flow import SimpleMaxFlow  # a tenth of a second that few plans need

    count, loads = len(seats), len(choice.loads)
    first = count + loads
    sink = first + (len(choice.regions.names) if choice.regions else 0)
    inner = entries(choice, seats, first)
    tails: list[NDArray[Any]] = [choice.opening, np.full(len(supply[0]), sink + 1), inner[0], np.arange(count, first)]
    heads: list[NDArray[Any]] = [choice.person + count, supply[0], inner[1], np.full(loads, sink)]
    capacity: list[NDArray[Any]] = [np.ones(len(choice.arcs)), supply[1], inner[2], choice.loads]
    solver = SimpleMaxFlow()
    solver.add_arcs_with_capacity(
        np.concatenate(tails).astype(np.int32),
        np.concatenate(heads).astype(np.int32),
        np.concatenate(capacity).astype(np.int64),
    )
    solver.solve(sink + 1, sink)
    return int(solver.optimal_flow())
