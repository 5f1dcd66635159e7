"""Plans: one optimum over all openings under a chosen objective, with what it is worth to each of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from math import fsum
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.matching.assignment import best_total, fullest
from graph.matching.columns import Flags, Integers
from graph.matching.fairness import fair, fair_and_full, gini
from graph.matching.markets import Choice, Market
from graph.matching.stability import blocking, expert_stable, host_stable


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
    """A person in a seat of an opening, by their rows in the input, with the points as given."""

    person: int
    opening: int
    points: float
    locked: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Pairs in the order of person and opening, and what they come to.

    `total` is whole when all points are. `unserved` are the openings that offer a seat and have nobody.
    `worst` is the points of the worst served opening among the served, None when none is; for costs the highest.
    `gini` is how unequally points fall on the openings that somebody eligible could fill, the unserved counting 0.
    `blocking` is the number of pairs outside the plan whose both ends would rather have each other, locks aside.
    """

    objective: Objective
    aim: Aim
    pairs: tuple[Pair, ...]
    total: float
    unserved: tuple[int, ...]
    worst: float | None
    gini: float | None
    blocking: int


_FOR_MOST: Mapping[Objective, Callable[[Choice], Integers]] = MappingProxyType(
    {
        Objective.BEST: best_total,
        Objective.FEWEST_UNSERVED: fullest,
        Objective.FAIR: fair,
        Objective.HOST_STABLE: host_stable,
        Objective.EXPERT_STABLE: expert_stable,
    }
)
# The plan of the least cost would be the empty one, so costs are compared among the plans that fill the most seats.
_FOR_LEAST = MappingProxyType({**_FOR_MOST, Objective.BEST: fullest, Objective.FAIR: fair_and_full})


def make_plan(market: Market, objective: Objective, aim: Aim = Aim.MOST) -> Plan:
    """The one plan that is best at the objective: no quota exceeded, every lock kept, no excluded pair made.

    - BEST: the highest total over all plans of any size. With points of 0 or more, more pairs are never worse, and a
      seat stays empty only where nobody eligible is free. With Aim.LEAST, as FEWEST_UNSERVED.
    - FEWEST_UNSERVED: the most seats filled, then the best total.
    - FAIR: the most openings served, then the worst served of them as well as can be, then the best total.
    - HOST_STABLE, EXPERT_STABLE: no pair would both rather have each other; best for openings, or for people.

    The same market in any order of rows gives the same plan. Raises Unavailable when FAIR with several seats an
    opening takes too long. Complexity stands with each method, in `assignment`, `fairness` and `stability`.

    >>> from graph.matching.markets import build_market, dense_columns
    >>> market = build_market(dense_columns(np.array([[9, 8], [7, 1]])))
    >>> plan = make_plan(market, Objective.BEST)
    >>> plan.total, [(pair.person, pair.opening) for pair in plan.pairs]
    (15, [(0, 1), (1, 0)])
    >>> make_plan(market, Objective.HOST_STABLE).total
    10
    """
    sought, methods = (market, _FOR_MOST) if aim is Aim.MOST else (market.turned(), _FOR_LEAST)
    choice = sought.choice()
    made = methods[objective](choice)
    chosen = market.locked.copy()
    chosen[choice.arcs[made]] = True
    points, served = _by_opening(market, chosen)
    extreme = np.min if aim is Aim.MOST else np.max
    return Plan(
        objective=objective,
        aim=aim,
        pairs=_pairs(market, chosen),
        total=_total(market, chosen),
        unserved=tuple(np.sort(market.opening_row[(market.seats > 0) & ~served]).tolist()),
        worst=extreme(points[served]).item() if served.any() else None,
        gini=gini(points[_servable(market)].astype(np.float64)) if _servable(market).any() else None,
        blocking=len(blocking(choice, made)),
    )


def _pairs(market: Market, chosen: Flags) -> tuple[Pair, ...]:
    person, opening = market.person_row[market.person[chosen]], market.opening_row[market.opening[chosen]]
    order = np.lexsort((opening, person))
    columns = (person, opening, market.values[chosen], market.locked[chosen])
    return tuple(Pair(*row) for row in zip(*(column[order].tolist() for column in columns), strict=True))


def _total(market: Market, chosen: Flags) -> float:
    values = market.values[chosen]
    return int(values.sum()) if values.dtype.kind == "i" else fsum(values.tolist())


def _by_opening(market: Market, chosen: Flags) -> tuple[NDArray[Any], Flags]:
    """Points each opening got and whether it has anybody, both (m,)."""
    points: NDArray[Any] = np.zeros(len(market.seats), market.values.dtype)
    np.add.at(points, market.opening[chosen], market.values[chosen])
    return points, np.bincount(market.opening[chosen], minlength=len(market.seats)) > 0


def _servable(market: Market) -> Flags:
    able = np.bincount(market.opening[market.loads[market.person] > 0], minlength=len(market.seats)) > 0
    return (market.seats > 0) & able
