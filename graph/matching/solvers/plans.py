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
from graph.matching.columns import Flags, Fractions, Indexes, Integers
from graph.matching.problem.assignment_problem import AssignmentProblem, ReducedProblem
from graph.matching.solvers.assignment import best_total, fullest
from graph.matching.solvers.inequality import gini
from graph.matching.solvers.minimums import check_minimums
from graph.matching.solvers.outcomes import Outcome, Search
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
class Certificate:
    """How it was proved that no plan over so many `pairs` is better, although few of them were planned with.

    The last of so many `rounds` made the plan of `candidates` pairs, `added` of which the first lists had left out; its
    prices rule out every other pair.
    """

    pairs: int
    candidates: int
    added: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Solution:
    """Pairs in the order of person and opening, and what they come to.

    `total` is whole when all points are. `unserved` are the openings that offer a seat and have nobody.
    `worst` is the points a seat of the worst served opening among the served, an empty seat counting 0, None when none
    is; for costs the highest. `gini` is how unequally points a seat fall on the openings that somebody eligible could
    fill, the unserved counting 0.
    `blocking` is the number of pairs outside the plan whose both ends would rather have each other, locks and all
    limits but seats and loads aside.

    The bounds say what no plan can do better, and equal what this one does where it is proved to be the optimum:
    `total_bound` is the total of plans that are as good in what goes before the total, None for stable plans;
    `floor_bound` the worst served opening of a fair plan, else None. `count_gap` is how many more there may be of what
    comes before all else: openings served by a fair plan, seats filled where these go first; 0 where proved.
    `certificate` is there where the plan was made of few candidates (`large_scale`).
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
    certificate: Certificate | None = None

    @property
    def is_proven(self) -> bool:
        """Whether it is certain that no plan does better."""
        settled = self.total_bound in (None, self.total) and self.floor_bound in (None, self.worst)
        return settled and not self.count_gap


# Integer programs bring scipy.optimize along, a third of a second that most plans need not wait for.
def _best(choice: ReducedProblem, search: Search | None) -> Outcome:
    if not (choice.teams or choice.efforts):
        return Outcome(best_total(choice))
    from graph.matching.solvers import integer_programs, team_coverage

    return team_coverage.best_teams(choice, search) if choice.teams else integer_programs.best(choice, search)


def _fullest(choice: ReducedProblem, search: Search | None) -> Outcome:
    if not (choice.teams or choice.efforts):
        return Outcome(fullest(choice))
    from graph.matching.solvers import integer_programs, team_coverage

    return team_coverage.fullest_teams(choice, search) if choice.teams else integer_programs.fullest(choice, search)


def _fair(choice: ReducedProblem, search: Search | None) -> Outcome:
    from graph.matching.solvers import fairness

    return fairness.fair(choice, search)


def _fair_and_full(choice: ReducedProblem, search: Search | None) -> Outcome:
    from graph.matching.solvers import fairness

    return fairness.fair_and_full(choice, search)


_FOR_MOST: Mapping[Objective, Callable[[ReducedProblem, Search | None], Outcome]] = MappingProxyType(
    {
        Objective.BEST: _best,
        Objective.FEWEST_UNSERVED: _fullest,
        Objective.FAIR: _fair,
        Objective.HOST_STABLE: lambda choice, _: Outcome(host_stable(choice)),
        Objective.EXPERT_STABLE: lambda choice, _: Outcome(expert_stable(choice)),
    }
)
# The plan of the least cost would be the empty one, so costs are compared among the plans that fill the most seats.
_FOR_LEAST = MappingProxyType({**_FOR_MOST, Objective.BEST: _fullest, Objective.FAIR: _fair_and_full})
_WORST: Mapping[Aim, Callable[[NDArray[Any]], Any]] = MappingProxyType({Aim.MOST: np.min, Aim.LEAST: np.max})
_SIGN = MappingProxyType({Aim.MOST: 1, Aim.LEAST: -1})
STABLE = frozenset({Objective.HOST_STABLE, Objective.EXPERT_STABLE})


def make_plan(
    problem: AssignmentProblem, objective: Objective, aim: Aim = Aim.MOST, search: Search | None = None
) -> Solution:
    """The one plan that is best at the objective: no quota exceeded, every lock kept, no excluded pair made.

    - BEST: the highest total over all plans of any size. With points of 0 or more, more pairs are never worse, and a
      seat stays empty only where nobody eligible is free. With Aim.LEAST, as FEWEST_UNSERVED.
    - FEWEST_UNSERVED: the most seats filled, then the best total.
    - FAIR: the most openings served, then the worst served of them as well as can be, then the best total.
    - HOST_STABLE, EXPERT_STABLE: no pair would both rather have each other; best for openings, or for people.

    Quotas of groups, efforts and teams are kept by the first three, teams by the first two and for points only.

    The same problem in any order of rows gives the same plan. FAIR with several seats an opening, efforts and teams
    are questions for an integer solver; where it is cut off, the plan is the best it found, and the bounds say how
    good at least.

    Arguments: `problem`; `objective`, what to be best at; `aim`, whether points are good or costs; `search`, how long
    the integer solver may search, as usual where not given.
    Returns: the plan, with what is proved about it.
    Raises: InvalidValue for an objective that does not know a limit the problem has; Conflict for quotas that cannot
    be kept; Unavailable when the integer solver found no plan at all.
    Complexity: that of the method, in `assignment`, `fairness`, `integer_programs`, `team_coverage` and `stability`.

    >>> from graph.matching.problem.assignment_problem import build_problem, dense_columns
    >>> problem = build_problem(dense_columns(np.array([[9, 8], [7, 1]])))
    >>> plan = make_plan(problem, Objective.BEST)
    >>> plan.total, [(pair.person, pair.opening) for pair in plan.pairs]
    (15, [(0, 1), (1, 0)])
    >>> make_plan(problem, Objective.HOST_STABLE).total
    10
    """
    _check_known(problem, objective, aim)
    sought, methods = (problem, _FOR_MOST) if aim is Aim.MOST else (problem.turned(), _FOR_LEAST)
    choice = sought.choice()
    check_minimums(choice)
    return solution_of(problem, choice, (objective, aim), methods[objective](choice, search))


def solution_of(
    problem: AssignmentProblem, choice: ReducedProblem, sought: tuple[Objective, Aim], found: Outcome
) -> Solution:
    """What was found, with what it is worth.

    Arguments: `problem`, a arcs; `choice`, that of the problem, turned for costs; `sought`, objective and aim;
    `found`, the arcs of the choice that are made, and what is proved of them.
    Returns: the plan.
    Complexity: O(a).
    """
    objective, aim = sought
    chosen = problem.locked.copy()
    chosen[choice.arcs[found.made]] = True
    points, served = _per_seat(problem, chosen)
    able = _servable(problem)
    total, lift = total_of(problem, chosen), _SIGN[aim] * found.lower / problem.scale
    return Solution(
        objective=objective,
        aim=aim,
        pairs=pairs_at(problem, np.flatnonzero(chosen)),
        total=total,
        unserved=tuple(np.sort(problem.opening_row[(problem.seats > 0) & ~served]).tolist()),
        worst=_plain(_WORST[aim](points[served])) if served.any() else None,
        gini=gini(points[able]) if able.any() else None,
        blocking=len(blocking(choice, found.made)),
        total_bound=None if objective in STABLE else total + _SIGN[aim] * found.short / problem.scale,
        floor_bound=None
        if objective is not Objective.FAIR
        else _floor_bound(points, (served, choice.seats), lift, aim),
        count_gap=found.fewer,
    )


def _check_known(problem: AssignmentProblem, objective: Objective, aim: Aim) -> None:
    """Raise InvalidValue when the objective does not know a limit that the problem has."""
    asked = [problem.regions and "quotas of groups", problem.efforts and "efforts", problem.teams and "teams"]
    beside = ", ".join(name for name in asked if name)
    if objective in STABLE and beside:
        those = "best or fewest-unserved" if problem.teams else "best, fewest-unserved or fair"
        why = f"is for seats and loads alone, not for {beside}; plan for {those}"
        raise InvalidValue("objective", objective.value, why)
    if problem.teams and (objective is Objective.FAIR or aim is Aim.LEAST):
        text = objective.value if aim is Aim.MOST else aim.value
        raise InvalidValue("objective", text, "does not know teams; plan for best or fewest-unserved, and for points")


def _floor_bound(points: Fractions, sides: tuple[Flags, Indexes], lift: float, aim: Aim) -> float | None:
    """The worst served opening lifted, but not above those whose seats are all locked: they cannot be helped."""
    served, free = sides
    if not served.any():
        return None
    lifted = points[served] + np.where(free[served] > 0, lift, 0) if lift else points[served]
    return _plain(_WORST[aim](lifted))


def _plain(value: float) -> float:
    """A whole number as one, so that points are told as they were given."""
    return int(value) if float(value).is_integer() else float(value)


def pairs_at(problem: AssignmentProblem, arcs: Integers) -> tuple[Pair, ...]:
    """Arcs made as pairs, in the order of person and opening.

    Arguments: `problem`; `arcs` (k,), indexes of its arcs.
    Returns: k pairs, by the rows of the input.
    Complexity: O(k log k).
    """
    person, opening = problem.person_row[problem.person[arcs]], problem.opening_row[problem.opening[arcs]]
    order = np.lexsort((opening, person))
    values = problem.values[arcs]
    # Without teams, nobody's points depend on anybody else: what a pair adds is what it has.
    lost = values + problem.teams.lost(arcs) / problem.scale if problem.teams else values
    columns = (person, opening, values, problem.locked[arcs], lost)
    return tuple(Pair(*row) for row in zip(*(column[order].tolist() for column in columns), strict=True))


def total_of(problem: AssignmentProblem, chosen: Flags) -> float:
    """The points of arcs together; gaps that people close together count once.

    Arguments: `problem`, a arcs; `chosen` (a,), which of them.
    Returns: a sum in the numbers as given, whole where they are.
    Complexity: O(a).
    """
    values = problem.values[chosen]
    total = int(values.sum()) if values.dtype.kind == "i" else fsum(values.tolist())
    return total + fsum(problem.teams.closed(chosen).tolist()) / problem.scale if problem.teams else total


def _per_seat(problem: AssignmentProblem, chosen: Flags) -> tuple[Fractions, Flags]:
    """Points a seat that each opening got, and whether it has anybody, both (m,)."""
    points: NDArray[Any] = np.zeros(len(problem.seats), np.float64 if problem.teams else problem.values.dtype)
    np.add.at(points, problem.opening[chosen], problem.values[chosen])
    if problem.teams:
        np.add.at(points, problem.teams.opening, problem.teams.closed(chosen) / problem.scale)
    people = np.bincount(problem.opening[chosen], minlength=len(problem.seats))
    return points / np.maximum(problem.seats, 1), people > 0


def _servable(problem: AssignmentProblem) -> Flags:
    arcs = problem.loads[problem.person] > 0 if problem.loads.min(initial=1) <= 0 else slice(None)
    able = np.bincount(problem.opening[arcs], minlength=len(problem.seats)) > 0
    return (problem.seats > 0) & able
