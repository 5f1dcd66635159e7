"""Claim: "so many points short" is right every time, checked by changing the points and planning again.

For pairs that the plan has not: raised by what they need they must be in the new plan; by one less the best total
must stay as it is, a tie; by two less they must not be in it. The peers are the two other ways to an answer: the
reduced cost of the pair, which is at hand for nothing but only a lower bound, and planning anew with the pair locked.
"""

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from benchmarks.assignment import numbered
from benchmarks.repairs import tight
from graph.matching.problem.assignment_problem import AssignmentProblem, ProblemColumns, build_problem
from graph.matching.sensitivity.priced_solution import PricedSolution, places, price_solution
from graph.matching.sensitivity.shortfalls import Shortfall, points_short
from graph.matching.solvers.plans import Objective, Solution, make_plan

A, B = TypeVar("A"), TypeVar("B")
CANDIDATES, MOST_POINTS = 50, 10_000


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of market, its size, and how many pairs are asked about."""

    kind: str
    people: int
    openings: int
    asked: int


SIZES = (Case("slack", 300, 40, 200), Case("slack", 5_000, 500, 60), Case("tight", 2_000, 2_000, 30))
QUICK = (Case("slack", 300, 40, 30), Case("tight", 300, 300, 20))


def columns_of(case: Case) -> ProblemColumns:
    """Up to fifty people for each opening; whole hundreds from 0 on, so that ties are common."""
    if case.kind == "tight":
        return tight(case.openings)
    chance = np.random.default_rng(case.people)
    opening = np.repeat(np.arange(case.openings), CANDIDATES)
    keys = np.unique(chance.integers(0, case.people, len(opening)) * case.openings + opening)
    points = chance.integers(0, MOST_POINTS // 100, len(keys)) * 100
    ends = {"person": keys // case.openings, "opening": keys % case.openings}
    return numbered(case.people, case.openings, **ends, points=points)


def is_right(market: AssignmentProblem, plan: Solution, short: Shortfall, needed: int) -> bool:
    """Whether raising the pair by so much, by one less and by two less does what it should."""
    place = int(places(market, [(short.person, short.opening)])[0])
    plans = [raised(market, place, needed - less) for less in range(3)]
    inside = [(short.person, short.opening) in {(pair.person, pair.opening) for pair in one.pairs} for one in plans]
    return inside[0] and plans[1].total == plan.total and not (needed > 1 and inside[2])


def raised(market: AssignmentProblem, place: int, points: int) -> Solution:
    """The plan of the market where one pair has so many points more."""
    new = market.points.copy()
    new[place] += points
    return make_plan(replace(market, points=new, values=new), Objective.BEST)


def locked(market: AssignmentProblem, short: Shortfall) -> Solution:
    """The plan of the market where the pair is locked."""
    flags = market.locked.copy()
    flags[places(market, [(short.person, short.opening)])] = True
    return make_plan(replace(market, locked=flags), Objective.BEST)


def bound_of(standing: PricedSolution, short: Shortfall) -> int:
    """The reduced cost: what both prices are above the points."""
    return -int(standing.flow.over(np.array([standing.arc(short.person, short.opening)]))[0])


def compare(case: Case) -> None:
    """Print one line a contender; stop with an error when ours is wrong once."""
    market = build_problem(columns_of(case))
    plan = make_plan(market, Objective.BEST)
    standing = price_solution(market, plan)
    others = np.flatnonzero(~standing.flow.made)
    asked = np.random.default_rng(1).choice(others, min(case.asked, len(others)), replace=False)
    pairs = [standing.pair(int(arc)) for arc in asked]
    took, shorts = timed(lambda pair: points_short(standing, pair.person, pair.opening), pairs)
    anew, plans = timed(lambda short: locked(market, short), shorts)
    right = sum(is_right(market, plan, short, short.needed or 0) for short in shorts)
    bound = sum(bound_of(standing, short) == short.lost for short in shorts)
    agree = sum(plan.total - other.total == short.lost for short, other in zip(shorts, plans, strict=True))
    start = f"{case.kind:<6} {case.people:>6,} {case.openings:>8,}"
    rows = ("baton", took, right), ("planning anew", anew, agree), ("reduced cost", 0.0, bound)
    for name, milliseconds, found in rows:
        print(f"{start}  {name:<13} {milliseconds:>9.2f} {milliseconds / took:>7.1f} x  {found:>4} of {len(shorts)}")
    assert right == agree == len(shorts), "a shortfall is wrong"


def timed(answer: Callable[[A], B], questions: Iterable[A]) -> tuple[float, list[B]]:
    """Median milliseconds of an answer, and all of them."""
    times, found = [], []
    for question in questions:
        began = time.process_time()
        found.append(answer(question))
        times.append(1000 * (time.process_time() - began))
    return float(np.median(times)), found


def report(sizes: Iterable[Case]) -> None:
    """Print the table for these markets."""
    print(f"{'market':<6} {'people':>6} {'openings':>8}  {'':<13} {'median ms':>9} {'ratio':>9}  right")
    for case in sizes:
        compare(case)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
