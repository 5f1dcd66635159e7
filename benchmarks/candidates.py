"""Claim: a best plan over millions of pairs is made of a few candidates each, proved over all, and the same plan.

Synthetic people who are better or worse at everything, and more or less so at each opening, as real points are; nine
in ten pairs are eligible (one in ten in the largest case), openings have one to three seats and people take one to
three. `baton` is the plan with its proof: lists, flow, prices, and a scan of every pair, again until none could improve
it. `all pairs` is our ordinary solver and must give the same plan pair for pair; `ortools` is a bare flow over all
pairs, and `on our lists` one over the first candidates, which proves nothing about the others and may reach less. CPU
seconds, and the peak memory of the process up to then, its input included: each contender has a process of its own.
"""

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from benchmarks.apart.processes import alone
from graph.matching.columns import Integers
from graph.matching.large_scale.candidates import candidate_arcs
from graph.matching.large_scale.certificates import best_of_candidates
from graph.matching.problem.assignment_problem import ProblemColumns, ReducedProblem, build_problem
from graph.matching.solvers.assignment import best_total, gains_of

MOST_SEATS = 3


@dataclass(frozen=True, slots=True)
class Sizes:
    """People, openings, and the share of their pairs that is eligible."""

    people: int
    openings: int
    share: float


@dataclass(frozen=True, slots=True)
class Run:
    """One contender: CPU seconds, pairs made, their points, a number for which pairs these are, and a remark."""

    seconds: float
    pairs: int
    total: int
    plan: int = 0
    remark: str = ""


SIZES = (Sizes(2_000, 500, 1.0), Sizes(5_000, 500, 0.9), Sizes(5_000, 2_000, 0.9), Sizes(50_000, 1_000, 0.1))
QUICK = SIZES[:1]


def choice_of(sizes: Sizes) -> ReducedProblem:
    """The same people and openings every time."""
    chance = np.random.default_rng(sizes.people)
    cells = np.flatnonzero(chance.random(sizes.people * sizes.openings, np.float32) < sizes.share)
    person, opening = np.divmod(cells.astype(np.int32), sizes.openings)
    quality, urgency = chance.integers(0, 6_000, sizes.people), chance.integers(0, 1_000, sizes.openings)
    columns = ProblemColumns(
        people=[f"p{row}" for row in range(sizes.people)],
        openings=[f"o{row}" for row in range(sizes.openings)],
        person=person,
        opening=opening,
        points=quality[person] + urgency[opening] + chance.integers(0, 3_001, len(cells)),
        seats=chance.integers(1, MOST_SEATS + 1, sizes.openings),
        loads=chance.integers(1, MOST_SEATS + 1, sizes.people),
    )
    return build_problem(columns).choice()


def with_baton(choice: ReducedProblem) -> Run:
    """Our plan of candidates with its proof."""
    began = time.process_time()
    found = best_of_candidates(choice)
    seconds, proof = time.process_time() - began, found.certificate
    assert proof, "the plan is not proved"
    told = f"plans made: {proof.rounds}, of {proof.candidates:,} of {proof.pairs:,} pairs, {proof.added:,} added"
    return _run(choice, seconds, found.made, told)


def with_all_pairs(choice: ReducedProblem) -> Run:
    """Our plan of all pairs."""
    began = time.process_time()
    made = best_total(choice)
    return _run(choice, time.process_time() - began, made)


def _run(choice: ReducedProblem, seconds: float, made: Integers, remark: str = "") -> Run:
    return Run(seconds, len(made), int(choice.points[made].sum()), crc32(made.tobytes()), remark)


def with_ortools(choice: ReducedProblem) -> Run:
    """A bare flow over all pairs."""
    return _flow(choice, np.arange(len(choice.arcs)))


def with_ortools_on_lists(choice: ReducedProblem) -> Run:
    """A bare flow over our first lists."""
    return _flow(choice, candidate_arcs(choice, gains_of(choice)))


def _flow(choice: ReducedProblem, arcs: Integers) -> Run:
    began = time.process_time()
    solver = _network(choice, arcs)
    assert solver.solve() == SimpleMinCostFlow.OPTIMAL
    made = arcs[np.flatnonzero(solver.flows(np.arange(len(arcs), dtype=np.int32)))]
    return _run(choice, time.process_time() - began, made)


def _network(choice: ReducedProblem, arcs: Integers) -> SimpleMinCostFlow:
    """Openings give their seats to people or straight to the last node."""
    seats, people = len(choice.seats), len(choice.loads)
    sink = seats + people
    solver = SimpleMinCostFlow()
    ends = (
        (choice.opening[arcs], choice.person[arcs] + seats, np.ones(len(arcs)), -choice.points[arcs]),
        (np.arange(sink), np.full(sink, sink), np.concatenate([choice.seats, choice.loads]), np.zeros(sink)),
    )
    for tails, heads, capacities, costs in ends:
        columns = tails.astype(np.int32), heads.astype(np.int32), capacities.astype(np.int64), costs.astype(np.int64)
        solver.add_arcs_with_capacity_and_unit_cost(*columns)
    solver.set_nodes_supplies(np.arange(seats, dtype=np.int32), choice.seats.astype(np.int64))
    solver.set_node_supply(sink, -int(choice.seats.sum()))
    return solver


CONTENDERS: Mapping[str, Callable[[ReducedProblem], Run]] = {
    "baton": with_baton,
    "all pairs": with_all_pairs,
    "ortools": with_ortools,
    "on our lists": with_ortools_on_lists,
}


def measured(contender: str, sizes: Sizes) -> Run:
    """One contender, meant for a process of its own."""
    return CONTENDERS[contender](choice_of(sizes))


def compare(sizes: Sizes) -> None:
    """Print one line a contender; stop with an error when a peer finds a better plan, or all pairs another one."""
    runs = {name: alone(measured, name, sizes) for name in CONTENDERS}
    ours = runs["baton"][0]
    assert runs["all pairs"][0].plan == ours.plan, "the plan of all pairs is another one"
    for name, (run, megabytes) in runs.items():
        assert run.total <= ours.total, f"{name} reaches {run.total}, baton {ours.total}"
        start = f"{sizes.people:>7,} {sizes.openings:>8,}  {name:<13}"
        spent = f"{run.seconds:>8.3f} {run.seconds / ours.seconds:>7.2f} {megabytes:>6.0f}"
        print(f"{start} {spent} {run.pairs:>9,} {run.total:>11,}  {run.remark}".rstrip())


def report(sizes: Iterable[Sizes]) -> None:
    """Print the table for these numbers of people and openings."""
    head = f"{'people':>7} {'openings':>8}  {'':<13} {'seconds':>8} {'ratio':>7} {'MB':>6}"
    print(f"{head} {'pairs':>9} {'total':>11}")
    for size in sizes:
        compare(size)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
