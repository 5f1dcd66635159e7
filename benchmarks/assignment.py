"""Claim: every plan is an exact optimum and the same in any order of rows, at one to three times a bare solver's cost.

`dense` has whole costs from 1 to 10,000, `long` points of sixteen digits, `ties` points from 0 to 3, `tens` and
`hundreds` up to 10 and 100, `signed` points from -5,000 to 5,000, which leave a seat empty where nobody gains anything
there. Every contender must reach the same total. `prepare` is what turns the numbers into the contender's own form,
ours with all checks and the order by ids; `baton file` is what `plan --matrix` does once the file is read, with an
order by what stands in rows and columns. Our `solve` also breaks ties by ids and counts blocking pairs, which the bare
solvers do not: they may take any of many equal plans, which makes them five to thirteen times as fast at `ties` and
`tens`; `scipy, no ties` has the same table with our hashes in the last digits. `ratio` is our time for both steps over
theirs. `lapx` has an environment of its own and runs where that is there. The peer of the stable plan is plain deferred
acceptance over Python lists. Every market is then planned again with people, openings and arcs shuffled: not one pair
may change.
"""

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from benchmarks.apart import LAPX, MISSING
from graph.matching.large_scale.plans import plan_any_size
from graph.matching.problem.assignment_problem import AssignmentProblem, ProblemColumns, build_problem
from graph.matching.problem.tiebreaks import table_marks
from graph.matching.solvers.assignment import gains_of
from graph.matching.solvers.plans import Aim, Objective, Solution, make_plan

NETWORKX_MOST = 100
WISHES, POSTS = 10, 10
REPEATS, ENOUGH = 7, 1.0  # runs of a contender, and seconds after which there are no more

Table = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of market and its number of people."""

    kind: str
    people: int


TABLES = ("dense", "long", "ties", "tens", "hundreds", "signed")
SIZES = (
    *(Case(kind, size) for kind in TABLES for size in (100, 200, 500, 1_000)),
    Case("dense", 2_000),
    Case("sparse", 10_000),
    Case("stable", 1_000),
    Case("stable", 10_000),
)
QUICK = (*(Case(kind, 200) for kind in TABLES), Case("sparse", 2_000), Case("stable", 1_000))


@dataclass(frozen=True, slots=True)
class Run:
    """One contender: CPU seconds to prepare and to solve, and what it reached."""

    prepare: float
    solve: float
    total: int

    @property
    def seconds(self) -> float:
        """Both steps."""
        return self.prepare + self.solve


def dense(size: int) -> ProblemColumns:
    """Everybody is eligible for everything."""
    return table(size, 1, 10_001)


def table(size: int, least: int, end: int) -> ProblemColumns:
    """A square of whole numbers."""
    points = np.random.default_rng(size).integers(least, end, size * size)
    person, opening = np.divmod(np.arange(size * size), size)
    return numbered(size, size, person=person, opening=opening, points=points)


def long(size: int) -> ProblemColumns:
    """A square of numbers with more digits than hashes fit beside."""
    columns = table(size, 0, 1)
    return replace(columns, points=10_000 * np.random.default_rng(size).random(size * size))


def sparse(size: int) -> ProblemColumns:
    """Fifty candidates an opening, one of them its own, so that a full plan exists."""
    chance = np.random.default_rng(size)
    opening = np.repeat(np.arange(size), 50)
    person = np.where(np.arange(size * 50) % 50 == 0, opening, chance.integers(0, size, size * 50))
    keys = np.unique(person * size + opening)
    return numbered(size, size, person=keys // size, opening=keys % size, points=chance.integers(1, 10_001, len(keys)))


def stable(size: int) -> ProblemColumns:
    """Each person wishes for ten openings of ten posts; openings have tastes of their own."""
    chance = np.random.default_rng(size)
    openings = size // POSTS
    person = np.repeat(np.arange(size), WISHES)
    opening = np.argsort(chance.random((size, openings)), axis=1)[:, :WISHES].ravel()
    wishes = np.tile(np.arange(WISHES, 0, -1), size)
    columns = numbered(size, openings, person=person, opening=opening, points=chance.integers(0, 10_001, len(person)))
    return replace(columns, wishes=wishes, seats=[POSTS] * openings)


def numbered(people: int, openings: int, **arcs: Any) -> ProblemColumns:
    """Columns with made-up ids."""
    return ProblemColumns(
        people=[f"p{row}" for row in range(people)], openings=[f"o{row}" for row in range(openings)], **arcs
    )


MARKETS: Mapping[str, Callable[[int], ProblemColumns]] = {
    "dense": dense,
    "long": long,
    "ties": lambda size: table(size, 0, 4),
    "tens": lambda size: table(size, 0, 11),
    "hundreds": lambda size: table(size, 0, 101),
    "signed": lambda size: table(size, -5_000, 5_001),
    "sparse": sparse,
    "stable": stable,
}


def with_baton(columns: ProblemColumns) -> Run:
    """Our own plan of least cost."""
    return timed(lambda: build_problem(columns), lambda market: plan_any_size(market, Objective.BEST, Aim.LEAST).total)


def with_baton_most(columns: ProblemColumns) -> Run:
    """Our own plan of most points."""
    return timed(lambda: build_problem(columns), lambda market: plan_any_size(market, Objective.BEST).total)


def with_baton_file(columns: ProblemColumns) -> Run:
    """The same for a table without ids."""
    ends = np.asarray(columns.person, np.int32), np.asarray(columns.opening, np.int32)
    numbers, quotas = np.asarray(columns.points, np.float64).view(np.uint64), [1] * len(columns.people)

    def prepare() -> AssignmentProblem:
        return build_problem(replace(columns, marks=table_marks(ends, numbers, (quotas, quotas))))

    return timed(prepare, lambda market: plan_any_size(market, Objective.BEST).total)


def with_scipy_most(columns: ProblemColumns) -> Run:
    """scipy's dense solver, for points, a pair that loses some being none."""

    def solve(table: Table) -> int:
        return int(table[linear_sum_assignment(table, maximize=True)].sum())

    return timed(lambda: np.maximum(table_of(columns), 0), solve)


