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


def points_short(standing: PricedSolution, person: int, opening: int) -> Shortfall:
    """How far a pair, by rows of the input, is from being in the plan.

    One shortest path from the opening over those who hold its seats to the person or out of the plan; O(b log b) in
    the worst case, a few arcs in practice. Raises InvalidValue for a pair that is in the plan, not eligible or not to
    be decided because of locks.

    >>> from graph.matching.problem.assignment_problem import build_problem, dense_columns
    >>> from graph.matching.solvers.plans import Objective, make_plan
    >>> from graph.matching.sensitivity.priced_solution import price_solution
    >>> market = build_problem(dense_columns(np.array([[9, 8], [7, 1], [6, 0]])))
    >>> found = points_short(price_solution(market, make_plan(market, Objective.BEST)), person=2, opening=0)
    >>> found.lost, found.needed, found.rivals
    (1, 2, (1,))
    """
    arc = standing.arc(person, opening)
    if standing.flow.made[arc]:
        raise InvalidValue("pair", f"{person}={opening}", "is in the plan; ask for its runners-up")
    return _short(standing, arc)


def _short(standing: PricedSolution, arc: int) -> Shortfall:
    pair, made = standing.pair(arc), standing.flow.made.copy()
    lost, changes = _forced(standing, arc)
    made[changes] = ~made[changes]
    points, seats = _split(standing, lost)
    own = pair.person, pair.opening
    own_first = sorted(standing.moves(made), key=lambda move: (move.person, move.destination) != own)
    return Shortfall(*own, points, seats, _rivals(standing, pair.opening), tuple(own_first))


def runners_up(standing: PricedSolution, person: int, opening: int, count: int = 2) -> tuple[RunnerUp, ...]:
    """The next best people for the seat that a person has: those with whom the least total is lost.

    The total is that of the best plan with them in this opening and the person out of it, who may then go elsewhere.
    One shortest path for all of them. Raises InvalidValue for a pair that is not in the plan or is locked.
    """
    arc = standing.arc(person, opening)
    flow = standing.flow
    if not flow.made[arc]:
        raise InvalidValue("pair", f"{person}={opening}", "is not in the plan; ask how many points it is short")
    found = search(flow, OPENINGS, taker(int(flow.choice.person[arc])), barred=arc)
    arcs = flow.sides[OPENINGS].arcs(int(flow.choice.opening[arc]))
    rivals = arcs[~flow.made[arcs]]
    ways = [found.met.get(taker(row), found.length) for row in flow.choice.person[rivals].tolist()]
    lost = np.array(ways, np.int64) - flow.over(rivals) + flow.over(np.array([arc]))
    nearest = np.lexsort((flow.choice.ties[rivals], lost))[:count].tolist()
    return tuple(RunnerUp(standing.pair(int(rivals[row])).person, *_split(standing, int(lost[row]))) for row in nearest)


def lock_cost(standing: PricedSolution, person: int, opening: int) -> tuple[int, int]:
    """Points, and seats where these are filled first, that the plan would gain if this lock were taken back.

    The plan without the lock starts from the one with it: O(b), and one or two shortest paths. Raises InvalidValue
    for a pair that is not locked.
    """
    market = standing.market
    place = int(places(market, [(person, opening)])[0])
    if place < 0 or not market.locked[place]:
        raise InvalidValue("lock", f"{person}={opening}", "is not locked; ask for one of the locks of the plan")
    flow = _opened(standing, place)
    row = int(market.person[place]), int(market.opening[place])
    arc = int(np.searchsorted(flow.choice.arcs, place))
    if flow.over(np.array([arc]))[0] >= 0:
        return 0, 0
    # It may not pay: its seat is filled anew, then its hand, and it is among what either may take.
    flow.made[arc] = False
    gains = [*settle(flow, [row[OPENINGS]], OPENINGS), *settle(flow, [row[PEOPLE]], PEOPLE)]
    return _split(standing, sum(gains) - int(flow.choice.points[arc]))


