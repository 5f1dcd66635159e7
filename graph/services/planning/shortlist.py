"""The shortlist of one opening in a workspace: people in order, with reasons, and the values that new weights need."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph.domain.people import Cefr
from graph.matching.columns import Integers
from graph.matching.scoring.eligibility import Eligibility
from graph.matching.scoring.influence import influences
from graph.matching.scoring.outweighed import outweighed
from graph.matching.scoring.points import millionths
from graph.matching.scoring.ranking import candidates_of, uncovered_gaps, vectors_of
from graph.matching.scoring.rules import RULES
from graph.services.matching.evidence_text import EvidenceText
from graph.services.matching.match import (
    OpeningMatch,
    RuledOut,
    Suggestion,
    in_names,
    lessons,
    suggestion,
)
from graph.services.planning.workspace import PlanWorkspace, WorkspaceOpening

LISTED = 10
MEASURED = 300


@dataclass(frozen=True, slots=True)
class Carried:
    """What a person brings beside their score: languages (code and level), load in the days of the opening, capacity.

    `wish` is at which place they rank this opening, 0 where they do not or the viewer may not know; `asked` are the
    other openings of these days that wait for their answer, by name as far as the viewer may know it; `admitted` the
    rules they would fail.
    """

    languages: tuple[tuple[str, str], ...]
    load: int
    capacity: int
    wish: int
    asked: tuple[str, ...]
    admitted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasuredPerson:
    """Somebody's criteria in whole millionths, in the order of the criteria: as `points.add_up` takes them."""

    expert: str
    value: tuple[int, ...]
    high: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shortlist:
    """An opening with the people to show, what each brings, and the measures of the first MEASURED by points.

    `missing` has a sentence for each person who was asked for and cannot be shown.
    """

    match: OpeningMatch
    carried: Mapping[str, Carried]
    measured: tuple[MeasuredPerson, ...]
    missing: tuple[str, ...] = ()


def shortlist(workspace: PlanWorkspace, index: int, also: Iterable[int] = (), top: int = LISTED) -> Shortlist:
    """The `top` invited people for an opening, and these (indexes of people) too as far as they are eligible.

    Every suggestion has its rank among all who are eligible. O(m log m + shown x criteria).
    """
    opening, named = workspace.openings[index], set(also)
    order = _order(workspace, opening)
    shown = [rank for rank, found in enumerate(order.tolist()) if rank < top or opening.scored.people[found] in named]
    return _shortlist(workspace, opening, order, shown)


def side_by_side(workspace: PlanWorkspace, index: int, experts: Sequence[int]) -> Shortlist:
    """The same with these people alone, invited or not; whoever a rule removes is missing."""
    opening = workspace.openings[index]
    eligible = opening.scored.eligibility
    everybody = replace(workspace, invited=np.ones_like(workspace.invited))
    order = _order(everybody, opening)
    shown = [rank for rank, found in enumerate(order.tolist()) if opening.scored.people[found] in experts]
    removed = [(person, eligible.reasons(person)) for person in experts if not eligible.eligible[person]]
    names = workspace.people.experts.names
    messages = tuple(
        f"{names[person]} {rules[0].sentence}, so there is nothing to compare." for person, rules in removed
    )
    return replace(_shortlist(everybody, opening, order, shown), missing=messages)


def _order(workspace: PlanWorkspace, opening: WorkspaceOpening) -> Integers:
    """Places of the invited among the scored, by points and then id."""
    scored = opening.scored
    invited = np.flatnonzero(workspace.invited[scored.people])
    ties = workspace.people.roster.id_rank[scored.people[invited]]
    return invited[np.lexsort((ties, -scored.points[invited]))]


def _shortlist(workspace: PlanWorkspace, opening: WorkspaceOpening, order: Integers, shown: list[int]) -> Shortlist:
    listed = order[np.array(shown, np.int64)]
    people = opening.scored.people[listed].tolist()
    measured = np.concatenate([order[:MEASURED], np.setdiff1d(listed, order[:MEASURED])])
    return Shortlist(
        match=_match(workspace, opening, order, shown),
        carried={workspace.people.experts.ids[person]: _carried(workspace, opening, person) for person in people},
        measured=tuple(_measured(workspace, opening, measured)),
    )


def _match(workspace: PlanWorkspace, opening: WorkspaceOpening, order: Integers, shown: list[int]) -> OpeningMatch:
    people, scored = workspace.people, opening.scored
    names = people.capabilities.names
    return OpeningMatch(
        opening=opening.record,
        programme=opening.row["programme"],
        programme_name=opening.row["programme_name"],
        roster=int(workspace.invited.sum()),
        eligible=len(order),
        suggestions=_suggestions(workspace, opening, order, shown),
        ruled_out=_ruled_out(workspace, scored.eligibility),
        lessons=lessons(opening.need, names),
        gaps=tuple(names[gap.capability] for gap in opening.need.open_gaps),
        uncovered=tuple(
            names[gap.capability] for gap in uncovered_gaps(people.roster, opening.need, scored.people[order])
        ),
        outweighed=in_names(people, outweighed(people.roster, opening.need, scored, order, opening.weights)),
        influences=influences(opening.need, scored, people.roster.id_rank[scored.people], opening.weights),
    )


def _suggestions(
    workspace: PlanWorkspace, opening: WorkspaceOpening, order: Integers, shown: list[int]
) -> tuple[Suggestion, ...]:
    listed = order[np.array(shown, np.int64)]
    found = candidates_of(workspace.people.roster, opening.need, opening.scored, listed, opening.weights)
    text = EvidenceText(workspace.people, opening.need, opening.record, opening.row)
    return tuple(
        suggestion(text, rank + 1, candidate, opening.weights) for rank, candidate in zip(shown, found, strict=True)
    )


def _ruled_out(workspace: PlanWorkspace, eligibility: Eligibility) -> tuple[RuledOut, ...]:
    """What each rule does to the invited."""
    counts = eligibility.among(workspace.invited).counts
    return tuple(RuledOut(one.rule.name, one.rule.sentence, one.all, one.first, one.alone) for one in counts)


def _carried(workspace: PlanWorkspace, opening: WorkspaceOpening, person: int) -> Carried:
    roster, tongues = workspace.people.roster, workspace.people.languages
    ranks = roster.ranks[person]
    spoken = sorted(np.flatnonzero(ranks).tolist(), key=lambda tongue: (-ranks[tongue], tongues.ids[tongue]))
    need = opening.need
    off = [rule for rule in RULES if rule.name in workspace.request.switched_off]
    return Carried(
        languages=tuple((tongues.ids[tongue], list(Cefr)[ranks[tongue] - 1].value) for tongue in spoken),
        load=int(roster.load(need)[person]),
        capacity=int(roster.capacity[person]),
        wish=workspace.wish(workspace.people.experts.ids[person], need.id),
        asked=tuple(
            other.name
            for other in workspace.people.asked.get(workspace.people.experts.ids[person], ())
            if other.opening != need.id and other.first < need.until and other.until > need.start
        ),
        admitted=tuple(rule.sentence for rule in off if rule.removes(roster, need)[person]),
    )


def _measured(workspace: PlanWorkspace, opening: WorkspaceOpening, listed: Integers) -> Iterable[MeasuredPerson]:
    vectors = vectors_of(workspace.people.roster, opening.need, opening.scored.people[listed])
    tables = (millionths(table.T).tolist() for table in (vectors.value, vectors.high))
    for person, *values in zip(opening.scored.people[listed].tolist(), *tables, strict=True):
        yield MeasuredPerson(workspace.people.experts.ids[person], *(tuple(column) for column in values))
