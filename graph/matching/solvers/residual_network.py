"""The network of all changes to a plan, searched for the cheapest one.

A change is a chain. Somebody who takes on one opening too many gives one up; the seat that becomes free is filled by
somebody else, who gives one up, and so on, until a seat stays empty or a person has room left: the chain has reached
the outside of the plan. Read the other way round it is the same with people and openings exchanged, so there is one
search; an argument says which side gives up and which side takes.

Prices make no step shorter than 0 (Tomizawa 1971; Edmonds and Karp 1972), so that Dijkstra's search from where a plan
changes meets few others. All lengths are whole points.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from math import inf
from typing import Self, TypeAlias

import numpy as np

from graph.matching.columns import Flags, Indexes, Integers
from graph.matching.problem.assignment_problem import ReducedProblem
from graph.matching.solvers.duals import Prices

PEOPLE, OPENINGS = 0, 1
OUTSIDE = -1
NO_ARC = -1

Node: TypeAlias = int
"""Twice the row of the side that gives up, one more than twice the row of the side that takes, or OUTSIDE."""


def giver(row: int) -> Node:
    """The node of an owner on the side that gives up, with one pair too many."""
    return 2 * row


def taker(row: int) -> Node:
    """The node of an owner on the side that takes, with one pair too few."""
    return 2 * row + 1


@dataclass(frozen=True, slots=True, eq=False)
class ArcSide:
    """People or openings: whose each arc is (b,), how many each takes, and arcs by owner, cut at `starts`."""

    owner: Indexes
    quota: Indexes
    order: Integers
    starts: Integers

    def arcs(self, row: int) -> Integers:
        """All arcs of one owner."""
        return self.order[self.starts[row] : self.starts[row + 1]]


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One step of a chain: the arc given up or taken, NO_ARC where it leaves the plan, and where it leads."""

    node: Node
    arc: int


@dataclass(frozen=True, slots=True, eq=False)
class ChainSearch:
    """What was met within `length` of the start, and the chain from there to the end that was looked for."""

    start: Node
    length: int
    met: dict[Node, int]
    chain: tuple[ChainStep, ...]

    @property
    def arcs(self) -> list[int]:
        """The arcs given up and taken along the chain."""
        return _arcs(self.chain)


class FlowState:
    """A plan under change: the arcs made and the prices, both replaced as it goes along.

    Invariant of all methods: the prices fit, apart from free seats and free loads that still have one.
    """

    def __init__(self, choice: ReducedProblem, made: Flags, prices: Prices) -> None:
        self.choice = choice
        self.made = made.copy()
        self.prices = (prices.people.copy(), prices.openings.copy())
        self.sides = _side(choice.person, choice.loads), _side(choice.opening, choice.seats)

    def copy(self, prices: Prices | None = None) -> Self:
        """Another plan to change, at other prices where given; arcs by owner are shared. O(b) in bytes."""
        other = object.__new__(type(self))
        other.choice, other.sides, other.made = self.choice, self.sides, self.made.copy()
        people, openings = (prices.people, prices.openings) if prices else self.prices
        other.prices = people.copy(), openings.copy()
        return other

    def without(self, person: int) -> Self:
        """The same plan after somebody has left it, their seats being free."""
        other = self.copy()
        people = self.sides[PEOPLE]
        loads = people.quota.copy()
        loads[person] = 0
        other.sides = replace(people, quota=loads), self.sides[OPENINGS]
        other.made[people.arcs(person)] = False
        return other

    def held(self, side: int, row: int) -> Integers:
        """The arcs made of one owner."""
        arcs = self.sides[side].arcs(row)
        return arcs[self.made[arcs]]

    def free(self, side: int, row: int) -> int:
        """How many more this owner could have."""
        return int(self.sides[side].quota[row]) - len(self.held(side, row))

    def free_loads(self) -> Integers:
        """How many more each person could have, (n,)."""
        people = self.sides[PEOPLE]
        free: Integers = people.quota - np.bincount(people.owner[self.arcs], minlength=len(people.quota))
        return free

    @property
    def total(self) -> int:
        """Points of all arcs made."""
        return int(self.choice.points[self.made].sum())

    @property
    def arcs(self) -> Integers:
        """The arcs made."""
        return np.flatnonzero(self.made)

    def over(self, arcs: Integers) -> Integers:
        """Points above both prices."""
        choice, (people, openings) = self.choice, self.prices
        over: Integers = choice.points[arcs] - people[choice.person[arcs]] - openings[choice.opening[arcs]]
        return over

    def apply(self, chain: tuple[ChainStep, ...]) -> None:
        """Give up what is made and take what is not, along a chain."""
        arcs = _arcs(chain)
        self.made[arcs] = ~self.made[arcs]


