"""Keep what a bench planned: a draft with the parts of every score, and all the bench was made of."""

import json
from collections.abc import Iterator

import numpy as np

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.agreements import PairTie
from graph.matching.scoring.ranking import candidates_of
from graph.services.matching.match import PartOfScore
from graph.services.planning.plan import PlanReport
from graph.services.planning.save_draft import (
    DraftPair,
    DraftPlan,
    parts_text,
    save_draft,
)
from graph.services.planning.workspace import PlanWorkspace


def save_workspace(graph: Graph, account: Account, bench: PlanWorkspace, plan: PlanReport, name: str) -> str:
    """Store the plan as a draft under this name; its id. Raises what `save_draft` raises."""
    draft = DraftPlan(
        name=name,
        objective=plan.objective,
        inputs=json.loads(bench.wanted.to_text()),
        pairs=tuple(_pairs(bench, plan)),
        locks=tuple(PairTie(target=expert, opening=opening) for expert, opening in bench.wanted.locks),
        excludes=tuple(PairTie(target=expert, opening=opening) for expert, opening in bench.wanted.exclusions),
    )
    return save_draft(graph, account, draft)


def _pairs(bench: PlanWorkspace, plan: PlanReport) -> Iterator[DraftPair]:
    for placement in plan.placements:
        person, index = bench.pair((placement.expert, placement.opening))
        parts = parts_text(_parts(bench, person, index))
        yield DraftPair(placement.expert, placement.opening, float(placement.points), parts)


def _parts(bench: PlanWorkspace, person: int, index: int) -> Iterator[PartOfScore]:
    place = bench.places[index]
    there = np.searchsorted(place.scored.people, [person])
    (found,) = candidates_of(bench.people.roster, place.need, place.scored, there, place.weights)
    for part in found.parts:
        weight = place.weights.get(part.criterion, 0)
        yield PartOfScore(part.criterion, part.points, part.value, part.low, part.high, weight)
