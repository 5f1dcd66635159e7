"""Hard rules: each removes people and remembers whom. A veto is never a low score.

What must be there must be known: who says nothing of their languages or of when they are free is left out as long as
the opening asks for it, so that nobody comes in by leaving something out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue, NotAllowed
from graph.matching.columns import Flags, Fractions, Indexes, frozen
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster

Masks: TypeAlias = NDArray[np.uint16]

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
    return roster.load >= roster.capacity


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
    Rule("capacity", "already carries as many engagements as they accept", _full),
    Rule("presence", "does not offer enough of the days of the opening", _rarely_there),
    Rule(
        "capability", "does not state a capability that this opening must have, at the level it needs", _lacks_must_have
    ),
    Rule("language", "does not speak a required language at the required level", _lacks_language),
    Rule("own_organisation", "works at the institution that owns or hosts the programme", _employed_by_host),
    Rule("refused_before", "was refused or refused this opening before", _refused),
    Rule("conflict", "has a declared conflict of interest", _conflicted),
)
SENTENCES = {rule.name: rule.sentence for rule in RULES}
"""What a rule says of somebody it removes, to be read after their name."""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many people a rule removes: all, those whom no earlier rule removes, and those whom no other rule removes.

    `alone` is what switching the rule off would admit.
    """

    rule: Rule
    all: int
    first: int
    alone: int


@dataclass(frozen=True, slots=True, eq=False)
class Eligibility:
    """Who is left, and what removed the others.

    `removed_by` (n,) has bit i set where RULES[i] removes the person; 0 means eligible. `first` (n,) is the index of
    the first such rule, -1 for the eligible. `switched_off` names the rules that were not asked.
    """

    removed_by: Masks
    first: Indexes
    switched_off: frozenset[str]

    @property
    def eligible(self) -> Flags:
        """Who may be scored, shape (n,)."""
        return np.equal(self.removed_by, 0)

    @property
    def counts(self) -> tuple[RuleCount, ...]:
        """One count per rule that was asked, in the order of RULES."""
        return tuple(self._count(bit) for bit, rule in enumerate(RULES) if rule.name not in self.switched_off)

    def among(self, people: Flags) -> "Eligibility":
        """The same for some of the people (n,) only."""
        return Eligibility(self.removed_by[people], self.first[people], self.switched_off)

    def reasons(self, person: int) -> tuple[Rule, ...]:
        """Every rule that removes this person, the first one first; empty for the eligible."""
        mask = int(self.removed_by[person])
        return tuple(rule for bit, rule in enumerate(RULES) if mask >> bit & 1)

    def _count(self, bit: int) -> RuleCount:
        removed = np.count_nonzero(self.removed_by & (1 << bit))
        first = np.count_nonzero(self.first == bit)
        alone = np.count_nonzero(self.removed_by == 1 << bit)
        return RuleCount(RULES[bit], int(removed), int(first), int(alone))


def commonest(first: Indexes) -> Rule | None:
    """The rule most of these indexes name, the earlier of equals; None where all are -1, as for the eligible."""
    removed = first[first >= 0]
    return RULES[int(np.bincount(removed).argmax())] if removed.size else None


def judge(roster: Roster, need: OpeningNeed, switched_off: frozenset[str] = frozenset()) -> Eligibility:
    """Ask every rule that is not switched off about everybody.

    Arguments: `roster`, n people; `need`, by the same indexes; `switched_off`, names of rules.
    Returns: for each person (n,) the rules that remove them.
    Raises: InvalidValue for a need that does not belong to this roster or a rule nobody knows, NotAllowed for switching
    off a firm rule.
    Complexity: O(n x (rules + must-haves + languages) + windows + posts).
    """
    roster.check(need)
    _check_switches(switched_off)
    removed_by = np.zeros(len(roster), np.uint16)
    first = np.full(len(roster), -1, np.int32)
    for bit, rule in enumerate(RULES):
        if rule.name in switched_off:
            continue
        removed = rule.removes(roster, need)
        first[removed & (removed_by == 0)] = bit
        removed_by |= removed.astype(np.uint16) << np.uint16(bit)
    return Eligibility(frozen(removed_by), frozen(first), switched_off)


def _check_switches(switched_off: frozenset[str]) -> None:
    by_name = {rule.name: rule for rule in RULES}
    for name in sorted(switched_off):
        if name not in by_name:
            raise InvalidValue("switched_off", name, f"is not a rule; choose from {', '.join(by_name)}")
        if by_name[name].firm:
            raise NotAllowed(f"The rule {name!r} protects people and stays on; ask the person for their consent.")
