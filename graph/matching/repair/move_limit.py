"""The best plan that ends at most so many of the confirmed pairs.

With one seat free in a plan that was optimal, that is one chain of bounded length. In general it is the assignment
with one more limit, which an integer solver decides; the prices of the best plan of all shut out nearly every arc
before (reduced cost fixing; Crowder, Johnson and Padberg 1983).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from graph.errors import Conflict, Unavailable
from graph.matching.columns import Flags, Indexes, Integers
from graph.matching.solvers.residual_network import OPENINGS, PEOPLE, FlowState

SECONDS = 30.0
"""How long one question to the integer solver may take."""

_INFEASIBLE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Cap:
    """Which arcs are confirmed (b,), how many of them may end, and what a filled seat counts beside its points."""

    confirmed: Flags
    most: int
    seat: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A chain so far: points gained, with a seat free again; how it got there, newest first."""

    gain: int
    changes: tuple[int, ...]


def too_few(most: int) -> Conflict:
    """What to raise where no plan keeps the cap."""
    why = f"No plan ends at most {most} of the confirmed pairs"
    return Conflict(f"{why}; let more of them end, or give back the seats and loads they need.")


def short_chain(flow: FlowState, opening: int, most: int) -> tuple[int, ...]:
    """The arcs to be changed so that a free seat is filled as well as can be, at most `most` people being moved.

    Exact when the plan was optimal before the seat became free. Level by level (Bellman 1958): at each the best chain
    to every opening, as long as prices leave hope that it beats the best end; O(most x b), in practice a few
    arcs. The flow stays as it is.
    """
    hands = flow.hands()
    level = {opening: _Place(0, ())}
    highest = {opening: 0}
    best = _Place(0, ())
    for moved in range(most + 1):
        for row, place in level.items():
            best = max(best, place, _filled(flow, row, place, hands), key=lambda one: one.gain)
        beyond = _beyond(flow, level, best.gain) if moved < most else {}
        # An opening met again with no more points would be a loop.
        level = {row: place for row, place in beyond.items() if place.gain > highest.get(row, place.gain - 1)}
        highest |= {row: place.gain for row, place in level.items()}
    return best.changes


def capped(flow: FlowState, cap: Cap, reached: Flags | None) -> tuple[Flags, bool]:
    """The arcs (b,) of the best plan under a cap, and whether it is proven.

    `flow` is the best plan without the cap, `reached` the arcs of some plan under it. Exact for points up to millions
    when the solver ends within `SECONDS`, else the best it found; exponential in the worst case, in practice close to
    a linear programme of the few arcs that are left. Raises Conflict when no plan keeps the cap, and Unavailable when
    none was found in time.
    """
    points = flow.choice.points
    spare = np.inf if reached is None else float(flow.total - int(points[reached].sum()))
    if reached is not None and not spare:
        return reached, True
    over = flow.over(np.arange(len(points)))
    sure = flow.made & (over > spare)
    programme = _Programme(flow, cap, sure, np.flatnonzero(_able(flow) & (np.abs(over) <= spare)))
    if not cap.seat:
        return programme.best(points, 0)
    # Two questions instead of one with a seat worth more than all points, which floats would not tell apart.
    fullest, proven = programme.best(np.ones(len(points), np.int64), 0)
    made, best = programme.best(points - cap.seat, int(fullest.sum()))
    return made, proven and best


class _Programme:
    """A variable for each arc that is open; those that are sure have taken their seats and loads already."""

    def __init__(self, flow: FlowState, cap: Cap, sure: Flags, open_: Integers) -> None:
        self._sure, self._open, self._most = sure, open_, cap.most
        choice = flow.choice
        owners = (choice.person, choice.opening)
        rows = [_incidence(owner[open_], len(side.quota)) for owner, side in zip(owners, flow.sides, strict=True)]
        self._rooms = np.concatenate(
            [
                side.quota - np.bincount(owner[sure], minlength=len(side.quota))
                for owner, side in zip(owners, flow.sides, strict=True)
            ]
        )
        self._kept = cap.confirmed[open_].astype(np.float64)
        self._least = int(cap.confirmed.sum()) - cap.most - int((cap.confirmed & sure).sum())
        self._rows = vstack([*rows, csr_array(np.vstack([self._kept, np.ones(len(open_))]))], format="csr")

    def best(self, gains: Integers, pairs: int) -> tuple[Flags, bool]:
        """The plan with the highest gains (b,) of those with so many pairs, and whether that is proven."""
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


def _filled(flow: FlowState, opening: int, place: _Place, hands: Integers) -> _Place:
    """The chain ended by the best person with a free hand."""
    arcs = _open_arcs(flow, opening)
    able = [arc for arc in arcs[hands[flow.choice.person[arcs]] > 0].tolist() if arc not in place.changes]
    if not able:
        return place
    arc = max(able, key=lambda one: (int(flow.choice.points[one]), -one))
    return _Place(place.gain + int(flow.choice.points[arc]), (arc, *place.changes))


def _beyond(flow: FlowState, level: dict[int, _Place], reached: int) -> dict[int, _Place]:
    """The best chain to every opening that somebody leaves for one of this level, if it can still beat `reached`."""
    choice, beyond = flow.choice, dict[int, _Place]()
    for opening, place in level.items():
        arcs = _open_arcs(flow, opening)
        # The price of a person is the least they are worth where they are, less what their seat brings again.
        hope = place.gain + choice.points[arcs] - flow.prices[PEOPLE][choice.person[arcs]]
        for arc in arcs[hope > reached].tolist():
            for left in flow.held(PEOPLE, int(choice.person[arc])).tolist():
                row, gain = int(choice.opening[left]), place.gain + int(choice.points[arc] - choice.points[left])
                fresh = arc not in place.changes and left not in place.changes
                if fresh and (row not in beyond or gain > beyond[row].gain):
                    beyond[row] = _Place(gain, (left, arc, *place.changes))
    return beyond


def _open_arcs(flow: FlowState, opening: int) -> Integers:
    arcs = flow.sides[OPENINGS].arcs(opening)
    return arcs[~flow.made[arcs] & (flow.sides[PEOPLE].quota[flow.choice.person[arcs]] > 0)]


def _incidence(owner: Indexes, count: int) -> csr_array:
    return csr_array((np.ones(len(owner)), (owner, np.arange(len(owner)))), (count, len(owner)))
