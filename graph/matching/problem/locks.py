"""What an officer has decided beforehand: pairs that must be and pairs that must not be, and whether both can be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.errors import Conflict, InvalidValue
from graph.matching.columns import Indexes

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sides:
    """The ids and quotas of both sides, for checking and naming what is wrong; `called` are their names, if known."""

    people: Sequence[str]
    openings: Sequence[str]
    loads: Indexes
    seats: Indexes
    called: tuple[Sequence[str], Sequence[str]] | None = None

    def name(self, pair: Pair) -> str:
        """The pair by its names, else as it is written on a command line, person=opening."""
        person, opening = pair
        if self.called:
            return f"{self.called[0][person]} for {self.called[1][opening]}"
        return f"{self.people[person]}={self.openings[opening]}"

    def person(self, row: int) -> str:
        """Somebody in a sentence."""
        return self.called[0][row] if self.called else f"person {self.people[row]}"

    def opening(self, row: int) -> str:
        """An opening in a sentence."""
        return self.called[1][row] if self.called else f"opening {self.openings[row]}"


def known_pairs(field: str, pairs: Iterable[Pair], sides: Sides) -> tuple[Pair, ...]:
    """The pairs in order, each once.

    Raises: InvalidValue for a person or an opening that is not there.
    """
    unique = tuple(sorted(set(pairs)))
    for person, opening in unique:
        if not (0 <= person < len(sides.people) and 0 <= opening < len(sides.openings)):
            why = f"is not there; there are {len(sides.people)} people and {len(sides.openings)} openings, from 0 on"
            raise InvalidValue(field, f"{person}={opening}", why)
    return unique


def check_compatible(locks: tuple[Pair, ...], exclusions: tuple[Pair, ...], sides: Sides) -> None:
    """Raise Conflict with the smallest set of locks that cannot hold together, when there is one.

    Seats and loads are the only limits, so a smallest set lies on one person or one opening: a quota plus one.

    Complexity: O(locks).
    """
    both = sorted(set(locks) & set(exclusions))
    if both:
        raise Conflict(f"The pair {sides.name(both[0])} is both locked and excluded; take one of the two back.")
    clash = min(_clashes(locks, sides), key=lambda found: (len(found[0]), found), default=None)
    if clash:
        names = ", ".join(sides.name(pair) for pair in clash[0])
        what = f"The locks {names} cannot hold together" if len(clash[0]) > 1 else f"The lock {names} cannot hold"
        raise Conflict(f"{what}: {clash[1]}; take one of them back.")


def _clashes(locks: tuple[Pair, ...], sides: Sides) -> Iterator[tuple[tuple[Pair, ...], str]]:
    of_person, of_opening = defaultdict(list), defaultdict(list)
    for pair in locks:
        of_person[pair[0]].append(pair)
        of_opening[pair[1]].append(pair)
    for person, pairs in of_person.items():
        if len(pairs) > (load := int(sides.loads[person])):
            yield tuple(pairs[: load + 1]), f"{sides.person(person)} takes at most {load}"
    for opening, pairs in of_opening.items():
        if len(pairs) > (seats := int(sides.seats[opening])):
            yield (
                tuple(pairs[: seats + 1]),
                f"{sides.opening(opening)} has {seats} seat{'' if seats == 1 else 's'}",
            )
