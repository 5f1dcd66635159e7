"""What actors are coloured by: their groups, each in its own colour, and who is in which."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.presenters.charts import tone

AT_MOST = 8
ELSEWHERE = "Elsewhere"


@dataclass(frozen=True, slots=True)
class ActorGroup:
    """What some actors have in common (a region, a kind): its name and colour token c1..c10."""

    name: str
    tone: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups in order, and for every actor the place of its group among them."""

    groups: tuple[ActorGroup, ...]
    of: tuple[int, ...]

    def group(self, actor: int) -> ActorGroup:
        """The group of the actor at a position."""
        return self.groups[self.of[actor]]

    def block(self) -> dict[str, object]:
        """What `network.js` reads."""
        return {"groups": [{"name": group.name, "tone": group.tone} for group in self.groups], "of": self.of}


def grouped(names: Sequence[str]) -> Grouping:
    """Group actors by a name each: most actors first, equal ones by name; the last stands for what finds no colour.

    >>> grouped(["Pacific", "Africa", "Africa"]).of
    (1, 0, 0)
    """
    sizes = Counter(names)
    ordered = sorted(sizes, key=lambda name: (-sizes[name], name))
    shown = ordered if len(ordered) <= AT_MOST else [*ordered[: AT_MOST - 1], ELSEWHERE]
    number = {name: place for place, name in enumerate(shown)}
    groups = tuple(ActorGroup(name, tone(place)) for place, name in enumerate(shown))
    return Grouping(groups, tuple(number.get(name, len(shown) - 1) for name in names))
