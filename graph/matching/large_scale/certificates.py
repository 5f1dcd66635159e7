"""The best plan over everybody from a few candidates each, with the proof that no pair left out belongs in it.

Column generation (Gilmore and Gomory 1961; for assignment Volgenant 1996): the plan over the candidates has prices,
and a pair that was left out can improve it only if its points are above the prices of both its ends. Such pairs
become candidates and the plan is made again, until a scan of all eligible pairs finds none.
"""

from dataclasses import dataclass

import numpy as np

from graph.matching.columns import Indexes, frozen
from graph.matching.large_scale.candidates import (
    USUAL,
    CandidatePairs,
    Limits,
    candidate_pairs_of,
    joined,
    largest,
    nearest,
    pair_order,
)
from graph.matching.large_scale.coverage import Covered, Pool
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem
from graph.matching.solvers.assignment import best_total
from graph.matching.solvers.duals import Prices, prices


@dataclass(frozen=True, slots=True)
class Certificate:
    """How the proof went.

    `rounds` plans were made, the last from `candidates` pairs, `added` of which the first lists had left out;
    `scanned` is how many eligible pairs all scans together held against the prices. `bound` is what the final prices
    allow any plan over all eligible pairs at most, and is the plan's total.
    """

    rounds: int
    candidates: int
    added: int
    scanned: int
    bound: int


@dataclass(frozen=True, slots=True, eq=False)
class ScaledPlan:
    """The pairs made, their points, the prices of people (n,) and openings (m,) by the rows of the pool, the proof."""

    pairs: CandidatePairs
    total: int
    prices: Prices
    certificate: Certificate


@dataclass(frozen=True, slots=True, eq=False)
class _Scan:
    """What a scan found, and how many pairs it looked at."""

    missing: CandidatePairs
    scanned: int


def plan_at_scale(pool: Pool, limits: Limits = USUAL) -> ScaledPlan:
    """The plan with the most points over all eligible pairs, no seat or load exceeded.

    As Objective.BEST over every pair worth a point. Of plans with equal totals it is the one that the hashes of the
    ids choose among the candidates, so the same pool in any order of rows gives the same plan. Time: `nearest` once,
    then a round is a flow over the candidates and a scan of O(m x n) bits; memory that of `nearest` and about 300
    bytes a candidate. A round adds at most `per_opening` pairs an opening, those that gain most.

    >>> from scipy.sparse import csr_array
    >>> from graph.matching.large_scale.coverage import Crowd, Openings, build_pool
    >>> from graph.matching.people.needs import Gap
    >>> crowd = Crowd(ids=["ana", "bo"], levels=csr_array([[4.0, 2.0], [1.5, 1.0]]))
    >>> openings = Openings(ids=["o", "q"], gaps=[(Gap(0, level=0, target=4),), (Gap(1, level=0, target=4),)])
    >>> plan = plan_at_scale(build_pool(crowd, openings), Limits(per_opening=1, per_person=1))
    >>> plan.total, plan.pairs.person.tolist(), plan.pairs.opening.tolist()
    (12500, [0, 1], [0, 1])
    >>> plan.certificate
    Certificate(rounds=2, candidates=4, added=1, scanned=8, bound=12500)
    """
    arcs = nearest(pool, limits)
    first, rounds, scanned = len(arcs), 1, 0
    while True:
        pairs, found = _solve(pool, arcs)
        scan = _scan(pool, arcs, found, limits.per_opening)
        scanned += scan.scanned
        if not len(scan.missing):
            break
        arcs = joined(arcs, scan.missing)
        rounds += 1
    proof = Certificate(rounds, len(arcs), len(arcs) - first, scanned, _bound(pool, pairs, found))
    return ScaledPlan(pairs, int(pairs.points.sum(dtype=np.int64)), found, proof)


def _solve(pool: Pool, arcs: CandidatePairs) -> tuple[CandidatePairs, Prices]:
    """The best plan over these arcs and its prices by the rows of the pool."""
    market = build_problem(
        ProblemColumns(
            people=pool.crowd.ids,
            openings=pool.openings.ids,
            person=arcs.person,
            opening=arcs.opening,
            points=arcs.points.astype(np.int64),
            seats=pool.seats,
            loads=pool.loads,
        )
    )
    choice = market.choice()
    made = best_total(choice) if len(choice.arcs) else choice.arcs
    found = prices(choice, made)
    people, openings = np.zeros(len(pool.loads), np.int64), np.zeros(len(pool.seats), np.int64)
    people[market.person_row], openings[market.opening_row] = found.people, found.openings
    rows = market.person_row[choice.person[made]], market.opening_row[choice.opening[made]]
    pairs = joined(CandidatePairs(*rows, choice.points[made].astype(np.int32)))
    return pairs, Prices(frozen(people), frozen(openings))


def _scan(pool: Pool, arcs: CandidatePairs, found: Prices, most: int) -> _Scan:
    """Pairs outside the arcs with points above both prices, at most `most` an opening: those that gain most."""
    scanned = 0
    missing = [joined()]
    starts = np.searchsorted(arcs.opening, np.arange(len(pool.seats) + 1))
    for covered in pool.covered(found.openings + 1):
        scanned += covered.eligible
        listed = arcs.person[starts[covered.opening] : starts[covered.opening + 1]]
        missing.append(_missing(pool, covered, found, listed, most))
    return _Scan(joined(*missing), scanned)


def _missing(pool: Pool, covered: Covered, found: Prices, listed: Indexes, most: int) -> CandidatePairs:
    """What this opening would gain by that is not listed yet. A pair that is made may well be above both prices."""
    gains = covered.points - found.people[covered.people] - found.openings[covered.opening]
    better = np.flatnonzero(gains > 0)
    better = better[~np.isin(covered.people[better], listed)]
    best = better[largest(pair_order(pool, covered.opening, covered.people[better], gains[better]), most)]
    return candidate_pairs_of(covered.opening, covered.people[best], covered.points[best])


def _bound(pool: Pool, pairs: CandidatePairs, found: Prices) -> int:
    """What the prices allow at most: every quota at its price, and what pairs made are above theirs."""
    over = pairs.points - found.people[pairs.person] - found.openings[pairs.opening]
    quotas = found.people @ pool.loads + found.openings @ pool.seats
    return int(quotas + np.maximum(over, 0).sum())
