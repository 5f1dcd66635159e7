"""The shortlist in focus on the bench: its people and what can be done about them, its weights, its rules."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from graph.matching.scoring.kinds import KINDS
from graph.matching.scoring.points import FULL
from graph.matching.scoring.rules import RULES, Rule
from graph.services.matching.match import RuledOut, Suggestion
from graph.services.planning.plan import Placement, PlanReport
from graph.services.planning.shortlist import Carried, Shortlist
from graph.services.planning.workspace import Names, WorkspaceOpening
from webapp.presenters import words
from webapp.presenters.charts import tone
from webapp.presenters.matching import matches
from webapp.presenters.matching.matches import CRITERION, MEANING, listed
from webapp.presenters.planning.workspaces import LoadedWorkspace, address, where
from webapp.urls.workspace import WorkspaceQuery


@dataclass(frozen=True, slots=True)
class FocusRow:
    """A person of the shortlist, with what can be done about them. `planned` says where else the plan puts them.

    `asks` is the question that leads to `why`, `answer` what it found, empty until it is asked.
    """

    expert: str
    suggestion: matches.SuggestionRow
    languages: str
    load: str
    planned: str
    here: bool
    locked: bool
    excluded: bool
    admitted: str
    lock: str
    exclude: str
    asks: str
    why: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slider:
    """The weight of a criterion, to be moved."""

    name: str
    label: str
    meaning: str
    tone: str
    weight: int
    most: int


@dataclass(frozen=True, slots=True)
class Switch:
    """A rule of eligibility: whom it removes from the opening in focus, and the way to switch it off or on."""

    sentence: str
    removes: str
    firm: bool
    off: bool
    href: str


@dataclass(frozen=True, slots=True)
class Focus:
    """The opening whose shortlist is shown. `block` is what the script needs to weigh anew."""

    opening: str
    name: str
    href: str
    facts: str
    gaps: int
    rows: tuple[FocusRow, ...]
    shortlist: matches.ShortlistTable
    switches: tuple[Switch, ...]
    sliders: tuple[Slider, ...]
    tried: bool
    block: Mapping[str, Any]


def focus(loaded: LoadedWorkspace, index: int, found: Shortlist) -> Focus:
    """Word the shortlist of the place at `index`."""
    opening, shown = loaded.workspace.openings[index], matches.shortlist(found.match)
    rows = zip(found.match.suggestions, shown.rows, strict=True)
    return Focus(
        opening=opening.record.id,
        name=opening.record.name,
        href=url_for("openings.show", record_id=opening.record.id),
        facts=_facts(opening),
        gaps=len(found.match.gaps),
        rows=tuple(_row(loaded, opening, item, row, found.carried[item.expert]) for item, row in rows),
        shortlist=shown,
        switches=_switches(loaded.query, shown),
        sliders=_sliders(opening),
        tried=bool(loaded.query.weights),
        block=_block(opening, found),
    )


def _facts(opening: WorkspaceOpening) -> str:
    record = opening.record
    free = f"{opening.seats} of " if opening.seats != record.seats else ""
    seats = f"{free}{words.counted(record.seats, 'seat')}{' free' if free else ''}"
    span = words.period({"start": record.start.text, "end": record.end.text})
    return " · ".join((where(opening), span, words.plain(record.mode.value), seats))


def _row(
    loaded: LoadedWorkspace, opening: WorkspaceOpening, item: Suggestion, row: matches.SuggestionRow, carried: Carried
) -> FocusRow:
    names, plan = (item.expert, opening.record.id), _homes(loaded.plan)
    there = [words.apart(found.opening_name) for found in plan[item.expert] if found.opening != opening.record.id]
    anchor = f"who-{item.expert}"
    here = any(found.opening == opening.record.id for found in plan[item.expert])
    locked, query = names in loaded.query.locks, loaded.query.why == item.expert
    return FocusRow(
        expert=item.expert,
        suggestion=row,
        languages=spoken(carried),
        load=f"load {carried_now(carried)}",
        planned=listed([*_adds(loaded, names), *([f"planned for {listed(there)}"] if there else [])]),
        here=here,
        locked=locked,
        excluded=names in loaded.query.exclusions,
        admitted=listed(carried.admitted),
        lock=address(_looking(loaded.query.toggled_lock(names), opening), anchor=anchor),
        exclude=address(_looking(loaded.query.toggled_exclusion(names), opening), anchor=anchor),
        asks="What does it cost?" if locked else "Who is next?" if here else "Why not?",
        why=address(replace(loaded.query, focus=opening.record.id, why="" if query else item.expert), anchor=anchor),
        answer=loaded.answer if query else (),
    )


def _adds(loaded: LoadedWorkspace, names: Names) -> Sequence[str]:
    """What somebody of a team adds to the others."""
    found = [one for one in loaded.plan.placements if (one.expert, one.opening) == names and one.marginal != one.points]
    return [f"adding {words.counted(one.marginal, 'point')} to what the others of the team bring" for one in found]


def _looking(query: WorkspaceQuery, opening: WorkspaceOpening) -> WorkspaceQuery:
    """A lock may reorder the openings, so the one in focus is said from now on."""
    return replace(query, focus=opening.record.id, why="")


def _homes(plan: PlanReport) -> Mapping[str, Sequence[Placement]]:
    homes: dict[str, list[Placement]] = defaultdict(list)
    for placement in plan.placements:
        homes[placement.expert].append(placement)
    return homes


def spoken(carried: Carried) -> str:
    """ "fr C2 · en C1"."""
    return " · ".join(f"{code} {level}" for code, level in carried.languages)


def carried_now(carried: Carried) -> str:
    """ "1 of 2, asked for Harbour mentor, their wish 1"; a name is left out where the viewer may not know it."""
    asked = [words.apart(name) for name in carried.asked if name]
    asked += [words.counted(more, "other opening")] if (more := len(carried.asked) - len(asked)) else []
    parts = [f"{carried.load} of {carried.capacity}"]
    parts += [f"asked for {listed(asked)}"] if asked else []
    parts += [f"their wish {carried.wish}"] if carried.wish else []
    return ", ".join(parts)


def _sliders(opening: WorkspaceOpening) -> tuple[Slider, ...]:
    return tuple(
        Slider(name, CRITERION[name], MEANING[name], tone(position), weight, max(100, weight))
        for position, name in enumerate(KINDS[opening.record.kind].names)
        for weight in (opening.weights.get(name, 0),)
    )


def _switches(query: WorkspaceQuery, shown: matches.ShortlistTable) -> tuple[Switch, ...]:
    counts = {rule.rule: rule for rule in shown.rules}
    return tuple(
        Switch(
            sentence=rule.sentence,
            removes=_removes(rule, counts[rule.name]) if rule.name in counts else "",
            firm=rule.firm,
            off=rule.name in query.switched_off,
            href=address(replace(query.toggled_rule(rule.name), why=""), anchor="rules"),
        )
        for rule in RULES
        if rule.name in counts or rule.name in query.switched_off
    )


def _removes(rule: Rule, count: RuledOut) -> str:
    if not count.people:
        return "removes nobody here"
    admits = f"{count.alone:,}" if count.alone else "nobody"
    return f"removes {count.people:,}" if rule.firm else f"removes {count.people:,}; switching it off admits {admits}"


def _block(opening: WorkspaceOpening, found: Shortlist) -> dict[str, Any]:
    return {
        "full": FULL,
        "criteria": [{"name": name, "label": CRITERION[name]} for name in KINDS[opening.record.kind].names],
        "people": [{"id": one.expert, "value": one.value, "high": one.high} for one in found.measured],
    }
