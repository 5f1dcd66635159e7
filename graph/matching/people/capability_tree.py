"""What narrow skills say of the broader capabilities they belong to: each no more than its share."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from graph.matching.columns import Indexes, Levels, frozen


@dataclass(frozen=True, slots=True, eq=False)
class CapabilityBranch:
    """A capability with those right below it (c,) and the share (c,) that each is of it; the shares add up to 1."""

    broader: int
    narrower: Indexes
    share: Levels


@dataclass(frozen=True, slots=True)
class CapabilityTree:
    """The branches, those further down first, so that what is worked out below is there for what is above."""

    branches: Sequence[CapabilityBranch] = ()

    def known(self, stated: Levels) -> Levels:
        """What is known of every capability: the stated level, or what narrower ones add up to where that is more.

        The sum over those right below of share * level, where one of which nothing is known counts 0. So a narrow
        skill lowers no stated level, and lifts none by more than its share. NaN where nothing is known at all.

        Arguments: `stated` (n, capabilities), 0 to 4, NaN where nothing is stated.
        Returns: levels of the same shape.
        Complexity: O(n x steps of the tree below which anything is stated).
        """
        return self._upwards(stated, _added_up, np.fmax)

    def possible(self, stated: Levels) -> Levels:
        """What could be: the stated level where there is one, else the highest below; never less than what is known.

        Arguments, returns and complexity as `known`.
        """
        return frozen(np.fmax(self._upwards(stated, _highest, _first_stated), self.known(stated)))

    def _upwards(
        self,
        stated: Levels,
        joined: Callable[[CapabilityBranch, Levels], Levels],
        chosen: Callable[[Levels, Levels], Levels],
    ) -> Levels:
        found = stated.copy(order="F")
        for branch in self.branches:
            below = found[:, branch.narrower]
            told = ~np.isnan(below).all(axis=1)
            if told.any():
                own = found[told, branch.broader]
                found[told, branch.broader] = chosen(own, joined(branch, np.nan_to_num(below[told])))
        return frozen(found)


def read_tree(steps: Iterable[tuple[int, int]]) -> CapabilityTree:
    """The tree of these steps from a capability to one right above it, both as indexes.

    A capability right below m others counts for each of them an m-th of what it would below that one alone. A step
    that closes a circle is left out.

    Complexity: O(steps).

    >>> tree = read_tree([(1, 0), (2, 0), (2, 3), (4, 3)])
    >>> [(each.broader, each.narrower.tolist(), [f"{share:.2f}" for share in each.share]) for each in tree.branches]
    [(0, [1, 2], ['0.67', '0.33']), (3, [2, 4], ['0.33', '0.67'])]
    """
    below: dict[int, set[int]] = defaultdict(set)
    for narrower, broader in steps:
        below[broader].add(narrower)
    order = list(_from_below(below))
    place = {capability: number for number, capability in enumerate(order)}
    kept = {broader: sorted(one for one in below[broader] if place[one] < place[broader]) for broader in order}
    parents: dict[int, int] = defaultdict(int)
    for one in chain.from_iterable(kept.values()):
        parents[one] += 1
    return CapabilityTree(tuple(_branch(broader, own, parents) for broader, own in kept.items() if own))


def _branch(broader: int, narrower: Sequence[int], parents: Mapping[int, int]) -> CapabilityBranch:
    weights = np.array([1 / parents[one] for one in narrower], np.float32)
    return CapabilityBranch(broader, frozen(np.array(narrower, np.int32)), frozen(weights / weights.sum()))


def _from_below(below: Mapping[int, set[int]]) -> Iterator[int]:
    """Every capability after all below it; in a circle, after those that come earlier by their index."""
    seen: set[int] = set()
    for start in sorted(below):
        rest = [(start, False)]
        while rest:
            capability, done = rest.pop()
            if done:
                yield capability
            elif capability not in seen:
                seen.add(capability)
                rest.append((capability, True))
                rest.extend((one, False) for one in sorted(below.get(capability, ()), reverse=True))


def _added_up(branch: CapabilityBranch, below: Levels) -> Levels:
    found: Levels = below @ branch.share
    return found


def _highest(_: CapabilityBranch, below: Levels) -> Levels:
    found: Levels = below.max(axis=1)
    return found


def _first_stated(own: Levels, other: Levels) -> Levels:
    return np.where(np.isnan(own), other, own)
