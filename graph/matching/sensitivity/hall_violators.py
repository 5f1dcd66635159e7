"""Openings that cannot all be served, and the people who are too few for them (Hall 1935)."""

from dataclasses import dataclass, replace

import numpy as np

from graph.matching.columns import Flags, Indexes
from graph.matching.problem.assignment_problem import AssignmentProblem, ReducedProblem
from graph.matching.solvers.assignment import fullest
from graph.matching.solvers.duals import flags_of


@dataclass(frozen=True, slots=True)
class HallViolator:
    """Openings that cannot all have somebody, by rows of the input, and everybody eligible for any of them.

    `capacity` is how many of the openings these people can serve at most: one fewer than there are. Without any one of
    the openings, all others can be served.
    """

    openings: tuple[int, ...]
    people: tuple[int, ...]
    capacity: int


def hall_violator(problem: AssignmentProblem) -> HallViolator | None:
    """The smallest set of openings, of those met, that cannot all be served at once; None when all can be.

    Openings served by a lock are left aside, and people have only what locks leave them. From each opening that the
    fullest plan of one seat each leaves unserved: its people, the openings these serve, the people of those, and so
    on (a minimum cut). One opening is short in such a set, and no smaller part of it is short: a part without the
    unserved opening is served by its own people, and one with it holds all that is reached from there, because people
    who are reached have no capacity left.

    Arguments: `problem`, with its locks.
    Returns: openings and people by rows of the input, or None.
    Complexity: one assignment, and O(b) for each unserved opening.
    Reference: Hall, On representatives of subsets, 1935.
    """
    choice = _single(problem.choice())
    made = flags_of(choice, fullest(choice))
    unserved = np.flatnonzero(
        (choice.seats > 0) & (np.bincount(choice.opening[made], minlength=len(choice.seats)) == 0)
    )
    sets = [_reached(choice, made, int(opening)) for opening in unserved]
    if not sets:
        return None
    openings, people = min(sets, key=lambda found: int(found[0].sum()))
    return HallViolator(
        _rows(problem.opening_row, openings), _rows(problem.person_row, people), int(openings.sum()) - 1
    )


def _single(choice: ReducedProblem) -> ReducedProblem:
    """One seat for each opening that nobody has by lock, all pairs being equal and nothing else limited."""
    seats = (np.minimum(choice.seats, 1) * (choice.given == 0)).astype(np.int32)
    points = np.zeros(len(choice.arcs), np.int64)
    bare = replace(choice, seats=seats, points=points, regions=None, efforts=None, teams=None)
    return bare.only(seats[choice.opening] > 0)


def _reached(choice: ReducedProblem, made: Flags, opening: int) -> tuple[Flags, Flags]:
    openings, people = np.zeros(len(choice.seats), np.bool_), np.zeros(len(choice.loads), np.bool_)
    openings[opening] = True
    count = 0
    while count < openings.sum():
        count = int(openings.sum())
        people[choice.person[openings[choice.opening]]] = True
        openings[choice.opening[made & people[choice.person]]] = True
    return openings, people


def _rows(order: Indexes, chosen: Flags) -> tuple[int, ...]:
    return tuple(np.sort(order[chosen]).tolist())
