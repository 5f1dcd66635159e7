"""Teams that close gaps together: what each member adds, and no plan that adds up to more."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.errors import InvalidValue
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.problem.regions import Quota
from graph.matching.problem.teams import TeamColumns
from graph.matching.solvers import team_coverage
from graph.matching.solvers.local_search import exchanged, greedy
from graph.matching.solvers.plans import Aim, Objective
from tests.matching.limits import kept_plans, planned
from tests.matching.markets import Made, arcs_of, markets
from tests.matching.problem.test_regions import STABLE, named
from tests.matching.solvers.test_plans import shuffled

HALVES = TeamColumns(opening=[0, 1], weight=[100, 60], arc=[0, 1, 2, 3], gap=[0, 1, 0, 1], share=[0.5, 0.5, 0.5, 1])
PAIR = replace(dense_columns(np.zeros((2, 2), np.int64)), seats=[2, 2], teams=HALVES)


@st.composite
def teamed(draw: st.DrawFn) -> ProblemColumns:
    columns = draw(markets(least=0))
    gaps = [row for row in range(len(columns.openings)) for _ in range(draw(st.integers(0, 2)))]
    entries = [
        (arc, gap, share)
        for arc, opening in enumerate(columns.opening)
        for gap, owner in enumerate(gaps)
        if owner == opening and (share := draw(st.sampled_from([0, 0.25, 0.5, 0.9, 1])))
    ]
    arcs, rows, shares = zip(*entries, strict=True) if entries else ((), (), ())
    weights = draw(st.lists(st.integers(0, 6), min_size=len(gaps), max_size=len(gaps)))
    return replace(
        columns,
        teams=TeamColumns(opening=gaps, weight=weights, arc=arcs, gap=rows, share=[float(one) for one in shares]),
    )


@settings(max_examples=80, deadline=None)
@given(teamed(), st.sampled_from([Objective.BEST, Objective.FEWEST_UNSERVED]), st.booleans())
def test_no_plan_of_teams_is_better(columns: ProblemColumns, objective: Objective, limited: bool) -> None:
    if limited:
        columns = replace(
            columns, groups=["g"] * len(columns.openings), quotas=[Quota("g", most=len(columns.locks) + 1)]
        )
    plan = planned(columns, objective)
    plans = kept_plans(columns)
    made = arcs_of(columns, plan)
    filled = max(map(len, plans)) if objective is Objective.FEWEST_UNSERVED else 0
    assert made in plans
    assert len(made) >= filled
    assert plan.total == pytest.approx(max(points(columns, other) for other in plans if len(other) >= filled), abs=1e-4)
    assert plan.total == pytest.approx(points(columns, made), abs=1e-9)
    assert plan.total_bound == pytest.approx(plan.total, abs=1e-4)


@settings(max_examples=80, deadline=None)
@given(teamed())
def test_what_a_pair_adds_is_what_the_plan_loses_without_it(columns: ProblemColumns) -> None:
    rows = {pair: row for row, pair in enumerate(zip(columns.person, columns.opening, strict=True))}
    plan = planned(columns, Objective.BEST)
    made = arcs_of(columns, plan)
    for pair in plan.pairs:
        without = made - {rows[(pair.person, pair.opening)]}
        assert pair.marginal == pytest.approx(plan.total - points(columns, without), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(teamed())
def test_the_plan_without_the_solver_is_within_a_third_and_its_bound_holds(columns: ProblemColumns) -> None:
    columns = replace(columns, locks=(), exclusions=())
    choice = build_problem(columns).choice()
    assume(len(choice.arcs))
    assert choice.teams is not None
    best = max(points(columns, made) for made in kept_plans(columns))
    arcs = np.lexsort((columns.opening, columns.person))  # made by hand, the ids are in the order of their rows
    begun = greedy(choice, choice.teams)
    last = exchanged(choice, choice.teams, begun)
    reached = [points(columns, frozenset(arcs[choice.arcs[made]].tolist())) for made in (begun, last)]
    assert 3 * reached[0] >= best - 1e-9
    assert reached[0] - 1e-9 <= reached[1] <= best + 1e-9
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(team_coverage, "MOST_ARCS", 0)
        found = team_coverage.best_teams(choice)
    assert found.made.tolist() == last.tolist()
    assert reached[1] + found.short >= best - 1e-9


@settings(max_examples=40, deadline=None)
@given(teamed(), st.randoms(use_true_random=False))
def test_shuffled_input_gives_the_same_pairs(columns: ProblemColumns, chance: Random) -> None:
    assert named(moved(columns, chance), Objective.BEST) == named(columns, Objective.BEST)


def test_the_second_member_closes_half_of_what_the_first_left_open() -> None:
    plan = planned(PAIR, Objective.BEST)
    assert [(pair.person, pair.opening, pair.marginal) for pair in plan.pairs] == [(0, 0, 50), (1, 1, 60)]
    together = planned(replace(PAIR, seats=[2, 0]), Objective.BEST)
    assert (together.total, together.worst) == (75, 37.5)
    assert [pair.marginal for pair in together.pairs] == [25, 25]


def test_decimals_and_locks_are_counted_as_written() -> None:
    teams = replace(HALVES, weight=[10, 6])
    columns = replace(PAIR, points=[0.5, 0.25, 0.5, 0.25], seats=[2, 0], teams=teams, locks=[(0, 0)])
    plan = planned(columns, Objective.BEST)
    assert (plan.total, plan.total_bound) == (8.5, 8.5)
    assert [(pair.marginal, pair.locked) for pair in plan.pairs] == [(3, True), (3, False)]


def test_a_large_market_gets_a_plan_and_a_bound_without_the_integer_solver() -> None:
    chance = np.random.default_rng(3)
    people, openings = 120, 45
    columns = replace(dense_columns(chance.integers(0, 100, (people, openings))), seats=[3] * openings)
    arcs = np.arange(people * openings)
    shares = chance.integers(0, 90, len(arcs)) / 100
    opening = arcs % openings
    teams = TeamColumns(opening=range(openings), weight=[500] * openings, arc=arcs, gap=opening, share=shares)
    plan = planned(replace(columns, teams=teams), Objective.BEST)
    assert len(plan.pairs) == people
    assert plan.total_bound is not None
    assert plan.total < plan.total_bound <= 1.02 * plan.total


@pytest.mark.parametrize("objective", [*STABLE, Objective.FAIR])
def test_objectives_that_know_no_teams_say_so(objective: Objective) -> None:
    with pytest.raises(InvalidValue, match="teams"):
        planned(PAIR, objective)
    with pytest.raises(InvalidValue, match="teams"):
        planned(PAIR, Objective.BEST, Aim.LEAST)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"share": [0.5, 0.5, 0.5, 1.5]}, "share"),
        ({"weight": [100, -1]}, "weight"),
        ({"gap": [1, 1, 0, 1]}, "arc 0, gap 1' are of two openings"),
        ({"arc": [0, 1, 0, 3]}, "stated twice together"),
        ({"arc": [0, 1, 2, 4]}, "out of range"),
        ({"share": [0.5]}, "share"),
    ],
)
def test_shares_that_mean_nothing_are_refused(wrong: dict[str, list[float]], sentence: str) -> None:
    with pytest.raises(InvalidValue, match=sentence):
        build_problem(replace(PAIR, teams=replace(HALVES, **wrong)))


def test_an_empty_roster_makes_an_empty_team() -> None:
    teams = TeamColumns(opening=[0], weight=[9], arc=[], gap=[], share=[])
    nobody = ProblemColumns(people=[], openings=["a"], person=[], opening=[], points=[], teams=teams)
    for objective in (Objective.BEST, Objective.FEWEST_UNSERVED):
        assert planned(nobody, objective).pairs == ()


def points(columns: ProblemColumns, made: Made) -> float:
    """Points of the pairs, and of each gap what is not left open by any of them."""
    assert columns.teams is not None
    left = [1.0] * len(columns.teams.opening)
    for arc, gap, share in zip(columns.teams.arc, columns.teams.gap, columns.teams.share, strict=True):
        left[gap] *= 1 - share if arc in made else 1
    closed = sum(weight * (1 - part) for weight, part in zip(columns.teams.weight, left, strict=True))
    return sum(columns.points[arc] for arc in made) + closed


def moved(columns: ProblemColumns, chance: Random) -> ProblemColumns:
    """The market with its rows shuffled, and the teams to match; gaps are turned round."""
    other, teams = shuffled(columns, chance), columns.teams
    assert teams is not None
    rows = {
        (other.people[person], other.openings[opening]): row
        for row, (person, opening) in enumerate(zip(other.person, other.opening, strict=True))
    }
    names = [
        rows[(columns.people[person], columns.openings[opening])]
        for person, opening in zip(columns.person, columns.opening, strict=True)
    ]
    last = len(teams.opening) - 1
    openings = [other.openings.index(columns.openings[opening]) for opening in teams.opening]
    turned = TeamColumns(
        opening=openings[::-1],
        weight=list(teams.weight)[::-1],
        arc=[names[arc] for arc in teams.arc],
        gap=[last - gap for gap in teams.gap],
        share=teams.share,
    )
    return replace(other, teams=turned)
