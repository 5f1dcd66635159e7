"""The best plan that ends at most so many of the confirmed pairs.

With one seat free in a plan that was optimal, that is one chain of bounded length. In general it is the assignment
with one more limit, which an integer solver decides; the prices of the best plan of all shut out nearly every arc
before (reduced cost fixing; Crowder, Johnson and Padberg 1983).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import Conflict, Unavailable
from graph.matching.columns import Flags, Indexes, Integers
from graph.matching.solvers.residual_network import OPENINGS, PEOPLE, FlowState

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SECONDS = 30.0
"""How long one question to the integer solver may take."""

_INFEASIBLE = 2


@dataclass(frozen=True, slots=True, eq=False)
class MoveLimit:
    """Which arcs are confirmed (b,), how many of them may end, and what a filled seat counts beside its points."""

    confirmed: Flags
    most: int
    seat: int


@dataclass(frozen=True, slots=True)
class _Chain:
    """A chain so far: points gained, with a seat free again; how it got there, newest first."""

    gain: int
    changes: tuple[int, ...]


def too_few(most: int) -> Conflict:
    """The error where no plan keeps the limit."""
    why = f"No plan ends at most {most} of the confirmed pairs"
    return Conflict(f"{why}; let more of them end, or give back the seats and loads they need.")


def short_chain(flow: FlowState, opening: int, most: int) -> tuple[int, ...]:
    """The arcs to be changed so that a free seat is filled as well as can be, at most `most` people being moved.

    Exact when the plan was optimal before the seat became free. Level by level (Bellman 1958): at each the best chain
    to every opening, as long as prices leave hope that it beats the best end; O(most x b), in practice a few
    arcs. The flow stays as it is.

    Arguments: `flow`, the plan with its prices; `opening`, an index; `most`, people.
    Returns: indexes of arcs whose state changes, newest first; none where nothing is gained.
    """
    free_loads = flow.free_loads()
    level = {opening: _Chain(0, ())}
    highest = {opening: 0}
    best = _Chain(0, ())
    for moved in range(most + 1):
        for row, chain in level.items():
            best = max(best, chain, _filled(flow, row, chain, free_loads), key=lambda one: one.gain)
        beyond = _beyond(flow, level, best.gain) if moved < most else {}
        # An opening met again with no more points would be a loop.
        level = {row: chain for row, chain in beyond.items() if chain.gain > highest.get(row, chain.gain - 1)}
        highest |= {row: chain.gain for row, chain in level.items()}
    return best.changes


def best_within_limit(flow: FlowState, limit: MoveLimit, reached: Flags | None) -> tuple[Flags, bool]:
    """The arcs (b,) of the best plan under a limit, and whether it is proven.

    `flow` is the best plan without the limit, `reached` the arcs of some plan under it. Exact for points up to millions
    when the solver ends within `SECONDS`, else the best it found; exponential in the worst case, in practice close to a
    linear program of the few arcs that are left.

    Arguments: `flow`; `limit`, what is confirmed (b,) and how many may end; `reached` (b,) or None.
    Returns: the arcs made (b,), and whether they are proved to be the best.
    Raises: Conflict when no plan keeps the limit, and Unavailable when none was found in time.
    """
    points = flow.choice.points
    spare = np.inf if reached is None else float(flow.total - int(points[reached].sum()))
    if reached is not None and not spare:
        return reached, True
    over = flow.over(np.arange(len(points)))
    sure = flow.made & (over > spare)
    program = _IntegerProgram(flow, limit, sure, np.flatnonzero(_able(flow) & (np.abs(over) <= spare)))
    if not limit.seat:
        return program.best(points, 0)
    # Two questions instead of one with a seat worth more than all points, which floats would not tell apart.
    fullest, proven = program.best(np.ones(len(points), np.int64), 0)
    made, best = program.best(points - limit.seat, int(fullest.sum()))
    return made, proven and best


class _IntegerProgram:
    """A variable for each arc that is open; those that are sure have taken their seats and loads already."""

    def __init__(self, flow: FlowState, limit: MoveLimit, sure: Flags, open_: Integers) -> None:
        from scipy.sparse import csr_array, vstack

        self._sure, self._open, self._most = sure, open_, limit.most
        choice = flow.choice
        owners = (choice.person, choice.opening)
        rows = [_incidence(owner[open_], len(side.quota)) for owner, side in zip(owners, flow.sides, strict=True)]
        self._rooms = np.concatenate(
            [
                side.quota - np.bincount(owner[sure], minlength=len(side.quota))
                for owner, side in zip(owners, flow.sides, strict=True)
            ]
        )
        self._kept = limit.confirmed[open_].astype(np.float64)
        self._least = int(limit.confirmed.sum()) - limit.most - int((limit.confirmed & sure).sum())
        self._rows = vstack([*rows, csr_array(np.vstack([self._kept, np.ones(len(open_))]))], format="csr")

    def best(self, gains: Integers, pairs: int) -> tuple[Flags, bool]:
        """The plan with the highest gains (b,) of those with so many pairs, and whether that is proven."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # a third of a second that few repairs need

        low = np.concatenate([np.full(len(self._rooms), -np.inf), [self._least, pairs - self._sure.sum()]])
        # Of equal plans the one that ends fewer; all such terms together count less than one point.
        favour = self._kept / (2 * len(self._open) + 2)
        found = milp(
            -(gains[self._open] + favour),
            integrality=np.ones(len(self._open), np.int64),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(self._rows, low, np.concatenate([self._rooms, [np.inf, np.inf]])),
            options={"mip_rel_gap": 0.0, "time_limit": SECONDS},
        )
        if found.status == _INFEASIBLE:
            raise too_few(self._most)
        if found.x is None:
            raise Unavailable(f"No repair was found in {SECONDS:g} seconds; let more pairs end, or plan anew.")
        made = self._sure.copy()
        made[self._open[found.x > 0.5]] = True
        return made, found.status == 0


