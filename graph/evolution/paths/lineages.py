"""Generations of a lineage: how many ties know-how needs at the least to reach everyone, never against time."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue
from graph.evolution.log.ties import OPEN, TieLog


@dataclass(frozen=True, slots=True)
class Descendant:
    """Somebody a lineage reaches: in which generation, on which day, taught by whom, and the row of that tie.

    The day is the earliest on which so many ties can have brought it. Who taught may stand in a generation before the
    last: what reaches them late over few ties can reach them early enough over more.
    """

    actor: int
    generation: int
    day: int
    giver: int
    row: int


def lineage(log: TieLog, roots: Mapping[int, int]) -> tuple[Descendant, ...]:
    """Everybody whom the roots can have taught, or others after them, each once and in the earliest generation.

    `roots` maps an actor to the day from which it has what it hands on; roots are no descendants. A generation is a
    tie: the first are those whom a root taught. In the order of generation, then day, then actor. One pass over the
    ties a generation and as many generations as a time-respecting path has ties, so O(m x generations).

    Raises: InvalidValue for a root that is no actor.

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("abc", TieColumns(source=[0, 1], target=[1, 2], start=[0, 4], end=[4, 9]))
    >>> [(found.actor, found.generation, found.day, found.giver) for found in lineage(log, {0: 0})]
    [(1, 1, 4, 0), (2, 2, 9, 1)]
    """
    for root in roots:
        if not 0 <= root < len(log.actors):
            raise InvalidValue("root", root, f"is not one of the {len(log.actors)} actors, counted from 0")
    ended = np.flatnonzero(log.end < OPEN)
    arcs = log.arcs(ended)
    day = np.full(len(log.actors), OPEN, np.int32)
    day[list(roots)] = list(roots.values())
    seen = day < OPEN
    found: list[Descendant] = []
    generation = 0
    while True:
        generation += 1
        later, carrier = _next_generation(log, arcs, day)
        new = np.flatnonzero((later < OPEN) & ~seen)
        found += (
            _descendant(arcs, int(actor), generation, later, carrier)
            for actor in new[np.argsort(later[new], kind="stable")]
        )
        if np.array_equal(later, day):
            return tuple(found)
        seen[new] = True
        day = later


Arcs = tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.int32]]


def _next_generation(log: TieLog, arcs: Arcs, day: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """The earliest days with one tie more, and for each actor whose day that changed the arc that brought it."""
    rows, giver, receiver = arcs
    sooner = np.flatnonzero((day[giver] <= log.start[rows]) & (log.end[rows] < day[receiver]))
    # Written from the latest end to the earliest, so that the earliest is the one that stays.
    sooner = sooner[np.argsort(-log.end[rows[sooner]], kind="stable")]
    later, carrier = day.copy(), np.full(len(day), -1, np.intp)
    later[receiver[sooner]] = log.end[rows[sooner]]
    carrier[receiver[sooner]] = sooner
    return later, carrier


def _descendant(
    arcs: Arcs, actor: int, generation: int, day: NDArray[np.int32], carrier: NDArray[np.intp]
) -> Descendant:
    rows, giver, _ = arcs
    arc = int(carrier[actor])
    return Descendant(actor, generation, int(day[actor]), int(giver[arc]), int(rows[arc]))
