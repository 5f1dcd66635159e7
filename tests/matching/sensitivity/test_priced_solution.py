"""Which plans have a price for a pair, and what a lock costs, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from graph.errors import InvalidValue
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.problem.regions import Quota
from graph.matching.sensitivity.priced_solution import places, price_solution
from graph.matching.sensitivity.shortfalls import lock_cost
from graph.matching.solvers.plans import Objective, make_plan

SQUARE = dense_columns(np.array([[9, 5], [8, 1]]))


@pytest.mark.parametrize(
    ("columns", "limit"),
    [
        (replace(SQUARE, groups=["west", "east"], quotas=[Quota("west", 0, 1)]), "quotas of groups"),
        (replace(SQUARE, efforts=[1, 1], capacities=[1, 1]), "efforts"),
    ],
)
def test_the_limit_that_leaves_no_price_for_a_pair_is_named(columns: ProblemColumns, limit: str) -> None:
    market = build_problem(columns)
    with pytest.raises(InvalidValue, match="leave no price for a pair; plan without them instead") as error:
        price_solution(market, make_plan(market, Objective.BEST))
    assert error.value.field == "limits"
    assert error.value.text == limit


def test_a_lock_costs_what_the_best_plan_has_more_and_nothing_where_it_has_the_pair_itself() -> None:
    forced = build_problem(replace(SQUARE, locks=[(0, 0)]))
    assert lock_cost(price_solution(forced, make_plan(forced, Objective.BEST)), 0, 0) == (3, 0)
    free = build_problem(replace(SQUARE, locks=[(0, 1)]))
    assert lock_cost(price_solution(free, make_plan(free, Objective.BEST)), 0, 1) == (0, 0)


def test_a_lock_that_only_ties_with_another_plan_costs_nothing() -> None:
    tied = build_problem(replace(dense_columns(np.array([[4, 4], [4, 4]])), locks=[(1, 0)]))
    assert lock_cost(price_solution(tied, make_plan(tied, Objective.BEST)), 1, 0) == (0, 0)


def test_a_lock_can_cost_a_seat() -> None:
    columns = ProblemColumns(
        people=["a", "b"], openings=["0", "1"], person=[0, 0, 1], opening=[0, 1, 0], points=[5, 5, 5]
    )
    market = build_problem(replace(columns, locks=[(0, 0)]))
    standing = price_solution(market, make_plan(market, Objective.FEWEST_UNSERVED))
    assert lock_cost(standing, 0, 0) == (5, 1)


def test_a_pair_that_is_not_eligible_has_no_place() -> None:
    columns = ProblemColumns(people=["a", "b"], openings=["0", "1"], person=[0, 1], opening=[1, 0], points=[5, 5])
    market = build_problem(columns)
    found = places(market, [(0, 1), (0, 0), (1, 1), (1, 0), (-1, 0), (2, 0), (0, 2)]).tolist()
    assert found[1:3] == [-1, -1]
    assert found[4:] == [-1, -1, -1]
    assert sorted([found[0], found[3]]) == [0, 1]


def test_a_pair_that_was_not_to_be_decided_is_refused_and_named() -> None:
    columns = ProblemColumns(people=["a", "b"], openings=["0"], person=[0], opening=[0], points=[5], locks=[(0, 0)])
    market = build_problem(columns)
    standing = price_solution(market, make_plan(market, Objective.BEST))
    with pytest.raises(InvalidValue, match=r"^pair: '0=0' is locked; ask what the lock costs"):
        standing.arc(0, 0)
    with pytest.raises(InvalidValue, match=r"^pair: '1=0' is not eligible"):
        standing.arc(1, 0)
