"""Who may be scored for an opening: each rule of its kind removes people and is remembered for whom."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue, NotAllowed
from graph.matching.columns import Flags, frozen
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster
from graph.matching.scoring.kinds import kind_of
from graph.matching.scoring.rules import RULES, Rule

Masks: TypeAlias = NDArray[np.uint16]
RuleIndexes: TypeAlias = NDArray[np.int8]  # one for every person and opening of a workspace, so they are small


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
    the first such rule, -1 for the eligible. `asked` names the rules of this kind of opening, but for those switched
    off.
    """

    removed_by: Masks
    first: RuleIndexes
    asked: frozenset[str]

    @property
    def eligible(self) -> Flags:
        """Who may be scored, shape (n,)."""
        return np.equal(self.removed_by, 0)

    @property
    def counts(self) -> tuple[RuleCount, ...]:
        """One count per rule that was asked, in the order of RULES."""
        return tuple(self._count(bit) for bit, rule in enumerate(RULES) if rule.name in self.asked)

    def among(self, people: Flags) -> "Eligibility":
        """The same for some of the people (n,) only."""
        return Eligibility(self.removed_by[people], self.first[people], self.asked)

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
    """Ask every rule of this kind of opening that is not switched off about everybody.

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
    asked = frozenset(kind_of(need).rules) - switched_off
    for bit, rule in enumerate(RULES):
        if rule.name not in asked:
            continue
        removed = rule.removes(roster, need)
        first[removed & (removed_by == 0)] = bit
        removed_by |= removed.astype(np.uint16) << np.uint16(bit)
    return Eligibility(frozen(removed_by), frozen(first), asked)


def _check_switches(switched_off: frozenset[str]) -> None:
    by_name = {rule.name: rule for rule in RULES}
    for name in sorted(switched_off):
        if name not in by_name:
            raise InvalidValue("switched_off", name, f"is not a rule; choose from {', '.join(by_name)}")
        if by_name[name].firm:
            raise NotAllowed(f"The rule {name!r} protects people and stays on; ask the person for their consent.")
