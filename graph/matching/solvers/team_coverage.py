"""The best plan when teams close gaps together: exact on small problems, with a bound on large ones.

What a team closes is submodular: a further person adds less, the more are there. So a greedy plan, each time the pair
that adds most, gets at least a third of the best (two kinds of quota; Fisher, Nemhauser and Wolsey 1978), with lazy
revaluation (Minoux 1978). Exchanges then improve it while they can.

The exact way: 1 - (1 - c1)(1 - c2)... = 1 - exp(-s), s the sum of -ln(1 - c), is concave in s and lies below each of
its tangents. The integer program of some tangents has no optimum below the true one; tangents at the plans it finds
are added until the two meet (outer approximation; Duran and Grossmann 1986).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array, hstack

from graph.matching.columns import Fractions, Integers
from graph.matching.problem.assignment_problem import ReducedProblem
from graph.matching.problem.teams import Teams
from graph.matching.solvers.integer_programs import (
    LARGEST,
    Question,
    Solver,
    arcs_question,
    limits,
    most_made,
    pairs_at_least,
    unit_of,
)
from graph.matching.solvers.local_search import exchanged, greedy
from graph.matching.solvers.outcomes import Outcome, Search
from graph.matching.solvers.region_flow import most_pairs

MOST_ARCS = 5_000
"""Markets with more arcs are planned by the greedy rule and exchanges, where there are no other limits."""

_FIRST = (0.0, 0.5, 0.9)  # how far a gap is closed where the first tangents touch
_SPLITS, _ROUNDS = 4, 20
_MOST_SHARE = 1 - 1e-7  # closing everything would be an infinite sum of logarithms
_SMALL = 0.01  # what all pairs together count for being pairs, in the solver's numbers, where 10,000 is the most
_NEAR = _SMALL / 2


def best_teams(choice: ReducedProblem, search: Search | None = None) -> Outcome:
    """The plan with the most points, those of gaps closed together included.

    To a millionth of the largest points, or else with a bound: where the integer solver was cut off, and where there
    are too many arcs for it.

    Arguments: `choice`, what is left to decide, with its teams; `search`, how long the solver may, as usual where not
    given.
    Returns: the arcs made (k,), with a bound where the optimum was not proved.
    Raises: Unavailable when the solver found nothing.
    """
    if choice.teams is None or not len(choice.arcs):
        return Outcome(np.empty(0, np.int64))
    begun = None
    if choice.efforts is None and choice.regions is None and choice.kept is None:
        begun = exchanged(choice, choice.teams, greedy(choice, choice.teams))
        if len(choice.arcs) > MOST_ARCS:
            return Outcome(begun, short=_short_of_split(choice, choice.teams, begun))
    return _settled(_TeamProgram(choice, choice.teams, search), begun, [])


def fullest_teams(choice: ReducedProblem, search: Search | None = None) -> Outcome:
    """As `best_teams`, among the plans that fill the most seats."""
    arcs = len(choice.arcs)
    if choice.teams is None or not arcs:
        return Outcome(np.empty(0, np.int64))
    program = _TeamProgram(choice, choice.teams, search)
    pairs = most_pairs(choice, choice.seats)
    flows = choice.efforts is None and choice.kept is None
    pairs, most = (pairs, pairs) if flows else most_made(choice, program.solver)
    found = _settled(program, None, [pairs_at_least(arcs, pairs, len(program.weight))])
    return replace(found, fewer=most - pairs)


def _short_of_split(choice: ReducedProblem, teams: Teams, made: Integers) -> float:
    """By how many points at most a plan falls short, from plans that may split a person."""
    program = _TeamProgram(choice, teams)
    bound, _ = _split(program, [program.tangents(program.sums(program.chosen(made)))])
    return max(bound - program.value(made), 0) / program.unit


class _TeamProgram:
    """An integer program: a variable an arc (made or not), then one a gap, the points of closing it (g,)."""

    def __init__(self, choice: ReducedProblem, teams: Teams, search: Search | None = None) -> None:
        self.choice, self.teams, self.solver = choice, teams, Solver(search)
        self.unit = unit_of(np.concatenate([choice.points, teams.weight]))
        self.weight = teams.weight * self.unit
        self.gains: Fractions = choice.points.astype(np.float64) * self.unit + _SMALL / (len(choice.arcs) + 1)
        strength = teams.shares.tocsc(copy=True)
        strength.data = -np.log1p(-np.minimum(strength.data, _MOST_SHARE))
        self.strength = strength.T.tocsr()

    def value(self, made: Integers) -> float:
        """What a plan is worth in the solver's numbers."""
        return float(self.gains[made].sum() + self.teams.closed(made).sum() * self.unit)

    def question(self, rows: Sequence[LinearConstraint]) -> Question:
        """The most points within the limits and these rows."""
        gaps = len(self.weight)
        plain = arcs_question(self.choice, self.gains, [])
        return Question(
            np.append(self.gains, np.full(gaps, LARGEST)),
            [*limits(self.choice, gaps), *rows],
            np.append(plain.low, np.zeros(gaps)),
            np.append(plain.high, self.weight / LARGEST),
            np.append(plain.whole, np.zeros(gaps, np.int64)),
        )

    def first(self) -> list[LinearConstraint]:
        """The tangents to begin with."""
        return [self.tangents(np.full(len(self.weight), -np.log1p(-closed))) for closed in _FIRST]

    def tangents(self, sums: Fractions) -> LinearConstraint:
        """No gap closes more than the tangent at these sums of logarithms (g,) says."""
        # Closing is counted in units of the largest points: the solver's tolerance is no less than a millionth.
        weight = self.weight / LARGEST
        slope = weight * np.exp(-sums)
        places = np.arange(len(sums))
        steep = csr_array((-slope, (places, places)), (len(sums), len(sums))) @ self.strength
        ones = csr_array((np.ones(len(sums)), (places, places)), (len(sums), len(sums)))
        return LinearConstraint(hstack([steep, ones], format="csr"), -np.inf, weight - slope * (1 + sums))

    def sums(self, chosen: Fractions) -> Fractions:
        """The sums of logarithms (g,) when so much of each arc (b,) is made."""
        sums: Fractions = self.strength @ chosen
        return sums

    def chosen(self, made: Integers) -> Fractions:
        """How much of each arc (b,) a plan makes: all or nothing."""
        chosen = np.zeros(len(self.gains))
        chosen[made] = 1
        return chosen


