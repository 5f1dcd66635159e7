"""The next best opening for a person who lost a seat, among all that still take people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from graph.matching.scoring.eligibility import commonest
from graph.services.planning.workspace import Names, PlanWorkspace

TAKEN = "every opening they could fill has its seats taken"


@dataclass(frozen=True, slots=True)
class NextBest:
    """The opening with a free seat for which a person has the most points; without one, `because` says why.

    Each person is looked at alone: the same seat may be the next best of two.
    """

    expert: str
    expert_name: str
    opening: str = ""
    opening_name: str = ""
    points: int | None = None
    because: str = ""


def next_best(
    workspace: PlanWorkspace, person: int, filled: Mapping[str, int], barred: Iterable[Names] = ()
) -> NextBest:
    """What is next for a person (index). `filled` says how many seats of which openings (id) are given away.

    `barred` pairs are not offered. Ties go to the opening of the smaller id. O(openings).
    """
    experts, barred = workspace.people.experts, set(barred)
    who = experts.ids[person], experts.names[person]
    able = [
        (-points, opening.record.id, opening)
        for opening in workspace.openings
        if (points := opening.points_of(person)) is not None and (who[0], opening.record.id) not in barred
    ]
    free = [found for found in able if found[2].seats > filled.get(found[1], 0)]
    if not free:
        return NextBest(*who, because=TAKEN if able else _rule(workspace, person))
    worth, opening_id, opening = min(free, key=lambda found: found[:2])
    return NextBest(*who, opening_id, opening.record.name, -worth)


def _rule(workspace: PlanWorkspace, person: int) -> str:
    """The rule that removes the person first from most openings."""
    rule = commonest(np.array([opening.scored.eligibility.first[person] for opening in workspace.openings], np.int8))
    if rule is None:
        return "no other opening takes people now"
    return f"for most openings that take people, {workspace.people.experts.names[person]} {rule.sentence}"
