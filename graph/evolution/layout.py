"""One place for every actor over all the years, so that a picture can move through time without jumping."""

from collections.abc import Sequence
from functools import lru_cache
from math import atan2, cos, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.evolution.log.chance import seeded
from graph.evolution.log.ties import TieLog

if TYPE_CHECKING:
    import igraph

SPRINGS_UP_TO = 1_000
FRAME = 2.0  # the picture is about twice as wide as high
WIDTHS = (0.8, 0.9, 1.0, 1.1, 1.2, 1.4, 1.7)  # of the frame, as parts of a perfect packing's
_PULLS = 3_000_000  # ties x epochs: keeps a dense network to a few seconds
QUANTUM = int(np.iinfo(np.int16).max)

_SEED = 0

Places = NDArray[np.float64]
Ends = NDArray[np.int32]


def stable_layout(actors: int, ends: Ends) -> Places:
    """A place in [0, 1] x [0, 1] for every actor, from the union of all ties ever held: shape (actors, 2).

    Every weak component gets places of its own, its long side across, and gets room as large as its number of
    actors; the tallest stand first, the others in columns beside and below them, in a frame about twice as wide as
    high. So actors without a tie end as a grid at the far edge. Up to `SPRINGS_UP_TO` actors a component is drawn
    by springs, O(actors squared) (Fruchterman and Reingold, 1991), larger ones by UMAP, O(ties) (McInnes, Healy and
    Melville, 2018). The same ties give the same places.

    Arguments: `actors`, how many; `ends` (m, 2), the positions of two who are tied, each pair once.
    Returns: places (actors, 2).
    Complexity: O(actors squared) for small components, O(ties) for large ones.

    >>> stable_layout(3, np.array([[0, 1]], np.int32)).shape
    (3, 2)
    """
    return _place_components(actors, ends)


def kept_layout(log: TieLog) -> Places:
    """The stable layout, kept for the last networks of other shapes; a shape holds no id of anybody."""
    return _kept(len(log.actors), _ends(log).tobytes())


@lru_cache(maxsize=16)
def _kept(actors: int, ends: bytes) -> Places:
    places = stable_layout(actors, np.frombuffer(ends, np.int32).reshape(-1, 2))
    places.setflags(write=False)
    return places


def _place_components(actors: int, ends: Ends) -> Places:
    if not actors:
        return np.empty((0, 2))
    import igraph  # a tenth of a second that few commands need

    union = igraph.Graph(n=actors, edges=ends)
    groups = sorted(union.connected_components(), key=lambda group: (-len(group), group[0]))
    with seeded(_SEED):
        drawings = [_place_component(union, group) for group in groups]
    places = np.empty((actors, 2))
    for group, drawing, corner in zip(groups, drawings, _packed([_room(found) for found in drawings]), strict=True):
        places[group] = corner + drawing
    return _centred(places)


def quantised(places: Places) -> NDArray[np.int16]:
    """Places as whole numbers from 0 to `QUANTUM`, two bytes a coordinate, for sending to a browser."""
    return np.rint(places * QUANTUM).astype(np.int16)


def _ends(log: TieLog) -> Ends:
    """Every pair ever tied once, whatever the direction: shape (pairs, 2)."""
    ends = np.sort(np.column_stack((log.source, log.target)), axis=1)
    return np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)


def _room(drawing: Places) -> tuple[float, float]:
    """How wide and high a drawing is with half an actor's room around it."""
    across, down = (drawing.max(axis=0) + 0.5).tolist()
    return across, down


def _packed(rooms: Sequence[tuple[float, float]]) -> Places:
    """The upper left corner of each room, packed at the width that lets the picture's frame show them largest."""
    sizes = np.array(rooms)
    usual = sqrt(FRAME * float(np.sum(sizes.prod(axis=1))))
    tried = [_columns(rooms, usual * factor) for factor in WIDTHS]
    return min(tried, key=lambda corners: float(np.max((corners + sizes).max(axis=0) / (FRAME, 1))))


def _columns(rooms: Sequence[tuple[float, float]], frame: float) -> Places:
    """Corners in rows as wide as the frame: the tallest first, lower ones stacked in columns within a row."""
    corners = np.empty((len(rooms), 2))
    x = y = height = column = filled = 0.0
    for place in sorted(range(len(rooms)), key=lambda place: (-rooms[place][1], place)):
        across, down = rooms[place]
        if filled + down > height:
            x, column, filled = x + column, 0.0, 0.0
            if x + across > frame or not height:
                x, y, height = 0.0, y + height, down
        corners[place] = x, y + filled
        column, filled = max(column, across), filled + down
    return corners


def _place_component(union: "igraph.Graph", group: list[int]) -> Places:
    """One component with half an actor's room left and above, about as much room in all as it has actors."""
    if len(group) == 1:
        return np.full((1, 2), 0.5)
    graph = union.induced_subgraph(group)
    start = np.random.default_rng(_SEED).random((len(group), 2)) * 10
    if len(group) <= SPRINGS_UP_TO:
        drawing = graph.layout_fruchterman_reingold(seed=start.tolist(), niter=300, grid="nogrid")
    else:
        epochs = min(200, max(50, _PULLS // graph.ecount()))
        drawing = graph.layout_umap(seed=start.tolist(), epochs=epochs)
    lying = _lying(_gathered(np.array(drawing.coords)))
    lying -= lying.min(axis=0)
    across, down = lying.max(axis=0)
    longest = sqrt(len(group) * min(max(across, down) / (min(across, down) or 1e-9), FRAME))
    return np.asarray(0.5 + lying * longest / max(across, down))


def _lying(places: Places) -> Places:
    """Turned so that the first principal axis is horizontal (Pearson, 1901)."""
    centred = places - places.mean(axis=0)
    (xx, xy), (_, yy) = centred.T @ centred
    angle = 0.5 * atan2(2 * xy, xx - yy)
    return np.asarray(centred @ np.array([[cos(angle), -sin(angle)], [sin(angle), cos(angle)]]))


def _gathered(places: Places) -> Places:
    """Pull distant places in: the outer twelfth keeps direction and order, within twice the reach of the others."""
    middle = np.median(places, axis=0)
    distance = np.hypot(*(places - middle).T)
    reach = float(np.quantile(distance, 11 / 12))
    far = distance > reach
    pull = np.ones(len(places))
    pull[far] = (2 - reach / distance[far]) * reach / distance[far]
    return np.asarray(middle + (places - middle) * pull[:, None])


def _centred(places: Places) -> Places:
    """Into the unit square with the proportions kept."""
    low, high = places.min(axis=0), places.max(axis=0)
    extent = float(np.max(high - low)) or 1.0
    return np.asarray(np.clip(0.5 + (places - (low + high) / 2) / extent, 0.0, 1.0))
