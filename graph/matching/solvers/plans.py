"""Plans: one optimum over all openings under a chosen objective, with what it is worth to each of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from math import fsum
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue
from graph.matching.columns import Flags, Indexes, Integers
from graph.matching.problem.assignment_problem import AssignmentProblem, ReducedProblem
from graph.matching.solvers import integer_programs, team_coverage
from graph.matching.solvers.assignment import best_total, fullest
from graph.matching.solvers.fairness import fair, fair_and_full, gini
from graph.matching.solvers.integer_programs import Outcome, check_minimums
from graph.matching.solvers.stability import blocking, expert_stable, host_stable


class Objective(Enum):
    """What a plan is to be best at."""

    BEST = "best"
    FEWEST_UNSERVED = "fewest-unserved"
    FAIR = "fair"
    HOST_STABLE = "host-stable"
    EXPERT_STABLE = "expert-stable"


class Aim(Enum):
    """Whether points are good or are costs."""

    MOST = "most"
    LEAST = "least"


@dataclass(frozen=True, slots=True)
class Pair:
    """A person in a seat of an opening, by their rows in the input, with the points as given.

    `marginal` is what the plan would lose without the pair: the points, and what nobody else of the team closes.
    """

    person: int
    opening: int
    points: float
    locked: bool
    marginal: float


@dataclass(frozen=True, slots=True)
class Solution:
    """Pairs in the order of person and opening, and what they come to.

    `total` is whole when all points are. `unserved` are the openings that offer a seat and have nobody.
    `worst` is the points of the worst served opening among the served, None when none is; for costs the highest.
    `gini` is how unequally points fall on the openings that somebody eligible could fill, the unserved counting 0.
    `blocking` is the number of pairs outside the plan whose both ends would rather have each other, locks and all
    limits but seats and loads aside.

    The bounds say what no plan can do better, and equal what this one does where it is proved to be the optimum:
    `total_bound` is the total of plans that are as good in what goes before the total, None for stable plans;
    `floor_bound` the worst served opening of a fair plan, else None. `count_gap` is how many more there may be of what
    comes before all else: openings served by a fair plan, seats filled where these go first; 0 where proved.
    """

    objective: Objective
    aim: Aim
    pairs: tuple[Pair, ...]
    total: float
    unserved: tuple[int, ...]
    worst: float | None
    gini: float | None
    blocking: int
    total_bound: float | None
    floor_bound: float | None
    count_gap: int

    @property
    def is_proven(self) -> bool:
        """Whether it is certain that no plan does better."""
        settled = self.total_bound in (None, self.total) and self.floor_bound in (None, self.worst)
        return settled and not self.count_gap


def _best(choice: ReducedProblem) -> Outcome:
    if choice.teams:
        return team_coverage.best_teams(choice)
    return integer_programs.best(choice) if choice.efforts else Outcome(best_total(choice))


def _fullest(choice: ReducedProblem) -> Outcome:
    if choice.teams:
        return team_coverage.fullest_teams(choice)
    return integer_programs.fullest(choice) if choice.efforts else Outcome(fullest(choice))


_FOR_MOST: Mapping[Objective, Callable[[ReducedProblem], Outcome]] = MappingProxyType(
    {
        Objective.BEST: _best,
        Objective.FEWEST_UNSERVED: _fullest,
        Objective.FAIR: fair,
        Objective.HOST_STABLE: lambda choice: Outcome(host_stable(choice)),
        Objective.EXPERT_STABLE: lambda choice: Outcome(expert_stable(choice)),
    }
)
# The plan of the least cost would be the empty one, so costs are compared among the plans that fill the most seats.
_FOR_LEAST = MappingProxyType({**_FOR_MOST, Objective.BEST: _fullest, Objective.FAIR: fair_and_full})
_WORST: Mapping[Aim, Callable[[NDArray[Any]], Any]] = MappingProxyType({Aim.MOST: np.min, Aim.LEAST: np.max})
_SIGN = MappingProxyType({Aim.MOST: 1, Aim.LEAST: -1})
STABLE = frozenset({Objective.HOST_STABLE, Objective.EXPERT_STABLE})


def make_plan(market: AssignmentProblem, objective: Objective, aim: Aim = Aim.MOST) -> Solution:
    """The one plan that is best at the objective: no quota exceeded, every lock kept, no excluded pair made.

    - BEST: the highest total over all plans of any size. With points of 0 or more, more pairs are never worse, and a
      seat stays empty only where nobody eligible is free. With Aim.LEAST, as FEWEST_UNSERVED.
    - FEWEST_UNSERVED: the most seats filled, then the best total.
    - FAIR: the most openings served, then the worst served of them as well as can be, then the best total.
    - HOST_STABLE, EXPERT_STABLE: no pair would both rather have each other; best for openings, or for people.

    Quotas of groups, efforts and teams are kept by the first three, teams by the first two and for points only.

    The same market in any order of rows gives the same plan. FAIR with several seats an opening, efforts and teams
    are questions for an integer solver; where it is cut off, the plan is the best it found, and the bounds say how
    good at least. Raises InvalidValue for an objective that does not know a limit the market has, Conflict for quotas
    that cannot be kept, and Unavailable when the integer solver found no plan at all. Complexity stands with each
    method, in `assignment`, `fairness`, `programmes`, `covers` and `stability`.

    >>> from graph.matching.problem.assignment_problem import build_problem, dense_columns
    >>> market = build_problem(dense_columns(np.array([[9, 8], [7, 1]])))
    >>> plan = make_plan(market, Objective.BEST)
    >>> plan.total, [(pair.person, pair.opening) for pair in plan.pairs]
    (15, [(0, 1), (1, 0)])
    >>> make_plan(market, Objective.HOST_STABLE).total
    10
    """
    _check_known(market, objective, aim)
    sought, methods = (market, _FOR_MOST) if aim is Aim.MOST else (market.turned(), _FOR_LEAST)
    choice = sought.choice()
    check_minimums(choice)
    found = methods[objective](choice)
    chosen = market.locked.copy()
    chosen[choice.arcs[found.made]] = True
    points, served = _by_opening(market, chosen)
    total, lift = total_of(market, chosen), _SIGN[aim] * found.lower / market.scale
    return Solution(
        objective=objective,
        aim=aim,
        pairs=pairs_at(market, np.flatnonzero(chosen)),
        total=total,
        unserved=tuple(np.sort(market.opening_row[(market.seats > 0) & ~served]).tolist()),
        worst=_WORST[aim](points[served]).item() if served.any() else None,
        gini=gini(points[_servable(market)].astype(np.float64)) if _servable(market).any() else None,
        blocking=len(blocking(choice, found.made)),
        total_bound=None if objective in STABLE else total + _SIGN[aim] * found.short / market.scale,
        floor_bound=None
        if objective is not Objective.FAIR
        else _floor_bound(points, (served, choice.seats), lift, aim),
        count_gap=found.fewer,
    )


def _check_known(market: AssignmentProblem, objective: Objective, aim: Aim) -> None:
    """Raise InvalidValue when the objective does not know a limit that the market has."""
    asked = [market.regions and "quotas of groups", market.efforts and "efforts", market.teams and "teams"]
    beside = ", ".join(name for name in asked if name)
    if objective in STABLE and beside:
        those = "best or fewest-unserved" if market.teams else "best, fewest-unserved or fair"
        why = f"is for seats and loads alone, not for {beside}; plan for {those}"
        raise InvalidValue("objective", objective.value, why)
    if market.teams and (objective is Objective.FAIR or aim is Aim.LEAST):
        text = objective.value if aim is Aim.MOST else aim.value
        raise InvalidValue("objective", text, "does not know teams; plan for best or fewest-unserved, and for points")


def _floor_bound(points: NDArray[Any], sides: tuple[Flags, Indexes], lift: float, aim: Aim) -> float | None:
    """The worst served opening lifted, but not above those whose seats are all locked: they cannot be helped."""
    served, free = sides
    if not served.any():
        return None
    lifted = points[served] + np.where(free[served] > 0, lift, 0) if lift else points[served]
    return float(_WORST[aim](lifted))


def pairs_at(market: AssignmentProblem, arcs: Integers) -> tuple[Pair, ...]:
    """Arcs made (k,) of a market as pairs, in the order of person and opening."""
    person, opening = market.person_row[market.person[arcs]], market.opening_row[market.opening[arcs]]
    order = np.lexsort((opening, person))
    values = market.values[arcs]
    # Without teams, nobody's points depend on anybody else: what a pair adds is what it has.
    lost = values + market.teams.lost(arcs) / market.scale if market.teams else values
    columns = (person, opening, values, market.locked[arcs], lost)
    return tuple(Pair(*row) for row in zip(*(column[order].tolist() for column in columns), strict=True))


def total_of(market: AssignmentProblem, chosen: Flags) -> float:
    """The points of these arcs (a,) together, in the numbers as given; gaps that people close together count once."""
    values = market.values[chosen]
    total = int(values.sum()) if values.dtype.kind == "i" else fsum(values.tolist())
    return total + fsum(market.teams.closed(chosen).tolist()) / market.scale if market.teams else total


def _by_opening(market: AssignmentProblem, chosen: Flags) -> tuple[NDArray[Any], Flags]:
    """Points each opening got and whether it has anybody, both (m,)."""
    points: NDArray[Any] = np.zeros(len(market.seats), np.float64 if market.teams else market.values.dtype)
    np.add.at(points, market.opening[chosen], market.values[chosen])
    if market.teams:
        np.add.at(points, market.teams.opening, market.teams.closed(chosen) / market.scale)
    return points, np.bincount(market.opening[chosen], minlength=len(market.seats)) > 0


def _servable(market: AssignmentProblem) -> Flags:
    able = np.bincount(market.opening[market.loads[market.person] > 0], minlength=len(market.seats)) > 0
    return (market.seats > 0) & able
