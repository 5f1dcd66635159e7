"""Explain a fit: whether somebody could be suggested for an opening at all, for that person alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.marks import planner_for
from graph.matching.scoring.collect_evidence import collect_evidence
from graph.matching.scoring.evidence import Unstated
from graph.matching.sensitivity.changes import Change, repairs
from graph.services.matching.change_text import words
from graph.services.planning.explain import Broken
from graph.services.planning.workspace import PlanRequest, PlanWorkspace, load_workspace
from graph.store import openings


@dataclass(frozen=True, slots=True)
class Fit:
    """How a person stands with an opening: the `rules` that remove them, in their order, none for the eligible.

    `changes` are the least that satisfies all rules, none where no change of theirs does. `unstated` are the criteria
    for which nothing is stated that they could rest on. Nothing of it tells of anybody else.
    """

    expert_name: str
    rules: tuple[Broken, ...]
    changes: tuple[str, ...]
    unstated: tuple[str, ...]


def explain_fit(graph: Graph, account: Account, opening_id: str, today: date) -> Fit | None:
    """How the person of this account stands with an opening; None without a person whom planners may see.

    Raises NotFound for an opening that the account may not see.
    """
    openings.find(graph, account.audience, opening_id)
    if not account.expert:
        return None
    bench = load_workspace(graph, planner_for(account.audience), PlanRequest(openings=(opening_id,)), today)
    index = bench.people.experts.index
    return _fit(bench, index[account.expert]) if account.expert in index else None


def _fit(bench: PlanWorkspace, person: int) -> Fit:
    place, people = bench.places[0], bench.people
    rules = place.scored.eligibility.reasons(person)
    needed = repairs(people.roster, place.need, person, [rule.name for rule in rules]) or ()
    silent = collect_evidence(people.roster, place.need, person) if not rules else ()
    return Fit(
        expert_name=people.experts.names[person],
        rules=tuple(Broken(rule.name, rule.sentence, rule.firm) for rule in rules),
        changes=_told(bench, needed),
        unstated=tuple(dict.fromkeys(item.criterion for item in silent if isinstance(item, Unstated))),
    )


def _told(bench: PlanWorkspace, needed: Iterable[Change]) -> tuple[str, ...]:
    return tuple(words(bench.people, change) for change in needed)
