"""What speaks for sending somebody out to learn: the need at home, what they would carry there, and a fair chance."""

import numpy as np

from graph.matching.columns import UNKNOWN, Indexes
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster
from graph.matching.scoring.criteria.scores import Scores

_WHOLE = 4.0  # levels from nothing to mastery
_ELSEWHERE = 0.5  # a place to return to in the country, but not at the owner


def need_at_home(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """How much the programme lacks what is to be learned: the same for everybody, so that openings can be compared.

    Mean over what is to be learned, by weight, of (target - level) / 4 levels.
    """
    whole = sum(lesson.weight for lesson in need.lessons)
    lack = sum(lesson.size for lesson in need.lessons) / (whole * _WHOLE) if whole else 0.0
    return Scores.known(np.full(len(people), lack))


def carried_home(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """How much the person would bring home, and to how many.

    headroom: mean over what is to be learned, by weight, of the share of the target that they still have before them,
    by the level that they state themselves: 0 where they state none, for then it is not known.
    colleagues: 1 - 2 ** -n for n others who work where they do now. (2 * headroom + colleagues) / 3.
    """
    whole = sum(lesson.weight for lesson in need.lessons) or 1.0
    value, high = np.zeros(len(people)), np.zeros(len(people))
    for lesson in need.lessons:
        stated = roster.stated[people, lesson.capability]
        before = np.clip((lesson.target - stated) / lesson.target, 0.0, 1.0)
        value += np.nan_to_num(before) * lesson.weight
        high += np.where(np.isnan(stated), 1.0, before) * lesson.weight
    others = 1.0 - np.exp2(-_colleagues(roster)[people].astype(np.float64))
    return Scores((2 * value / whole + others) / 3, (2 * high / whole + np.where(others > 0, others, 1.0)) / 3)


def place_to_return_to(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """1 with a post at the owner of the programme or what belongs to it, 0.5 with one elsewhere in the country.

    0 without either, and not known of who states no post.
    """
    value = np.zeros(len(roster))
    here = (roster.country == need.place.country) & (need.place.country != UNKNOWN)
    value[roster.post_person[here[roster.post_person]]] = _ELSEWHERE
    value[roster.post_person[np.isin(roster.post_institution, list(need.homes))]] = 1.0
    return Scores.known(value[people]).at_most(~np.isin(people, roster.post_person))


def chances_so_far(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """2 ** -(times they were sent out to learn before): first-timers first."""
    return Scores.known(np.exp2(-roster.chances[people].astype(np.float64)))


def _colleagues(roster: Roster) -> Indexes:
    """How many others work at the fullest of each person's institutions, shape (n,)."""
    found = np.zeros(len(roster), np.int32)
    if len(roster.post_institution):
        staff = np.bincount(roster.post_institution)
        np.maximum.at(found, roster.post_person, (staff[roster.post_institution] - 1).astype(np.int32))
    return found
