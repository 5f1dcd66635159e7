"""Keep what a workspace planned: a draft with the parts of every score, and all the workspace was made of."""

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


def save_workspace(graph: Graph, account: Account, workspace: PlanWorkspace, plan: PlanReport, name: str) -> str:
    """Store the plan as a draft under this name; its id. Raises what `save_draft` raises."""
    draft = DraftPlan(
        name=name,
        objective=plan.objective,
        inputs=json.loads(workspace.request.to_text()),
        pairs=tuple(_pairs(workspace, plan)),
        locks=tuple(PairTie(target=expert, opening=opening) for expert, opening in workspace.request.locks),
        excludes=tuple(PairTie(target=expert, opening=opening) for expert, opening in workspace.request.exclusions),
    )
    return save_draft(graph, account, draft)


def _pairs(workspace: PlanWorkspace, plan: PlanReport) -> Iterator[DraftPair]:
    for placement in plan.placements:
        person, index = workspace.pair((placement.expert, placement.opening))
        parts = parts_text(_parts(workspace, person, index))
        yield DraftPair(placement.expert, placement.opening, float(placement.points), parts)


def _parts(workspace: PlanWorkspace, person: int, index: int) -> Iterator[PartOfScore]:
    opening = workspace.openings[index]
    there = np.searchsorted(opening.scored.people, [person])
    (found,) = candidates_of(workspace.people.roster, opening.need, opening.scored, there, opening.weights)
    for part in found.parts:
        weight = opening.weights.get(part.criterion, 0)
        yield PartOfScore(part.criterion, part.points, part.value, part.high, weight)
