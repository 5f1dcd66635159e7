"""Several people on one opening close its gaps together, each the share of what the others left open.

A gap that people close by the shares c1, c2, ... each on their own is closed by 1 - (1 - c1)(1 - c2)... when they work
together: probabilistic coverage (El-Arini, Veda, Shahaf and Guestrin 2009), the noisy-or of Pearl (1988). One person
counts in full, the next one less, nobody makes it worse, and the order does not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from graph.errors import InvalidValue
from graph.matching.columns import Flags, Fractions, Indexes, Integers, check_length, fractions, integers

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_HEAVIEST = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamColumns:
    """What there is to close and who closes how much of it, in any order.

    The g gaps: `opening` (g,) by row, and `weight` (g,), the points of closing it altogether, 0 or more. The e
    entries: `arc` (e,) is a row of the problem's arcs, `gap` (e,) a row of the gaps of its opening, and `share` (e,) in
    [0, 1] what that person closes of it alone. These points come on top of the points of the arcs.
    """

    opening: Sequence[int] | Indexes
    weight: Sequence[float] | Fractions
    arc: Sequence[int] | Indexes
    gap: Sequence[int] | Indexes
    share: Sequence[float] | Fractions


@dataclass(frozen=True, slots=True, eq=False)
class Teams:
    """The points of each gap (g,), its opening (g,), and the shares of b arcs in them, sparse (b, g)."""

    opening: Indexes
    weight: Fractions
    shares: "csr_array"

    def only(self, kept: Flags | Integers) -> Self:
        """The same gaps, closed by fewer arcs."""
        return replace(self, shares=self.shares[kept])

    def still_open(self, made: Flags | Integers) -> Fractions:
        """The part of each gap (g,) that these arcs leave open."""
        entries = self.shares[made].tocoo()
        left = np.ones(len(self.weight))
        np.multiply.at(left, entries.col, 1 - entries.data)
        return left

    def beside(self, made: Flags) -> Self:
        """The gaps as they are when these arcs are made: what is left open weighs less."""
        return replace(self, weight=self.weight * self.still_open(made))

    def closed(self, made: Flags | Integers) -> Fractions:
        """The points (g,) that these arcs get by closing gaps together."""
        points: Fractions = self.weight * (1 - self.still_open(made))
        return points

    def alone(self) -> Fractions:
        """What each arc (b,) would close with nobody else about."""
        points: Fractions = self.shares @ self.weight
        return points

    def lost(self, made: Integers) -> Fractions:
        """What each arc made (k,) closes that the others leave open: the points lost without it. O(k gaps)."""
        lost = np.zeros(len(made))
        rows = self.shares[made]
        columns = rows.tocsc()
        for gap in np.flatnonzero(np.diff(columns.indptr)):
            inside = slice(columns.indptr[gap], columns.indptr[gap + 1])
            left, arcs = 1 - columns.data[inside], columns.indices[inside]
            # The product of all others, from both ends, because a share of 1 cannot be divided out.
            before = np.append(1.0, np.cumprod(left[:-1]))
            after = np.append(np.cumprod(left[:0:-1])[::-1], 1.0)
            lost[arcs] += self.weight[gap] * (1 - left) * before * after
        return lost


def read_teams(columns: TeamColumns, opening_of_arc: Indexes, openings: int) -> Teams:
    """Columns checked; weights in the numbers they came in, gaps in an order of their own.

    Gaps of one opening go by weight and then by who closes them; two alike in both are the same in every plan.

    Raises: InvalidValue for rows that are not there, shares outside [0, 1], weights below 0, an entry stated twice or
    one that joins a person at one opening to a gap of another.
    """
    from scipy.sparse import csr_array  # a fifth of a second that plans without teams need not wait for

    gaps, arcs = len(columns.opening), len(opening_of_arc)
    check_length("weight", len(columns.weight), gaps)
    check_length("gap", len(columns.gap), len(columns.arc))
    check_length("share", len(columns.share), len(columns.arc))
    opening = integers("opening", columns.opening, 0, openings)  # type: ignore[arg-type]
    arc = integers("arc", columns.arc, 0, arcs)  # type: ignore[arg-type]
    gap = integers("gap", columns.gap, 0, gaps)  # type: ignore[arg-type]
    _check_entries(arc, gap, (opening_of_arc, opening))
    share = fractions("share", columns.share, 0, 1)  # type: ignore[arg-type]
    weight = fractions("weight", columns.weight, 0, _HEAVIEST)  # type: ignore[arg-type]
    return Teams(opening, weight, csr_array((share, (arc, gap)), (arcs, gaps)))


def placed(teams: Teams, order: Integers, openings: Indexes) -> Teams:
    """The teams with arcs in this order (a,) and gaps in an order that depends on nothing but arcs and openings."""
    place = np.empty(len(openings), np.int32)
    place[openings] = np.arange(len(openings), dtype=np.int32)
    shares, opening = teams.shares[order].tocsc(), place[teams.opening]
    shares.sort_indices()
    closers = [
        (shares.indices[start:end].tolist(), shares.data[start:end].tolist())
        for start, end in zip(shares.indptr[:-1], shares.indptr[1:], strict=True)
    ]
    gaps = sorted(range(len(opening)), key=lambda gap: (opening[gap], teams.weight[gap], closers[gap]))
    return Teams(opening[gaps], teams.weight[gaps], shares[:, gaps].tocsr())


def _check_entries(arc: Indexes, gap: Indexes, owners: tuple[Indexes, Indexes]) -> None:
    astray = np.flatnonzero(owners[0][arc] != owners[1][gap])
    if astray.size:
        names = f"arc {arc[astray[0]]}, gap {gap[astray[0]]}"
        raise InvalidValue("team", names, "are of two openings; give a person shares in gaps of the same opening")
    keys = np.sort(arc.astype(np.int64) * (int(gap.max(initial=0)) + 1) + gap)
    if (keys[1:] == keys[:-1]).any():
        raise InvalidValue("team", "arc and gap", "are stated twice together; state each share once")
