"""Claim: one drop-out is repaired in milliseconds, moving as few people as asked, instead of planning anew in seconds.

Somebody leaves an optimal plan, one person after the other out of the same plan. `baton full` gives the same total as
planning anew, from the prices kept; `baton` moves at most three others, and `lost` is what that costs as a share of
the total. Times are whole answers with the new plan and all moves; a full re-solve is scipy's sparse solver on the
market without the person, each person and opening with a blank partner, and must reach the total of `baton full`.
The tight market has as many openings as people, the fifty nearest people for each by random features; the slack one
has ten people for each opening, and any fifty of them.
"""

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from benchmarks.assignment import numbered
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem
from graph.matching.repair.repairs import MOST, Repair, drop_out
from graph.matching.sensitivity.priced_solution import PricedSolution, price_solution
from graph.matching.solvers.plans import Objective, make_plan

CANDIDATES, FEATURES, MOST_POINTS = 50, 32, 10_000
BLOCK = 500
RESOLVED = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of market, its openings, and how many people drop out one after the other."""

    kind: str
    openings: int
    leaving: int


SIZES = (Case("tight", 10_000, 200), Case("slack", 10_000, 200))
QUICK = (Case("tight", 1_000, 30), Case("slack", 500, 30))


@dataclass(frozen=True, slots=True)
class Run:
    """One contender: milliseconds, people moved and totals of each drop-out."""

    milliseconds: NDArray[np.float64]
    moved: list[int]
    totals: list[float]


def tight(openings: int) -> ProblemColumns:
    """The nearest people for each opening; some are wanted by many and some by nobody."""
    chance = np.random.default_rng(openings)
    people, needs = (chance.standard_normal((openings, FEATURES), np.float32) for _ in range(2))
    near, points = [], []
    for first in range(0, openings, BLOCK):
        fit = needs[first : first + BLOCK] @ people.T
        best = np.argpartition(-fit, CANDIDATES, axis=1)[:, :CANDIDATES]
        near.append(best)
        points.append(np.take_along_axis(fit, best, axis=1))
    fits = np.concatenate(points)
    whole = np.rint(fits * (MOST_POINTS / fits.max())).astype(np.int64)
    rows = np.repeat(np.arange(openings), CANDIDATES)
    return numbered(openings, openings, person=np.concatenate(near).ravel(), opening=rows, points=whole.ravel())


def slack(openings: int) -> ProblemColumns:
    """Ten people for each opening, any fifty of whom are eligible."""
    chance = np.random.default_rng(openings)
    people = 10 * openings
    person, opening = chance.integers(0, people, openings * CANDIDATES), np.repeat(np.arange(openings), CANDIDATES)
    keys = np.unique(person * openings + opening)
    points = chance.integers(1, MOST_POINTS + 1, len(keys))
    return numbered(people, openings, person=keys // openings, opening=keys % openings, points=points)


MARKETS = {"tight": tight, "slack": slack}


def with_baton(standing: PricedSolution, leaving: Iterable[int], most: int) -> Run:
    """Our own repair."""
    return timed(lambda person: drop_out(standing, person, most), leaving)


def timed(answer: Callable[[int], Repair], leaving: Iterable[int]) -> Run:
    """Each drop-out by the clock of the process."""
    times, repairs = [], []
    for person in leaving:
        began = time.process_time()
        repairs.append(answer(person))
        times.append(1000 * (time.process_time() - began))
    return Run(np.array(times), [repair.ended for repair in repairs], [repair.total for repair in repairs])


def with_scipy(columns: ProblemColumns, leaving: Iterable[int]) -> Run:
    """Planning anew without the person, from a matrix that is there already."""
    people, openings = len(columns.people), len(columns.openings)
    blanks = MOST_POINTS + 1
    costs = np.concatenate([blanks - np.asarray(columns.points), np.full(openings, blanks)])
    rows = np.concatenate([columns.opening, np.arange(openings)])
    ends = np.concatenate([columns.person, people + np.arange(openings)])
    table = csr_array((costs, (rows, ends)), (openings, people + openings)).tocsc()
    times, totals = [], []
    for person in leaving:
        others = table[:, np.arange(people + openings) != person].tocsr()
        began = time.process_time()
        matched = min_weight_full_bipartite_matching(others)
        times.append(1000 * (time.process_time() - began))
        totals.append(openings * blanks - int(others[matched].sum()))
    return Run(np.array(times), [], totals)


def compare(case: Case) -> None:
    """Print one line a contender; stop with an error when a total differs or a repair moves too many."""
    columns = MARKETS[case.kind](case.openings)
    market = build_problem(columns)
    plan = make_plan(market, Objective.BEST)
    standing = price_solution(market, plan)
    chosen = np.random.default_rng(1).choice([pair.person for pair in plan.pairs], case.leaving, replace=False)
    leaving = [int(person) for person in chosen]
    full, few = (with_baton(standing, leaving, most) for most in (len(plan.pairs), MOST))
    anew = with_scipy(columns, leaving[:RESOLVED])
    assert full.totals[:RESOLVED] == anew.totals, "the full repair is not the optimum"
    assert max(few.moved) <= MOST, "a repair moves too many"
    assert all(one <= other for one, other in zip(few.totals, full.totals, strict=True)), "a cap adds points"
    start = f"{case.kind:<6} {len(columns.people):>7,} {case.openings:>8,} {len(plan.pairs) / case.openings:>6.1%}"
    for name, run in (("baton", few), ("baton full", full), ("scipy anew", anew)):
        clock = " ".join(f"{time:>9.2f}" for time in np.percentile(run.milliseconds, [50, 95, 100]))
        ratio = np.median(run.milliseconds) / np.median(few.milliseconds)
        print(f"{start}  {name:<11} {clock} {ratio:>7.1f} x  {moved(run):>8}  {lost(run, full)}")


def moved(run: Run) -> str:
    """Others who lose the pair they had: median and most."""
    return f"{np.median(run.moved):.0f} / {max(run.moved)}" if run.moved else ""


def lost(run: Run, full: Run) -> str:
    """The mean share of the total that is lost beside the optimum."""
    shares = [1 - one / other for one, other in zip(run.totals, full.totals, strict=False)]
    return f"{np.mean(shares):.5%}"


def report(sizes: Iterable[Case]) -> None:
    """Print the table for these markets."""
    times = f"{'median ms':>9} {'p95 ms':>9} {'max ms':>9} {'ratio':>9}"
    print(f"{'market':<6} {'people':>7} {'openings':>8} {'filled':>6}  {'':<11} {times}  {'moved':>8}  lost")
    for case in sizes:
        compare(case)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
