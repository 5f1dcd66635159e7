"""Compare: what becomes of everybody when one plan takes the place of another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.services.planning.plan import Placement, PlanReport

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Moved:
    """A person who leaves one opening for another."""

    origin: Placement
    destination: Placement


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """Every pair of two plans once: `kept` as the other plan has it, `moved`, `new` to the other, `dropped` by it.

    All in the order of names and ids.
    """

    kept: tuple[Placement, ...]
    moved: tuple[Moved, ...]
    new: tuple[Placement, ...]
    dropped: tuple[Placement, ...]

    @property
    def differs(self) -> bool:
        """Whether anybody sits elsewhere."""
        return bool(self.moved or self.new or self.dropped)


def compare_plans(one: PlanReport, other: PlanReport) -> PlanComparison:
    """What `other` changes about `one`.

    A person who loses openings and gains others has moved, the first lost to the first gained in the order of their
    ids; what is left over on either side is dropped or new. O(pairs log pairs).
    """
    before, after = _by_pair(one.placements), _by_pair(other.placements)
    lost = _by_person(before[pair] for pair in before.keys() - after.keys())
    gained = _by_person(after[pair] for pair in after.keys() - before.keys())
    moved = [pair for expert in lost for pair in zip(lost[expert], gained.get(expert, ()), strict=False)]
    gone = [found for expert in lost for found in lost[expert][len(gained.get(expert, ())) :]]
    come = [found for expert in gained for found in gained[expert][len(lost.get(expert, ())) :]]
    return PlanComparison(
        kept=_in_order(after[pair] for pair in after.keys() & before.keys()),
        moved=tuple(Moved(*pair) for pair in sorted(moved, key=lambda pair: _place(pair[0]))),
        new=_in_order(come),
        dropped=_in_order(gone),
    )


def _by_pair(placements: Iterable[Placement]) -> dict[Key, Placement]:
    return {(found.expert, found.opening): found for found in placements}


def _by_person(placements: Iterable[Placement]) -> dict[str, Sequence[Placement]]:
    people: dict[str, list[Placement]] = defaultdict(list)
    for found in sorted(placements, key=lambda placement: placement.opening):
        people[found.expert].append(found)
    return dict(people)


def _in_order(placements: Iterable[Placement]) -> tuple[Placement, ...]:
    return tuple(sorted(placements, key=_place))


def _place(placement: Placement) -> tuple[str, ...]:
    return placement.opening_name, placement.opening, placement.expert_name, placement.expert
