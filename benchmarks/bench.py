"""Claim: a bench of 5,000 people and 500 openings gives shortlist and plan in under two seconds on what is kept.

The demonstration data, so many times its size, on the embedded engine: the first 500 openings and everybody an officer
may match. `first look` reads and scores everything, as a server does that has just started; `again` is the same bench
asked for once more, `other weights` the move of a slider, which adds every pair up anew. `after` a write only what it
changed is read and measured again, with nobody having read ahead: the whole plan kept as a draft, the weights of one
opening, a person who came, a secondment that was recorded. Each ends with the shortlist of one opening and the plan of
best total. The peer gets our points as a dense matrix and plans only; it cannot keep a person from taking two seats of
one opening, so its total may be higher and never lower. Seconds of wall time, since the engine is a process of its
own.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from graph import engine, schema
from graph.connection import Graph, connect_embedded
from graph.domain.accounts import Account
from graph.domain.dates import PartialDate
from graph.domain.engagements import Secondment
from graph.domain.marks import Audience, Purpose, Role
from graph.domain.people import Expert
from graph.matching.scoring.kinds import BRINGS
from graph.matching.solvers.plans import Objective
from graph.services.imports.ingest import ingest
from graph.services.planning.plan import report_plan, solve_workspace
from graph.services.planning.save_workspace import save_workspace
from graph.services.planning.shortlist import shortlist
from graph.services.planning.workspace import PlanRequest, PlanWorkspace, load_workspace
from graph.store import openings
from importers import reference, scenario

OFFICER = Audience(Role.OFFICER)
PLANNER = Account(id="bench-planner", email="", name="Benchmark", role=Role.OFFICER, password_hash="")
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
    heavier = {**BRINGS.weights, "language": 2 * BRINGS.weights["language"]}
    wanted = PlanRequest(openings=chosen)
    bench = _step(graph, "first look", wanted)
    _step(graph, "again", wanted)
    _step(graph, "other weights", PlanRequest(openings=chosen, weights=heavier))
    for step, write in _writes(graph, bench).items():
        write()
        _step(graph, f"after {step}", wanted)


def _writes(graph: Graph, bench: PlanWorkspace) -> dict[str, Callable[[], object]]:
    """What is written between two looks."""
    people, opening = bench.people, bench.openings[0].record.id
    person = Expert(id="bench-person", name="Somebody new", consents=frozenset(Purpose))
    posting = Secondment(
        id="bench-posting",
        expert=people.experts.ids[0],
        host=people.institutions.ids[0],
        start=PartialDate.parse("2024"),
        end=PartialDate.parse("2025"),
    )
    return {
        "a draft": lambda: save_workspace(graph, PLANNER, bench, report_plan(bench, Objective.BEST), "Benchmark"),
        "weights": lambda: openings.save_weights(graph, opening, '{"gap": 2}'),
        "a person": lambda: ingest(graph, "benchmark", [person]),
        "a posting": lambda: ingest(graph, "benchmark", [posting]),
    }


def _step(graph: Graph, step: str, wanted: PlanRequest) -> PlanWorkspace:
    began = time.perf_counter()
    bench = load_workspace(graph, OFFICER, wanted, datetime.now(UTC).date())
    shortlist(bench, 0)
    total = solve_workspace(bench, Objective.BEST).solution.total
    _say(bench, step, "baton", time.perf_counter() - began, total)
    began = time.perf_counter()
    peer = _plain_total(bench)
    _say(bench, step, "scipy dense", time.perf_counter() - began, peer)
    assert peer >= total
    return bench


def _plain_total(bench: PlanWorkspace) -> int:
    """The best total by a dense matrix with one row a seat and one column a place in somebody's load."""
    columns = np.repeat(np.arange(len(bench.loads)), np.minimum(bench.loads, len(bench.openings)))
    points = np.zeros((sum(place.seats for place in bench.openings), len(columns)))
    row = 0
    for place in bench.openings:
        line = np.zeros(len(bench.loads))
        line[place.scored.people] = place.scored.points
        points[row : row + place.seats] = line[columns]
        row += place.seats
    rows, found = linear_sum_assignment(points, maximize=True)
    return int(points[rows, found].sum())


def _say(bench: PlanWorkspace, step: str, contender: str, seconds: float, total: int) -> None:
    sizes = f"{len(bench.people.roster):>7,} {len(bench.openings):>8,}"
    print(f"{sizes}  {step:<14} {contender:<12} {seconds:>8.3f}  {total:>10,}")


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