def search(flow: FlowState, giving: int, start: Node, goal: Node = OUTSIDE, barred: int = NO_ARC) -> ChainSearch:
    """The cheapest chain from the start to the goal or to the outside, whichever is nearer; ties to fewer steps.

    Its length is in reduced points: add the price of a taker it starts from with a minus, of a giver with a plus, to
    have it in points. `barred` is an arc that it may not use. Dijkstra (1959) with a heap, O(b log b) and in practice
    a few arcs: nothing farther away than the nearest way out is looked at.

    Arguments: `flow`; `giving`, the side that gives up; `start` and `goal`, nodes; `barred`, an arc or `NO_ARC`.
    Returns: the search, from which the chain is read.
    """
    front = _Front(flow, giving, start, barred)
    while (node := front.settle()) not in (OUTSIDE, goal):
        way_out = front.way_out(node)
        if way_out is not None:
            front.reach(OUTSIDE, node, NO_ARC, way_out)
        nearest = front.best.get(OUTSIDE)
        front.go_on(node, None if nearest is None else nearest[0])
    return front.found(node)


def between(flow: FlowState, person: int, opening: int, below: int) -> tuple[ChainSearch, ChainSearch] | None:
    """The cheapest way from somebody with one too many to an opening with one too many, inside the plan all along.

    In two halves, one from each end, for `joined`; None when both together are not shorter than `below`. Each search
    goes half of the way only (Pohl 1971).
    """
    fronts = _Front(flow, PEOPLE, giver(person)), _Front(flow, OPENINGS, giver(opening))
    meeting = None
    while sum(front.nearest() for front in fronts) < below:
        ahead = 0 if len(fronts[0].waiting) <= len(fronts[1].waiting) else 1
        one, other = fronts[ahead], fronts[1 - ahead]
        for node in one.go_on(one.settle(), below):
            there = other.best.get(_other_way(node))
            if there is not None and one.best[node][0] + there[0] < below:
                below = one.best[node][0] + there[0]
                meeting = _other_way(node) if ahead else node
    return None if meeting is None else (fronts[0].found(meeting), fronts[1].found(_other_way(meeting)))


def joined(out: ChainSearch, back: ChainSearch) -> list[int]:
    """The arcs from a person over where two searches meet to an opening, without what would be a loop.

    A loop between equals has no length, and may give up twice what is there once.
    """
    behind = {_other_way(node): place for place, node in enumerate((back.start, *(step.node for step in back.chain)))}
    ahead = [out.start, *(step.node for step in out.chain)]
    meeting = next(place for place, node in enumerate(ahead) if node in behind)
    return _arcs(out.chain[:meeting]) + _arcs(back.chain[: behind[ahead[meeting]]])


def settle(flow: FlowState, rows: Iterable[int], side: int = OPENINGS) -> list[int]:
    """Fill free seats of these openings (or free loads of these people) as well as possible, one chain each.

    `rows` names an owner once for each free place it has a price for; the plan being optimal but for these, it is
    optimal again afterwards (successive shortest paths; Jewell 1958, Iri 1960, Busacker and Gowen 1961). Gives back
    how much each chain brought. A search for each row.

    Arguments: `flow`, changed in place; `rows`, indexes of owners; `side`, OPENINGS or PEOPLE.
    Returns: points that each chain brought.
    """
    return [_settle_one(flow, row, side) for row in rows]


