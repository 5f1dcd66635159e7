"""Hard rules: each removes people and remembers whom. A veto is never a low score.

What nobody stated does not remove: silence about languages or availability widens the score instead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue, NotAllowed
from graph.matching.columns import Flags, Indexes, frozen
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster

Masks: TypeAlias = NDArray[np.uint16]
RuleIndexes: TypeAlias = NDArray[np.int8]  # one for every person and opening of a workspace, so they are small


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


def _unavailable(roster: Roster, need: OpeningNeed) -> Flags:
    free = np.zeros(len(roster), np.bool_)
    free[roster.segments.person[roster.segments.days_in(need.start, need.until) > 0]] = True
    return roster.states_windows & ~free


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
    return removed & roster.states_languages


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


RULES = (
    Rule("consent", "has not agreed to be matched", _without_consent, firm=True),
    Rule("capacity", "already carries as many engagements as they accept", _full),
    Rule("dates", "is not free on any day of the opening", _unavailable),
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
    first: RuleIndexes
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


def commonest(first: RuleIndexes) -> Rule | None:
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
    first = np.full(len(roster), -1, np.int8)
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
