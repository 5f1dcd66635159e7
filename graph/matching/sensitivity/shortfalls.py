"""Why not: what it costs to have a pair that the plan has not, who stands in the way, and how far off it is.

Every question is answered by the cheapest change to the plan (`residuals`), not by the reduced cost of the pair, which
is a lower bound only because prices are not unique. The answer is exact in whole points, those of `Market.points`:

- a pair that was raised by more than `lost` points is in every plan of the highest total;
- raised by `lost` points exactly it ties: there are optimal plans with it and without it, and the hashes of the ids
  decide, as always between equals;
- raised by less it is in no optimal plan.

For costs, raised means made cheaper. Where seats are filled first, a pair that would leave one more seat empty is in
no plan however many points it is worth.
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from graph.errors import InvalidValue
from graph.matching.columns import Integers
from graph.matching.sensitivity.priced_solution import (
    PricedSolution,
    filling,
    places,
    question,
    row_of,
    unlocked,
)
from graph.matching.solvers.duals import Prices
from graph.matching.solvers.moves import Move
from graph.matching.solvers.residual_network import (
    OPENINGS,
    PEOPLE,
    FlowState,
    between,
    giver,
    joined,
    search,
    settle,
    taker,
)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What it takes to have a pair that is not in the plan; people and openings by rows of the input.

    `lost` is the total lost when the pair is forced into an otherwise best plan, `seats` how many fewer seats are
    filled then, which is 0 but where seats are filled first. `needed` is the fewest points more that make the pair
    certain, None where no number of points does. `rivals` hold the seats of the opening now, those by lock included;
    empty when a seat is free. `moves` are all changes of one cheapest plan with the pair, the pair's own first.
    """

    person: int
    opening: int
    lost: int
    seats: int
    rivals: tuple[int, ...]
    moves: tuple[Move, ...]

    @property
    def needed(self) -> int | None:
        """The fewest points more with which the pair is in every optimal plan; one fewer is a tie."""
        return None if self.seats else self.lost + 1


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """Somebody who would do in another's seat, and the total lost then: seats first, where these are filled first."""

    person: int
    lost: int
    seats: int


