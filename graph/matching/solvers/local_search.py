"""Good plans of teams without an integer solver: the pair that adds most, again and again, then exchanges."""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np

from graph.matching.columns import Integers
from graph.matching.problem.assignment_problem import ReducedProblem
from graph.matching.problem.teams import Teams

_PASSES = 10
_LEAST = 1e-6  # an exchange that gains less, in points, is none


def greedy(choice: ReducedProblem, teams: Teams) -> Integers:
    """The arcs (k,) made by always taking the pair that adds most; equals by the hash of ids.

    A pair that adds nothing is still taken, one that costs points is not.

    Arguments: `choice`, what is left to decide; `teams`, the gaps that people close together.
    Returns: indexes of arcs (k,), sorted.
    Complexity: O(a log a + entries) times how often a gain has to be looked at again, which is seldom.
    """
    board = _Board(choice, teams)
    heap = [(-board.gain(arc), tie, arc) for arc, tie in enumerate(choice.ties.tolist())]
    heapify(heap)
    while heap and heap[0][0] <= 0:
        gain, tie, arc = heappop(heap)
        if not board.has_room(arc):
            continue
        now = -board.gain(arc)
        if now > gain and heap and (now, tie, arc) > heap[0]:
            heappush(heap, (now, tie, arc))
        elif now <= 0:
            board.put(arc)
    return board.made()


def exchanged(choice: ReducedProblem, teams: Teams, made: Integers) -> Integers:
    """The arcs (k,) after exchanges: a pair is put in, for the least useful one of its opening and of its person.

    At most `_PASSES` times over all arcs, in the order of the problem.

    Arguments: as `greedy`; `made` (k,), the plan to begin with.
    Returns: indexes of arcs (k,), sorted; never fewer points than before.
    Complexity: O(passes a (seats + loads) gaps).
    """
    board = _Board(choice, teams)
    for arc in made.tolist():
        board.put(arc)
    for _ in range(_PASSES):
        if not sum(board.exchange(arc) for arc in range(len(choice.arcs))):
            break
    return board.made()


class _Board:
    """A plan in the making: who is at which opening, and what each team is worth."""

    def __init__(self, choice: ReducedProblem, teams: Teams) -> None:
        self._person: list[int] = choice.person.tolist()
        self._opening: list[int] = choice.opening.tolist()
        self._points: list[int] = choice.points.tolist()
        self._weight: list[float] = teams.weight.tolist()
        self._seats: list[int] = choice.seats.tolist()
        self._loads: list[int] = choice.loads.tolist()
        table = teams.shares.tocsr()
        starts, gaps, shares = table.indptr.tolist(), table.indices.tolist(), table.data.tolist()
        self._shares = [list(zip(gaps[start:end], shares[start:end], strict=True)) for start, end in pairwise(starts)]
        self._at: list[list[int]] = [[] for _ in self._seats]
        self._of: list[list[int]] = [[] for _ in self._loads]

    def made(self) -> Integers:
        """The arcs made, sorted."""
        return np.array(sorted(arc for arcs in self._at for arc in arcs), np.int64)

    def has_room(self, arc: int) -> bool:
        """Whether both ends of an arc have a place left."""
        person, opening = self._person[arc], self._opening[arc]
        return len(self._at[opening]) < self._seats[opening] and len(self._of[person]) < self._loads[person]

    def put(self, arc: int) -> None:
        """Make a pair."""
        self._at[self._opening[arc]].append(arc)
        self._of[self._person[arc]].append(arc)

    def gain(self, arc: int) -> float:
        """What the plan gains by one more pair."""
        team = self._at[self._opening[arc]]
        return self._worth([*team, arc]) - self._worth(team)

    def exchange(self, arc: int) -> bool:
        """Make a pair in the place of those in its way, where that gains points; whether it did."""
        if arc in self._at[self._opening[arc]]:
            return False
        gone = list(self._in_the_way(arc))
        before = self._worth_of(gone, arc)
        for old in gone:
            self._take(old)
        self.put(arc)
        if self._worth_of(gone, arc) > before + _LEAST:
            return True
        self._take(arc)
        for old in gone:
            self.put(old)
        return False

    def _in_the_way(self, arc: int) -> Iterator[int]:
        person, opening = self._person[arc], self._opening[arc]
        if len(self._at[opening]) == self._seats[opening]:
            yield min(self._at[opening], key=self._lost)
        if len(self._of[person]) == self._loads[person]:
            yield min(self._of[person], key=self._lost)

    def _lost(self, arc: int) -> tuple[float, int]:
        team = self._at[self._opening[arc]]
        return self._worth(team) - self._worth([other for other in team if other != arc]), arc

    def _take(self, arc: int) -> None:
        self._at[self._opening[arc]].remove(arc)
        self._of[self._person[arc]].remove(arc)

    def _worth_of(self, arcs: list[int], arc: int) -> float:
        return sum(self._worth(self._at[opening]) for opening in {self._opening[one] for one in [*arcs, arc]})

    def _worth(self, team: list[int]) -> float:
        left: dict[int, float] = {}
        for arc in team:
            for gap, share in self._shares[arc]:
                left[gap] = left.get(gap, 1.0) * (1 - share)
        return sum(self._points[arc] for arc in team) + sum(
            self._weight[gap] * (1 - part) for gap, part in left.items()
        )
