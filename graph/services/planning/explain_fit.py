"""Explain to a person whether they could be suggested for an opening, and what is in the way."""

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
    """Whether a person could be suggested for an opening; `rules` are those that remove them, none for the eligible.

    `changes` are the least that satisfies all rules, none where no change of theirs does. `unstated` are the criteria
    for which nothing is stated that they could rest on. It says nothing about other people.
    """

    expert_name: str
    rules: tuple[Broken, ...]
    changes: tuple[str, ...]
    unstated: tuple[str, ...]


def explain_fit(graph: Graph, account: Account, opening_id: str, today: date) -> Fit | None:
    """Whether the person of this account could be suggested; None without a person whom planners may see.

    Raises NotFound for an opening that the account may not see.
    """
    openings.find(graph, account.audience, opening_id)
    if not account.expert:
        return None
    workspace = load_workspace(graph, planner_for(account.audience), PlanRequest(openings=(opening_id,)), today)
    index = workspace.people.experts.index
    return _fit(workspace, index[account.expert]) if account.expert in index else None


def _fit(workspace: PlanWorkspace, person: int) -> Fit:
    opening, people = workspace.openings[0], workspace.people
    rules = opening.scored.eligibility.reasons(person)
    needed = repairs(people.roster, opening.need, person, [rule.name for rule in rules]) or ()
    silent = collect_evidence(people.roster, opening.need, person) if not rules else ()
    return Fit(
        expert_name=people.experts.names[person],
        rules=tuple(Broken(rule.name, rule.sentence, rule.firm) for rule in rules),
        changes=_in_words(workspace, needed),
        unstated=tuple(dict.fromkeys(item.criterion for item in silent if isinstance(item, Unstated))),
    )


def _in_words(workspace: PlanWorkspace, needed: Iterable[Change]) -> tuple[str, ...]:
    return tuple(words(workspace.people, change) for change in needed)
