"""How sure it is that a plan is the best, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.matching.solvers.plans import Aim, Certificate, Solution

if TYPE_CHECKING:
    from graph.services.planning.plan import PlanReport  # brings the driver along, which a plan of a file does without


def how_proved(certificate: Certificate) -> str:
    """What the proof of a plan rests on, as a sentence."""
    rest = f"made of {certificate.candidates:,} of them, and by its prices none of the others could improve it"
    return f"The plan is {_proved_best(certificate)}: it was {rest}."


def gap_of(made: Solution) -> float:
    """By what part of the best total there may be a plan falls short of it at most; 0 where it is proved to be best."""
    if made.total_bound is None or made.total_bound == made.total:
        return 0.0
    return abs(made.total_bound - made.total) / max(abs(made.total_bound), abs(made.total))


def how_near(made: Solution) -> str:
    """How near the best plan a plan is, as a sentence."""
    if made.count_gap:
        return f"Up to {made.count_gap:,} more could be served or filled; the search was cut off."
    if made.is_proven or made.total_bound is None:
        return "No plan within these limits is better: proved."
    beyond = "costs less than" if made.aim is Aim.LEAST else "gets beyond"
    bound = f"no plan {beyond} {made.total_bound:,.12g}"
    return f"At most {100 * gap_of(made):.2g} % from the best: it is proved that {bound}."


def beside_best(plan: PlanReport, best: int) -> str:
    """How far a plan is from the best total of its bench: "the best total there is"."""
    total, bound = plan.worth.total, plan.proof.total_bound
    if plan.proof.certificate:
        return _proved_best(plan.proof.certificate)
    if total >= best:
        short = bound - total if bound is not None else 0
        return f"at most {short:,.0f} below the best there is" if short > 0 else "the best total there is"
    share = 100 * (best - total) / best
    return f"{max(share, 0.1):.1f} % below the best total"


def _proved_best(certificate: Certificate) -> str:
    """ "proved to be the best over all 2,500,000 pairs"."""
    return f"proved to be the best over all {certificate.pairs:,} pairs"
