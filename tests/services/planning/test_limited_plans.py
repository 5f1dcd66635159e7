"""Benches with a floor, bounds, teams and counted days: all plans counted one by one, and what is said of a pair."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.connection import Graph
from graph.errors import Conflict
from graph.matching.problem.regions import Quota
from graph.matching.solvers.plans import Objective
from graph.services.planning.explain import PairVerdict, explain
from graph.services.planning.plan import (
    PlanReport,
    report_plan,
    solve_workspace,
    to_report,
)
from graph.services.planning.repair import Repaired, RepairRequest, repair_plan
from graph.services.planning.save_workspace import save_workspace
from graph.services.planning.unplaced import left_over
from graph.services.planning.workspace import (
    Names,
    PlanRequest,
    PlanWorkspace,
    load_workspace,
)
from tests import factories
from tests.conftest import OFFICER, today
from tests.services.bench_world import able, bench_world, ready, seated, spring, wanted

Made = tuple[tuple[int, int], ...]
PAIRS = [(expert, opening) for expert in ("vera", "xena", "yves", "zoe") for opening in ("accra-mentor", "togo-mentor")]
SOUGHT = (Objective.BEST, Objective.FEWEST_UNSERVED)
WESTERN = "m49-011"


def laid(graph: Graph) -> PlanWorkspace:
    """Four people, of whom Vera has two hands and 240 days, before Accra's one seat and Togo's two."""
    seated(graph, able("vera", 3, capacity=2), spring("vera"))
    return load_workspace(graph, OFFICER, wanted(), today())


@st.composite
def limits(draw: st.DrawFn) -> PlanRequest:
    low, high = sorted(draw(st.tuples(st.integers(0, 3), st.integers(0, 3))))
    decided = draw(st.lists(st.sampled_from(PAIRS), unique=True, max_size=3))
    locks = draw(st.integers(0, min(len(decided), 1)))
    return wanted(
        locks=tuple(decided[:locks]),
        exclusions=tuple(decided[locks:]),
        bounds=draw(st.sampled_from([(), (Quota(WESTERN, low, high),)])),
        floor=draw(st.sampled_from([0, 3_000, 8_000, 9_600])),
        teams=draw(st.booleans()),
        efforts=draw(st.booleans()),
    )


def test_no_plan_of_a_bench_is_better_within_floor_bounds_teams_and_days(fresh: Graph) -> None:
    bench = laid(fresh)

    @settings(max_examples=150, deadline=None)
    @given(limits(), st.sampled_from(SOUGHT), st.integers(0, 9))
    def check(asked: PlanRequest, objective: Objective, seed: int) -> None:
        here = replace(bench, request=asked)
        plans = [rank(here, made, objective) for made in kept(here)]
        if not plans:
            with pytest.raises(Conflict):
                report_plan(here, objective)
            return
        plan = report_plan(here, objective)
        filled = plan.worth.filled if objective is Objective.FEWEST_UNSERVED else 0
        assert (filled, plan.worth.total) == pytest.approx(max(plans), abs=2)  # own points are rounded to whole ones
        assert report_plan(here.shuffled(seed), objective) == plan
        for freer in less(asked):
            assert total_of(replace(bench, request=freer), objective) >= (filled, plan.worth.total)

    check()


def less(asked: PlanRequest) -> Iterator[PlanRequest]:
    """The same with one thing taken back; teams are no limit but another way to count."""
    for name in ("locks", "exclusions", "bounds"):
        if getattr(asked, name):
            yield replace(asked, **{name: getattr(asked, name)[:-1]})
    yield replace(asked, floor=0)
    yield replace(asked, efforts=False)


def total_of(bench: PlanWorkspace, objective: Objective) -> tuple[int, int]:
    worth = report_plan(bench, objective).worth
    return worth.filled if objective is Objective.FEWEST_UNSERVED else 0, worth.total


def kept(bench: PlanWorkspace) -> Iterator[Made]:
    """Every plan that keeps seats, hands, locks, exclusions, floor, bounds and days."""
    able = [pair for pair in map(bench.pair, PAIRS) if (bench.openings[pair[1]].points_of(pair[0]) or 0) > 0]
    for size in range(len(able) + 1):
        yield from (made for made in combinations(able, size) if is_kept(bench, made))


def is_kept(bench: PlanWorkspace, made: Made) -> bool:
    asked, openings, people = bench.request, [place for _, place in made], [person for person, _ in made]
    takes = [bench.openings[place].need.days for place in openings]
    free = bench.days
    return (
        all(openings.count(index) <= place.seats for index, place in enumerate(bench.openings))
        and all(people.count(person) <= bench.loads[person] for person in people)
        and all(bench.pair(names) in made for names in asked.locks)
        and not any(bench.pair(names) in made for names in asked.exclusions)
        and all((bench.openings[place].points_of(person) or 0) >= asked.floor for person, place in made)
        and all(bound.least <= len(made) <= bound.most for bound in asked.bounds)
        and (not asked.efforts or all(taken(people, takes, person) <= free[person] for person in people))
    )


def taken(people: list[int], takes: list[int], person: int) -> int:
    return sum(days for one, days in zip(people, takes, strict=True) if one == person)


def rank(bench: PlanWorkspace, made: Made, objective: Objective) -> tuple[int, float]:
    """With all weight on one gap, a team closes what its members do not leave open together."""
    points = 0.0
    for index, place in enumerate(bench.openings):
        alone = [(place.points_of(person) or 0) / 10_000 for person, there in made if there == index]
        shared = 1 - prod(1 - share for share in alone) if bench.request.teams and place.seats > 1 else sum(alone)
        points += 10_000 * shared
    return (len(made) if objective is Objective.FEWEST_UNSERVED else 0), points


def pairs(plan: PlanReport | Repaired) -> set[Names]:
    return {(found.expert, found.opening) for found in plan.placements}


def test_what_a_pair_costs_a_team_is_the_difference_of_two_plans(fresh: Graph) -> None:
    seated(fresh, *ready(able("vera", 2.2)))
    asked = wanted(openings=("togo-mentor",), people=("vera", "yves", "zoe"), teams=True)
    draft = solve_workspace(load_workspace(fresh, OFFICER, asked, today()), Objective.BEST)

    placed, out = explain(draft, ("yves", "togo-mentor")), explain(draft, ("vera", "togo-mentor"))
    locked = solve_workspace(
        replace(draft.workspace, request=replace(asked, locks=(("vera", "togo-mentor"),))), Objective.BEST
    )

    # Yves and Zoe close 98.75 of a hundred, Zoe and Vera 90, Yves and Vera 98.
    assert placed.verdict == PairVerdict.PLACED
    assert placed.lost == 875
    assert placed.proven
    assert (out.verdict, out.lost, out.needed) == (PairVerdict.LEFT_OUT, 75, None)
    assert [(turn.expert, turn.destination) for turn in out.turns] == [("vera", "togo-mentor"), ("zoe", "")]
    assert explain(locked, ("vera", "togo-mentor")).lost == 75
    assert out.seat
    assert not draft.is_priced
    assert left_over(draft).people == ()


def test_whoever_has_too_few_days_is_told_so_and_what_would_do(fresh: Graph) -> None:
    bench_world(fresh, spring("zoe"), *ready(able("solo", 3)))
    asked = wanted(people=("zoe",), openings=("togo-mentor",), efforts=True)
    draft = solve_workspace(load_workspace(fresh, OFFICER, asked, today()), Objective.BEST)

    found = explain(draft, ("zoe", "togo-mentor"))

    assert draft.solution.pairs == ()
    assert (found.verdict, found.lost) == (PairVerdict.TOO_LONG, None)
    assert found.changes != ()


def test_a_plan_with_limits_is_mended_within_them(graph: Graph) -> None:
    seated(graph, *ready(able("vera", 2.7, capacity=2)))
    asked = wanted(teams=True, bounds=(Quota(WESTERN, 2, 3),), efforts=True)
    bench = load_workspace(graph, OFFICER, asked, today())
    drawn = to_report(solve_workspace(bench, Objective.BEST))
    plan = save_workspace(graph, factories.account(id="officer"), bench, drawn, "Together")

    same, without = (
        repair_plan(graph, OFFICER, RepairRequest(plan, gone, most=1), today()) for gone in ((), ("xena",))
    )

    assert (same.turns, same.before, same.total) == ((), drawn.worth.total, drawn.worth.total)
    assert without.ended <= 1
    assert without.proven
    assert len(pairs(without)) in (2, 3)
    assert not any(expert == "xena" for expert, _ in pairs(without))
    staying = pairs(drawn) - {one for one in pairs(drawn) if one[0] == "xena"}
    assert len(staying - pairs(without)) == without.ended
    full = report_plan(
        replace(bench, invited=np.array([one != "xena" for one in bench.people.experts.ids])), Objective.BEST
    )
    assert without.full_total == full.worth.total >= without.total
