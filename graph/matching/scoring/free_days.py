"""How many days openings take and people have: what a plan with `efforts` counts."""

from collections.abc import Sequence

import numpy as np

from graph.matching.columns import Indexes
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster
from graph.matching.problem.efforts import MOST


def days_needed(needs: Sequence[OpeningNeed]) -> list[int]:
    """What a seat of each opening takes (m,): its days from start to end."""
    return [min(need.days, MOST) for need in needs]


def days_free(roster: Roster, needs: Sequence[OpeningNeed], loads: Indexes) -> Indexes:
    """What each person has to give (n,): the days they are free while any of the openings runs, times `loads` (n,).

    A day counts once, however many periods or openings it lies in, and whole, whatever share of it is offered in which
    way: openings state no share, and how far an offer fits is a matter of points. Who states no period is not known to
    be busy, so every such day counts.

    Arguments: `roster`, n people; `needs`, m openings; `loads` (n,), openings that each can take.
    Returns: whole days (n,).
    Complexity: O(periods x m).
    """
    spans = _joined(needs)
    days = sum((roster.segments.days_in(*span) for span in spans), np.zeros(len(roster.segments.person), np.int32))
    stated = np.bincount(roster.segments.person, days, minlength=len(roster))
    free = np.where(roster.states_windows, stated, sum(until - start for start, until in spans))
    given: Indexes = np.minimum(free * loads, MOST).astype(np.int32)
    return given


def _joined(needs: Sequence[OpeningNeed]) -> list[tuple[int, int]]:
    """The time in which at least one opening runs, as stretches [start, until) that do not meet."""
    joined: list[tuple[int, int]] = []
    for need in sorted(needs, key=lambda need: need.start):
        if joined and need.start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], need.until)
        else:
            joined.append((need.start, need.until))
    return joined