def with_scipy_untied(columns: ProblemColumns) -> Run:
    """The same for the table in which no two plans are equal."""
    gains = np.maximum(gains_of(build_problem(columns).choice()).reshape(len(columns.people), -1), 0)
    table = np.maximum(table_of(columns), 0)
    return timed(gains.copy, lambda gains: table[linear_sum_assignment(gains, maximize=True)].sum())


def with_scipy(columns: ProblemColumns) -> Run:
    """scipy's dense solver on the table."""
    return timed(lambda: table_of(columns), lambda table: table[linear_sum_assignment(table)].sum())


def with_scipy_sparse(columns: ProblemColumns) -> Run:
    """scipy's sparse solver."""
    shape = (len(columns.people), len(columns.openings))

    def prepare() -> csr_array:
        return csr_array((np.asarray(columns.points), (columns.person, columns.opening)), shape)

    return timed(prepare, lambda table: table[min_weight_full_bipartite_matching(table)].sum())


def with_ortools(columns: ProblemColumns) -> Run:
    """OR-tools' assignment solver on all arcs."""

    def prepare() -> SimpleLinearSumAssignment:
        solver = SimpleLinearSumAssignment()
        ends = (np.asarray(end, np.int32) for end in (columns.person, columns.opening))
        solver.add_arcs_with_cost(*ends, np.asarray(columns.points, np.int64))
        return solver

    def solve(solver: SimpleLinearSumAssignment) -> int:
        assert solver.solve() == SimpleLinearSumAssignment.OPTIMAL
        return int(solver.optimal_cost())

    return timed(prepare, solve)


def with_networkx(columns: ProblemColumns) -> Run:
    """networkx' matching of general graphs, in Python."""

    def prepare() -> nx.Graph:
        graph = nx.Graph()
        ends = zip(columns.person, columns.opening, columns.points, strict=True)
        graph.add_weighted_edges_from((int(one), -1 - int(other), int(cost)) for one, other, cost in ends)
        return graph

    def solve(graph: nx.Graph) -> int:
        return sum(graph.edges[pair]["weight"] for pair in nx.min_weight_matching(graph))

    return timed(prepare, solve)


def with_lapx(columns: ProblemColumns) -> Run:
    """lapx, in an environment of its own."""
    return Run(**LAPX.ask({"costs": table_of(columns).tolist()}))


def with_baton_stable(columns: ProblemColumns) -> Run:
    """Our own plan, best for the people, as the sum of their wishes."""
    return timed(lambda: build_problem(columns), lambda market: liking(columns, checked(market)))


def with_plain_stable(columns: ProblemColumns) -> Run:
    """Deferred acceptance as the textbook has it."""
    return timed(lambda: ranks_of(columns), lambda ranks: liking_of(columns, accept(*ranks)))


def checked(market: Any) -> Solution:
    """The plan, after its blocking pairs were counted."""
    plan = make_plan(market, Objective.EXPERT_STABLE)
    assert plan.blocking == 0, "a pair blocks the stable plan"
    return plan


def liking(columns: ProblemColumns, plan: Solution) -> int:
    """What the plan is to the people: the sum of their wishes."""
    return liking_of(columns, {(pair.person, pair.opening) for pair in plan.pairs})


def liking_of(columns: ProblemColumns, pairs: Iterable[tuple[int, int]]) -> int:
    """The wishes of these pairs; person p's wishes stand in rows 10 p to 10 p + 9."""
    opening, wishes = np.asarray(columns.opening).reshape(-1, WISHES), np.asarray(columns.wishes).reshape(-1, WISHES)
    return sum(int(wishes[person][opening[person] == other][0]) for person, other in pairs)


def ranks_of(columns: ProblemColumns) -> tuple[list[list[int]], list[dict[int, int]]]:
    """Openings in the order of each person, and each opening's place for every person who wishes for it."""
    market = build_problem(columns)
    order = np.lexsort((market.ties, -market.points, market.opening))
    places: list[dict[int, int]] = [{} for _ in columns.openings]
    for place, arc in enumerate(order.tolist()):
        opening, person = market.opening_row[market.opening[arc]], market.person_row[market.person[arc]]
        places[opening][int(person)] = place
    return np.asarray(columns.opening).reshape(-1, WISHES).tolist(), places