def vacancy(standing: PricedSolution, opening: int, count: int = 3) -> Vacancy:
    """Why a seat of this opening is empty, with the people nearest to it. A search for each who is eligible.

    Raises InvalidValue for an opening whose seats are all filled.
    """
    market = standing.market
    row = row_of("opening", opening, market.opening_row)
    if sum(pair.opening == opening for pair in standing.plan.pairs) >= market.seats[row]:
        raise InvalidValue("opening", opening, "has no empty seat; ask for the runners-up of those who hold them")
    eligible = np.flatnonzero((market.opening == row) & ~market.locked)
    open_to = np.flatnonzero((standing.choice.opening == row) & ~standing.flow.made)
    if len(open_to):
        return Vacancy(opening, VacancyReason.ELSEWHERE, _nearest(standing, open_to, count))
    waiting = np.isin(eligible, standing.choice.arcs[standing.flow.arcs], invert=True)
    return Vacancy(opening, VacancyReason.LOCKED if waiting.any() else VacancyReason.NOBODY, ())


def nearest_misses(standing: PricedSolution, person: int, count: int = 1) -> tuple[Shortfall, ...]:
    """The openings that somebody, a row of the input, is nearest to without being in them, the nearest first.

    A search for each, in the order of their bounds, until no bound is lower than what was found. Empty for somebody
    who is eligible for no other opening that is still to be decided.
    """
    row = row_of("person", person, standing.market.person_row)
    return _nearest(standing, np.flatnonzero((standing.choice.person == row) & ~standing.flow.made), count)


def _nearest(standing: PricedSolution, arcs: Integers, count: int) -> tuple[Shortfall, ...]:
    """The least shortfalls among these arcs; the reduced cost of the others is a bound that is high enough."""
    bounds = -standing.flow.over(arcs)
    order = np.lexsort((standing.choice.ties[arcs], bounds))
    found: list[tuple[int, int, Shortfall]] = []
    for place, arc in enumerate(arcs[order].tolist()):
        if len(found) >= count and bounds[order[place]] >= found[count - 1][0]:
            break
        short = _short(standing, arc)
        found = sorted([*found, (short.seats * standing.seat + short.lost, place, short)])
    return tuple(short for _, _, short in found[:count])


def _forced(standing: PricedSolution, arc: int) -> tuple[int, list[int]]:
    """What is lost with an arc, and all arcs to be changed: by a way inside the plan, or out of it and in again."""
    flow, person, opening = standing.flow, int(standing.choice.person[arc]), int(standing.choice.opening[arc])
    short = -int(flow.over(np.array([arc]))[0])
    # At these prices the way from the person out of the plan has no length, and at the others the one from there in.
    around = int(standing.turned.prices[OPENINGS][opening] - flow.prices[OPENINGS][opening])
    inside = between(flow, person, opening, below=around)
    if inside:
        return short + inside[0].length + inside[1].length, [arc, *joined(*inside)]
    ways = search(flow, PEOPLE, giver(person)), search(standing.turned, OPENINGS, giver(opening))
    return short + around, [arc, *joined(*ways)]


def _rivals(standing: PricedSolution, opening: int) -> tuple[int, ...]:
    holders = tuple(pair.person for pair in standing.plan.pairs if pair.opening == opening)
    seats = standing.market.seats[standing.market.opening_row == opening]
    return holders if len(holders) >= seats[0] else ()


def _split(standing: PricedSolution, lost: int) -> tuple[int, int]:
    """Points and seats; the points of two plans are less than half a seat apart."""
    if not standing.seat:
        return lost, 0
    seats = (lost + standing.seat // 2) // standing.seat
    return lost - seats * standing.seat, seats


def _opened(standing: PricedSolution, place: int) -> FlowState:
    """The plan as it stands, where this lock is an arc like others, and prices for whom locks had taken up wholly."""
    old, plan = standing.choice, standing.plan
    sought, _ = question(unlocked(standing.market, place), plan.objective, plan.aim)
    choice = filling(sought.choice(), standing.seat)
    made = np.isin(choice.arcs, old.arcs[standing.flow.made])
    arc = np.searchsorted(choice.arcs, place)
    made[arc] = True
    people, openings = (column.copy() for column in standing.flow.prices)
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
