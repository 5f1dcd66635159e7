"""The changes to one person that could matter to one opening: what a rule leaves no choice about, and the smallest.

They answer "what would put me in?". Each is applied to a copy of the roster, so that whoever asks can score and plan
again: a change is proposed here and proved there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from graph.domain.people import Cefr
from graph.matching.columns import Levels, frozen
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster, stated_level
from graph.matching.people.windows import MODES, Windows, cut

_STEP = 0.5
_HIGHEST = 4.0


@dataclass(frozen=True, slots=True)
class LevelChange:
    """Holds a capability (index) at this level, freshly confirmed and shown; `held` is the level now, 0 for none."""

    capability: int
    held: float
    level: float

    @property
    def steps(self) -> float:
        """Half levels to climb."""
        return (self.level - self.held) / _STEP

    def apply(self, roster: Roster, person: int) -> Roster:
        """The roster after the change."""
        states = roster.states_capabilities.copy()
        states[person] = True
        return replace(
            roster,
            levels=self._held(roster.levels, person),
            stated=self._held(roster.stated, person),
            known=self._held(roster.known, person),
            possible=self._held(roster.possible, person),
            states_capabilities=frozen(states),
        )

    def _held(self, levels: Levels, person: int) -> Levels:
        held = np.copy(levels)
        held[person, self.capability] = self.level
        return frozen(held)


@dataclass(frozen=True, slots=True)
class Tongue:
    """Speaks a language (index) at this CEFR rank, 1 (A1) to 6 (C2); `held` is the rank now, 0 for none."""

    language: int
    held: int
    rank: int

    @property
    def steps(self) -> float:
        """Ranks to climb."""
        return self.rank - self.held

    def apply(self, roster: Roster, person: int) -> Roster:
        """The roster after the change."""
        ranks, states = np.copy(roster.ranks), roster.states_languages.copy()
        ranks[person, self.language] = self.rank
        states[person] = True
        return replace(roster, ranks=frozen(ranks), states_languages=frozen(states))


@dataclass(frozen=True, slots=True)
class FreeTime:
    """Is free full time on the days [first, until), in the mode with this index of MODES."""

    first: int
    until: int
    mode: int

    @property
    def steps(self) -> float:
        """One statement, wherever it comes from."""
        return 1.0

    def apply(self, roster: Roster, person: int) -> Roster:
        """The roster after the change."""
        states = roster.states_windows.copy()
        states[person] = True
        windows = self._more(roster.windows, person)
        return replace(roster, windows=windows, segments=cut(windows), states_windows=frozen(states))

    def _more(self, windows: Windows, person: int) -> Windows:
        """The windows with one more behind those of this person, before which it may begin."""
        row = (person, self.first, self.until, self.mode, 1.0, len(windows.row))
        columns = {
            name: np.append(getattr(windows, name), np.asarray(value, getattr(windows, name).dtype))
            for name, value in zip(("person", "first", "until", "mode", "share", "row"), row, strict=True)
        }
        order = np.lexsort((columns["mode"], columns["until"], columns["first"], columns["person"]))
        return Windows(**{name: frozen(column[order]) for name, column in columns.items()})


@dataclass(frozen=True, slots=True)
class Relief:
    """Carries no more than leaves room for one engagement; `fewer` is by how many that is."""

    fewer: int

    def apply(self, roster: Roster, person: int) -> Roster:
        """The roster after the change."""
        return replace(roster, commitments=roster.commitments.easing(person, self.fewer))


@dataclass(frozen=True, slots=True)
class CapacityChange:
    """Accepts one engagement more than they carry, having said that they accept none; `accepts` is how many that is."""

    accepts: int

    def apply(self, roster: Roster, person: int) -> Roster:
        """The roster after the change."""
        capacity = roster.capacity.copy()
        capacity[person] = self.accepts
        return replace(roster, capacity=frozen(capacity))


Step: TypeAlias = LevelChange | Tongue | FreeTime
Change: TypeAlias = Step | Relief | CapacityChange


def changes(roster: Roster, need: OpeningNeed, person: int) -> list[Step]:
    """Every single change to this person that this opening could notice, the smallest first.

    A step is half a level of a capability, a rank of a language or one statement of free time; equals come in that
    order.

    Arguments: `roster`; `need`, by the same indexes; `person`, an index.
    Returns: steps in the order of their size.
    Complexity: O(gaps + languages).
    """
    freed = FreeTime(need.start, need.until, MODES.index(need.mode))
    found: list[Step] = [*_levels(roster, need, person), *_tongues(roster, need, person), freed]
    return sorted(found, key=lambda change: change.steps)


def repairs(roster: Roster, need: OpeningNeed, person: int, rules: Iterable[str]) -> list[Change] | None:
    """The least that makes the person pass these rules, by name; None where no change of theirs can.

    Consent is not among them: it is a decision, not a lack.

    Arguments: `roster`; `need`, by the same indexes; `person`, an index; `rules`, by name.
    Returns: the changes, or None.
    """
    found: list[Change] = []
    for rule in rules:
        if rule not in _REPAIRS:
            return None
        found.extend(_REPAIRS[rule](roster, need, person))
    return found


def joined(needed: Sequence[Change], more: Step) -> list[Change]:
    """The changes with one more, which goes on from that of the same capability or language where there is one."""
    for place, earlier in enumerate(needed):
        if isinstance(earlier, LevelChange) and isinstance(more, LevelChange) and earlier.capability == more.capability:
            return [*needed[:place], replace(more, held=earlier.held), *needed[place + 1 :]]
        if isinstance(earlier, Tongue) and isinstance(more, Tongue) and earlier.language == more.language:
            return [*needed[:place], replace(more, held=earlier.held), *needed[place + 1 :]]
    return [*needed, more]


def _relieved(roster: Roster, need: OpeningNeed, person: int) -> Iterator[Change]:
    load = int(roster.load(need)[person])
    if roster.capacity[person]:
        yield Relief(load - int(roster.capacity[person]) + 1)
    else:
        yield CapacityChange(load + 1)


def _freed(roster: Roster, need: OpeningNeed, person: int) -> Iterator[Change]:
    yield FreeTime(need.start, need.until, MODES.index(need.mode))


def _enabled(roster: Roster, need: OpeningNeed, person: int) -> Iterator[Change]:
    for needed in need.needed:
        held = float(np.nan_to_num(roster.levels[person, needed.capability]))
        if needed.must and held < needed.level:
            yield LevelChange(needed.capability, stated_level(held), needed.level)


def _fluent(roster: Roster, need: OpeningNeed, person: int) -> Iterator[Change]:
    for required in need.required:
        held = int(roster.ranks[person, required.language])
        if held < required.rank:
            yield Tongue(required.language, held, required.rank)


_REPAIRS: Mapping[str, Callable[[Roster, OpeningNeed, int], Iterator[Change]]] = MappingProxyType(
    {"capacity": _relieved, "presence": _freed, "capability": _enabled, "language": _fluent}
)
REPAIRABLE = frozenset(_REPAIRS)
"""The rules, by name, that a change to the person can satisfy."""


def _levels(roster: Roster, need: OpeningNeed, person: int) -> Iterator[LevelChange]:
    asked = {gap.capability for gap in need.open_gaps} | {needed.capability for needed in need.needed}
    for capability in sorted(asked):
        held = float(np.nan_to_num(roster.levels[person, capability]))
        for level in np.arange(np.floor(held / _STEP) * _STEP + _STEP, _HIGHEST + _STEP, _STEP):
            yield LevelChange(capability, stated_level(held), float(level))


def _tongues(roster: Roster, need: OpeningNeed, person: int) -> Iterator[Tongue]:
    asked = {required.language for required in need.required} | need.tongues
    for language in sorted(asked):
        held = int(roster.ranks[person, language])
        for rank in range(held + 1, len(Cefr) + 1):
            yield Tongue(language, held, rank)
