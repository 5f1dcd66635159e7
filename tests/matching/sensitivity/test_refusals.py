"""What questions about a plan refuse, word for word."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from graph.errors import InvalidValue
from graph.matching.problem.assignment_problem import build_problem, dense_columns
from graph.matching.problem.teams import TeamColumns
from graph.matching.sensitivity.priced_solution import PricedSolution, price_solution
from graph.matching.sensitivity.shortfalls import lock_cost, nearest_misses, points_short, runners_up, vacancy
from graph.matching.solvers.plans import Aim, Objective, make_plan

# 0 is locked into the first opening, 1 gets its other seat; the second opening has no seat.
LOCKED = replace(dense_columns(np.array([[9, 8], [7, 1], [6, 2]])), locks=[(0, 0)], seats=[2, 0])


def _priced() -> PricedSolution:
    problem = build_problem(LOCKED)
    return price_solution(problem, make_plan(problem, Objective.BEST))


@pytest.mark.parametrize(
    ("ask", "field", "text", "why"),
    [
        (lambda plan: points_short(plan, 1, 0), "pair", "1=0", "is in the plan; ask for its runners-up"),
        (lambda plan: points_short(plan, 0, 0), "pair", "0=0", "is locked; ask what the lock costs"),
        (
            lambda plan: points_short(plan, 2, 1),
            *("pair", "2=1"),
            "has no free seat, or the person no free capacity, beside the locks; take a lock back or add a seat",
        ),
        (
            lambda plan: points_short(plan, 3, 0),
            *("pair", "3=0", "is not eligible; ask for the rule that removed it"),
        ),
        (
            lambda plan: runners_up(plan, 2, 0),
            *("pair", "2=0", "is not in the plan; ask how many points it is short"),
        ),
        (lambda plan: lock_cost(plan, 1, 0), "lock", "1=0", "is not locked; ask for one of the locks of the plan"),
        (lambda plan: lock_cost(plan, 3, 0), "lock", "3=0", "is not locked; ask for one of the locks of the plan"),
        (
            lambda plan: vacancy(plan, 0),
            *("opening", 0, "has no empty seat; ask for the runners-up of those who hold them"),
        ),
        (lambda plan: vacancy(plan, 2), "opening", 2, "is not there; give 0 to 1"),
        (lambda plan: vacancy(plan, -1), "opening", -1, "is not there; give 0 to 1"),
        (lambda plan: nearest_misses(plan, 3), "person", 3, "is not there; give 0 to 2"),
        (lambda plan: nearest_misses(plan, -1), "person", -1, "is not there; give 0 to 2"),
    ],
)
def test_a_question_the_plan_cannot_answer_says_what_to_ask(
    ask: Callable[[PricedSolution], object], field: str, text: object, why: str
) -> None:
    with pytest.raises(InvalidValue) as error:
        ask(_priced())
    assert (error.value.field, error.value.text, error.value.why) == (field, text, why)


@pytest.mark.parametrize(
    ("objective", "aim"),
    [(Objective.FAIR, Aim.MOST), (Objective.FAIR, Aim.LEAST), (Objective.HOST_STABLE, Aim.MOST)],
)
def test_an_objective_without_prices_is_named(objective: Objective, aim: Aim) -> None:
    problem = build_problem(dense_columns(np.array([[9, 8], [7, 1]])))
    with pytest.raises(InvalidValue) as error:
        price_solution(problem, make_plan(problem, objective, aim))
    why = "has no price for a pair; plan for the best total or the fewest unserved instead"
    assert (error.value.field, error.value.text, error.value.why) == ("objective", objective.value, why)


def test_teams_leave_no_price() -> None:
    teams = TeamColumns(opening=[0], weight=[1.0], arc=[0], gap=[0], share=[0.5])
    problem = build_problem(replace(dense_columns(np.array([[9, 8], [7, 1]])), teams=teams))
    with pytest.raises(InvalidValue) as error:
        price_solution(problem, make_plan(problem, Objective.BEST))
    why = "leave no price for a pair; plan without them instead"
    assert (error.value.field, error.value.text, error.value.why) == ("limits", "teams", why)


@pytest.mark.parametrize("at", [0, 1])
def test_the_first_and_the_last_row_are_there(at: int) -> None:
    problem = build_problem(dense_columns(np.array([[9, 8], [7, 1]])))
    priced = price_solution(problem, make_plan(problem, Objective.BEST))
    assert [miss.opening for miss in nearest_misses(priced, at)] == [at]
