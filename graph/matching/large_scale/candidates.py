"""The pairs worth looking at: the best people of every opening and the best openings of every person, exactly.

A plan over 100,000 people and 10,000 openings cannot weigh a billion pairs. It does not have to: the few best of each
side nearly always hold the optimum, and `certificates` proves it or adds what is missing. A pair that closes nothing
is never a candidate.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue
from graph.matching.columns import Flags, Indexes, Integers, frozen
from graph.matching.large_scale.coverage import Covered, Pool
from graph.matching.problem.tiebreaks import pair_keys
from graph.matching.scoring.points import FULL

_HASH_BITS = 48  # below the points, which need 14
_NONE = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many people are kept for each opening, and how many openings for each person."""

    per_opening: int = 50
    per_person: int = 10

    def __post_init__(self) -> None:
        for name in ("per_opening", "per_person"):
            if getattr(self, name) < 1:
                raise InvalidValue(name, getattr(self, name), "is not a length of a list; give 1 or more")


USUAL = Limits()


@dataclass(frozen=True, slots=True, eq=False)
class CandidatePairs:
    """Pairs (a,) in the order of opening and person, by their rows, with points of 1 to 10,000."""

    person: Indexes
    opening: Indexes
    points: Indexes

    def __len__(self) -> int:
        return len(self.points)


class _Lists:
    """The best openings of each person so far, `width` of them; an empty place has the key 0."""

    def __init__(self, people: int, width: int) -> None:
        self._keys = np.zeros((people, width), np.int64)
        self._openings = np.zeros((people, width), np.int32)
        self._least = np.zeros(people, np.int64)

    def may_take(self, covered: Covered) -> Flags:
        """Whose list this opening might still enter, judged by points alone."""
        taken: Flags = covered.points >= self._least[covered.people] >> _HASH_BITS
        return taken

    def offer(self, people: Indexes, opening: int, keys: Integers) -> None:
        """Put the opening in the place of the worst on every list where it is better."""
        better = keys > self._least[people]
        people = people[better]
        worst = self._keys[people].argmin(axis=1)
        self._keys[people, worst] = keys[better]
        self._openings[people, worst] = opening
        self._least[people] = self._keys[people].min(axis=1)

    def arcs(self) -> CandidatePairs:
        """All lists, one after the other."""
        person, place = np.nonzero(self._keys)
        points = self._keys[person, place] >> _HASH_BITS
        return CandidatePairs(person.astype(np.int32), self._openings[person, place], points.astype(np.int32))


def nearest(pool: Pool, limits: Limits = USUAL) -> CandidatePairs:
    """Each opening's `per_opening` best people and each person's `per_person` best openings, together.

    Points as `criteria.gap_coverage` has them; who is not eligible is gone before anything is counted. Equal points
    go by a hash of the two ids, so any order of rows gives the same pairs. O(m x n) bits to read, O(levels above the
    gaps) to add up; memory 12 n x per_person + 12 m x per_opening bytes beside the block of `Pool.covered`.

    >>> from scipy.sparse import csr_array
    >>> from graph.matching.large_scale.coverage import Crowd, Openings, build_pool
    >>> from graph.matching.people.needs import Gap
    >>> crowd = Crowd(ids=["ana", "bo", "cy"], levels=csr_array([[3.0, 0.0], [2.0, 1.0], [1.0, 0.0]]))
    >>> openings = Openings(ids=["o"], gaps=[(Gap(0, level=1, target=3), Gap(1, level=0, target=2))])
    >>> arcs = nearest(build_pool(crowd, openings))
    >>> arcs.person.tolist(), arcs.points.tolist()
    ([0, 1], [5000, 5000])
    """
    lists = _Lists(len(pool.loads), limits.per_person)
    found = []
    for covered in pool.covered(np.ones(len(pool.seats), np.int64)):
        near = covered.points >= _least_of_best(covered.points, limits.per_opening)
        near |= lists.may_take(covered)
        people, points = covered.people[near], covered.points[near]
        keys = pair_order(pool, covered.opening, people, points)
        lists.offer(people, covered.opening, keys)
        best = largest(keys, limits.per_opening)
        found.append(candidate_pairs_of(covered.opening, people[best], points[best]))
    return joined(*found, lists.arcs())


def candidate_pairs_of(opening: int, people: Indexes, points: Integers) -> CandidatePairs:
    """The pairs of one opening."""
    return CandidatePairs(people, np.full(len(people), opening, np.int32), points.astype(np.int32))


def joined(*parts: CandidatePairs) -> CandidatePairs:
    """All of these pairs, each once, in order. O(a log a)."""
    person, opening, points = (
        np.concatenate([_NONE, *(getattr(part, name) for part in parts)]) for name in ("person", "opening", "points")
    )
    order = np.lexsort((person, opening))
    person, opening, points = person[order], opening[order], points[order]
    once = np.ones(len(order), np.bool_)
    once[1:] = (person[1:] != person[:-1]) | (opening[1:] != opening[:-1])
    return CandidatePairs(frozen(person[once]), frozen(opening[once]), frozen(points[once]))


def largest(keys: Integers, count: int) -> NDArray[np.intp]:
    """The places of the `count` largest keys, all of them where there are fewer, in any order."""
    if len(keys) <= count:
        return np.arange(len(keys))
    return np.argpartition(keys, -count)[-count:]


def pair_order(pool: Pool, opening: int, people: Indexes, points: Integers) -> Integers:
    """A number for each person that orders by points and, among equals, by a hash of the two ids."""
    ties = pair_keys(pool.person_keys[people], pool.opening_keys[[opening]])
    keys: Integers = (points << _HASH_BITS) + (ties >> np.uint64(64 - _HASH_BITS)).astype(np.int64)
    return keys


def _least_of_best(points: Integers, count: int) -> int:
    """The points of the last of the best; 0 where there are not as many."""
    at_least = np.bincount(FULL - points, minlength=FULL + 1).cumsum()
    return FULL - int(np.searchsorted(at_least, count))
