"""A mended plan: what it costs, who moves, what is next for whom, and the bench on which it goes on."""

from dataclasses import dataclass

from flask import url_for

from graph.domain.agreements import Plan
from graph.matching.plans import Objective
from graph.matching.regions import Quota
from graph.services.benches import Names, Wanted
from graph.services.next_best import NextBest
from graph.services.plan_openings import Placement
from graph.services.repair_plan import Change, Repaired
from webapp.forms.match import COUNTED, Asked
from webapp.presenters.benches import Figure, address
from webapp.presenters.explanations import turn_in_words
from webapp.presenters.words import apart, counted, number


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of the mended plan, and where it stands: agreed already, as before, or new."""

    placement: Placement
    standing: str
    tone: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What is next for somebody whose seat is gone, in a sentence, and the page of that opening; empty for none."""

    sentence: str
    href: str


@dataclass(frozen=True, slots=True)
class RepairPage:
    """A mended plan as it is shown. `bench` is the address where it goes on, empty where nothing is left to plan."""

    headline: str
    figures: tuple[Figure, ...]
    turns: tuple[str, ...]
    offers: tuple[Offer, ...]
    rows: tuple[Row, ...]
    full: str
    bench: str


def repair_page(plan: Plan, change: Change, found: Repaired) -> RepairPage:
    """The page of a repair."""
    new = {(turn.expert, turn.destination) for turn in found.turns}
    return RepairPage(
        headline=_headline(found),
        figures=_figures(found),
        turns=tuple(turn_in_words(turn) for turn in found.turns),
        offers=tuple(_offer(offer) for offer in found.offers),
        rows=tuple(_row(placement, new, set(found.confirmed)) for placement in found.placements),
        full=_full(found),
        bench=_bench(plan, change, found),
    )


def offer_in_words(offer: NextBest) -> str:
    """ "Next best for Ama: Togo mentor, 7,500 points", or why there is none."""
    if not offer.opening:
        return f"For {apart(offer.expert_name)} no other opening is left: {offer.because}."
    worth = "" if offer.points is None else f", {number(offer.points)} points"
    return f"Next best for {apart(offer.expert_name)}: {apart(offer.opening_name)}{worth}."


def _offer(offer: NextBest) -> Offer:
    return Offer(offer_in_words(offer), url_for("openings.show", record_id=offer.opening) if offer.opening else "")


def _headline(found: Repaired) -> str:
    if not found.turns:
        return "Nobody has to move"
    people = len({turn.expert for turn in found.turns})
    return "1 person moves" if people == 1 else f"{number(people)} people move"


def _figures(found: Repaired) -> tuple[Figure, ...]:
    return (
        Figure(value=number(found.total), label="points", compared=f"{number(found.before)} before"),
        Figure(
            value=number(found.gone),
            label="pair ended by the change" if found.gone == 1 else "pairs ended by the change",
            meaning="Pairs of the plan that cannot stay: somebody dropped out, or a rule forbids it by now.",
        ),
        Figure(
            value=number(found.ended),
            label=f"of at most {number(found.most)} ended to mend it",
            meaning="Pairs that could have stayed, and end so that others are served better.",
        ),
    )


def _full(found: Repaired) -> str:
    gain = found.full_total - found.total
    sure = "" if found.proven else " The solver ran out of time, so a better repair within the limit may exist."
    if gain <= 0:
        return f"Planning everything anew would gain nothing.{sure}"
    ended = counted(found.full_ended, "pair")
    return f"Planning everything anew would gain {counted(gain, 'point')} and end {ended}.{sure}"


def _row(placement: Placement, new: set[Names], confirmed: set[Names]) -> Row:
    names = placement.expert, placement.opening
    if names in confirmed:
        return Row(placement, "confirmed", "good")
    return Row(placement, "new", "warn") if names in new else Row(placement, "as before", "")


def _bench(plan: Plan, change: Change, found: Repaired) -> str:
    """The bench with the mended pairs locked, those agreed already aside, and without whoever dropped out."""
    kept = Wanted.from_text(plan.inputs)
    open_ = [names for one in found.placements if (names := (one.expert, one.opening)) not in found.confirmed]
    openings = tuple(sorted({*change.openings, *(opening for _, opening in open_)}))
    if not openings:
        return ""
    barred = {names for names in kept.exclusions if names[1] in openings}
    barred |= {(expert, opening) for expert in change.without for opening in openings}
    flags = zip(COUNTED, (kept.teams, kept.efforts), strict=True)
    return address(
        Asked(
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
