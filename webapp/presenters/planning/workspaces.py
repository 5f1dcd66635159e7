"""The bench in words: what the plan is worth, how each opening is served and by whom, and what stays empty."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import url_for

from graph.matching.scoring.points import FULL
from graph.matching.solvers.plans import Objective
from graph.services.planning.plan import (
    Empty,
    PlanReport,
    RegionShare,
    Worth,
)
from graph.services.planning.workspace import PlanWorkspace, WorkspaceOpening
from webapp.presenters import words
from webapp.presenters.matching.matches import listed
from webapp.presenters.planning.objectives import MEASURE, OBJECTIVE
from webapp.presenters.planning.proofs import beside_best
from webapp.urls.workspace import WorkspaceQuery

NOBODY_REACHES_FLOOR = "nobody reaches the floor"
_WELL, _HARDLY = 65, 1  # per cent of the points an opening could have, from which it counts as well, as at all served


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several ways to go, with what it means."""

    label: str
    meaning: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigure:
    """A number of the plan, what it is compared with, and what it means."""

    value: str
    label: str
    unit: str = ""
    compared: str = ""
    tone: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An opening in the list: how well it is served, in per cent of the points its seats could bring, and by whom.

    `over` says that its deadline has passed, empty where it has not.
    """

    opening: str
    name: str
    place: str
    share: int
    tone: str
    who: str
    current: bool
    over: str


@dataclass(frozen=True, slots=True)
class VacantOpening:
    """An opening with seats left, and how that can be."""

    name: str
    href: str
    why: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A region on the bench, by its id and name, and how many of its seats at least and at most are to be filled."""

    region: str
    name: str
    least: str
    most: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspacePage:
    """Everything the bench shows."""

    headline: str
    people: str
    placed: int
    objectives: tuple[Alternative, ...]
    figures: tuple[PlanFigure, ...]
    regions: tuple[RegionShare, ...]
    cards: tuple[Card, ...]
    vacancies: tuple[VacantOpening, ...]
    bounds: tuple[Bound, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoadedWorkspace:
    """What a bench page is made of: the plan, the best total of the bench, and the plan it is compared with.

    `answer` explains the person asked about, in sentences.
    """

    query: WorkspaceQuery
    workspace: PlanWorkspace
    plan: PlanReport
    best: int
    held: PlanReport | None = None
    answer: tuple[str, ...] = ()


def address(query: WorkspaceQuery, page: str = "match.index", anchor: str = "") -> str:
    """The address of a page about this bench."""
    encoded, fragment = query.encoded, f"#{anchor}" if anchor else ""
    return f"{url_for(page)}{'?' if encoded else ''}{encoded}{fragment}"


def opening_address(query: WorkspaceQuery, opening: str) -> str:
    """The bench with this opening in focus."""
    return address(replace(query, focus=opening, why=""), anchor="shortlist")


def person_address(expert: str) -> str:
    """The page of a person."""
    return url_for("experts.show", record_id=expert)


@dataclass(frozen=True, slots=True)
class Links:
    """Where one can go from a bench."""

    choose: str
    hold: str
    release: str
    compare: str
    unweighed: str
    keep: str
    left: str
    unbounded: str


def workspace_links(query: WorkspaceQuery) -> Links:
    """The addresses around a bench. A plan is held by its address, within the address of the bench."""
    plan = query.plan.encoded or f"objective={query.objective.value}"
    bare = replace(query, why="")
    return Links(
        choose=address(bare, "match.choose"),
        hold=address(replace(bare, held=plan)),
        release=address(replace(bare, held="")),
        compare=url_for("match.compare", a=query.held, b=plan),
        unweighed=address(replace(bare, weights=()), anchor="shortlist"),
        keep=address(bare, "match.keep"),
        left=address(bare, "match.left"),
        unbounded=address(bare.unbounded),
    )


def focus_of(loaded: LoadedWorkspace) -> int:
    """The opening in focus: the one asked for, else the worst served that can be filled, else the worst served."""
    ids = [opening.record.id for opening in loaded.workspace.openings]
    if loaded.query.focus in ids:
        return ids.index(loaded.query.focus)
    order = _by_need(loaded)
    fillable = [index for index in order if len(loaded.workspace.openings[index].scored.people)]
    return (fillable or order)[0]


def workspace_page(loaded: LoadedWorkspace, index: int) -> WorkspacePage:
    """Word the bench, with the shortlist of the opening at `index` in focus."""
    return WorkspacePage(
        headline=served(loaded.plan.worth),
        people=_people(loaded),
        placed=loaded.plan.worth.filled,
        objectives=tuple(
            _objective(loaded.query, objective)
            for objective in Objective
            if objective is not Objective.EXPERT_STABLE or loaded.workspace.knows_wishes
        ),
        figures=_figures(loaded),
        regions=loaded.plan.regions,
        cards=tuple(_cards(loaded, index)),
        vacancies=tuple(_vacancy(loaded.query, empty) for empty in loaded.plan.empty),
        bounds=_bounds(loaded),
    )


def _bounds(loaded: LoadedWorkspace) -> tuple[Bound, ...]:
    """Every region on the bench by name, and whatever else is bounded."""
    names = {opening.region_id: opening.region for opening in loaded.workspace.openings if opening.region_id}
    least, most = dict(loaded.query.least), dict(loaded.query.most)
    regions = sorted({*names, *least, *most}, key=lambda region: (names.get(region, region), region))
    return tuple(
        Bound(region, names.get(region, region), str(least.get(region, "")), str(most.get(region, "")))
        for region in regions
    )


def served(worth: Worth) -> str:
    """ "13 of 14 openings served"."""
    return f"{worth.served:,} of {words.counted(worth.openings, 'opening')} served"


def _people(loaded: LoadedWorkspace) -> str:
    people = words.people(int(loaded.workspace.invited.sum()))
    return f"{people} chosen" if loaded.query.people else f"everybody who may be planned, {people}"


def _objective(query: WorkspaceQuery, objective: Objective) -> Alternative:
    label, meaning = OBJECTIVE[objective]
    there = replace(query, objective=objective, why="")
    return Alternative(label, meaning, address(there), objective is query.objective)


def _figures(loaded: LoadedWorkspace) -> tuple[PlanFigure, ...]:
    worth, held = loaded.plan.worth, loaded.held.worth if loaded.held else None
    return (
        PlanFigure(
            value=words.number(worth.total),
            label="points",
            compared=" · ".join(
                part
                for part in (beside_best(loaded.plan, loaded.best), _against(worth.total, held.total if held else None))
                if part
            ),
            meaning=MEASURE["total"],
        ),
        PlanFigure(
            value=words.number(worth.worst),
            label="a seat for the worst served",
            compared=_against(worth.worst, held.worst if held else None),
            tone=_news(worth.worst, held.worst if held else None),
            meaning=MEASURE["worst"],
        ),
        PlanFigure(
            value=words.share(worth.asked),
            label="of what is asked, at least",
            compared=_before(words.share(held.asked) if held else ""),
            meaning=MEASURE["asked"],
        ),
        PlanFigure(
            value=words.share(worth.busiest),
            label="on the busiest tenth",
            compared=_before(words.share(held.busiest) if held else ""),
            meaning=MEASURE["busiest"],
        ),
        blocking_figure(worth.blocking, _before(words.number(held.blocking) if held else "")),
        PlanFigure(
            value="–" if worth.gini is None else f"{worth.gini:.2f}",
            label="Gini",
            compared=_before("" if held is None or held.gini is None else f"{held.gini:.2f}"),
            meaning=MEASURE["gini"],
        ),
    )


def blocking_figure(blocking: int, compared: str = "") -> PlanFigure:
    """How many pairs block a plan."""
    return PlanFigure(
        value=words.number(blocking),
        label=words.form_of(blocking, "blocking pair"),
        compared=compared,
        meaning=MEASURE["blocking"],
    )


def _against(value: int | None, held: int | None) -> str:
    if value is None or held is None:
        return ""
    return f"{value - held:+,} on the plan held".replace("-", "−") if value != held else "as in the plan held"


def _before(held: str) -> str:
    return f"{held} in the plan held" if held else ""


def _news(value: int | None, held: int | None) -> str:
    if value is None or held is None or value == held:
        return ""
    return "good" if value > held else "bad"


def _by_need(loaded: LoadedWorkspace) -> list[int]:
    """Places from the worst to the best served, by id among equals; those past their deadline stand apart, last."""
    points = _points(loaded)
    return sorted(
        range(len(loaded.workspace.openings)),
        key=lambda index: (
            bool(loaded.workspace.openings[index].over),
            _share(loaded.workspace.openings[index], points),
            index,
        ),
    )


def _points(loaded: LoadedWorkspace) -> Counter[str]:
    points: Counter[str] = Counter()
    for placement in loaded.plan.placements:
        points[placement.opening] += placement.points
    points.update({team.opening: team.points - points[team.opening] for team in loaded.plan.teams})
    return points


def _share(opening: WorkspaceOpening, points: Counter[str]) -> float:
    """Per cent of the points that the free seats could bring; an opening without any lacks nothing."""
    return 100 * points[opening.record.id] / (FULL * opening.seats) if opening.seats else 100


def _cards(loaded: LoadedWorkspace, current: int) -> Iterator[Card]:
    """Every opening, the worst served first."""
    points, empty = _points(loaded), {empty.opening: empty for empty in loaded.plan.empty}
    names: defaultdict[str, list[str]] = defaultdict(list)
    for placement in loaded.plan.placements:
        names[placement.opening].append(placement.expert_name)
    for index in _by_need(loaded):
        opening = loaded.workspace.openings[index]
        who = _who(opening, names[opening.record.id], empty.get(opening.record.id))
        yield _card(opening, round(_share(opening, points)), who, current=index == current)


def _card(opening: WorkspaceOpening, share: int, who: str, *, current: bool) -> Card:
    return Card(
        opening=opening.record.id,
        name=opening.record.name,
        place=where(opening),
        share=share,
        tone="good" if share >= _WELL else "warn" if share >= _HARDLY else "bad",
        who=who,
        current=current,
        over=f"deadline over: {words.day(opening.over)}" if opening.over else "",
    )


def where(opening: WorkspaceOpening) -> str:
    """The programme of an opening and its country."""
    return " · ".join(
        words.apart(part) for part in (opening.row["programme_name"], opening.row["country_name"]) if part
    )


def _who(opening: WorkspaceOpening, names: list[str], left: Empty | None) -> str:
    if not opening.seats:
        return "every seat is taken"
    if left is None or names:
        seats = f", {left.free} of {words.counted(left.seats, 'seat')} empty" if left else ""
        return f"{listed(map(words.apart, names))}{seats}"
    if left.below and not left.eligible:
        return NOBODY_REACHES_FLOOR
    return "nobody eligible" if not left.eligible else f"nobody, of {left.eligible} who could"


def _vacancy(query: WorkspaceQuery, empty: Empty) -> VacantOpening:
    seats = "Its seat is" if empty.seats == 1 else f"{empty.free} of {words.counted(empty.seats, 'seat')} are"
    return VacantOpening(
        empty.opening_name, opening_address(query, empty.opening), f"{seats} empty: {_why_empty(empty)}."
    )


def _why_empty(empty: Empty) -> str:
    if empty.eligible:
        return f"{words.people(empty.eligible)} could sit there, and the plan needs them elsewhere"
    if empty.below:
        return f"{NOBODY_REACHES_FLOOR} of this plan; {words.people(empty.below)} could sit there without it"
    return "nobody on the bench is eligible"
