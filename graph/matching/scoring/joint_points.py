"""What the people of one opening bring together: points of their own, and shares of gaps that they close as a team.

The criterion `gap` asks what share of what else a programme lacks one person can close. Two who close the same gap do
not close it twice, so for a team that criterion is taken out of everybody's points and counted once a gap, as `teams`
says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Self

import numpy as np

from graph.matching.columns import Flags, Fractions, Integers
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster
from graph.matching.problem.teams import TeamColumns
from graph.matching.scoring.criteria import climb, closing
from graph.matching.scoring.kinds import BRINGS, kind_of
from graph.matching.scoring.points import FULL, add_up, read_weights
from graph.matching.scoring.ranking import Scored

_GAP = BRINGS.names.index("gap")


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """k people of one opening: their `own` points (k,), and for g gaps what each is worth and who closes how much.

    `weight` (g,) are the points of closing a gap altogether, `shares` (k, g) in [0, 1] what each closes of it alone.
    An opening for one person has no gaps to share: `own` are all the points.
    """

    own: Integers
    weight: Fractions
    shares: Fractions

    @classmethod
    def alone(cls, points: Integers) -> Self:
        """People who each count for themselves."""
        return cls(points, np.empty(0), np.empty((len(points), 0)))

    def only(self, kept: Flags) -> Self:
        """The same for fewer people."""
        return replace(self, own=self.own[kept], shares=self.shares[kept])

    def closed(self, team: Sequence[int]) -> Fractions:
        """The share of each gap (g,) that these people (rows) close together."""
        closed: Fractions = 1 - np.prod(1 - self.shares[list(team)], axis=0)
        return closed


def joint(roster: Roster, need: OpeningNeed, scored: Scored, weights: Mapping[str, int]) -> Joint:
    """Everybody scored for this need as one team.

    What a person brings alone is `scored.points`, rounding apart.

    A share is what the known level closes of what one engagement can close, as in `criteria.gap_coverage`.

    Arguments: `scored`, k people of this need; `weights`, by name of criterion.
    Returns: own points (k,), and for g gaps their points (g,) and shares (k, g) in [0, 1].
    Complexity: O(people x (criteria + gaps)).
    """
    if kind_of(need) is not BRINGS or not need.assessed or not need.other_gaps:
        return Joint.alone(scored.points)
    column, gaps = read_weights(weights, BRINGS.names), need.other_gaps
    values = scored.values.copy()
    values[_GAP] = 0
    sizes = np.array([climb(gap) * gap.weight for gap in gaps], np.float64)
    weight = FULL * column[_GAP] / column.sum() * sizes / sizes.sum()
    shares = np.zeros((len(scored.people), len(gaps)))
    for place, gap in enumerate(gaps):
        shares[:, place] = np.clip(closing(roster.known[scored.people, gap.capability], gap) / climb(gap), 0, 1)
    return Joint(add_up(values, column), weight, shares)


def team_columns(joints: Sequence[Joint]) -> TeamColumns | None:
    """The gaps of several openings, their people one after the other as arcs; None where no shared gap counts."""
    if not any(one.weight.any() for one in joints):
        return None
    arcs = [0, *accumulate(len(one.own) for one in joints)]
    gaps = [0, *accumulate(len(one.weight) for one in joints)]
    entries = [np.nonzero(one.shares) for one in joints]
    return TeamColumns(
        opening=np.repeat(np.arange(len(joints), dtype=np.int32), [len(one.weight) for one in joints]),
        weight=np.concatenate([one.weight for one in joints]),
        arc=np.concatenate([rows + start for (rows, _), start in zip(entries, arcs, strict=False)]),
        gap=np.concatenate([columns + start for (_, columns), start in zip(entries, gaps, strict=False)]),
        share=np.concatenate([one.shares[found] for one, found in zip(joints, entries, strict=True)]),
    )
