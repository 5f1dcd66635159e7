"""Every repair of a few fixed markets, against every plan there is within the limit."""

from dataclasses import replace

import numpy as np
import pytest

from graph.errors import Conflict, InvalidValue
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.repair.limited_repairs import repair_limited
from graph.matching.repair.repairs import Repair, drop_out, repair
from graph.matching.sensitivity.priced_solution import price_solution
from graph.matching.solvers.moves import Move
from graph.matching.solvers.plans import Objective, make_plan
from tests.matching.markets import all_plans, crowded
from tests.matching.repair.test_repairs import check_exact, planned, standing_pairs, without
from tests.matching.sensitivity.test_shortfalls import ASKED, BEST, FULL, Asked


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("asked", ASKED)
def test_whoever_drops_out_no_plan_within_the_limit_is_better(seed: int, asked: Asked) -> None:
    columns = crowded(seed)
    problem = build_problem(columns)
    plan = make_plan(problem, *asked)
    for person in range(4):
        before = tuple(pair for pair in plan.pairs if pair.person != person)
        for limit in range(3):
            found = drop_out(price_solution(problem, plan), person, limit)
            assert found.before == plan.total
            held = replace(found, before=sum(pair.points for pair in before))
            check_exact(without(columns, person), before, held, limit, asked)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("asked", ASKED)
def test_whatever_points_and_seats_become_no_plan_within_the_limit_is_better(seed: int, asked: Asked) -> None:
    columns = crowded(seed)
    before = planned(columns, asked).pairs
    other = replace(columns, points=crowded(seed + 50).points, seats=crowded(seed + 50).seats)
    for limit in range(3):
        plans, kept = list(all_plans(other)), standing_pairs(other, before)
        if not any(len(kept - made) <= limit for made in plans):
            with pytest.raises(Conflict) as error:
                repair(build_problem(other), before, limit, *asked)
            assert str(error.value) == (
                f"No plan ends at most {limit} of the confirmed pairs; "
                "let more of them end, or give back the seats and loads they need."
            )
            continue
        check_exact(other, before, repair(build_problem(other), before, limit, *asked), limit, asked)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("asked", [BEST, FULL])
def test_the_repair_for_any_objective_ends_as_few_and_has_as_many_points(seed: int, asked: Asked) -> None:
    columns = crowded(seed)
    before = planned(columns, asked).pairs
    other = build_problem(replace(columns, points=crowded(seed + 50).points))
    for limit in range(3):
        plain, limited = repair(other, before, limit, *asked), repair_limited(other, before, limit, asked[0])
        assert (limited.ended, limited.total, len(limited.pairs)) == (plain.ended, plain.total, len(plain.pairs))
        assert (limited.full_ended, limited.full_total) == (plain.full_ended, plain.full_total)
        assert limited.proven
        assert limited.blocking == 0


def test_a_limit_that_the_best_plan_just_keeps_is_no_limit() -> None:
    columns = dense_columns(np.array([[9, 8], [8, 1]]))
    before = planned(columns, BEST).pairs
    turned = build_problem(replace(columns, points=[9, 1, 1, 8]))
    for found in (repair(turned, before, 2), repair_limited(turned, before, 2)):
        assert (found.ended, found.total, found.full_ended, found.full_total) == (2, 17, 2, 17)
        assert found.price == 0
        assert found.moves == (Move(0, 1, 0), Move(1, 0, 1))
    # One that goes alone has nowhere to go.
    for most in (0, 1):
        for found in (repair(turned, before, most), repair_limited(turned, before, most)):
            assert (found.ended, found.total, found.price, found.before) == (0, 2, 15, 16)


def test_somebody_with_two_seats_leaves_both_and_each_is_filled_within_the_limit() -> None:
    # Ana holds both openings; ben holds the third, and cem has nothing.
    columns = ProblemColumns(
        people=["ana", "ben", "cem"],
        openings=["0", "1", "2"],
        person=[0, 0, 1, 1, 2, 2],
        opening=[0, 1, 2, 0, 1, 2],
        points=[9, 9, 6, 8, 3, 5],
        loads=[2, 1, 1],
    )
    problem = build_problem(columns)
    priced = price_solution(problem, make_plan(problem, Objective.BEST))
    kept, moved = drop_out(priced, 0, most=0), drop_out(priced, 0, most=1)
    assert (_ends(kept), kept.total, kept.ended) == ([(1, 2), (2, 1)], 9, 0)
    assert kept.proven
    assert (_ends(moved), moved.total, moved.ended, moved.price) == ([(1, 0), (2, 2)], 13, 1, 0)
    assert (kept.full_total, kept.full_ended, kept.price, kept.before) == (13, 1, 4, 24)


def test_a_limit_below_zero_is_refused_word_for_word() -> None:
    problem = build_problem(dense_columns(np.array([[5]])))
    for ask in (repair, repair_limited):
        with pytest.raises(InvalidValue) as error:
            ask(problem, (), -1)
        why = "is not a number of pairs; give 0 or more"
        assert (error.value.field, error.value.text, error.value.why) == ("most", -1, why)


def _ends(found: Repair) -> list[tuple[int, int]]:
    return [(pair.person, pair.opening) for pair in found.pairs]
