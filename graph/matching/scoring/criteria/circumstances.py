"""Where a person is, what they speak, when and in which way they are free."""

import numpy as np

from graph.domain.people import Cefr
from graph.matching.columns import UNKNOWN, Flags, Fractions, Indexes
from graph.matching.people.clocks import AFAR, shared_by_zones
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster
from graph.matching.scoring.criteria.scores import Scores

_C2 = Cefr.C2.rank
_AT_EASE = Cefr.B2.rank


def context(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """How well the person knows the ground.

    near: 1 in the same country or subregion, 0.5 in the same region, else 0.
    income: 1 in the same income group, 0.5 in the next one, else 0.
    law: of the traditions that the law of either country draws on, the share that both do.
    place: (2 * near + income + law) / 4, each up to 1 where it is not known for either place; all 1 in one country.
    tongue: best rank in an official language of the country that is not required anyway, over B2, at most 1.
    Mean of place and tongue, or place alone when no such language is left.
    """
    place = _place(roster, need, people)
    extra = extra_tongues(need)
    if not extra:
        return place
    best = roster.ranks[people][:, extra].max(axis=1)
    tongue = Scores.unless_silent(roster.states_languages[people], np.minimum(best / _AT_EASE, 1.0))
    return Scores((place.value + tongue.value) / 2, (place.high + tongue.high) / 2)


def language(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """How far the person is above the required minimum, in the required language where they are least so.

    (rank - required) / 2 within [0, 1], and 1 at C2. 1 for everybody when no language is required.
    """
    reached = np.ones(len(people))
    for required in need.required:
        rank = roster.ranks[people, required.language]
        margin = np.clip((rank - required.rank) / 2, 0.0, 1.0)
        reached = np.minimum(reached, np.where(rank == _C2, 1.0, margin))
    if not need.required:
        return Scores.known(reached)
    return Scores.unless_silent(roster.states_languages[people], reached)


def availability(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """Share of the opening that the person offers.

    Over the days of the opening: the best on offer that day of share * how far its mode fits, over the number of days.
    It looks only at the need, never at how scarce an offer is, so less stated time never gains.
    """
    segments = roster.segments
    offered = segments.days_in(need.start, need.until) * segments.serves[need.mode_index]
    days = np.bincount(segments.person, offered, minlength=len(roster))[people]
    return Scores.unless_silent(roster.states_windows[people], np.minimum(days / need.days, 1.0))


def hours(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """How much of a working day the person and the programme share, at the first day of the opening.

    1 - afar * (1 - shared / 8 hours), where afar is 1 for remote work, 0.5 for hybrid and 0 on site: who is there lives
    by the clock there. A country with several zones, and a person who states none, give an interval.
    """
    sides = 1.0 - AFAR[need.mode] * (1.0 - shared_by_zones(roster.zones, need.zones, need.start))
    low, high = sides[roster.zone[people]].T
    return Scores(low, high)


def extra_tongues(need: OpeningNeed) -> list[int]:
    """Official languages of the country beyond those required, in order."""
    return sorted(need.tongues - {required.language for required in need.required})


def _place(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    near, place = _nearness(roster, need, people), need.place
    income = np.maximum(1.0 - np.abs(roster.income[people] - place.income) / 2, 0.0)
    law = shared_law(roster.law[people], place.law)
    low, high = 2 * near.value, 2 * near.high
    for value, column, here in ((income, roster.income, place.income), (law, roster.law, place.law)):
        unknown = _either_unknown(column[people], here)
        low += np.where(unknown, 0.0, value)
        high += np.where(unknown, 1.0, value)
    home = _same(roster.country[people], place.country)
    return Scores(np.where(home, 1.0, low / 4), np.where(home, 1.0, high / 4))


def shared_law(law: Indexes, other: int) -> Fractions:
    """Of the traditions in either set of bits, the share that is in both; of no meaning where one is not known."""
    either = np.maximum(law, 0) | max(other, 0)
    both = np.maximum(law, 0) & max(other, 0)
    share: Fractions = np.bitwise_count(both) / np.maximum(np.bitwise_count(either), 1)
    return share


def _nearness(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    subregion, region = roster.subregion[people], roster.region[people]
    near = _same(roster.country[people], need.place.country) | _same(subregion, need.place.subregion)
    around = _same(region, need.place.region)
    low = np.where(near, 1.0, np.where(around, 0.5, 0.0))
    unsure = np.where(
        around, _either_unknown(subregion, need.place.subregion), _either_unknown(region, need.place.region)
    )
    return Scores(low, np.where(unsure & ~near, 1.0, low))


def _same(places: Indexes, place: int) -> Flags:
    same: Flags = (places == place) & (places != UNKNOWN)
    return same


def _either_unknown(places: Indexes, place: int) -> Flags:
    unknown: Flags = (places == UNKNOWN) | (place == UNKNOWN)
    return unknown
