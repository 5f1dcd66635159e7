"""Repairs of plans with quotas of groups, efforts or teams: without prices, one more limit is planned with.

At most so many confirmed pairs end where at least all but so many are made: one row more in the integer programmes that
`programmes` and `covers` settle anyway, and as exact as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from graph.errors import InvalidValue
from graph.matching import covers, programmes
from graph.matching.caps import Cap, too_few
from graph.matching.columns import Flags
from graph.matching.markets import Choice, Kept, Market
from graph.matching.moves import moves_between
from graph.matching.plans import Objective, Pair, make_plan, pairs_at, total_of
from graph.matching.programmes import Outcome, is_possible
from graph.matching.repairs import MOST, Repair, check_limit, ended
from graph.matching.standings import ends_of, places

_METHODS: Mapping[Objective, tuple[Callable[[Choice], Outcome], Callable[[Choice], Outcome]]] = MappingProxyType(
    {
        Objective.BEST: (programmes.best, covers.best_teams),
        Objective.FEWEST_UNSERVED: (programmes.fullest, covers.fullest_teams),
    }
)


def repair_limited(
    market: Market, before: Sequence[Pair], most: int = MOST, objective: Objective = Objective.BEST
) -> Repair:
    """The plan of a market that has changed, as `repairs.repair`, whatever limits the market has; for points only.

    `proven` is false where the integer solver was cut off. Exponential in the worst case. Raises InvalidValue for a
    limit below 0 or an objective other than BEST and FEWEST_UNSERVED, Conflict when quotas cannot be kept or more
    confirmed pairs have to end, and Unavailable when the solver found no plan at all.
    """
    check_limit(most)
    if objective not in _METHODS:
        why = "cannot be mended a few pairs at a time; plan anew, or for the best total or the fewest unserved"
        raise InvalidValue("objective", objective.value, why)
    full = make_plan(market, objective)
    choice = market.choice()
    cap = Cap(np.isin(choice.arcs, places(market, ends_of(before))), most, 0)
    best: Flags = np.isin(choice.arcs, places(market, ends_of(full.pairs)))
    made, proven = (best, full.is_proven) if ended(cap, best) <= most else _within(choice, cap, objective)
    chosen = market.locked.copy()
    chosen[choice.arcs[made]] = True
    pairs = pairs_at(market, np.flatnonzero(chosen))
    return Repair(
        pairs=pairs,
        moves=moves_between(before, pairs),
        ended=ended(cap, made),
        before=sum(pair.points for pair in before),
        total=total_of(market, chosen),
        proven=proven,
        full_total=full.total,
        full_ended=ended(cap, best),
    )


def _within(choice: Choice, cap: Cap, objective: Objective) -> tuple[Flags, bool]:
    """The arcs (b,) of the best plan under the cap, and whether it is proven."""
    kept = replace(choice, kept=Kept(cap.confirmed, int(cap.confirmed.sum()) - cap.most))
    if not is_possible(kept):
        raise too_few(cap.most)
    plain, joint = _METHODS[objective]
    found = (joint if choice.teams else plain)(kept)
    made = np.zeros(len(choice.arcs), np.bool_)
    made[found.made] = True
    return made, not (found.fewer or found.short)
