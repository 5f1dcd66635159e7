"""Find bridges: programmes in different regions, one past a gap the other has, with no short path between them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.errors import InvalidValue
from graph.evolution.log.windows import day_of
from graph.evolution.what_if.bridges import (
    Gain,
    Pair,
    gains,
    near,
)
from graph.services.transfers.actors import Level
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

    A short path is one of at most two ties that respects time. O(pairs of programmes that rate the same capability).
    """
    if top < 1:
        raise InvalidValue("top", top, "is no number of pairs; give 1 or more")
    sides = {row["id"]: row for row in store.owned(graph, audience)}
    shared = _shared(programmes.latest_ratings(graph, audience, sorted(sides)), sides)
    log = read_log(graph, audience, Level.INSTITUTION).log
    # An institution without a transfer has a place too: a first tie is what it needs most.
    apart = {sides[programme]["owner"] for pair in shared for programme in pair} - set(log.actors)
    log = replace(log, actors=(*log.actors, *sorted(apart)))
    place = {id_: position for position, id_ in enumerate(log.actors)}
    placed: dict[tuple[str, str], Pair] = {
        pair: (place[sides[pair[0]]["owner"]], place[sides[pair[1]]["owner"]]) for pair in shared
    }
    givers = sorted({giver for giver, _ in placed.values()})
    column = {giver: number for number, giver in enumerate(givers)}
    close = near(log, givers)
    far = [pair for pair, (giver, receiver) in placed.items() if not close[receiver, column[giver]]]
    found = [
        Bridge(_side(sides[pair[0]]), _side(sides[pair[1]]), tuple(shared[pair]), gain)
        for pair, gain in zip(far, gains(log, [placed[pair] for pair in far], day_of(on)), strict=True)
    ]
    return Bridges(on.isoformat(), len(found), tuple(sorted(found, key=_order)[:top]))


def _shared(ratings: Sequence[Row], sides: Mapping[str, Row]) -> dict[tuple[str, str], list[SharedGap]]:
    """The gaps that each pair of programmes, giver and receiver, has in common at different stages."""
    rated: dict[str, list[Row]] = defaultdict(list)
    for row in ratings:
        rated[row["capability"]].append(row)
    found: dict[tuple[str, str], list[SharedGap]] = defaultdict(list)
    for rows in rated.values():
        for receiver in rows:
            for giver in rows:
                if _bridges(giver, receiver, sides):
                    gap = SharedGap(
                        receiver["capability"], receiver["name"], receiver["level"], receiver["target"], giver["level"]
                    )
                    found[giver["programme"], receiver["programme"]].append(gap)
    return found


def _bridges(giver: Row, receiver: Row, sides: Mapping[str, Row]) -> bool:
    past = receiver["level"] < receiver["target"] <= giver["level"]
    return bool(past and sides[giver["programme"]]["region"] != sides[receiver["programme"]]["region"])


def _side(row: Row) -> BridgeEnd:
    names = ("stage", "owner_name", "country_name", "region_name")
    stage, owner_name, country_name, region_name = (row[name] for name in names)
    return BridgeEnd(row["id"], row["name"], stage, row["owner"], owner_name, country_name, region_name)


def _order(bridge: Bridge) -> tuple[int, float, str, str]:
    width = sum(gap.target - gap.level for gap in bridge.gaps)
    return -bridge.gain.newly, -width, bridge.receiver.programme, bridge.giver.programme
