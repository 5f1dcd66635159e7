"""Which institutions count as one: an institution, what it is part of, and what is part of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from graph.connection import Row

HEIGHT = 4
"""How many steps up and down still belong to the family."""


@dataclass(frozen=True, slots=True)
class InstitutionFamilies:
    """The parts and wholes of institutions, each by id."""

    wholes: Mapping[str, Sequence[str]]
    parts: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, columns: Row) -> Self:
        """Out of the columns `parts` and `wholes`."""
        wholes: dict[str, list[str]] = defaultdict(list)
        parts: dict[str, list[str]] = defaultdict(list)
        for part, whole in zip(columns["parts"], columns["wholes"], strict=True):
            wholes[part].append(whole)
            parts[whole].append(part)
        return cls(wholes, parts)

    def around(self, institutions: Iterable[str]) -> frozenset[str]:
        """These institutions, all they are part of and all their parts, up to four steps either way.

        Not sideways: two offices of one ministry are two families, and the ministry belongs to both.
        """
        own = frozenset(institutions)
        return own | _reached(self.wholes, own) | _reached(self.parts, own)


def _reached(steps: Mapping[str, Sequence[str]], start: frozenset[str]) -> frozenset[str]:
    reached = here = start
    for _ in range(HEIGHT):
        here = frozenset(after for one in here for after in steps.get(one, ())) - reached
        reached |= here
    return reached
