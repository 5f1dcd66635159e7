"""How much each criterion moved one list: what would stand elsewhere if it weighed nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.matching.columns import Indexes
from graph.matching.people.needs import OpeningNeed
from graph.matching.scoring.kinds import kind_of
from graph.matching.scoring.points import add_up, read_weights
from graph.matching.scoring.ranking import Scored, first_places

PLACES = 10
"""Of so many first places it is said how many a criterion decides."""


@dataclass(frozen=True, slots=True)
class Influence:
    """Of the `first` places, `moved` would go to somebody else if the criterion weighed nothing.

    One that is `flat` says the same of everybody, so it tells nobody apart whatever it weighs.
    """

    criterion: str
    moved: int
    first: int
    flat: bool


def influences(
    need: OpeningNeed, scored: Scored, id_rank: Indexes, weights: Mapping[str, int] | None = None
) -> tuple[Influence, ...]:
    """The influence of every criterion that weighs something, in their order; none where nobody is eligible.

    Where one criterion alone has a weight, every place hangs on it.

    Arguments: `need`; `scored`, k people of this need; `id_rank` (k,), which ends ties; `weights`, by name, None for
    the usual ones.
    Returns: counts of places, up to PLACES.
    Raises: InvalidValue for weights that will not do.
    Complexity: O(criteria squared x k).
    """
    kind = kind_of(need)
    column = read_weights(kind.weights if weights is None else weights, kind.names)
    first = min(PLACES, len(scored.people))
    if not first:
        return ()
    order = first_places(scored.points, id_rank, first)
    found = []
    for place in np.flatnonzero(column).tolist():
        without = column.copy()
        without[place] = 0
        moved = first
        if without.any():
            moved = int((first_places(add_up(scored.values, without), id_rank, first) != order).sum())
        flat = bool(np.ptp(scored.values[place]) == 0) and len(scored.people) > 1
        found.append(Influence(kind.names[place], 0 if flat else moved, first, flat))
    return tuple(found)
