"""What a solver found, and how good it is at least."""

from dataclasses import dataclass

from graph.matching.columns import Integers


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """The arcs made (k,), and by how much at most they fall short of the optimum: 0 where they are proved to be one.

    `fewer` is in what comes first of all, openings served or seats filled; `lower` in the points a seat of the
    worst served opening; `short` in the total of plans that are as good in all that comes before. Points are those of
    the choice.
    """

    made: Integers
    fewer: int = 0
    lower: float = 0
    short: float = 0
