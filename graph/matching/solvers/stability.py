"""Stable plans: nobody and no opening would both rather have each other than what they have.

Deferred acceptance with quotas on both sides (Gale and Shapley 1962; Roth 1984). One side proposes down its list,
the other holds the best proposals it has seats for. Openings rank people by points, people rank openings by wishes,
equals by the hash of the two ids, so all orders are strict. Of all stable plans the proposing side gets the one that
each of its members likes best. When wishes are the points, there is only one stable plan.

Telling the truth is the best course for everybody of the proposing side who takes one only; with quotas above one,
no stable rule has that property.
"""

from dataclasses import dataclass
from heapq import heappush, heapreplace

import numpy as np

from graph.matching.columns import Flags, Indexes, Integers
from graph.matching.problem.assignment_problem import ReducedProblem

_NEVER = np.iinfo(np.int64).max


def host_stable(choice: ReducedProblem) -> Integers:
    """The arcs (k,) of the stable plan that is best for every opening.

    Arguments: `choice`, what is left to decide.
    Returns: indexes of arcs (k,).
    Complexity: O(a log a).
    Reference: Gale and Shapley, College admissions and the stability of marriage, 1962.
    """
    return _propose(_by_opening(choice), _by_person(choice))


def expert_stable(choice: ReducedProblem) -> Integers:
    """The arcs (k,) of the stable plan that is best for every person.

    Arguments: `choice`, what is left to decide.
    Returns: indexes of arcs (k,).
    Complexity: O(a log a).
    Reference: Gale and Shapley, College admissions and the stability of marriage, 1962.
    """
    return _propose(_by_person(choice), _by_opening(choice))


def blocking(choice: ReducedProblem, made: Integers) -> Integers:
    """The arcs (j,) whose both ends would rather have each other than somebody or nobody they have in `made`.

    Arguments: `choice`, what is left to decide; `made` (k,), indexes of arcs.
    Returns: indexes of arcs (j,).
    Complexity: O(a).
    """
    openings, people = (choice.opening, choice.seats, choice.points), (choice.person, choice.loads, choice.wishes)
    arcs = _liked(choice, made)
    arcs = arcs[_wanted(choice, made, people, arcs)]
    return arcs[_wanted(choice, made, openings, arcs)]


def _liked(choice: ReducedProblem, made: Integers) -> Integers:
    """Arcs not made that both ends may want, judged by liking alone."""
    of_openings = _least(made, (choice.opening, choice.seats, choice.points))
    of_people = _least(made, (choice.person, choice.loads, choice.wishes))
    shape = len(choice.loads), len(choice.seats)
    if len(choice.arcs) == shape[0] * shape[1]:
        table = choice.points.reshape(shape) >= of_openings
        table &= choice.wishes.reshape(shape) >= of_people[:, np.newaxis]
        near = table.ravel()
        near[made] = False
        return np.flatnonzero(near)
    near = choice.points >= of_openings[choice.opening]
    near[made] = False
    arcs = np.flatnonzero(near)
    return arcs[choice.wishes[arcs] >= of_people[choice.person[arcs]]]


def _least(made: Integers, side: tuple[Indexes, Indexes, Integers]) -> Integers:
    """The liking from which on an owner may want an arc. `side`: owner, quota, liking."""
    owner, quota, liking = side
    least = np.full(len(quota), _NEVER)
    np.minimum.at(least, owner[made], liking[made])
    least[np.bincount(owner[made], minlength=len(quota)) < quota] = -_NEVER
    return least


def _wanted(choice: ReducedProblem, made: Integers, side: tuple[Indexes, Indexes, Integers], arcs: Integers) -> Flags:
    """Which arcs have an owner with room left, or one who likes them better than the worst it has."""
    owner, quota, liking = side
    last = made[np.lexsort((choice.ties[made], -liking[made], owner[made]))]
    worst = np.full(len(quota), -1)
    worst[owner[last]] = last  # of the arcs of one owner the last one stays
    room = np.bincount(owner[made], minlength=len(quota)) < quota
    whose, liked, ties = owner[arcs], liking[arcs], choice.ties
    rival = worst[whose]
    at_least = liking[rival]
    better = (liked > at_least) | ((liked == at_least) & (ties[arcs] < ties[rival]))
    wanted: Flags = room[whose] | ((rival >= 0) & better)
    return wanted


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One side's view: whose arc it is (a,), how many each takes, arcs from best to worst by owner, and the reverse."""

    owner: Indexes
    quota: Indexes
    order: Integers
    place: Integers


def _by_opening(choice: ReducedProblem) -> _Side:
    return _side(choice.opening, choice.seats, np.lexsort((choice.ties, -choice.points, choice.opening)))


def _by_person(choice: ReducedProblem) -> _Side:
    return _side(choice.person, choice.loads, np.lexsort((choice.ties, -choice.wishes, choice.person)))


def _side(owner: Indexes, quota: Indexes, order: Integers) -> _Side:
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return _Side(owner, quota, order, place)


def _propose(proposers: _Side, receivers: _Side) -> Integers:
    """Deferred acceptance; a held proposal is minus its place in the receiver's list, so that the worst is on top."""
    starts = np.searchsorted(proposers.owner[proposers.order], np.arange(len(proposers.quota) + 1)).tolist()
    ahead, ends, free = starts[:-1], starts[1:], proposers.quota.tolist()
    key = (-receivers.place[proposers.order]).tolist()
    receiver = receivers.owner[proposers.order].tolist()
    proposer = proposers.owner[receivers.order].tolist()
    held: list[list[int]] = [[] for _ in receivers.quota]
    room = receivers.quota.tolist()
    waiting = list(range(len(free)))
    while waiting:
        one = waiting[-1]
        if not free[one] or ahead[one] == ends[one]:
            waiting.pop()
            continue
        turn = ahead[one]
        ahead[one] += 1
        offers = held[receiver[turn]]
        if len(offers) < room[receiver[turn]]:
            heappush(offers, key[turn])
            free[one] -= 1
        elif key[turn] > offers[0]:
            dropped = proposer[-heapreplace(offers, key[turn])]
            free[one] -= 1
            free[dropped] += 1
            waiting.append(dropped)
    return np.sort(receivers.order[[-offer for offers in held for offer in offers]].astype(np.int64))
