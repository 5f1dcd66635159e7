"""The shortlist of one opening on a bench: who comes in which order, with reasons, and what moving weights needs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph.domain.people import Cefr
from graph.matching.columns import Integers
from graph.matching.scoring.eligibility import RULES, Eligibility
from graph.matching.scoring.points import millionths
from graph.matching.scoring.ranking import candidates_of, uncovered_gaps
from graph.services.matching.evidence_text import EvidenceText
from graph.services.matching.match import (
    OpeningMatch,
    RuledOut,
    Suggestion,
    suggestion,
)
from graph.services.planning.workspace import PlanWorkspace, WorkspaceOpening

LISTED = 10
MEASURED = 300


@dataclass(frozen=True, slots=True)
class Carried:
    """What a person brings beside their score: languages (code and level), load and capacity, rules they would fail."""

    languages: tuple[tuple[str, str], ...]
    load: int
    capacity: int
    admitted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasuredPerson:
    """Somebody's criteria in whole millionths, in the order of the criteria: as `points.add_up` takes them."""

    expert: str
    low: tuple[int, ...]
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


def shortlist(bench: PlanWorkspace, index: int, also: Iterable[int] = (), top: int = LISTED) -> Shortlist:
    """The `top` invited people for an opening, and these (indexes of people) too as far as they are eligible.

    Every suggestion has its rank among all who are eligible. O(m log m + shown x criteria).
    """
    place, wanted = bench.places[index], set(also)
    order = _order(bench, place)
    shown = [rank for rank, found in enumerate(order.tolist()) if rank < top or place.scored.people[found] in wanted]
    return _shortlist(bench, place, order, shown)


def side_by_side(bench: PlanWorkspace, index: int, experts: Sequence[int]) -> Shortlist:
    """The same with these people alone, invited or not; whoever a rule removes is missing."""
    place = bench.places[index]
    eligible = place.scored.eligibility
    everybody = replace(bench, invited=np.ones_like(bench.invited))
    order = _order(everybody, place)
    shown = [rank for rank, found in enumerate(order.tolist()) if place.scored.people[found] in experts]
    removed = [(person, eligible.reasons(person)) for person in experts if not eligible.eligible[person]]
    names = bench.people.experts.names
    told = tuple(f"{names[person]} {rules[0].sentence}, so there is nothing to compare." for person, rules in removed)
    return replace(_shortlist(everybody, place, order, shown), missing=told)


def _order(bench: PlanWorkspace, place: WorkspaceOpening) -> Integers:
    """Places of the invited among the scored, by points and then id."""
    scored = place.scored
    invited = np.flatnonzero(bench.invited[scored.people])
    ties = bench.people.roster.id_rank[scored.people[invited]]
    return invited[np.lexsort((ties, -scored.points[invited]))]


def _shortlist(bench: PlanWorkspace, place: WorkspaceOpening, order: Integers, shown: list[int]) -> Shortlist:
    listed = order[np.array(shown, np.int64)]
    people = place.scored.people[listed].tolist()
    measured = np.concatenate([order[:MEASURED], np.setdiff1d(listed, order[:MEASURED])])
    return Shortlist(
        match=_match(bench, place, order, shown),
        carried={bench.people.experts.ids[person]: _carried(bench, place, person) for person in people},
        measured=tuple(_measured(bench, place, measured)),
    )


def _match(bench: PlanWorkspace, place: WorkspaceOpening, order: Integers, shown: list[int]) -> OpeningMatch:
    people, scored = bench.people, place.scored
    names = people.capabilities.names
    return OpeningMatch(
        opening=place.opening,
        programme=place.row["programme"],
        programme_name=place.row["programme_name"],
        roster=int(bench.invited.sum()),
        eligible=len(order),
        suggestions=_suggestions(bench, place, order, shown),
        ruled_out=_ruled_out(bench, scored.eligibility),
        gaps=tuple(names[gap.capability] for gap in place.need.open_gaps),
        uncovered=tuple(
            names[gap.capability] for gap in uncovered_gaps(people.roster, place.need, scored.people[order])
        ),
    )


def _suggestions(
    bench: PlanWorkspace, place: WorkspaceOpening, order: Integers, shown: list[int]
) -> tuple[Suggestion, ...]:
    listed = order[np.array(shown, np.int64)]
    found = candidates_of(bench.people.roster, place.need, place.scored, listed, place.weights)
    story = EvidenceText(bench.people, place.need, place.opening, place.row)
    return tuple(
        suggestion(story, rank + 1, candidate, place.weights) for rank, candidate in zip(shown, found, strict=True)
    )


def _ruled_out(bench: PlanWorkspace, eligibility: Eligibility) -> tuple[RuledOut, ...]:
    """What each rule does to the invited."""
    counts = eligibility.among(bench.invited).counts
    return tuple(RuledOut(one.rule.name, one.rule.sentence, one.all, one.first, one.alone) for one in counts)


def _carried(bench: PlanWorkspace, place: WorkspaceOpening, person: int) -> Carried:
    roster, tongues = bench.people.roster, bench.people.languages
    ranks = roster.ranks[person]
    spoken = sorted(np.flatnonzero(ranks).tolist(), key=lambda tongue: (-ranks[tongue], tongues.ids[tongue]))
    off = [rule for rule in RULES if rule.name in bench.wanted.switched_off]
    return Carried(
        languages=tuple((tongues.ids[tongue], list(Cefr)[ranks[tongue] - 1].value) for tongue in spoken),
        load=int(roster.load[person]),
        capacity=int(roster.capacity[person]),
        admitted=tuple(rule.sentence for rule in off if rule.removes(roster, place.need)[person]),
    )


def _measured(bench: PlanWorkspace, place: WorkspaceOpening, listed: Integers) -> Iterable[MeasuredPerson]:
    vectors = place.scored.vectors.take(listed)
    tables = (millionths(table.T).tolist() for table in (vectors.low, vectors.value, vectors.high))
    for person, *values in zip(place.scored.people[listed].tolist(), *tables, strict=True):
        yield MeasuredPerson(bench.people.experts.ids[person], *(tuple(column) for column in values))
