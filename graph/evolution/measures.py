"""The numbers of one window. What each of them means stands in `definitions`."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from graph.evolution.brokers import betweenness, present
from graph.evolution.ties import TieLog
from graph.evolution.windows import Snapshot, Window, snapshot


@dataclass(frozen=True, slots=True)
class Ranked:
    """An actor and its value in a list of the highest, with the standard error of an estimate (0.0 if exact)."""

    actor: str
    value: float
    standard_error: float = 0.0


@dataclass(frozen=True, slots=True)
class WindowMeasures:
    """Every number of one window; `DEFINITIONS` says by field name what it counts, in which unit, after whom."""

    window: Window
    actors: int
    ties: int
    contacts: int
    self_ties: int
    density: float
    reciprocity: float
    components: int
    giant_share: float
    givers: tuple[Ranked, ...]
    receivers: tuple[Ranked, ...]
    brokers: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Strength:
    """For every actor of the log the summed weight of what it gave and of what it received."""

    given: NDArray[np.float64]
    received: NDArray[np.float64]


def measure(log: TieLog, window: Window, top: int = 5) -> WindowMeasures:
    """All numbers of one window, with the `top` actors of each ranking; zeros where there is nothing to count.

    The cost is that of `betweenness`; everything else is O(ties begun + actors).

    >>> from graph.evolution.ties import TieColumns, tie_log
    >>> log = tie_log("abc", TieColumns(source=[0, 1, 1], target=[1, 0, 2], start=[0, 0, 0], end=[9, 9, 9]))
    >>> seen = measure(log, Window(0, 1))
    >>> seen.ties, seen.density, round(seen.reciprocity, 3), seen.brokers
    (3, 0.5, 0.667, (Ranked(actor='b', value=0.5, standard_error=0.0),))
    """
    shot = snapshot(log, window)
    actors, ties = len(present(shot)), int(shot.pairs.nnz)
    groups = component_sizes(shot)
    sums = strength(log, shot)
    between = betweenness(shot)
    return WindowMeasures(
        window=window,
        actors=actors,
        ties=ties,
        contacts=len(shot.rows),
        self_ties=shot.self_ties,
        density=ties / (actors * (actors - 1)) if actors > 1 else 0.0,
        reciprocity=reciprocity(shot),
        components=len(groups),
        giant_share=int(groups[0]) / actors if actors else 0.0,
        givers=ranked(log, sums.given, top),
        receivers=ranked(log, sums.received, top),
        brokers=ranked(log, between.share, top, between.standard_error),
    )


def measure_all(log: TieLog, windows: Iterable[Window], top: int = 5) -> tuple[WindowMeasures, ...]:
    """`measure` for one window after the other."""
    return tuple(measure(log, window, top) for window in windows)


def reciprocity(shot: Snapshot) -> float:
    """Share of the distinct directed ties that are returned; 0.0 without ties. O(ties)."""
    ties = int(shot.pairs.nnz)
    return int(shot.pairs.multiply(shot.pairs.T).nnz) / ties if ties else 0.0


def component_sizes(shot: Snapshot) -> NDArray[np.intp]:
    """How many actors each weak component has, the largest first; actors without a tie form none. O(actors + ties)."""
    actors = present(shot)
    if not actors.size:
        return np.empty(0, np.intp)
    _, label = connected_components(shot.pairs, directed=True, connection="weak")
    sizes = np.bincount(label[actors])
    return np.sort(sizes[sizes > 0])[::-1]


def strength(log: TieLog, shot: Snapshot) -> Strength:
    """Summed weights of the contacts each actor gives and receives in; mutual ones count as both. O(ties)."""
    rows, giver, receiver = log.arcs(shot.rows)
    size, weight = len(log.actors), log.weight[rows].astype(np.float64)
    given = np.bincount(giver, weight, size).astype(np.float64)
    return Strength(given, np.bincount(receiver, weight, size).astype(np.float64))


def ranked(
    log: TieLog, values: NDArray[np.float64], top: int, errors: NDArray[np.float64] | None = None
) -> tuple[Ranked, ...]:
    """The `top` actors with the highest values above zero; equals stand in the order of their ids. O(actors log)."""
    error = np.zeros(len(values)) if errors is None else errors
    above = np.flatnonzero(values > 0)
    order = sorted(above.tolist(), key=lambda actor: (-values[actor], log.actors[actor]))[: max(top, 0)]
    return tuple(Ranked(log.actors[actor], float(values[actor]), float(error[actor])) for actor in order)
