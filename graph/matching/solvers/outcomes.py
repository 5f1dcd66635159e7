"""How long a solver may search, what it found, and how good that is at least."""

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


@dataclass(frozen=True, slots=True)
class Search:
    """How long the integer solver may search: seconds for all questions of a plan together, nodes for each of them."""

    seconds: float
    nodes: int


PATIENT = Search(60.0, 1_000_000)
"""For a plan that somebody waits for at a command line: in effect until the minute is over."""