class VacancyReason(Enum):
    """Why an opening has an empty seat."""

    NOBODY = "nobody"
    LOCKED = "locked"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Why an opening has an empty seat.

    NOBODY: no eligible person at all. LOCKED: the eligible ones are all taken up by locks, or have no load.
    ELSEWHERE: each of `shortfalls`, the nearest first, is worth more where they are, or would bring less than nothing.
    """

    opening: int
    reason: VacancyReason
    shortfalls: tuple[Shortfall, ...]


def points_short(priced: PricedSolution, person: int, opening: int) -> Shortfall:
    """How far a pair, by rows of the input, is from being in the plan.

    One shortest path from the opening over those who hold its seats to the person or out of the plan; O(b log b) in the
    worst case, a few arcs in practice.

    Arguments: `priced`, an optimal plan; `person` and `opening`, rows of the input.
    Returns: points and seats lost when the pair is forced into the plan, who moves, and the points that would make it
    certain.
    Raises: InvalidValue for a pair that is in the plan, not eligible or not to be decided because of locks.

    >>> from graph.matching.problem.assignment_problem import build_problem, dense_columns
    >>> from graph.matching.solvers.plans import Objective, make_plan
    >>> from graph.matching.sensitivity.priced_solution import price_solution
    >>> problem = build_problem(dense_columns(np.array([[9, 8], [7, 1], [6, 0]])))
    >>> found = points_short(price_solution(problem, make_plan(problem, Objective.BEST)), person=2, opening=0)
    >>> found.lost, found.needed, found.rivals
    (1, 2, (1,))
    """
    arc = priced.arc(person, opening)
    if priced.flow.made[arc]:
        raise InvalidValue("pair", f"{person}={opening}", "is in the plan; ask for its runners-up")
    return _short(priced, arc)


def _short(priced: PricedSolution, arc: int) -> Shortfall:
    pair, made = priced.pair(arc), priced.flow.made.copy()
    lost, changes = _forced(priced, arc)
    made[changes] = ~made[changes]
    points, seats = _split(priced, lost)
    own = pair.person, pair.opening
    own_first = sorted(priced.moves(made), key=lambda move: (move.person, move.destination) != own)
    return Shortfall(*own, points, seats, _rivals(priced, pair.opening), tuple(own_first))


def runners_up(priced: PricedSolution, person: int, opening: int, count: int = 2) -> tuple[RunnerUp, ...]:
    """The next best people for the seat that a person has: those with whom the least total is lost.

    The total is that of the best plan with them in this opening and the person out of it, who may then go elsewhere.
    One shortest path for all of them.

    Arguments: `priced`, an optimal plan; `person` and `opening`, rows of the input; `count`, how many.
    Returns: other people with the points lost, the least first.
    Raises: InvalidValue for a pair that is not in the plan or is locked.
    """
    arc = priced.arc(person, opening)
    flow = priced.flow
    if not flow.made[arc]:
        raise InvalidValue("pair", f"{person}={opening}", "is not in the plan; ask how many points it is short")
    found = search(flow, OPENINGS, taker(int(flow.choice.person[arc])), barred=arc)
    arcs = flow.sides[OPENINGS].arcs(int(flow.choice.opening[arc]))
    rivals = arcs[~flow.made[arcs]]
    ways = [found.met.get(taker(row), found.length) for row in flow.choice.person[rivals].tolist()]
    lost = np.array(ways, np.int64) - flow.over(rivals) + flow.over(np.array([arc]))
    nearest = np.lexsort((flow.choice.ties[rivals], lost))[:count].tolist()
    return tuple(RunnerUp(priced.pair(int(rivals[row])).person, *_split(priced, int(lost[row]))) for row in nearest)


def lock_cost(priced: PricedSolution, person: int, opening: int) -> tuple[int, int]:
    """Points, and seats where these are filled first, that the plan would gain if this lock were taken back.

    The plan without the lock starts from the one with it: O(b), and one or two shortest paths.

    Arguments: `priced`, an optimal plan; `person` and `opening`, rows of the input.
    Returns: points and seats, both 0 or more.
    Raises: InvalidValue for a pair that is not locked.
    """
    problem = priced.problem
    place = int(places(problem, [(person, opening)])[0])
    if place < 0 or not problem.locked[place]:
        raise InvalidValue("lock", f"{person}={opening}", "is not locked; ask for one of the locks of the plan")
    flow = _opened(priced, place)
    row = int(problem.person[place]), int(problem.opening[place])
    arc = int(np.searchsorted(flow.choice.arcs, place))
    if flow.over(np.array([arc]))[0] >= 0:
        return 0, 0
    # It may not pay: its seat is filled anew, then its hand, and it is among what either may take.
    flow.made[arc] = False
    gains = [*settle(flow, [row[OPENINGS]], OPENINGS), *settle(flow, [row[PEOPLE]], PEOPLE)]
    return _split(priced, sum(gains) - int(flow.choice.points[arc]))


def vacancy(priced: PricedSolution, opening: int, count: int = 3) -> Vacancy:
    """Why a seat of this opening is empty, with the people nearest to it.

    A search for each who is eligible.

    Arguments: `priced`, an optimal plan; `opening`, a row of the input; `count`, how many people.
    Returns: the reason, and the nearest people with the points lost.
    Raises: InvalidValue for an opening whose seats are all filled.
    """
    problem = priced.problem
    row = row_of("opening", opening, problem.opening_row)
    if sum(pair.opening == opening for pair in priced.plan.pairs) >= problem.seats[row]:
        raise InvalidValue("opening", opening, "has no empty seat; ask for the runners-up of those who hold them")
    eligible = np.flatnonzero((problem.opening == row) & ~problem.locked)
    open_to = np.flatnonzero((priced.choice.opening == row) & ~priced.flow.made)
    if len(open_to):
        return Vacancy(opening, VacancyReason.ELSEWHERE, _nearest(priced, open_to, count))
    waiting = np.isin(eligible, priced.choice.arcs[priced.flow.arcs], invert=True)
    return Vacancy(opening, VacancyReason.LOCKED if waiting.any() else VacancyReason.NOBODY, ())


def nearest_misses(priced: PricedSolution, person: int, count: int = 1) -> tuple[Shortfall, ...]:
    """The openings that somebody, a row of the input, is nearest to without being in them, the nearest first.

    A search for each, in the order of their bounds, until no bound is lower than what was found. Empty for somebody
    who is eligible for no other opening that is still to be decided.

    Arguments: `priced`, an optimal plan; `person`, a row of the input; `count`, how many openings.
    Returns: shortfalls, the smallest first.
    """
    row = row_of("person", person, priced.problem.person_row)
    return _nearest(priced, np.flatnonzero((priced.choice.person == row) & ~priced.flow.made), count)


def _nearest(priced: PricedSolution, arcs: Integers, count: int) -> tuple[Shortfall, ...]:
    """The least shortfalls among these arcs; the reduced cost of the others is a bound that is high enough."""
    bounds = -priced.flow.over(arcs)
    order = np.lexsort((priced.choice.ties[arcs], bounds))
    found: list[tuple[int, int, Shortfall]] = []
    for place, arc in enumerate(arcs[order].tolist()):
        if len(found) >= count and bounds[order[place]] >= found[count - 1][0]:
            break
        short = _short(priced, arc)
        found = sorted([*found, (short.seats * priced.seat + short.lost, place, short)])
    return tuple(short for _, _, short in found[:count])


def _forced(priced: PricedSolution, arc: int) -> tuple[int, list[int]]:
    """What is lost with an arc, and all arcs to be changed: by a way inside the plan, or out of it and in again."""
    flow, person, opening = priced.flow, int(priced.choice.person[arc]), int(priced.choice.opening[arc])
    short = -int(flow.over(np.array([arc]))[0])
    # At these prices the way from the person out of the plan has no length, and at the others the one from there in.
    around = int(priced.turned.prices[OPENINGS][opening] - flow.prices[OPENINGS][opening])
    inside = between(flow, person, opening, below=around)
    if inside:
        return short + inside[0].length + inside[1].length, [arc, *joined(*inside)]
    ways = search(flow, PEOPLE, giver(person)), search(priced.turned, OPENINGS, giver(opening))
    return short + around, [arc, *joined(*ways)]


def _rivals(priced: PricedSolution, opening: int) -> tuple[int, ...]:
    holders = tuple(pair.person for pair in priced.plan.pairs if pair.opening == opening)
    seats = priced.problem.seats[priced.problem.opening_row == opening]
    return holders if len(holders) >= seats[0] else ()


def _split(priced: PricedSolution, lost: int) -> tuple[int, int]:
    """Points and seats; the points of two plans are less than half a seat apart."""
    if not priced.seat:
        return lost, 0
    seats = (lost + priced.seat // 2) // priced.seat
    return lost - seats * priced.seat, seats


def _opened(priced: PricedSolution, place: int) -> FlowState:
    """The plan as it stands, where this lock is an arc like others, and prices for whom locks had taken up wholly."""
    old, plan = priced.choice, priced.plan
    sought, _ = question(unlocked(priced.problem, place), plan.objective, plan.aim)
    choice = filling(sought.choice(), priced.seat)
    made = np.isin(choice.arcs, old.arcs[priced.flow.made])
    arc = np.searchsorted(choice.arcs, place)
    made[arc] = True
    people, openings = (column.copy() for column in priced.flow.prices)
    person, opening = choice.person, choice.opening
    others = np.arange(len(made)) != arc
    for row, owner, price, facing, side in (
        (opening[arc], opening, openings, people[person], old.seats),
        (person[arc], person, people, openings[opening], old.loads),
    ):
        if not side[row]:
            mine = others & (owner == row)
            price[row] = (choice.points - facing)[mine].max(initial=0)
    return FlowState(choice, made, Prices(people, openings))