def accept(wishes: list[list[int]], places: list[dict[int, int]]) -> set[tuple[int, int]]:
    """Everybody goes down their list; an opening keeps the ten it likes best."""
    held: list[list[int]] = [[] for _ in places]
    waiting = list(range(len(wishes)))
    ahead = [0] * len(wishes)
    while waiting:
        person = waiting.pop()
        if ahead[person] == len(wishes[person]):
            continue
        opening = wishes[person][ahead[person]]
        ahead[person] += 1
        held[opening] = sorted([*held[opening], person], key=places[opening].__getitem__)
        waiting += held[opening][POSTS:]
        del held[opening][POSTS:]
    return {(person, opening) for opening, people in enumerate(held) for person in people}


def timed(prepare: Callable[[], Any], solve: Callable[[Any], Any]) -> Run:
    """Run both steps against the clock of the process, short ones several times: the fastest counts."""
    runs: list[Run] = []
    while len(runs) < REPEATS and sum(run.seconds for run in runs) < ENOUGH:
        began = time.process_time()
        prepared = prepare()
        ready = time.process_time()
        total = int(solve(prepared))
        runs.append(Run(ready - began, time.process_time() - ready, total))
    return min(runs, key=lambda run: run.seconds)


def table_of(columns: ProblemColumns) -> Table:
    """The costs as a square."""
    return np.asarray(columns.points).reshape(len(columns.people), -1)


def contenders(case: Case) -> dict[str, Callable[[ProblemColumns], Run]]:
    """Who can take such a market in reasonable time, ours first."""
    if case.kind == "stable":
        return {"baton": with_baton_stable, "plain Python": with_plain_stable}
    if case.kind == "sparse":
        return {"baton": with_baton, "scipy sparse": with_scipy_sparse, "ortools": with_ortools}
    if case.kind in TABLES[1:]:
        ours = {"baton": with_baton_most, "baton file": with_baton_file, "scipy": with_scipy_most}
        return ours if case.kind == "long" else {**ours, "scipy, no ties": with_scipy_untied}
    known = {"baton": with_baton, "scipy": with_scipy, "ortools": with_ortools}
    if LAPX.is_there:
        known["lapx"] = with_lapx
    if case.people <= NETWORKX_MOST:
        known["networkx"] = with_networkx
    return known


def moved(columns: ProblemColumns, case: Case) -> int:
    """Pairs that change when people, openings and arcs are shuffled."""
    objective = Objective.EXPERT_STABLE if case.kind == "stable" else Objective.BEST
    aim = Aim.LEAST if case.kind in {"dense", "sparse"} else Aim.MOST
    other = shuffled(columns)
    return len(pairs_of(columns, objective, aim) ^ pairs_of(other, objective, aim)) // 2


def pairs_of(columns: ProblemColumns, objective: Objective, aim: Aim) -> set[tuple[str, str]]:
    """The plan by ids."""
    plan = plan_any_size(build_problem(columns), objective, aim)
    return {(columns.people[pair.person], columns.openings[pair.opening]) for pair in plan.pairs}


def shuffled(columns: ProblemColumns) -> ProblemColumns:
    """The same market in another order; all seats and loads are alike, so they stay."""
    chance = np.random.default_rng(1)
    people, openings = (chance.permutation(len(ids)) for ids in (columns.people, columns.openings))
    arcs = chance.permutation(len(columns.points))
    return replace(
        columns,
        people=[columns.people[row] for row in people],
        openings=[columns.openings[row] for row in openings],
        person=np.argsort(people)[np.asarray(columns.person)[arcs]],
        opening=np.argsort(openings)[np.asarray(columns.opening)[arcs]],
        points=np.asarray(columns.points)[arcs],
        wishes=None if columns.wishes is None else np.asarray(columns.wishes)[arcs],
    )


def compare(case: Case) -> None:
    """Print one line a contender; stop with an error when two of them disagree or a pair moves."""
    columns = MARKETS[case.kind](case.people)
    ours: Run | None = None
    for name, contender in contenders(case).items():
        run = contender(columns)
        ours = ours or run
        assert run.total == ours.total, f"{name} reaches {run.total}, baton {ours.total}"
        ratio = ours.seconds / run.seconds
        start = f"{case.kind:<8} {case.people:>7,}  {name:<14}"
        print(f"{start} {run.prepare:>8.3f} {run.solve:>8.3f} {ratio:>6.1f} x {run.total:>10,}")
    changed = moved(columns, case)
    assert not changed, f"{changed} pairs move when the input is shuffled"


def report(sizes: Iterable[Case]) -> None:
    """Print the table for these markets."""
    print(f"{'market':<8} {'people':>7}  {'':<14} {'prepare':>8} {'solve':>8} {'ratio':>8} {'total':>10}")
    for case in sizes:
        compare(case)
    if not LAPX.is_there:
        print(f"{LAPX.title}: {MISSING}.")
    print("Shuffled input: 0 pairs moved in every market above.")


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
