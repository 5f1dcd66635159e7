"""Claim: the fair plan has a worst served opening that no plan exceeds, at next to no loss of total, in seconds.

Made-up reviewers and papers of a few subjects each, scores from 0 to 1 to four digits: 177 reviewers, at most 4 papers
each, 118 papers, 3 reviewers each. `LP` is the highest total whatever becomes of the worst, as a linear programme.
`naive` is the textbook's way: the floor as a variable of one integer programme, stopped after a while. `worst`, `10th`
percentile and `gini` are of the summed scores by paper; `bound` is what no plan can exceed for the worst, where the
contender knows.
"""

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, hstack, vstack

from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.solvers.inequality import gini
from graph.matching.solvers.plans import Objective, make_plan

SUBJECTS = 25
NAIVE_SECONDS = 60.0

Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """So many reviewers with so many hands, and papers with so many reviewers."""

    people: int
    papers: int
    load: int
    seats: int
    naive_seconds: float = NAIVE_SECONDS


SIZES = (Case(177, 118, 4, 3), Case(177, 118, 2, 3))
QUICK = (Case(60, 40, 4, 3, 5.0),)


@dataclass(frozen=True, slots=True)
class Run:
    """Scores summed by paper (m,), the floor no plan exceeds where known, and seconds on the clock."""

    scores: Table
    bound: float | None
    seconds: float


def scores_of(case: Case) -> Table:
    """Cosines of what both are about, and a little chance."""
    chance = np.random.default_rng(case.people + case.load)
    people, papers = (chance.dirichlet(np.full(SUBJECTS, 0.15), count) for count in (case.people, case.papers))
    cosine = people @ papers.T / np.linalg.norm(people, axis=1)[:, None] / np.linalg.norm(papers, axis=1)
    return np.round(np.clip(0.1 + 0.7 * cosine + 0.05 * chance.standard_normal(cosine.shape), 0, 1), 4)


def columns_of(case: Case, scores: Table) -> ProblemColumns:
    """The market of a case."""
    return replace(dense_columns(scores), seats=[case.seats] * case.papers, loads=[case.load] * case.people)


def with_baton(case: Case, scores: Table) -> Run:
    """Our fair plan."""
    return planned(case, scores, Objective.FAIR)


def with_baton_best(case: Case, scores: Table) -> Run:
    """Our plan with the highest total."""
    return planned(case, scores, Objective.BEST)


def planned(case: Case, scores: Table, objective: Objective) -> Run:
    """One of our plans."""
    began = time.perf_counter()
    plan = make_plan(build_problem(columns_of(case, scores)), objective)
    seconds = time.perf_counter() - began
    made = np.zeros(scores.shape)
    for pair in plan.pairs:
        made[pair.person, pair.opening] = 1
    bound = None if plan.floor_bound is None else plan.floor_bound * case.seats  # a plan counts by seat
    return Run((made * scores).sum(axis=0), bound, seconds)


def with_linear(case: Case, scores: Table) -> Run:
    """The highest total; its linear programme has a whole optimum."""
    began = time.perf_counter()
    found = linprog(-scores.ravel(), A_ub=quotas(scores.shape), b_ub=limits(case), bounds=(0, 1))
    return Run((np.rint(found.x.reshape(scores.shape)) * scores).sum(axis=0), None, time.perf_counter() - began)


def with_naive(case: Case, scores: Table) -> Run:
    """The floor is the last variable of one integer programme."""
    began = time.perf_counter()
    people, papers = scores.shape
    arcs = people * papers
    paper = np.tile(np.arange(papers), people)
    sums = csr_array((scores.ravel(), (paper, np.arange(arcs))), (papers, arcs))
    found = milp(
        np.append(np.zeros(arcs), -1.0),
        integrality=np.append(np.ones(arcs), 0),
        bounds=Bounds(np.zeros(arcs + 1), np.append(np.ones(arcs), case.seats)),
        constraints=[
            LinearConstraint(hstack([quotas(scores.shape), csr_array((people + papers, 1))]), -np.inf, limits(case)),
            LinearConstraint(hstack([sums, csr_array(-np.ones((papers, 1)))]), 0, np.inf),
        ],
        options={"time_limit": case.naive_seconds, "mip_rel_gap": 0.0},
    )
    made = np.zeros(scores.shape) if found.x is None else np.rint(found.x[:arcs].reshape(scores.shape))
    bound = None if found.mip_dual_bound is None else -found.mip_dual_bound
    return Run((made * scores).sum(axis=0), bound, time.perf_counter() - began)


def quotas(shape: tuple[int, ...]) -> csr_array:
    """One row a person and one a paper, one column a pair."""
    people, papers = shape
    person, paper = np.divmod(np.arange(people * papers), papers)
    ones, places = np.ones(len(person)), np.arange(len(person))
    return vstack([csr_array((ones, (person, places))), csr_array((ones, (paper, places)))], format="csr")


def limits(case: Case) -> Table:
    """How much each row of the quotas may have."""
    return np.append(np.full(case.people, case.load), np.full(case.papers, case.seats)).astype(float)


CONTENDERS: dict[str, Callable[[Case, Table], Run]] = {
    "baton fair": with_baton,
    "baton best": with_baton_best,
    "LP": with_linear,
    "naive": with_naive,
}


def compare(case: Case) -> None:
    """Print one line a contender; stop with an error when one beats a bound of ours."""
    scores = scores_of(case)
    runs: dict[str, Run] = {name: contender(case, scores) for name, contender in CONTENDERS.items()}
    for name, run in runs.items():
        print(f"{case.people:>6} {case.papers:>6} {case.load:>4}  {name:<10} {line(run)}")
    ours, most = runs["baton fair"], runs["LP"].scores.sum()
    assert ours.bound is not None
    assert all(run.scores.min() <= ours.bound + 1e-6 for run in runs.values()), "a plan beats the bound on the worst"
    assert abs(runs["baton best"].scores.sum() - most) < 1e-6, "the highest totals differ"
    assert ours.scores.sum() <= most + 1e-6


def line(run: Run) -> str:
    """The numbers of one contender."""
    bound: Any = "" if run.bound is None else f"{run.bound:.4f}"
    tenth, unequal = np.quantile(run.scores, 0.1), gini(run.scores)
    spread = f"{run.scores.min():>8.4f} {bound:>8} {tenth:>8.4f} {unequal or 0:>6.3f}"
    return f"{spread} {run.scores.sum():>10.4f} {run.seconds:>8.2f}"


def report(sizes: Iterable[Case]) -> None:
    """Print the table for these cases."""
    print(
        f"{'people':>6} {'papers':>6} {'load':>4}  {'':<10} {'worst':>8} {'bound':>8} {'10th':>8} {'gini':>6}", end=""
    )
    print(f" {'total':>10} {'seconds':>8}")
    for case in sizes:
        compare(case)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
