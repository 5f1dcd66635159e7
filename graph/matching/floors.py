"""The highest floor when several people add up to what an opening is served with, by integer programming.

HiGHS, as it comes with scipy, decides whole plans above a given floor. A bound on all floors is tried first, because
it is nearly always reached; else bisection. Asking for the floor as a variable of the integer programme is far slower.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, hstack, vstack

from graph.errors import Unavailable
from graph.matching.assignment import best_total, fullest
from graph.matching.columns import Flags, Fractions, Indexes, Integers
from graph.matching.markets import Choice

SECONDS = 30.0
"""How long one question to the integer solver may take."""

_UNSETTLED = (
    f"The fair plan was not settled in {SECONDS:g} seconds; plan fewer openings at once, or for the best total."
)
_STEPS = 10**6  # the integer solver cannot tell floors apart that are closer than this part of the largest points
_LARGEST = 10_000.0  # the size of the largest points in the integer solver's numbers


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What a fair plan must keep beside seats and loads: openings served, and pairs made at least."""

    served: int
    pairs: int


def above_floor(choice: Choice, terms: Terms) -> Integers:
    """The arcs (k,) of the plan with the most points among those with the highest floor.

    The floor is exact for points up to a million, and else to a millionth of the largest points. Raises Unavailable
    when one question takes longer than `SECONDS`. Exponential in the worst case.
    """
    programme = _Programme(choice, terms)
    easy = fullest(choice) if terms.pairs else best_total(choice)
    reached = programme.floor(easy)
    high = programme.top_bound()
    if reached < high and programme.all_served:
        high = min(high, programme.relaxed_bound())
    # The best plan of all is also the best of those with its own floor, if that is the highest there is.
    made = easy if reached >= high else programme.best_above(high)
    if made is None:
        made = programme.best_above(_highest(programme, high))
    if made is None:
        raise Unavailable("The integer solver contradicts itself on this plan; round the points and plan again.")
    return made


def _highest(programme: "_Programme", high: int) -> int:
    """The highest floor that some plan has, given one that none has. O(log range) questions."""
    low = programme.some_floor(None)
    if low is None:
        raise Unavailable("The integer solver found no plan at all; round the points and plan again.")
    while high - low > programme.step:
        middle = (low + high) // 2
        found = programme.some_floor(middle)
        low, high = (low, middle) if found is None else (max(middle, found), high)
    return low