def _able(flow: FlowState) -> Flags:
    """Arcs whose two ends may have anything at all."""
    people, openings = (side.quota > 0 for side in flow.sides)
    able: Flags = people[flow.choice.person] & openings[flow.choice.opening]
    return able


def _filled(flow: FlowState, opening: int, chain: _Chain, free_loads: Integers) -> _Chain:
    """The chain, ended by the best person with capacity left."""
    arcs = _open_arcs(flow, opening)
    able = [arc for arc in arcs[free_loads[flow.choice.person[arcs]] > 0].tolist() if arc not in chain.changes]
    if not able:
        return chain
    arc = max(able, key=lambda one: (int(flow.choice.points[one]), -one))
    return _Chain(chain.gain + int(flow.choice.points[arc]), (arc, *chain.changes))


def _beyond(flow: FlowState, level: dict[int, _Chain], reached: int) -> dict[int, _Chain]:
    """The best chain to every opening that somebody leaves for one of this level, if it can still beat `reached`."""
    choice, beyond = flow.choice, dict[int, _Chain]()
    for opening, chain in level.items():
        arcs = _open_arcs(flow, opening)
        # The price of a person is the least they are worth where they are, less what their seat brings again.
        hope = chain.gain + choice.points[arcs] - flow.prices[PEOPLE][choice.person[arcs]]
        for arc in arcs[hope > reached].tolist():
            for left in flow.held(PEOPLE, int(choice.person[arc])).tolist():
                row, gain = int(choice.opening[left]), chain.gain + int(choice.points[arc] - choice.points[left])
                fresh = arc not in chain.changes and left not in chain.changes
                if fresh and (row not in beyond or gain > beyond[row].gain):
                    beyond[row] = _Chain(gain, (left, arc, *chain.changes))
    return beyond


def _open_arcs(flow: FlowState, opening: int) -> Integers:
    arcs = flow.sides[OPENINGS].arcs(opening)
    return arcs[~flow.made[arcs] & (flow.sides[PEOPLE].quota[flow.choice.person[arcs]] > 0)]


def _incidence(owner: Indexes, count: int) -> "csr_array":
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(owner)), (owner, np.arange(len(owner)))), (count, len(owner)))
