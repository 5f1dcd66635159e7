"""What openings take of people and what people have to give, as a planner states it by their ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from graph.errors import InvalidValue
from graph.matching.columns import Indexes
from graph.matching.problem.efforts import in_whole_units


@dataclass(frozen=True, slots=True)
class NamedEfforts:
    """Expert, opening and what it takes of them, and expert and what they have; no expert stands for everybody else.

    All in one unit, hours perhaps. Whoever has nothing stated has nothing to give.
    """

    takes: tuple[tuple[str, str, float], ...]
    has: tuple[tuple[str, float], ...]

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any] | None) -> Self | None:
        """What was kept with a plan, None where nothing was."""
        if kept is None:
            return None
        takes = tuple((expert, opening, effort) for expert, opening, effort in kept["takes"])
        return cls(takes, tuple((expert, budget) for expert, budget in kept["has"]))

    def by_pair(
        self, experts: Mapping[str, int], openings: Sequence[str], ends: tuple[Indexes, Indexes]
    ) -> tuple[Indexes, Indexes]:
        """What each pair takes (a,) and each person has (n,), in whole units.

        Arguments: `experts`, id -> index; `openings`, ids by index; `ends` (a,), people and openings of the pairs.
        Raises: InvalidValue for an expert who is not there, and for an opening of which a pair states nothing.
        """
        takes = {(self._index(experts, expert), opening): effort for expert, opening, effort in self.takes}
        has = {self._index(experts, expert): budget for expert, budget in self.has}
        budgets = [has.get(person, has.get(None, 0.0)) for person in range(len(experts))]
        efforts = np.array([_effort(takes, person, openings[opening]) for person, opening in zip(*ends, strict=True)])
        return in_whole_units(efforts.astype(np.float64), ends[0], budgets)

    def _index(self, experts: Mapping[str, int], expert: str) -> int | None:
        if expert and expert not in experts:
            raise InvalidValue("efforts", expert, "is nobody who can be planned; check the id in the file")
        return experts[expert] if expert else None


def _effort(takes: Mapping[tuple[int | None, str], float], person: int, opening: str) -> float:
    effort = takes.get((int(person), opening), takes.get((None, opening)))
    if effort is None:
        raise InvalidValue("efforts", opening, "is not in the file; say for each opening of the plan what it takes")
    return effort