class _Programme:
    """A variable an arc (made or not), then one an opening (served or not); openings with a free seat count."""

    def __init__(self, choice: Choice, terms: Terms) -> None:
        largest = max(int(np.abs(choice.points).max()), 1)
        self._unit = _LARGEST / largest
        self._gains = (choice.points * self._unit).astype(np.float64)
        self.choice = choice
        self.step = max(largest // _STEPS, 1)
        self._counted: Flags = choice.seats > 0
        self._sums = _incidence(choice.opening, self._gains, len(choice.seats))
        self._limits = _limits(choice, terms)
        self.all_served = terms.served == int(self._counted.sum())
        self._served = terms.served

    def top_bound(self) -> int:
        """The least that some opening gets when each has its own best people; no floor exceeds it."""
        order = np.lexsort((-self.choice.points, self.choice.opening))
        opening = self.choice.opening[order]
        place = np.arange(len(order)) - np.searchsorted(opening, opening)
        tops = self.choice.granted.copy()
        first = place < self.choice.seats[opening]
        np.add.at(tops, opening[first], np.maximum(self.choice.points[order][first], 0))
        return int(np.sort(tops[self._counted])[-self._served])

    def best_above(self, floor: int) -> Integers | None:
        """The arcs of the plan with the most points at this floor, None when no plan has it."""
        # A pair of no points is still better than none, but all such together count less than one point.
        pair = min(self._unit, 1.0) / (len(self.choice.arcs) + 1)
        return self._ask(floor, self._gains + pair)

    def some_floor(self, floor: int | None) -> int | None:
        """The floor of any plan at or above this one, None when there is none."""
        made = self._ask(floor, np.zeros(len(self.choice.arcs)))
        return None if made is None else int(self.floor(made))

    def floor(self, made: Integers) -> float:
        """The points of the worst served opening; minus infinity when fewer are served than can be."""
        points, people = self.choice.granted.copy(), self.choice.given.copy()
        np.add.at(points, self.choice.opening[made], self.choice.points[made])
        np.add.at(people, self.choice.opening[made], 1)
        served = self._counted & (people > 0)
        return float("-inf") if served.sum() < self._served else int(points[served].min())

    def relaxed_bound(self) -> int:
        """The highest floor of plans that may split a person, every counted opening being served."""
        rows = self._sums[self._counted]
        people = _incidence(self.choice.person, np.ones(len(self.choice.arcs)), len(self.choice.loads))
        openings = _incidence(self.choice.opening, np.ones(len(self.choice.arcs)), len(self.choice.seats))
        floor = csr_array(np.vstack([np.zeros((people.shape[0] + openings.shape[0], 1)), np.ones((rows.shape[0], 1))]))
        granted = self.choice.granted[self._counted] * self._unit
        found = linprog(
            np.append(np.zeros(len(self.choice.arcs)), -1.0),
            A_ub=hstack([vstack([people, openings, -rows]), floor], format="csr"),
            b_ub=np.concatenate([self.choice.loads, self.choice.seats, granted]),
            bounds=[(0, 1)] * len(self.choice.arcs) + [(None, None)],
        )
        if found.x is None:
            raise Unavailable(_UNSETTLED)
        return int(np.floor(found.x[-1] / self._unit + 1e-4))

    def _ask(self, floor: int | None, gains: Fractions) -> Integers | None:
        arcs, openings = len(self.choice.arcs), len(self.choice.seats)
        least = np.where(self._counted & (self.choice.given > 0), 1.0, 0.0)
        found = milp(
            np.concatenate([-gains, np.zeros(openings)]),
            integrality=np.ones(arcs + openings, np.int64),
            bounds=Bounds(np.append(np.zeros(arcs), least), np.append(np.ones(arcs), self._counted.astype(float))),
            constraints=[*self._limits, *self._floors(floor)],
            options={"mip_rel_gap": 0.0, "time_limit": SECONDS},
        )
        if found.status not in (0, 2):
            raise Unavailable(_UNSETTLED)
        return None if found.x is None else np.flatnonzero(found.x[:arcs] > 0.5)

    def _floors(self, floor: int | None) -> list[LinearConstraint]:
        """Points by opening at or above the floor wherever an opening is served."""
        if floor is None:
            return []
        # Half a step below: sums are whole, and the solver's tolerance must not shut out a plan on the edge.
        height = (floor - self.step / 2) * self._unit
        served = _diagonal(np.full(len(self.choice.seats), -height))
        low = np.where(self._counted, -self.choice.granted * self._unit, -np.inf)
        return [LinearConstraint(hstack([self._sums, served], format="csr"), low, np.inf)]


def _limits(choice: Choice, terms: Terms) -> list[LinearConstraint]:
    """Loads, seats where served and only there, openings served, and pairs made."""
    arcs, openings = len(choice.arcs), len(choice.seats)
    made, served = np.ones(arcs), np.ones(openings)
    people = _incidence(choice.person, made, len(choice.loads))
    seated = _incidence(choice.opening, made, openings)
    nothing = csr_array((len(choice.loads), openings))
    totals = csr_array(np.vstack([np.append(0 * made, served), np.append(made, 0 * served)]))
    return [
        LinearConstraint(hstack([people, nothing], format="csr"), -np.inf, choice.loads),
        LinearConstraint(hstack([seated, _diagonal(-choice.seats)], format="csr"), -np.inf, 0),
        LinearConstraint(hstack([seated, _diagonal(-served)], format="csr"), -np.minimum(choice.given, 1), np.inf),
        LinearConstraint(totals, [terms.served, terms.pairs], [terms.served, np.inf]),
    ]


def _incidence(rows: Indexes, entries: Fractions, count: int) -> csr_array:
    """One entry an arc, in the row of its person or opening; shape (count, b)."""
    return csr_array((entries, (rows, np.arange(len(rows)))), (count, len(rows)))


def _diagonal(entries: Fractions | Integers | Indexes) -> csr_array:
    places = np.arange(len(entries))
    return csr_array((entries.astype(np.float64), (places, places)), (len(entries), len(entries)))
