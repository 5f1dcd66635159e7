"""Hard rules, one by one. A veto is never a low score.

What must be there must be known: who says nothing of their languages or of when they are free is left out as long as
the opening asks for it, so that nobody comes in by leaving something out.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from graph.matching.columns import UNKNOWN, Flags, Fractions, Indexes
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster

_ROUNDING = 1e-9  # half of the days is half, however it was added up


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to leave people out of an opening.

    `sentence` follows a person's name. `removes(roster, need)` answers for all n people at once.
    `firm` rules cannot be switched off: they protect the person, not the plan.
    """

    name: str
    sentence: str
    removes: Callable[[Roster, OpeningNeed], Flags]
    firm: bool = False


def _without_consent(roster: Roster, need: OpeningNeed) -> Flags:
    return ~roster.consents


def _full(roster: Roster, need: OpeningNeed) -> Flags:
    full: Flags = roster.load(need) >= roster.capacity
    return full


def _away(roster: Roster, need: OpeningNeed) -> Flags:
    away: Flags = roster.lessons.at_once(need.start, need.until, need.id) > 0
    return away


def _rarely_there(roster: Roster, need: OpeningNeed) -> Flags:
    return presence(roster, need) < need.presence - _ROUNDING


def _lacks_must_have(roster: Roster, need: OpeningNeed) -> Flags:
    removed = np.zeros(len(roster), np.bool_)
    for needed in need.needed:
        if needed.must:
            removed |= ~(roster.levels[:, needed.capability] >= needed.level)
    return removed


def _lacks_language(roster: Roster, need: OpeningNeed) -> Flags:
    removed = np.zeros(len(roster), np.bool_)
    for required in need.required:
        removed |= roster.ranks[:, required.language] < required.rank
    return removed


def _employed_by_host(roster: Roster, need: OpeningNeed) -> Flags:
    own = np.isin(roster.post_institution, list(need.institutions))
    return _listed(roster, roster.post_person[own])


def _from_elsewhere(roster: Roster, need: OpeningNeed) -> Flags:
    removed: Flags = (roster.country != need.place.country) | (roster.country == UNKNOWN)
    removed[roster.post_person[np.isin(roster.post_institution, list(need.homes))]] = False
    return removed


def _beyond(roster: Roster, need: OpeningNeed) -> Flags:
    removed = np.full(len(roster), bool(need.lessons), np.bool_)
    for lesson in need.lessons:
        removed &= roster.levels[:, lesson.capability] >= lesson.target
    return removed


def _refused(roster: Roster, need: OpeningNeed) -> Flags:
    return _listed(roster, np.array(list(need.refusals), np.int32))


def _conflicted(roster: Roster, need: OpeningNeed) -> Flags:
    return _listed(roster, np.array(list(need.conflicts), np.int32))


def _listed(roster: Roster, people: Indexes) -> Flags:
    listed = np.zeros(len(roster), np.bool_)
    listed[people] = True
    return listed


def presence(roster: Roster, need: OpeningNeed) -> Fractions:
    """The share of the days of the opening that each person offers in a mode that fits at all, shape (n,)."""
    segments = roster.segments
    offered = segments.days_in(need.start, need.until) * segments.present[need.mode_index]
    share: Fractions = np.bincount(segments.person, offered, minlength=len(roster)) / need.days
    return share


RULES = (
    Rule("consent", "has not agreed to be matched", _without_consent, firm=True),
    Rule("capacity", "has promised as many engagements in its days as they accept at once", _full),
    Rule("away", "has promised to learn elsewhere in its days", _away),
    Rule("presence", "does not offer enough of the days of the opening", _rarely_there),
    Rule(
        "capability", "does not state a capability that this opening must have, at the level it needs", _lacks_must_have
    ),
    Rule("language", "does not speak a required language at the required level", _lacks_language),
    Rule("elsewhere", "belongs neither to the owner of the programme nor to its country", _from_elsewhere),
    Rule("beyond", "is already where the programme wants to be in all that is to be learned", _beyond),
    Rule("own_organisation", "works at the institution that owns or hosts the programme", _employed_by_host),
    Rule("refused_before", "was refused or refused this opening before", _refused),
    Rule("conflict", "has a declared conflict of interest", _conflicted),
)
SENTENCES = {rule.name: rule.sentence for rule in RULES}
"""What a rule says of somebody it removes, to be read after their name."""
