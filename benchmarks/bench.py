"""Claim: a bench of 5,000 people and 500 openings gives shortlist and plan in under two seconds while the graph rests.

The demonstration data, so many times its size, on the embedded engine: the first 500 openings and everybody an officer
may match. `first look` reads and scores everything, as after a write where nobody waited for the server to read ahead;
`again` is the same bench asked for once more, `other weights` the move of a slider, which adds every pair up anew. Each
ends with the shortlist of one opening and the plan of best total. The peer gets our points as a dense matrix and plans
only; it cannot keep a person from taking two seats of one opening, so its total may be higher and never lower. Seconds
of wall time, since the engine is a process of its own.
"""

import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from graph import engine, schema
from graph.connection import Graph, connect_embedded
from graph.domain.marks import Audience, Role
from graph.matching.plans import Objective
from graph.matching.ranking import DEFAULT_WEIGHTS
from graph.services.benches import Bench, Wanted, lay_out
from graph.services.ingest import ingest
from graph.services.plan_openings import make_draft
from graph.services.shortlists import shortlist
from graph.store import openings
from importers import reference, scenario

OFFICER = Audience(Role.OFFICER)
MOST_OPENINGS = 500
SIZES = (17,)
QUICK = (1,)


def report(factors: Iterable[int]) -> None:
    """Print one table, for each size of the demonstration data."""
    print(f"{'people':>7} {'openings':>8}  {'step':<14} {'contender':<12} {'seconds':>8}  {'total':>10}")
    for factor in factors:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            try:
                with connect_embedded(Path(folder)) as graph:
                    schema.bootstrap(graph)
                    ingest(graph, "reference", reference.read())
                    ingest(graph, "demonstration", scenario.read(factor))
                    _measure(graph)
            finally:
                engine.stop(Path(folder))


def _measure(graph: Graph) -> None:
    today = datetime.now(UTC).date()
    chosen = tuple(openings.open_ids(graph, OFFICER, today.isoformat())[:MOST_OPENINGS])
    heavier = {**DEFAULT_WEIGHTS, "language": 2 * DEFAULT_WEIGHTS["language"]}
    steps = {
        "first look": Wanted(openings=chosen),
        "again": Wanted(openings=chosen),
        "other weights": Wanted(openings=chosen, weights=heavier),
    }
    for step, wanted in steps.items():
        began = time.perf_counter()
        bench = lay_out(graph, OFFICER, wanted, today)
        shortlist(bench, 0)
        total = make_draft(bench, Objective.BEST).plan.total
        _say(bench, step, "baton", time.perf_counter() - began, total)
        began = time.perf_counter()
        peer = _plain_total(bench)
        _say(bench, step, "scipy dense", time.perf_counter() - began, peer)
        assert peer >= total


def _plain_total(bench: Bench) -> int:
    """The best total by a dense matrix with one row a seat and one column a place in somebody's load."""
    columns = np.repeat(np.arange(len(bench.loads)), np.minimum(bench.loads, len(bench.places)))
    points = np.zeros((sum(place.seats for place in bench.places), len(columns)))
    row = 0
    for place in bench.places:
        line = np.zeros(len(bench.loads))
        line[place.scored.people] = place.scored.points
        points[row : row + place.seats] = line[columns]
        row += place.seats
    rows, found = linear_sum_assignment(points, maximize=True)
    return int(points[rows, found].sum())


def _say(bench: Bench, step: str, contender: str, seconds: float, total: int) -> None:
    sizes = f"{len(bench.people.roster):>7,} {len(bench.places):>8,}"
    print(f"{sizes}  {step:<14} {contender:<12} {seconds:>8.3f}  {total:>10,}")


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
