"""What a person has done, what they carry now, and what they say about it."""

import numpy as np

from graph.matching.columns import UNKNOWN, Fractions, Indexes
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster
from graph.matching.scoring.criteria.scores import Scores

SAME_PROGRAMME = 1.0
SAME_HOST = 0.5
_DONE_OF_ALL = 0.75  # the rest is continuity
_UNTOLD = 0.5  # what an engagement certainly counts while nobody has said what came of it


def track_record(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """Whether the person has done such work, and has worked here.

    done: mean over the open gaps, each weighing weight * (target - level), of 1 - 2 ** -w, where w adds up the worth of
    the person's finished engagements about that capability: the first completed one counts a half, the second a
    quarter. One without a recorded outcome counts between half of its worth and all of it.
    here: 1 for earlier or present work for this programme, 0.5 for its owner or host, else 0.
    (3 * done + here) / 4, or `here` alone where no gap is open. Up to 1 for a person of whom no engagement is recorded.
    """
    here = _continuity(roster, need)[people]
    unknown = ~roster.states_engagements[people]
    if not need.open_gaps:
        return Scores.known(here).at_most(unknown)
    sure, most = np.zeros(len(people)), np.zeros(len(people))
    for gap in need.open_gaps:
        rows = roster.past_engagements.about(gap.capability)
        worth = roster.past_engagements.worth[rows]
        certain = np.where(roster.past_engagements.has_outcome[rows], worth, worth * _UNTOLD)
        sure += _done(roster, rows, certain)[people] * gap.size
        most += _done(roster, rows, worth)[people] * gap.size
    ends = [_DONE_OF_ALL * done / need.lack + (1.0 - _DONE_OF_ALL) * here for done in (sure, most)]
    return Scores(*ends).at_most(unknown)


def load(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """The share of the engagements a person accepts at once that is free on every day; 0 for who accepts none.

    It spreads work, and never rewards scarcity: accepting fewer at once never raises it.
    """
    capacity = roster.capacity[people]
    free = np.maximum(capacity - roster.load(need)[people], 0)
    return Scores.known(free / np.maximum(capacity, 1))


def text(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """How near the words of the need come to the best three documents of the person (see `texts`).

    A hint only, and weighs little. What is missing of three documents could be a perfect answer. Not known for anybody
    where the need says nothing.
    """
    if not need.terms:
        return Scores(np.zeros(len(people)), np.ones(len(people)))
    near = roster.texts.affinity(need.terms)[people]
    return Scores(near, np.minimum(near + roster.texts.missing[people], 1.0))


def _continuity(roster: Roster, need: OpeningNeed) -> Fractions:
    """`here` of `track_record` for everybody, shape (n,)."""
    past, here = roster.past_engagements, np.zeros(len(roster))
    here[past.person[np.isin(past.host, list(need.hosts))]] = SAME_HOST
    here[past.person[(past.programme == need.programme) & (need.programme != UNKNOWN)]] = SAME_PROGRAMME
    return here


def _done(roster: Roster, rows: Indexes, worth: Fractions) -> Fractions:
    """1 - 2 ** -(sum of worth) of everybody, shape (n,)."""
    total = np.bincount(roster.past_engagements.person[rows], worth, minlength=len(roster)).astype(np.float64)
    return 1.0 - np.exp2(-total)
