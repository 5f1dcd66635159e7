"""Find bridges: programmes in different regions, one past a gap the other has, with no short path between them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.errors import InvalidValue
from graph.evolution.log.ties import TieLog
from graph.evolution.log.windows import day_of
from graph.evolution.what_if.bridges import (
    Gain,
    gains,
    near,
    newly_reached,
)
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import WITH_PLANNED
from graph.services.transfers.log import read_log
from graph.store import bridges as store
from graph.store import programmes


@dataclass(frozen=True, slots=True)
class BridgeEnd:
    """One end of a bridge: a programme and the institution that owns it."""

    programme: str
    programme_name: str
    stage: str
    institution: str
    institution_name: str
    country_name: str
    region_name: str


@dataclass(frozen=True, slots=True)
class SharedGap:
    """A capability both rate: `level` and `target` of the receiver, and how far the `giver` is, at least there."""

    id: str
    name: str
    level: float
    target: float
    giver: float


@dataclass(frozen=True, slots=True)
class Bridge:
    """A tie worth making, from `giver` to `receiver`, and what it would bring."""

    giver: BridgeEnd
    receiver: BridgeEnd
    gaps: tuple[SharedGap, ...]
    gain: Gain


@dataclass(frozen=True, slots=True)
class Bridges:
    """The first of `pairs` bridges: the most newly reached first, then the widest gaps."""

    on: str
    pairs: int
    bridges: tuple[Bridge, ...]


def find_bridges(graph: Graph, audience: Audience, top: int, on: date) -> Bridges:
    """What this viewer may see, by the latest assessment of each programme. Raises InvalidValue for a top below 1.

    A short path is one of at most two ties that respects time; what is planned counts, so that nothing is proposed that
    is on its way. O(pairs of programmes that rate the same capability).
    """
    if top < 1:
        raise InvalidValue("top", top, "is no number of pairs; give 1 or more")
    sides = {row["id"]: row for row in store.owned(graph, audience)}
    names = sorted(sides)
    rated = _rated(programmes.latest_ratings(graph, audience, names))
    log = read_log(graph, audience, Level.INSTITUTION, on, WITH_PLANNED).log
    # An institution without a transfer has a place too: a first tie is what it needs most.
    owners = {row["owner"] for row in sides.values()}
    log = replace(log, actors=(*log.actors, *sorted(owners - set(log.actors))))
    place = {id_: position for position, id_ in enumerate(log.actors)}
    owner = np.array([place[sides[id_]["owner"]] for id_ in names], np.intp)
    day = day_of(on)
    far = _far(_pairs(rated, [sides[id_] for id_ in names]), log, owner)
    first = far.ends[_first(far, newly_reached(log, owner[far.ends], day), top)]
    found = []
    for (giver, receiver), gain in zip(first.tolist(), gains(log, owner[first], day), strict=True):
        gaps = _gaps(rated, names[giver], names[receiver])
        found.append(Bridge(_side(sides[names[giver]]), _side(sides[names[receiver]]), gaps, gain))
    return Bridges(on.isoformat(), len(far.ends), tuple(found))


_Rated = Mapping[str, Mapping[str, Row]]
"""The ratings by capability and programme."""


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Columns of pairs: `ends` (k, 2), giver and receiver as positions of programmes, and how wide their gaps are."""

    ends: NDArray[np.intp]
    width: NDArray[np.float64]


def _rated(ratings: Sequence[Row]) -> _Rated:
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in ratings:
        found[row["capability"]][row["programme"]] = row
    return found


def _pairs(rated: _Rated, sides: Sequence[Row]) -> _Pairs:
    """Who, in another region, is past a gap of whom; the programmes in the order of their ids."""
    place = {row["id"]: position for position, row in enumerate(sides)}
    _, region = np.unique([row["region"] for row in sides], return_inverse=True)
    codes, widths = [np.empty(0, np.intp)], [np.empty(0)]
    for rows in rated.values():
        who = np.array([place[id_] for id_ in rows], np.intp)
        level, target = (np.array([row[name] for row in rows.values()], float) for name in ("level", "target"))
        past = (level < target)[:, None] & (target[:, None] <= level) & (region[who][:, None] != region[who])
        receiver, giver = np.nonzero(past)
        codes.append(who[giver] * len(sides) + who[receiver])
        widths.append((target - level)[receiver])
    code, which = np.unique(np.concatenate(codes), return_inverse=True)
    ends = np.stack(np.divmod(code, max(len(sides), 1)), axis=1)
    return _Pairs(ends, np.bincount(which, np.concatenate(widths), len(code)).astype(np.float64))


def _far(pairs: _Pairs, log: TieLog, owner: NDArray[np.intp]) -> _Pairs:
    """Those whose giver has no short path to the receiver."""
    givers, column = np.unique(owner[pairs.ends[:, 0]], return_inverse=True)
    far = ~near(log, givers.tolist())[owner[pairs.ends[:, 1]], column]
    return _Pairs(pairs.ends[far], pairs.width[far])


def _first(pairs: _Pairs, newly: NDArray[np.int64], top: int) -> NDArray[np.intp]:
    """The most newly reached first, then the widest gaps, then by id."""
    giver, receiver = pairs.ends.T
    return np.lexsort((giver, receiver, -pairs.width, -newly))[:top]


def _gaps(rated: _Rated, giver: str, receiver: str) -> tuple[SharedGap, ...]:
    """The gaps of the receiver that the giver is past."""
    both = ((rows[receiver], rows[giver]["level"]) for rows in rated.values() if receiver in rows and giver in rows)
    return tuple(
        SharedGap(row["capability"], row["name"], row["level"], row["target"], level)
        for row, level in both
        if row["level"] < row["target"] <= level
    )


def _side(row: Row) -> BridgeEnd:
    names = ("stage", "owner_name", "country_name", "region_name")
    stage, owner_name, country_name, region_name = (row[name] for name in names)
    return BridgeEnd(row["id"], row["name"], stage, row["owner"], owner_name, country_name, region_name)
