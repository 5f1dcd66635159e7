"""The shortlist in focus on the bench: its people and what can be done about them, its weights, its rules."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from graph.matching.scoring.eligibility import RULES, Rule
from graph.matching.scoring.points import FULL
from graph.matching.scoring.ranking import NAMES
from graph.services.matching.match import RuledOut, Suggestion
from graph.services.planning.plan import Placement, PlanReport
from graph.services.planning.shortlist import Carried, Shortlist
from graph.services.planning.workspace import Names, WorkspaceOpening
from webapp.presenters import words
from webapp.presenters.charts import tone
from webapp.presenters.matching import matches
from webapp.presenters.matching.matches import CRITERION, MEANING, listed
from webapp.presenters.planning.workspaces import Laid, address, where
from webapp.urls.workspace import WorkspaceQuery


@dataclass(frozen=True, slots=True)
class FocusRow:
    """A person of the shortlist, with what can be done about them. `planned` says where else the plan puts them.

    `asks` is the question that leads to `why`, `answer` what it found, empty until it is asked.
    """

    expert: str
    told: matches.SuggestionRow
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
    told: matches.ShortlistTable
    switches: tuple[Switch, ...]
    sliders: tuple[Slider, ...]
    tried: bool
    block: Mapping[str, Any]


def focus(laid: Laid, index: int, found: Shortlist) -> Focus:
    """Word the shortlist of the place at `index`."""
    place, told = laid.bench.places[index], matches.shortlist(found.match)
    opening = place.opening
    rows = zip(found.match.suggestions, told.rows, strict=True)
    return Focus(
        opening=opening.id,
        name=opening.name,
        href=url_for("openings.show", record_id=opening.id),
        facts=_facts(place),
        gaps=len(found.match.gaps),
        rows=tuple(_row(laid, place, item, row, found.carried[item.expert]) for item, row in rows),
        told=told,
        switches=_switches(laid.asked, told),
        sliders=_sliders(place),
        tried=bool(laid.asked.weights),
        block=_block(place, found),
    )


def _facts(place: WorkspaceOpening) -> str:
    opening = place.opening
    free = f"{place.seats} of " if place.seats != opening.seats else ""
    seats = f"{free}{opening.seats} {'seat' if opening.seats == 1 else 'seats'}{' free' if free else ''}"
    span = words.period({"start": opening.start.text, "end": opening.end.text})
    return " · ".join((where(place), span, words.plain(opening.mode.value), seats))


def _row(
    laid: Laid, place: WorkspaceOpening, item: Suggestion, told: matches.SuggestionRow, carried: Carried
) -> FocusRow:
    names, plan = (item.expert, place.opening.id), _homes(laid.plan)
    there = [words.apart(found.opening_name) for found in plan[item.expert] if found.opening != place.opening.id]
    anchor = f"who-{item.expert}"
    here = any(found.opening == place.opening.id for found in plan[item.expert])
    locked, asked = names in laid.asked.locks, laid.asked.why == item.expert
    return FocusRow(
        expert=item.expert,
        told=told,
        languages=spoken(carried),
        load=f"load {carried.load} of {carried.capacity}",
        planned=listed([*_adds(laid, names), *([f"planned for {listed(there)}"] if there else [])]),
        here=here,
        locked=locked,
        excluded=names in laid.asked.exclusions,
        admitted=listed(carried.admitted),
        lock=address(_looking(laid.asked.toggled_lock(names), place), anchor=anchor),
        exclude=address(_looking(laid.asked.toggled_exclusion(names), place), anchor=anchor),
        asks="What does it cost?" if locked else "Who is next?" if here else "Why not?",
        why=address(replace(laid.asked, focus=place.opening.id, why="" if asked else item.expert), anchor=anchor),
        answer=laid.answer if asked else (),
    )


def _adds(laid: Laid, names: Names) -> Sequence[str]:
    """What somebody of a team adds to the others."""
    found = [one for one in laid.plan.placements if (one.expert, one.opening) == names and one.marginal != one.points]
    return [f"adding {one.marginal:,} points to what the others of the team bring" for one in found]


def _looking(asked: WorkspaceQuery, place: WorkspaceOpening) -> WorkspaceQuery:
    """A lock may reorder the openings, so the one in focus is said from now on."""
    return replace(asked, focus=place.opening.id, why="")


def _homes(plan: PlanReport) -> Mapping[str, Sequence[Placement]]:
    homes: dict[str, list[Placement]] = defaultdict(list)
    for placement in plan.placements:
        homes[placement.expert].append(placement)
    return homes


def spoken(carried: Carried) -> str:
    """ "fr C2 · en C1"."""
    return " · ".join(f"{code} {level}" for code, level in carried.languages)


def _sliders(place: WorkspaceOpening) -> tuple[Slider, ...]:
    return tuple(
        Slider(name, CRITERION[name], MEANING[name], tone(position), weight, max(100, weight))
        for position, name in enumerate(NAMES)
        for weight in (place.weights.get(name, 0),)
    )


def _switches(asked: WorkspaceQuery, told: matches.ShortlistTable) -> tuple[Switch, ...]:
    counts = {rule.rule: rule for rule in told.rules}
    return tuple(
        Switch(
            sentence=rule.sentence,
            removes=_removes(rule, counts[rule.name]) if rule.name in counts else "",
            firm=rule.firm,
            off=rule.name in asked.switched_off,
            href=address(replace(asked.toggled_rule(rule.name), why=""), anchor="rules"),
        )
        for rule in RULES
    )


def _removes(rule: Rule, count: RuledOut) -> str:
    if not count.people:
        return "removes nobody here"
    admits = f"{count.alone:,}" if count.alone else "nobody"
    return f"removes {count.people:,}" if rule.firm else f"removes {count.people:,}; switching it off admits {admits}"


def _block(place: WorkspaceOpening, found: Shortlist) -> dict[str, Any]:
    return {
        "full": FULL,
        "criteria": [{"name": name, "label": CRITERION[name]} for name in NAMES],
        "people": [{"id": one.expert, "low": one.low, "value": one.value, "high": one.high} for one in found.measured],
    }
