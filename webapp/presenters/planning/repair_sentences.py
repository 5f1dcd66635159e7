"""What a repair comes to, in sentences that page and command share."""

from graph.matching.solvers.plans import Objective
from graph.services.planning.next_best import NextBest
from graph.services.planning.repair import Repaired
from webapp.presenters.matching.matches import listed
from webapp.presenters.words import apart, counted, number


def offer_in_words(offer: NextBest) -> str:
    """ "Next best for Ama: Togo mentor, 7,500 points", or why there is none."""
    if not offer.opening:
        return f"For {apart(offer.expert_name)} no other opening is left: {offer.because}."
    worth = "" if offer.points is None else f", {counted(offer.points, 'point')}"
    return f"Next best for {apart(offer.expert_name)}: {apart(offer.opening_name)}{worth}."


def anew_in_words(found: Repaired) -> str:
    """What planning everything anew would gain over the mended plan, by what its objective compares, and what it ends.

    "Planning everything anew would serve 1 opening more, cost 300 points and end 4 pairs."
    """
    sure = "" if found.proven else " The solver ran out of time, so a better repair within the limit may exist."
    points = found.full_total - found.total
    gain = f"gain {counted(points, 'point')}" if points > 0 else f"cost {counted(-points, 'point')}"
    steps = [step for step in (*_before_points(found), (points, gain)) if step[0]]
    if not steps or steps[0][0] < 0:
        return f"Planning everything anew would gain nothing.{sure}"
    ends = f"end {counted(found.full_ended, 'pair')}"
    return f"Planning everything anew would {listed([*(words for _, words in steps), ends])}.{sure}"


def _before_points(found: Repaired) -> tuple[tuple[int, str], ...]:
    """What the objective compares before points: how much better it would be anew, and that in words."""
    now, anew = found.served, found.full_served
    openings, seats = anew.openings - now.openings, anew.seats - now.seats
    match Objective(found.objective):
        case Objective.FAIR:
            worst = (
                f"bring the worst served opening from {number(now.worst)} to {counted(anew.worst or 0, 'point')} a seat"
            )
            return (
                (openings, f"serve {counted(openings, 'opening')} more"),
                ((anew.worst or 0) - (now.worst or 0), worst),
            )
        case Objective.FEWEST_UNSERVED:
            return ((seats, f"fill {counted(seats, 'seat')} more"),)
        case Objective.HOST_STABLE | Objective.EXPERT_STABLE:
            return ((found.blocking, f"leave none of the {counted(found.blocking, 'pair')} that would rather swap"),)
        case Objective.BEST:
            return ()
