"""Keep what a workspace planned: a draft with the parts of every score, and all the workspace was made of."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.agreements import PairTie
from graph.matching.scoring.ranking import Candidate, candidates_of
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
    pairs = [workspace.pair((placement.expert, placement.opening)) for placement in plan.placements]
    by_opening: dict[int, list[int]] = defaultdict(list)
    for person, index in pairs:
        by_opening[index].append(person)
    parts = {index: _parts(workspace, index, people) for index, people in by_opening.items()}
    for placement, (person, index) in zip(plan.placements, pairs, strict=True):
        yield DraftPair(placement.expert, placement.opening, float(placement.points), parts[index][person])


def _parts(workspace: PlanWorkspace, index: int, people: Sequence[int]) -> dict[int, str]:
    """The parts of the points of people in an opening, in words; all at once, since they are measured for it."""
    opening = workspace.openings[index]
    there = np.searchsorted(opening.scored.people, people)
    found = candidates_of(workspace.people.roster, opening.need, opening.scored, there, opening.weights)
    return {candidate.person: parts_text(_parts_of(candidate, opening.weights)) for candidate in found}


def _parts_of(candidate: Candidate, weights: Mapping[str, int]) -> Iterator[PartOfScore]:
    for part in candidate.parts:
        weight = weights.get(part.criterion, 0)
        yield PartOfScore(part.criterion, part.points, part.value, part.high, weight)
