"""The plans of a few fixed markets under every limit, against every plan there is."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from graph.errors import Conflict
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.problem.regions import Quota
from graph.matching.problem.teams import TeamColumns
from graph.matching.solvers import integer_programs, team_coverage
from graph.matching.solvers.fairness import fair_and_full
from graph.matching.solvers.local_search import exchanged, greedy
from graph.matching.solvers.plans import Aim, Objective, Solution
from tests.matching.limits import check_best, kept_plans, planned
from tests.matching.markets import Made, arcs_of, crowded, worth

Limit = Callable[[ProblemColumns], ProblemColumns]
PLANNED = [Objective.BEST, Objective.FEWEST_UNSERVED, Objective.FAIR]


def regional(columns: ProblemColumns) -> ProblemColumns:
    return replace(columns, groups=["west", "west", "east"], quotas=[Quota("west", 1, 2), Quota("east", 1, 1)])


def timed(columns: ProblemColumns) -> ProblemColumns:
    return replace(columns, efforts=[2, 3, 4], capacities=[4, 5, 3, 7])


def single(columns: ProblemColumns) -> ProblemColumns:
    return replace(columns, seats=[1] * 3)


def both(columns: ProblemColumns) -> ProblemColumns:
    return regional(timed(columns))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("limited", [replace, single, regional, timed, both])
@pytest.mark.parametrize("objective", PLANNED)
@pytest.mark.parametrize("aim", Aim)
def test_no_plan_within_the_limits_is_better(seed: int, limited: Limit, objective: Objective, aim: Aim) -> None:
    check_best(limited(crowded(seed)), objective, aim)


def teamed(columns: ProblemColumns) -> ProblemColumns:
    """A gap in each opening, and one more in the first; the first arcs close half of theirs, the others 0.9."""
    arcs = list(enumerate(columns.opening))
    entries = [(arc, int(opening), 0.5 if arc < 5 else 0.9) for arc, opening in arcs]
    entries += [(arc, 3, 0.25) for arc, opening in arcs if opening == 0]
    arc, gap, share = zip(*entries, strict=True)
    return replace(columns, teams=_gaps([0, 1, 2, 0], [8.0, 4.0, 6.0, 3.0], arc, gap, share))


def _gaps(*columns: Sequence[Any]) -> TeamColumns:
    opening, weight, arc, gap, share = columns
    return TeamColumns(opening=opening, weight=weight, arc=arc, gap=gap, share=share)


def points(columns: ProblemColumns, made: Made) -> float:
    """Points of the pairs and of gaps closed together, one gap after the other."""
    assert columns.teams is not None
    left = list(map(float, columns.teams.weight))
    for arc, gap, share in zip(columns.teams.arc, columns.teams.gap, columns.teams.share, strict=True):
        left[int(gap)] *= 1 - share if int(arc) in made else 1
    return worth(columns, made).total + sum(columns.teams.weight) - sum(left)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("limited", [replace, regional, timed])
def test_no_plan_of_teams_is_better(seed: int, limited: Limit) -> None:
    columns = limited(teamed(crowded(seed)))
    plans = kept_plans(columns)
    best, full = planned(columns, Objective.BEST), planned(columns, Objective.FEWEST_UNSERVED)
    most = max(map(len, plans))
    assert best.total == pytest.approx(max(points(columns, made) for made in plans), abs=1e-4)
    assert full.total == pytest.approx(max(points(columns, made) for made in plans if len(made) == most), abs=1e-4)
    assert len(full.pairs) == most
    for plan in (best, full):
        assert plan.total == pytest.approx(points(columns, arcs_of(columns, plan)))
        assert plan.total_bound == plan.total
        assert plan.count_gap == 0
        for pair in plan.pairs:
            assert pair.marginal == pytest.approx(
                plan.total - points(columns, _without(columns, plan, pair.person, pair.opening))
            )


def _without(columns: ProblemColumns, plan: Solution, person: int, opening: int) -> Made:
    made = arcs_of(columns, plan)
    return frozenset(arc for arc in made if (columns.person[arc], columns.opening[arc]) != (person, opening))


@pytest.mark.parametrize("seed", range(4))
def test_a_market_too_large_for_the_solver_is_planned_by_exchanges_with_a_bound(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = teamed(crowded(seed))
    exact = planned(columns, Objective.BEST)
    monkeypatch.setattr(team_coverage, "MOST_ARCS", 8)
    quick = planned(columns, Objective.BEST)
    assert quick.total_bound is not None
    assert 3 * quick.total >= exact.total
    assert quick.total <= exact.total + 1e-9
    assert exact.total <= quick.total_bound + 1e-4
    # Splitting people between openings gains little here: the bound is near.
    assert quick.total_bound <= 1.25 * exact.total
    choice = build_problem(columns).choice()
    assert choice.teams is not None
    made = exchanged(choice, choice.teams, greedy(choice, choice.teams))
    assert sorted(choice.arcs[made].tolist()) == sorted(_arcs(columns, quick))


def _arcs(columns: ProblemColumns, plan: Solution) -> list[int]:
    problem = build_problem(columns)
    pairs = zip(problem.person_row[problem.person].tolist(), problem.opening_row[problem.opening].tolist(), strict=True)
    places = {pair: place for place, pair in enumerate(pairs)}
    return [places[(pair.person, pair.opening)] for pair in plan.pairs]


def test_the_greedy_rule_takes_what_adds_most_and_what_adds_nothing_but_nothing_that_costs() -> None:
    columns = replace(dense_columns(np.array([[5, 0], [4, -1]])), seats=[1, 2], loads=[2, 2])
    choice = build_problem(replace(columns, teams=_gaps([0], [6.0], [0, 2], [0, 0], [0.5, 1.0]))).choice()
    assert choice.teams is not None
    # 4 + 6 is more than 5 + 3; then a pair of no points, and the one below 0 stays out.
    assert greedy(choice, choice.teams).tolist() == [1, 2]


def test_an_exchange_takes_the_place_of_the_least_useful() -> None:
    columns = replace(dense_columns(np.array([[9, 3], [4, 1]])), teams=_gaps([0], [0.0], [0], [0], [0.5]))
    choice = build_problem(columns).choice()
    assert choice.teams is not None
    # 9 for 3 and 4, and then the seat that is free is filled; for 8 and 1 the pair of 9 would not pay.
    assert exchanged(choice, choice.teams, np.array([1, 2])).tolist() == [0, 3]
    assert exchanged(choice, choice.teams, np.array([], np.int64)).tolist() == [0, 3]
    dear = replace(columns, points=[9, 8, 4, 1])
    kept = build_problem(dear).choice()
    assert kept.teams is not None
    assert exchanged(kept, kept.teams, np.array([1, 2])).tolist() == [1, 2]


def test_with_single_seats_no_solver_is_asked_for_a_fair_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integer_programs.Solver, "ask", lambda *_: pytest.fail("asked"))
    columns = dense_columns(np.array([[9, 1], [8, 5], [1, 4]]))
    most, least = planned(columns, Objective.FAIR), planned(columns, Objective.FAIR, Aim.LEAST)
    assert (most.worst, most.total, most.floor_bound) == (5, 14, 5)
    assert (least.worst, least.total, least.floor_bound) == (1, 2, 1)


@pytest.mark.parametrize("efforts", [None, [1, 1]])
def test_costs_are_shared_fairly_among_the_fullest_plans(efforts: list[int] | None) -> None:
    # All three are placed: two in the first opening for 1 + 2, one in the other for 2. No opening bears more than
    # 1.5 a seat.
    costs = dense_columns(np.array([[1, 4], [2, 6], [3, 2]]))
    columns = replace(costs, seats=[2, 2], efforts=efforts, capacities=None if efforts is None else [1] * 3)
    plan = planned(columns, Objective.FAIR, Aim.LEAST)
    assert [(pair.person, pair.opening) for pair in plan.pairs] == [(0, 0), (1, 0), (2, 1)]
    assert (plan.total, plan.worst, plan.floor_bound, plan.total_bound, plan.count_gap) == (5, 1.5, 1.5, 5, 0)
    found = fair_and_full(build_problem(columns).turned().choice())
    assert (len(found.made), found.fewer, found.lower, found.short) == (3, 0, 0, 0)


@pytest.mark.parametrize("objective", PLANNED)
@pytest.mark.parametrize("aim", Aim)
def test_nobody_eligible_makes_an_empty_plan_whatever_limits_there_are(objective: Objective, aim: Aim) -> None:
    nobody = ProblemColumns(people=["a"], openings=["o", "p"], person=[], opening=[], points=[], seats=[2, 1])
    for columns in (
        nobody,
        replace(nobody, efforts=[1, 1], capacities=[1]),
        replace(nobody, groups=["w", None], quotas=[Quota("w", 0, 1)]),
        replace(nobody, groups=["w", None], quotas=[Quota("w", 0, 1)], efforts=[1, 1], capacities=[1]),
    ):
        plan = planned(columns, objective, aim)
        assert (plan.pairs, plan.total, plan.unserved) == ((), 0, (0, 1))
        assert (plan.worst, plan.floor_bound, plan.gini) == (None, None, None)


def test_nobody_eligible_makes_an_empty_plan_of_teams() -> None:
    nobody = ProblemColumns(people=["a"], openings=["o"], person=[], opening=[], points=[])
    columns = replace(nobody, teams=_gaps([0], [1.0], [], [], []))
    for objective in (Objective.BEST, Objective.FEWEST_UNSERVED):
        assert planned(columns, objective).pairs == ()


@pytest.mark.parametrize(
    "fewer",
    [{"capacities": [4, 3]}, {"loads": [2, 1]}, {"seats": [2, 1]}, {"exclusions": [(0, 1)]}],
)
def test_the_least_of_a_region_is_kept_only_with_the_time_the_loads_the_seats_and_the_people_for_it(
    fewer: dict[str, Any],
) -> None:
    # Both people are needed in both openings, where a seat takes 2 of the 4 that each has to give.
    columns = replace(
        dense_columns(np.array([[1, 1], [1, 1]])),
        seats=[2, 2],
        loads=[2, 2],
        groups=["west", "west"],
        quotas=[Quota("west", 4, 4)],
        efforts=[2, 2],
        capacities=[4, 4],
    )
    assert len(planned(columns, Objective.BEST).pairs) == 4
    with pytest.raises(Conflict, match="The quota west at least 4 cannot be kept"):
        planned(replace(columns, **fewer), Objective.BEST)
