"""A repaired plan: what it costs, who moves, what is next for whom, and the bench on which it goes on."""

from dataclasses import dataclass

from flask import url_for

from graph.domain.agreements import Plan
from graph.matching.problem.regions import Quota
from graph.matching.solvers.plans import Objective
from graph.services.planning.next_best import NextBest
from graph.services.planning.plan import Placement
from graph.services.planning.repair import Repaired, RepairRequest
from graph.services.planning.workspace import Names, PlanRequest
from webapp.presenters.planning.explanations import turn_in_words
from webapp.presenters.planning.objectives import MEASURE
from webapp.presenters.planning.repair_sentences import anew_in_words, offer_in_words
from webapp.presenters.planning.workspaces import PlanFigure, address, blocking_figure
from webapp.presenters.words import counted, form_of, number
from webapp.urls.workspace import COUNTED, WorkspaceQuery


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A pair of the repaired plan, and its state: agreed already, as before, or new."""

    placement: Placement
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What is next for somebody whose seat is gone, in a sentence, and the page of that opening; empty for none."""

    sentence: str
    href: str


@dataclass(frozen=True, slots=True)
class RepairPage:
    """A repaired plan as it is shown. `bench_href` is the bench where planning goes on, empty where nothing is left."""

    headline: str
    figures: tuple[PlanFigure, ...]
    turns: tuple[str, ...]
    offers: tuple[Offer, ...]
    rows: tuple[RepairRow, ...]
    full: str
    bench_href: str


def repair_page(plan: Plan, change: RepairRequest, found: Repaired) -> RepairPage:
    """The page of a repair."""
    new = {(turn.expert, turn.destination) for turn in found.turns}
    return RepairPage(
        headline=_headline(found),
        figures=_figures(found),
        turns=tuple(turn_in_words(turn) for turn in found.turns),
        offers=tuple(_offer(offer) for offer in found.offers),
        rows=tuple(_row(placement, new, set(found.confirmed)) for placement in found.placements),
        full=anew_in_words(found),
        bench_href=_bench_href(plan, change, found),
    )


def _offer(offer: NextBest) -> Offer:
    return Offer(offer_in_words(offer), url_for("openings.show", record_id=offer.opening) if offer.opening else "")


def _headline(found: Repaired) -> str:
    if not found.turns:
        return "Nobody has to move"
    people = len({turn.expert for turn in found.turns})
    return counted(people, "person moves", "people move")


def _figures(found: Repaired) -> tuple[PlanFigure, ...]:
    return (
        PlanFigure(value=number(found.total), label="points", compared=f"{number(found.before)} before"),
        PlanFigure(
            value=number(found.gone),
            label=form_of(found.gone, "pair ended by the change", "pairs ended by the change"),
            meaning="Pairs of the plan that cannot stay: somebody dropped out, or a rule forbids it by now.",
        ),
        PlanFigure(
            value=number(found.ended),
            label=f"of at most {number(found.most)} ended to mend it",
            meaning="Pairs that could have stayed, and end so that others are served better.",
        ),
        *_sought(found),
    )


def _sought(found: Repaired) -> tuple[PlanFigure, ...]:
    """What the objective of the plan is about, where that is not the points."""
    match Objective(found.objective):
        case Objective.FAIR:
            worst = number(found.served.worst)
            return (PlanFigure(value=worst, label="points a seat for the worst served", meaning=MEASURE["worst"]),)
        case Objective.HOST_STABLE | Objective.EXPERT_STABLE:
            return (blocking_figure(found.blocking),)
    return ()


def _row(placement: Placement, new: set[Names], confirmed: set[Names]) -> RepairRow:
    names = placement.expert, placement.opening
    if names in confirmed:
        return RepairRow(placement, "confirmed", "good")
    return RepairRow(placement, "new", "warn") if names in new else RepairRow(placement, "as before", "")


def _bench_href(plan: Plan, change: RepairRequest, found: Repaired) -> str:
    """The bench with the repaired pairs locked, those agreed already aside, and without whoever dropped out."""
    kept = PlanRequest.from_text(plan.inputs)
    open_ = [names for one in found.placements if (names := (one.expert, one.opening)) not in found.confirmed]
    openings = tuple(sorted({*change.openings, *(opening for _, opening in open_)}))
    if not openings:
        return ""
    barred = {names for names in kept.exclusions if names[1] in openings}
    barred |= {(expert, opening) for expert in change.without for opening in openings}
    flags = zip(COUNTED, (kept.teams, kept.efforts), strict=True)
    return address(
        WorkspaceQuery(
            openings=openings,
            people=tuple(sorted({*kept.people, *(expert for expert, _ in open_)})) if kept.people else (),
            objective=Objective(plan.objective),
            locks=tuple(sorted(open_)),
            exclusions=tuple(sorted(barred)),
            switched_off=tuple(sorted(kept.switched_off)),
            weights=tuple((kept.weights or {}).items()),
            least=tuple((bound.group, bound.least) for bound in kept.bounds if bound.least),
            most=tuple((bound.group, bound.most) for bound in kept.bounds if bound.most < Quota(bound.group).most),
            floor=kept.floor,
            counted=tuple(name for name, there in flags if there),
        )
    )
