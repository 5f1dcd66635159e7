"""The shape of one network, whatever its time: every measure a property, worked out when first asked for.

What each of them means stands in `STRUCTURE_DEFINITIONS`.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.errors import InvalidValue
from graph.evolution.measures import clustering
from graph.evolution.measures.diameters import Diameter, diameter
from graph.evolution.measures.distances import MeanDistance, mean_distance

Matrix = csr_array[np.float64, tuple[int, int]]
Places = NDArray[np.int32]


class TieDirection(StrEnum):
    """Whether a tie from a to b says anything about one from b to a."""

    DIRECTED = "directed"
    UNDIRECTED = "undirected"


@dataclass(frozen=True, eq=False)
class Structure:
    """One network without its time: the actors with a contact, numbered afresh, and who is tied to whom.

    `arcs` has a one for every ordered pair of different actors with a contact from first to second, undirected
    ones in either of the two places. `positions` says who they were before, `self_tied` who has a contact of their own.
    `contacts_at` counts the contacts of each actor and `strengths` sums their weights, a contact once at either end, a
    self-tie so twice. `self_ties_aside` were left out of all the rest.
    """

    direction: TieDirection
    contacts: int
    self_ties_kept: int
    weight: float
    arcs: Matrix
    self_tied: Places
    positions: Places
    contacts_at: NDArray[np.int64]
    strengths: NDArray[np.float64]
    self_ties_aside: int = 0

    @property
    def self_ties(self) -> int:
        return self.self_ties_kept + self.self_ties_aside

    @property
    def actors(self) -> int:
        return int(self.arcs.shape[0])

    @property
    def ties(self) -> int:
        return int(self.arcs.nnz) + len(self.self_tied)

    @property
    def density(self) -> float:
        possible = self.actors * (self.actors - 1)
        each_way = 1 if self._directed else 2
        return each_way * int(self.arcs.nnz) / possible if possible else 0.0

    @property
    def reciprocity(self) -> float | None:
        if not self._directed:
            return None
        ties = int(self.arcs.nnz)
        return int(self.arcs.multiply(self.arcs.T).nnz) / ties if ties else 0.0

    @property
    def components(self) -> int:
        return len(self._weak)

    @property
    def giant(self) -> int:
        return int(self._weak.max(initial=0))

    @property
    def giant_share(self) -> float:
        return self.giant / self.actors if self.actors else 0.0

    @property
    def strong_components(self) -> int:
        return len(self._strong)

    @property
    def strong_giant(self) -> int:
        return int(self._strong.max(initial=0))

    @property
    def triangles(self) -> int:
        return int(self.triangles_at.sum()) // 3

    @property
    def wedges(self) -> int:
        return clustering.wedges(self.degree)

    @property
    def clustering(self) -> float:
        return 3 * self.triangles / self.wedges if self.wedges else 0.0

    @property
    def mean_local_clustering(self) -> float:
        return float(self.local_clustering.mean()) if self.actors else 0.0

    @property
    def max_contacts(self) -> int:
        return int(self.contacts_at.max(initial=0))

    @property
    def max_degree(self) -> int:
        return int(self.degree.max(initial=0))

    @property
    def max_in_degree(self) -> int | None:
        return int(self._received.max(initial=0)) if self._directed else None

    @property
    def max_out_degree(self) -> int | None:
        return int(self._given.max(initial=0)) if self._directed else None

    @property
    def assortativity(self) -> float | None:
        one, other = self.neighbours.nonzero()
        return correlation(self.degree[one], self.degree[other])

    @property
    def assortativity_out_in(self) -> float | None:
        if not self._directed:
            return None
        giver, receiver = self.arcs.nonzero()
        return correlation(self._given[giver], self._received[receiver])

    @property
    def diameter(self) -> int | None:
        return self._diameter.at_least if self._diameter.exact else None

    @property
    def diameter_at_least(self) -> int:
        return self._diameter.at_least

    @property
    def mean_distance(self) -> float:
        return self._mean_distance.value

    @property
    def mean_distance_error(self) -> float:
        return self._mean_distance.standard_error

    @property
    def max_strength(self) -> float:
        return float(self.strengths.max(initial=0.0))

    @cached_property
    def neighbours(self) -> Matrix:
        """A one wherever two different actors are tied, in whatever direction: symmetric, without a diagonal."""
        return _ones(csr_array(self.arcs + self.arcs.T))

    @cached_property
    def degree(self) -> NDArray[np.int64]:
        """How many different others each actor is tied to."""
        return np.diff(self.neighbours.indptr).astype(np.int64)

    @cached_property
    def triangles_at(self) -> NDArray[np.int64]:
        """How many triangles each actor is in."""
        return clustering.triangles_at(self.neighbours)

    @property
    def local_clustering(self) -> NDArray[np.float64]:
        """The share of the pairs of its neighbours that are tied, for each actor."""
        return clustering.local_clustering(self.triangles_at, self.degree)

    @property
    def in_degree(self) -> NDArray[np.int64] | None:
        """How many different others give to each actor; None without direction."""
        return self._received if self._directed else None

    @property
    def out_degree(self) -> NDArray[np.int64] | None:
        """To how many different others each actor gives; None without direction."""
        return self._given if self._directed else None

    @property
    def component_of(self) -> NDArray[np.int32]:
        """The component of each actor, numbered from 1 by size, equal ones by their first actor."""
        order = np.argsort(-self._weak, kind="stable")
        number = np.empty(len(order), np.int32)
        number[order] = np.arange(1, len(order) + 1, dtype=np.int32)
        return number[self._groups]

    @property
    def _directed(self) -> bool:
        return self.direction is TieDirection.DIRECTED

    @property
    def _given(self) -> NDArray[np.int64]:
        return np.diff(self.arcs.indptr).astype(np.int64)

    @property
    def _received(self) -> NDArray[np.int64]:
        return np.bincount(self.arcs.indices, minlength=self.actors)

    @cached_property
    def _groups(self) -> NDArray[np.int32]:
        from scipy.sparse.csgraph import connected_components  # brings scipy.linalg along, which few commands need

        label: NDArray[np.int32] = connected_components(self.arcs, directed=True, connection="weak")[1]
        return label

    @property
    def _weak(self) -> NDArray[np.intp]:
        return np.bincount(self._groups)

    @cached_property
    def _strong(self) -> NDArray[np.intp]:
        if not self._directed:
            return self._weak
        from scipy.sparse.csgraph import connected_components  # as above

        return np.bincount(connected_components(self.arcs, directed=True, connection="strong")[1])

    @cached_property
    def _diameter(self) -> Diameter:
        if not self.actors:
            return Diameter(0, exact=True)
        inside = int(np.argmax(self._groups == np.argmax(self._weak)))
        return diameter(self.neighbours, inside)

    @cached_property
    def _mean_distance(self) -> MeanDistance:
        largest = np.argmax(self._weak) if self.actors else 0
        return mean_distance(self.neighbours, np.flatnonzero(self._groups == largest))


WEIGHTED = ("weight", "max_strength")
"""The measures that speak of weights."""

DEAR = ("diameter", "diameter_at_least", "mean_distance", "mean_distance_error")
"""The measures that can take longer than all others together."""


def structure(
    source: Places,
    target: Places,
    direction: TieDirection,
    weight: NDArray[np.float64],
    mutual: NDArray[np.bool_] | None = None,
) -> Structure:
    """The network of these contacts: positions of giver and receiver with a weight each, one entry a contact.

    A mutual contact is one contact that ties its ends both ways.

    Arguments: `source`, `target`, `weight` and, if any is, `mutual` (m,); `direction`, whether an order of the ends
    counts.
    Returns: the network, each measure worked out when it is asked for.
    Complexity: O(m log m) time, O(m) memory, however large the positions are.

    >>> star = structure(np.array([7, 7, 9]), np.array([8, 9, 9]), TieDirection.DIRECTED, np.ones(3))
    >>> star.actors, star.contacts, star.ties, star.self_ties, star.max_out_degree
    (3, 3, 3, 1, 2)
    """
    everyone, both = np.unique(np.concatenate((source, target)), return_inverse=True)
    size, place = len(everyone), both.astype(np.int32)
    giver, receiver = place[: len(source)], place[len(source) :]
    if direction is TieDirection.UNDIRECTED:
        giver, receiver, mutual = np.minimum(giver, receiver), np.maximum(giver, receiver), None
    apart = giver != receiver
    back = apart & (False if mutual is None else mutual)
    rows, columns = (np.concatenate((a[apart], b[back])) for a, b in ((giver, receiver), (receiver, giver)))
    pairs: Matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    return Structure(
        direction=direction,
        contacts=len(source),
        self_ties_kept=len(source) - int(np.count_nonzero(apart)),
        weight=float(weight.sum()),
        arcs=_ones(pairs),
        self_tied=np.unique(giver[~apart]),
        positions=everyone,
        contacts_at=np.bincount(both, minlength=size),
        strengths=np.bincount(both, np.concatenate((weight, weight)), size).astype(np.float64),
    )


def correlation(one: NDArray[np.int64], other: NDArray[np.int64]) -> float | None:
    """Pearson's correlation of two columns; None where one of them never changes or is empty.

    The sums are whole numbers, so that the order of the rows changes no digit.

    Arguments: `one` and `other`, whole numbers of one length.
    Returns: -1 to 1, or None.
    Complexity: O(length).

    >>> correlation(np.array([1, 2, 1]), np.array([2, 1, 2])), correlation(np.array([1, 1]), np.array([1, 2]))
    (-1.0, None)
    """
    if not one.size or not np.ptp(one) or not np.ptp(other):
        return None
    sums = int(one.sum()), int(other.sum())
    together, *squares = (int(np.dot(a, b)) for a, b in ((one, other), (one, one), (other, other)))
    spreads = [one.size * square - total**2 for square, total in zip(squares, sums, strict=True)]
    found = (one.size * together - sums[0] * sums[1]) / math.sqrt(spreads[0] * spreads[1])
    return min(max(found, -1.0), 1.0)


def measures_named(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The measures of "triangles,clustering"; `all` of them, or the `cheap` ones.

    Raises: InvalidValue.

    >>> measures_named("ties, diameter", ("ties", "density", "diameter")), measures_named("cheap", ("ties", "diameter"))
    (('ties', 'diameter'), ('ties',))
    """
    if text == "cheap":
        return tuple(name for name in known if name not in DEAR)
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for name in names:
        if name not in (*known, "all"):
            raise InvalidValue("measures", name, f"is not measured here; use all, or some of {', '.join(known)}")
    if not names:
        raise InvalidValue("measures", text, f"names none; use all, or some of {', '.join(known)}")
    return known if "all" in names else names


def _ones(pairs: Matrix) -> Matrix:
    pairs.data[:] = 1.0
    return pairs
