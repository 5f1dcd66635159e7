"""Claim: 100,000 people and 10,000 openings get an exact plan in under 1 GB, with proof that no pair left out matters.

Synthetic people state 8 of 200 capabilities and openings lack 5; nine in ten people agree to be matched and each is
free for a stretch of time. `lists` are the 50 best people of every opening and the 10 best openings of every person;
`plan` is the whole way from levels to the optimum over all eligible pairs: lists, flow, prices, and a scan of every
pair that is not on a list, again until none of them could improve it. The peer of the lists is a blocked dense matrix
product in single precision with the same rules and 50 a row: it has no list for people, and its product is no share of
a gap. The peers of the plan get our lists as arcs and prove nothing about other pairs, so none may have a higher total.
CPU seconds, and the peak memory of the process up to then, its input included: each step has a process of its own, in
which we come first.
"""

import resource
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from graph.matching.columns import Flags
from graph.matching.large_scale.candidates import CandidatePairs, nearest
from graph.matching.large_scale.certificates import plan_at_scale
from graph.matching.large_scale.coverage import (
    Crowd,
    Openings,
    Pool,
    build_pool,
)
from graph.matching.people.needs import Gap

CAPABILITIES, STATED, LACKING = 200, 8, 5
TOP, BLOCK = 50, 64
NEARLY_NOTHING = np.float32(1e-3)

Sizes = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """One contender: CPU seconds, what it found, its total or 0 for lists, and a remark."""

    seconds: float
    pairs: int
    total: int = 0
    remark: str = ""


SIZES = ((10_000, 10_000), (100_000, 10_000))
QUICK = ((3_000, 300),)


def pool_of(sizes: Sizes) -> Pool:
    """The same people and openings every time."""
    people, openings = sizes
    chance = np.random.default_rng(people)
    levels = _levels(chance, people)
    crowd = Crowd(ids=[f"p{row}" for row in range(people)], levels=levels)
    asked = Openings(ids=[f"o{row}" for row in range(openings)], gaps=[_gaps(chance) for _ in range(openings)])
    return build_pool(crowd, asked, _rules(chance, sizes), BLOCK)


def _levels(chance: np.random.Generator, people: int) -> csr_array:
    blocks = [chance.random((len(rows), CAPABILITIES)) for rows in np.array_split(np.arange(people), 20)]
    known = np.concatenate([block.argpartition(STATED)[:, :STATED] for block in blocks])
    held = chance.integers(1, 9, people * STATED) / 2
    starts = np.arange(people + 1) * STATED
    return csr_array((held.astype(np.float32), known.ravel(), starts), (people, CAPABILITIES))


def _gaps(chance: np.random.Generator) -> tuple[Gap, ...]:
    lacking = np.sort(chance.choice(CAPABILITIES, LACKING, replace=False))
    start, target, weight = (chance.integers(least, end, LACKING) for least, end in ((0, 4), (5, 9), (1, 4)))
    rows = zip(lacking.tolist(), (start / 2).tolist(), (target / 2).tolist(), weight.tolist(), strict=True)
    return tuple(Gap(*row) for row in rows)


def _rules(chance: np.random.Generator, sizes: Sizes) -> Callable[[range], Flags]:
    people, openings = sizes
    consents = chance.random(people) < 0.9
    free, asked = chance.integers(0, 500, people), chance.integers(200, 600, openings)
    busy, ended = free + chance.integers(100, 700, people), asked + chance.integers(60, 300, openings)

    def eligible(rows: range) -> Flags:
        block = slice(rows.start, rows.stop)
        return consents & (free < ended[block, np.newaxis]) & (busy > asked[block, np.newaxis])

    return eligible


def lists_of_baton(pool: Pool) -> Run:
    """Our own lists, for both sides."""
    began = time.process_time()
    arcs = nearest(pool)
    return Run(time.process_time() - began, len(arcs))


def lists_of_numpy(pool: Pool) -> Run:
    """A dense product, a block of openings at a time."""
    held = pool.crowd.levels.toarray()
    weights = _dense_gaps(pool)
    # numpy's selection is many times slower among equals, so nobody is quite equal.
    apart = np.random.default_rng(0).random(len(held), np.float32) * NEARLY_NOTHING
    began = time.process_time()
    found = 0
    for start in range(0, len(weights), BLOCK):
        rows = range(start, min(start + BLOCK, len(weights)))
        products = weights[start : rows.stop] @ held.T
        products[~pool.eligible(rows)] = 0.0
        products += apart
        best = np.argpartition(products, -TOP, axis=1)[:, -TOP:]
        found += int(np.count_nonzero(np.take_along_axis(products, best, axis=1) > NEARLY_NOTHING))
    return Run(time.process_time() - began, found)


