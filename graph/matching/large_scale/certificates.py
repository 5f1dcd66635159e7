"""The best plan over all pairs from a few candidates each, with the proof that no pair left out belongs in it.

Column generation (Gilmore and Gomory 1961; for assignment Volgenant 1996): the plan over the candidates has prices,
and a pair that was left out can improve it only if it gains more than the prices of both its ends. Such pairs become
candidates and the plan is made again, until a scan of all pairs finds none. Gains hold points and, among equals, the
hashes of the ids (`tiebreaks.lifted`), so the plan is the one that `assignment.best_total` finds over all pairs.
"""

from dataclasses import dataclass, replace

import numpy as np

from graph.matching.columns import Flags, Indexes, Integers
from graph.matching.large_scale.candidates import USUAL, Limits, candidate_arcs
from graph.matching.problem.assignment_problem import ReducedProblem
from graph.matching.solvers.assignment import best_total, flowed, gains_of
from graph.matching.solvers.duals import Prices, check, flags_of, over_prices, prices
from graph.matching.solvers.plans import Certificate


@dataclass(frozen=True, slots=True, eq=False)
class Proved:
    """The arcs made (k,), and how it was proved that no plan is better, None where it was not."""

    made: Integers
    certificate: Certificate | None


@dataclass(frozen=True, slots=True, eq=False)
class _Priced:
    """A plan over some of the arcs of a choice: the arcs made (k,), prices, and by how much each arc (b,) is above."""

    made: Integers
    prices: Prices
    over: Integers


def best_of_candidates(choice: ReducedProblem, limits: Limits = USUAL) -> Proved:
    """The plan with the most points of all plans of any size, as `assignment.best_total`, and its proof.

    For choices without quotas of groups, efforts and teams. Each round is a flow over the candidates and a scan of
    all arcs, and adds lists of those that would pay. Where the hashes too leave several plans equal, and where gains
    are too large for the flow, the plan is made over all arcs.

    Arguments: `choice`, b arcs; `limits`, how many candidates are kept at first.
    Returns: the arcs made (k,), and the certificate where there is one.
    Raises: InvalidValue for points that cannot be counted exactly.
    Complexity: O(b) a round beside the flow; memory 40 bytes an arc.
    Reference: Gilmore and Gomory, A linear programming approach to the cutting-stock problem, 1961; Volgenant,
    Linear and semi-assignment problems, 1996.

    >>> from graph.matching.problem.assignment_problem import build_problem, dense_columns
    >>> choice = build_problem(dense_columns(np.array([[9, 8], [9, 1], [6, 2]]))).choice()
    >>> found = best_of_candidates(choice, Limits(per_opening=1, per_person=1))
    >>> choice.person[found.made].tolist(), choice.opening[found.made].tolist(), found.certificate.pairs
    ([0, 1], [1, 0], 6)
    """
    gains = gains_of(choice)
    arcs = candidate_arcs(choice, gains, limits)
    first, rounds = len(arcs), 1
    priced = replace(choice, points=gains)
    while (plan := _plan(priced, arcs)) is not None:
        missing = _missing(priced, plan, arcs, limits)
        if not len(missing):
            made = plan.made if _is_alone(priced, plan) else best_total(choice)
            check(priced, made, plan.prices)
            return Proved(made, Certificate(len(gains), len(arcs), len(arcs) - first, rounds))
        arcs = np.union1d(arcs, missing)
        rounds += 1
    return Proved(best_total(choice), None)


def _plan(priced: ReducedProblem, arcs: Integers) -> _Priced | None:
    """The best plan over these arcs, the points being gains; None where these are too large for the flow."""
    some = priced.only(arcs)
    made = flowed(some, some.points)
    if made is None:
        return None
    found = prices(some, made)
    return _Priced(arcs[made], found, over_prices(priced, found))


def _missing(priced: ReducedProblem, plan: _Priced, arcs: Integers, limits: Limits) -> Integers:
    """Arcs that are no candidates and above both prices: of each opening and person those that gain most."""
    # An arc that is made may well be above both prices, and all the others among the candidates are not.
    better = np.flatnonzero((plan.over > 0) & ~flags_of(priced, arcs))
    return better[candidate_arcs(priced.only(better), plan.over[better], limits)]


def _is_alone(priced: ReducedProblem, plan: _Priced) -> bool:
    """Whether no other plan gains as much: no cycle of changes that cost nothing passes through a pair.

    What can be changed at no cost goes from an opening to somebody it may take on, from a person to an opening they
    may give up, and from and to the outside of the plan, where a seat or a hand is free or worth nothing.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    people, openings = len(priced.loads), len(priced.seats)
    made, outside = flags_of(priced, plan.made), people + openings
    even = np.flatnonzero(plan.over == 0)
    person, opening = priced.person[even], priced.opening[even] + people
    given = made[even]
    tails, heads = np.where(given, person, opening), np.where(given, opening, person)
    hands = _exits(priced.person[plan.made], priced.loads, plan.prices.people)
    seats = _exits(priced.opening[plan.made], priced.seats, plan.prices.openings)
    more = [np.flatnonzero(hands[0]), np.flatnonzero(seats[1]) + people]
    fewer = [np.flatnonzero(hands[1]), np.flatnonzero(seats[0]) + people]
    leaving, entering = np.concatenate(more), np.concatenate(fewer)
    tails = np.concatenate([tails, leaving, np.full(len(entering), outside)])
    heads = np.concatenate([heads, np.full(len(leaving), outside), entering])
    steps = csr_array((np.ones(len(tails), np.int8), (tails, heads)), (outside + 1, outside + 1))
    component = connected_components(steps, connection="strong")[1]
    return not bool((component[person] == component[opening]).any())


def _exits(owner: Indexes, quota: Indexes, price: Integers) -> tuple[Flags, Flags]:
    """Who can have one more at no cost, and who one fewer."""
    held = np.bincount(owner, minlength=len(quota))
    return held < quota, (held > 0) & (price == 0)