def _settle_one(flow: FlowState, row: int, side: int) -> int:
    giving = 1 - side
    found = search(flow, giving, taker(row))
    gain = int(flow.prices[side][row]) - found.length
    flow.apply(found.chain)
    # Whoever was nearer than the end comes as near to the outside as the end is.
    for node, length in found.met.items():
        if node == OUTSIDE or length >= found.length:
            continue
        owner, takes = divmod(node, 2)
        flow.prices[side if takes else giving][owner] += (length - found.length) * (1 if takes else -1)
    return gain


class _Front:
    """How far a search has come: the best length and number of steps to each node, and those that are settled."""

    def __init__(self, flow: FlowState, giving: int, start: Node, barred: int = NO_ARC) -> None:
        self._flow, self._giving, self._start, self._barred = flow, giving, start, barred
        self._came: dict[Node, tuple[Node, int]] = {}
        self.best: dict[Node, tuple[int, int]] = {start: (0, 0)}
        self.met: dict[Node, int] = {}
        self.waiting = [(0, 0, start)]

    def nearest(self) -> float:
        """The length to the next node to be settled, infinite when there is none."""
        while self.waiting and self.waiting[0][2] in self.met:
            heappop(self.waiting)
        return self.waiting[0][0] if self.waiting else inf

    def settle(self) -> Node:
        """The next node, nearer than all to come."""
        self.nearest()
        length, _, node = heappop(self.waiting)
        self.met[node] = length
        return node

    def way_out(self, node: Node) -> int | None:
        """How far it is from here straight out of the plan: a taker may stay without, a giver may have room."""
        row, takes = divmod(node, 2)
        side = self._side(node)
        price = int(self._flow.prices[side][row])
        return price if takes or (not price and self._flow.free(side, row) > 0) else None

    def reach(self, node: Node, source: Node, arc: int, more: int) -> bool:
        """Come to a node over an arc, and say whether that is the best way so far."""
        length, steps = self.best[source]
        reached = (length + more, steps + 1)
        if node in self.best and self.best[node] <= reached:
            return False
        self.best[node], self._came[node] = reached, (source, arc)
        heappush(self.waiting, (*reached, node))
        return True

    def go_on(self, node: Node, below: int | None) -> list[Node]:
        """Come to all neighbours inside the plan that are nearer than that; those it is the best way to."""
        flow, (row, takes) = self._flow, divmod(node, 2)
        side = self._side(node)
        arcs = flow.sides[side].arcs(row)
        arcs = arcs[(flow.made[arcs] != bool(takes)) & (arcs != self._barred)]
        lengths = flow.over(arcs) * (-1 if takes else 1)
        other = flow.sides[1 - side]
        able = other.quota[other.owner[arcs]] > 0
        if below is not None:
            able &= lengths < below - self.met[node]
        arcs, lengths = arcs[able], lengths[able]
        nodes = (2 * other.owner[arcs] + (0 if takes else 1)).tolist()
        ways = zip(nodes, arcs.tolist(), lengths.tolist(), strict=True)
        return [there for there, arc, length in ways if self.reach(there, node, arc, length)]

    def found(self, node: Node) -> ChainSearch:
        """The best way to a node that was reached."""
        steps, end = [], node
        while node != self._start:
            source, arc = self._came[node]
            steps.append(ChainStep(node, arc))
            node = source
        return ChainSearch(self._start, self.best[end][0], self.met, tuple(reversed(steps)))

    def _side(self, node: Node) -> int:
        return 1 - self._giving if node % 2 else self._giving


def _arcs(chain: tuple[ChainStep, ...]) -> list[int]:
    return [step.arc for step in chain if step.arc != NO_ARC]


def _other_way(node: Node) -> Node:
    """The same person or opening in a search from the other side."""
    return node if node == OUTSIDE else node ^ 1


def _side(owner: Indexes, quota: Indexes) -> ArcSide:
    order = np.argsort(owner, kind="stable")
    return ArcSide(owner, quota, order, np.searchsorted(owner[order], np.arange(len(quota) + 1)))