def _dense_gaps(pool: Pool) -> NDArray[np.float32]:
    weights = np.zeros((len(pool.openings.ids), CAPABILITIES), np.float32)
    for row, gaps in enumerate(pool.openings.gaps):
        weights[row, [gap.capability for gap in gaps]] = [gap.size for gap in gaps]
    return weights


def plan_of_baton(pool: Pool) -> Run:
    """Our own plan with its proof."""
    began = time.process_time()
    plan = plan_at_scale(pool)
    seconds, proof = time.process_time() - began, plan.certificate
    assert plan.total == proof.bound, "the prices do not prove the plan"
    told = f"plans made: {proof.rounds}, pairs scanned: {proof.scanned:,}, added: {proof.added}"
    return Run(seconds, len(plan.pairs), plan.total, told)


def plan_of_scipy(pool: Pool) -> Run:
    """scipy's sparse matching, which fills every seat of the smaller side or gives up."""
    arcs = nearest(pool)
    began = time.process_time()
    table = csr_array((arcs.points.astype(float), (arcs.person, arcs.opening)), (len(pool.loads), len(pool.seats)))
    try:
        made = min_weight_full_bipartite_matching(table, maximize=True)
    except ValueError:
        return Run(time.process_time() - began, 0, remark="on our lists: no plan that fills every seat")
    return Run(time.process_time() - began, len(made[0]), int(table[made].sum()), "on our lists, every seat filled")


def plan_of_ortools(pool: Pool) -> Run:
    """A bare flow over the lists."""
    arcs = nearest(pool)
    began = time.process_time()
    solver = _network(pool, arcs)
    assert solver.solve() == SimpleMinCostFlow.OPTIMAL
    made = solver.flows(np.arange(len(arcs), dtype=np.int32)).sum()
    return Run(time.process_time() - began, int(made), -int(solver.optimal_cost()), "on our lists")


def _network(pool: Pool, arcs: CandidatePairs) -> SimpleMinCostFlow:
    """Openings give a unit each, to people or straight to the last node."""
    openings, sink = len(pool.seats), len(pool.seats) + len(pool.loads)
    solver = SimpleMinCostFlow()
    ends = (
        (arcs.opening, arcs.person + openings, -arcs.points),
        (np.arange(sink), np.full(sink, sink), np.zeros(sink)),
    )
    for tails, heads, costs in ends:
        ones = np.ones(len(tails), np.int64)
        columns = tails.astype(np.int32), heads.astype(np.int32), ones, costs.astype(np.int64)
        solver.add_arcs_with_capacity_and_unit_cost(*columns)
    solver.set_nodes_supplies(np.arange(openings, dtype=np.int32), np.ones(openings, np.int64))
    solver.set_node_supply(sink, -openings)
    return solver


CONTENDERS: Mapping[str, Mapping[str, Callable[[Pool], Run]]] = {
    "lists": {"baton": lists_of_baton, "numpy dense": lists_of_numpy},
    "plan": {"baton": plan_of_baton, "scipy sparse": plan_of_scipy, "ortools": plan_of_ortools},
}


def measured(step: str, sizes: Sizes) -> dict[str, tuple[Run, float]]:
    """All contenders, each with the peak (MB) so far; meant for a process of its own."""
    pool = pool_of(sizes)
    return {name: (contender(pool), peak()) for name, contender in CONTENDERS[step].items()}


def peak() -> float:
    """The most memory this process has held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux counts what the parent held before the start into `ru_maxrss`, but not into this.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def compare(step: str, sizes: Sizes) -> None:
    """Print one line a contender; stop with an error when a peer finds a better plan."""
    with get_context("spawn").Pool(1, maxtasksperchild=1) as processes:
        runs = processes.apply(measured, (step, sizes))
    ours = runs["baton"][0]
    for name, (run, megabytes) in runs.items():
        assert run.total <= ours.total, f"{name} reaches {run.total}, baton {ours.total}"
        start = f"{sizes[0]:>7,} {sizes[1]:>8,}  {step:<5}  {name:<13}"
        spent = f"{run.seconds:>8.3f} {run.seconds / ours.seconds:>7.2f} {megabytes:>6.0f}"
        print(f"{start} {spent} {run.pairs:>9,} {run.total:>11,}  {run.remark}".rstrip())


def report(sizes: Iterable[Sizes]) -> None:
    """Print the table for these numbers of people and openings."""
    head = f"{'people':>7} {'openings':>8}  {'':<5}  {'':<13} {'seconds':>8} {'ratio':>7} {'MB':>6}"
    print(f"{head} {'pairs':>9} {'total':>11}")
    for size in sizes:
        for step in CONTENDERS:
            compare(step, size)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
