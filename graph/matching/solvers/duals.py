"""Shadow prices of an optimal plan: what one more seat would bring, and what one hand less would cost.

They are the duals of the plan's linear programme (Kuhn 1955; Schrijver 2003, chapter 17) in whole points, found as
shortest distances in the network of all changes to the plan. They prove it optimal without solving anything again,
and tell at once which pair that was never looked at could improve it.

Everything here is in points, not in the numbers that also hold the hashes (`tiebreaks.lifted`): a plan that is best
with the hashes is best in points too, and only points can be asked for. Among plans of equal points prices are silent.
"""

from dataclasses import dataclass, replace

import numpy as np

from graph.errors import InvalidValue
from graph.matching.columns import Flags, Indexes, Integers, frozen
from graph.matching.problem.assignment_problem import ReducedProblem


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Whole points of 0 or more, by the rows of the choice.

    `people` (n,) is what the plan loses when that person could carry one fewer, `openings` (m,) what it gains from
    one more seat there; 0 where a load or a seat is free, and where there is none at all: somebody without a load, or
    an opening without a seat, has no arcs in a choice, and no pair of theirs may be judged by these prices.

    For every arc made points >= people + openings, for every other arc points <= people + openings. A pair that was
    left out of the choice although both its ends have a quota improves the plan only if its points are above both.
    """

    people: Integers
    openings: Integers


def prices(choice: ReducedProblem, made: Integers) -> Prices:
    """The prices of a plan: what one hand less would cost, and what one seat more would bring.

    Shortest distances to the outside of the plan by rounds, each over the arcs of those whose price has changed.

    Arguments: `choice`, b arcs with whole points; `made` (k,), indexes of arcs.
    Returns: prices of n people and m openings, in points.
    Raises: InvalidValue for a plan that breaks a quota or is not optimal, because then there are none.
    Complexity: O(b) a round, as many rounds as the longest chain of moves that still pays.
    Reference: Bellman, On a routing problem, 1958; Ford, Network flow theory, 1956.

    >>> from graph.matching.problem.assignment_problem import build_problem, dense_columns
    >>> choice = build_problem(dense_columns(np.array([[9, 8], [7, 1], [6, 0]]))).choice()
    >>> found = prices(choice, np.array([1, 2]))
    >>> found.people.tolist(), found.openings.tolist()
    ([8, 1, 0], [6, 0])
    """
    there = flags_of(choice, made)
    room = _free(choice.opening, choice.seats, made), _free(choice.person, choice.loads, made)
    if min(free.min(initial=0) for free in room) < 0:
        raise InvalidValue("made", len(made), "pairs break a seat or a load; give a plan that keeps both")
    others = np.flatnonzero(~there)
    openings = np.zeros(len(choice.seats), np.int64)
    least = _least_held(choice, made)
    people = np.where(room[1] > 0, np.minimum(least, 0), least)
    news = np.ones(len(people), np.bool_)
    while news.any():
        risen = openings.copy()
        asking = others[news[choice.person[others]]]
        np.maximum.at(risen, choice.opening[asking], choice.points[asking] - people[choice.person[asking]])
        held = made[(risen > openings)[choice.opening[made]]]
        fallen = people.copy()
        np.minimum.at(fallen, choice.person[held], choice.points[held] - risen[choice.opening[held]])
        news, people, openings = fallen < people, fallen, risen
        if people.min(initial=0) < 0 or openings[room[0] > 0].any():
            raise InvalidValue("made", len(made), "pairs are not an optimal plan, so they have no prices")
    return Prices(frozen(people), frozen(openings))


def turned_prices(choice: ReducedProblem, made: Integers) -> Prices:
    """The prices at the other end: `people` is what one hand more would bring, `openings` what one seat less costs.

    No prices of this plan are higher for an opening or lower for a person.

    Arguments: those of `prices`.
    Returns: prices of n people and m openings, in points.
    Raises: what `prices` does.
    Complexity: that of `prices`, with the sides exchanged.
    """
    turned = replace(choice, person=choice.opening, opening=choice.person, seats=choice.loads, loads=choice.seats)
    found = prices(turned, made)
    return Prices(found.openings, found.people)


def check(choice: ReducedProblem, made: Integers, found: Prices) -> None:
    """Hold that these prices, wherever they come from, prove that no plan has more points.

    Arguments: `choice`, b arcs; `made` (k,), indexes of arcs; `found`, prices of its people and openings.
    Raises: InvalidValue unless they do.
    Complexity: O(b).
    Reference: Schrijver, Combinatorial optimization, 2003, chapter 17 (complementary slackness).
    """
    there = flags_of(choice, made)
    over = over_prices(choice, found)
    proven = bool((over[there] >= 0).all() and (over[~there] <= 0).all())
    sides = ((choice.opening, choice.seats, found.openings), (choice.person, choice.loads, found.people))
    for owner, quota, price in sides:
        room = _free(owner, quota, made)
        proven = proven and bool((room >= 0).all() and (price >= 0).all() and not price[room > 0].any())
    if not proven:
        raise InvalidValue("prices", len(made), "pairs are not proved optimal by them; find the prices of this plan")


def over_prices(choice: ReducedProblem, found: Prices) -> Integers:
    """Points of each arc above the prices of both its ends.

    Arguments: `choice`, b arcs; `found`, prices of its people and openings.
    Returns: whole points (b,), below 0 where the prices are higher.
    Complexity: O(b).
    """
    shape = len(choice.loads), len(choice.seats)
    over: Integers
    if len(choice.arcs) == shape[0] * shape[1]:
        over = choice.points.reshape(shape) - found.people[:, np.newaxis]
        over -= found.openings
        return over.ravel()
    over = choice.points - found.people[choice.person]
    over -= found.openings[choice.opening]
    return over


def flags_of(choice: ReducedProblem, made: Integers) -> Flags:
    """Which arcs of the choice are made.

    Arguments: `choice`, b arcs; `made` (k,), indexes of arcs.
    Returns: flags (b,).
    Complexity: O(b).
    """
    there = np.zeros(len(choice.arcs), np.bool_)
    there[made] = True
    return there


def _free(owner: Indexes, quota: Indexes, made: Integers) -> Integers:
    return quota - np.bincount(owner[made], minlength=len(quota))


def _least_held(choice: ReducedProblem, made: Integers) -> Integers:
    """The points of the least pair each person has, (n,); 0 for who has none."""
    least = np.full(len(choice.loads), np.iinfo(np.int64).max)
    np.minimum.at(least, choice.person[made], choice.points[made])
    least[np.bincount(choice.person[made], minlength=len(least)) == 0] = 0
    return least
