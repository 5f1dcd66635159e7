"""How sure it is that a plan is the best, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.matching.solvers.plans import Certificate

if TYPE_CHECKING:
    from graph.services.planning.plan import PlanReport  # brings the driver along, which a plan of a file does without


def how_proved(certificate: Certificate) -> str:
    """What the proof of a plan rests on, as a sentence."""
    rest = f"made of {certificate.candidates:,} of them, and by its prices none of the others could improve it"
    return f"The plan is {_proved_best(certificate)}: it was {rest}."


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