def _split(program: _TeamProgram, rows: Sequence[LinearConstraint]) -> tuple[float, list[LinearConstraint]]:
    """What no plan exceeds that may split a person, and the tangents that say so: a few linear programs."""
    rows, bound = [*rows, *program.first()], np.inf
    for _ in range(_SPLITS):
        question = program.question(rows)
        answer = program.solver.ask(replace(question, whole=np.zeros_like(question.whole)))
        if answer.found is None or answer.bound > bound - _NEAR:
            break
        bound = answer.bound
        rows.append(program.tangents(program.sums(answer.found[: len(program.gains)])))
    return bound, rows


def _settled(program: _TeamProgram, begun: Integers | None, rows: Sequence[LinearConstraint]) -> Outcome:
    """The best plan found when the tangents have met it, or when rounds, nodes or seconds have run out."""
    best, value = begun, -np.inf if begun is None else program.value(begun)
    bound, rows = _split(program, rows)
    for _ in range(_ROUNDS):
        answer = program.solver.ask(program.question(rows))
        bound = min(bound, answer.bound)
        made = answer.made(len(program.gains))
        if made is None:
            break
        if program.value(made) > value:
            best, value = made, program.value(made)
        if bound - value <= _NEAR:
            break
        rows.append(program.tangents(program.sums(program.chosen(made))))
    if best is None:
        raise program.solver.unsettled
    return Outcome(best, short=(bound - value) / program.unit if bound - value > _NEAR else 0)
