"""The integer programs of a small market, row by row: people by openings, what is limited, and what is asked for."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.optimize import LinearConstraint

from graph.errors import Unavailable
from graph.matching.problem.assignment_problem import Kept, ReducedProblem, build_problem, dense_columns
from graph.matching.problem.regions import Quota
from graph.matching.problem.teams import TeamColumns
from graph.matching.solvers import integer_programs, max_min, near_stable, team_coverage
from graph.matching.solvers.integer_programs import (
    ProgramAnswer,
    Question,
    Solver,
    arcs_question,
    gains_of,
    is_possible,
    limits,
    short_of,
    unit_of,
    whole_bound,
)
from graph.matching.solvers.max_min import FairTerms, most_served
from graph.matching.solvers.outcomes import Search
from graph.matching.solvers.team_coverage import _short_of_split

INF = float("inf")
HASTY = Search(0.0, 200)
UNSETTLED = "The plan was not settled in 0 seconds; plan fewer openings at once, or with fewer limits."
PLAIN = replace(dense_columns(np.array([[8, 4], [2, 1]])), seats=[2, 1], loads=[1, 2])
LIMITED = replace(PLAIN, groups=["w", None], quotas=[Quota("w", 1, 2)], efforts=[1, 2], capacities=[3, 4])
LOCKED = build_problem(replace(PLAIN, locks=[(0, 0)])).choice()


class Listening(Solver):
    """A solver that remembers what it was asked."""

    def ask(self, question: Question) -> ProgramAnswer:
        self.asked = question
        return super().ask(question)


def rows(constraints: Any) -> list[tuple[Any, Any, Any]]:
    """Coefficients, least and most of each row."""
    found = []
    for one in constraints:
        assert isinstance(one, LinearConstraint)
        table = one.A.toarray()
        low, high = (np.broadcast_to(end, len(table)).tolist() for end in (one.lb, one.ub))
        found += list(zip(table.tolist(), low, high, strict=True))
    return found


def arcs_of(question: Question) -> tuple[list[float], list[float], list[float]]:
    return question.low.tolist(), question.high.tolist(), question.whole.tolist()


def test_every_limit_has_its_rows() -> None:
    found = rows(limits(build_problem(LIMITED).choice(), 1))
    assert found[:4] == [
        ([1, 1, 0, 0, 0], 0, 1),
        ([0, 0, 1, 1, 0], 0, 2),
        ([1, 0, 1, 0, 0], 0, 2),
        ([0, 1, 0, 1, 0], 0, 1),
    ]
    assert found[4:] == [([1, 2, 0, 0, 0], 0, 3), ([0, 0, 1, 2, 0], 0, 4), ([1, 0, 1, 0, 0], 1, 2)]
    kept = replace(LOCKED, kept=Kept(np.array([True, False]), 1))
    assert rows(limits(kept, 0))[4:] == [([1, 0], 1, 2)]


def test_pairs_count_their_points_and_those_of_none_a_trifle_for_being_pairs() -> None:
    choice = build_problem(LIMITED).choice()
    question = arcs_question(choice, gains_of(choice), [])
    # 8 points are 10,000 of the solver.
    assert question.gains.tolist() == [10_000, 5_000, 2_500, 1_250]
    # The trifles of four pairs and two more add up to less than half a point.
    idle = build_problem(replace(LIMITED, points=[8, 0, 2, 0])).choice()
    assert gains_of(idle).tolist() == pytest.approx([10_000, 0.1, 2_500, 0.1])
    # A point is a whole number for the solver where there is room for it, else what is left.
    assert (unit_of(np.array([7])), unit_of(np.array([10_000])), unit_of(np.array([20_000]))) == (1_428, 1, 0.5)
    assert arcs_of(question) == ([0] * 4, [1] * 4, [1] * 4)
    assert (question.whole.dtype, question.gap, question.spared) == (np.int64, 0.0, 0.0)


def test_a_fair_plan_asks_for_openings_served_and_points_where_they_are() -> None:
    program = max_min._IntegerProgram(LOCKED, FairTerms(2, 1), Solver())
    question = program._above(5)
    assert question.gains.tolist() == [10_000, 5_000, 0, 0]
    # Both openings have to be served, since two can be.
    assert arcs_of(question) == ([0, 0, 1, 1], [1] * 4, [1] * 4)
    assert question.whole.dtype == np.int64
    assert rows(question.rows) == [
        ([0, 0, 0, 0], 0, 0),
        ([1, 1, 0, 0], 0, 2),
        ([1, 0, 0, 0], 0, 1),
        ([0, 1, 0, 0], 0, 1),
        ([1, 0, -1, 0], -INF, 0),
        ([0, 1, 0, -1], -INF, 0),
        # Whoever is there by lock serves the first.
        ([1, 0, -1, 0], -1, INF),
        ([0, 1, 0, -1], 0, INF),
        ([0, 0, 1, 1], 2, INF),
        ([1, 1, 0, 0], 1, INF),
        # Half a part below 5, of which a point a seat has two, beside the 8 points by lock.
        ([10_000, 0, -22_500, 0], -40_000, INF),
        ([0, 5_000, 0, -11_250], 0, INF),
    ]
    assert len(rows(program._question(question.gains, []).rows)) == 10
    assert program._at_least(None) == []


def test_where_not_all_can_be_served_only_locks_have_to_be() -> None:
    program = max_min._IntegerProgram(LOCKED, FairTerms(1, 0), Solver())
    assert arcs_of(program._above(None)) == ([0, 0, 1, 0], [1] * 4, [1] * 4)
    assert len(rows(program._above(None).rows)) == 10


def test_the_most_an_opening_can_have_bounds_the_worst_served() -> None:
    choice = build_problem(
        replace(dense_columns(np.array([[8, 4, 3], [2, 1, 5]])), seats=[1, 2, 1], loads=[2, 2])
    ).choice()
    found = {
        served: max_min._IntegerProgram(choice, FairTerms(served, 0), Solver())._top_bound() for served in (1, 2, 3)
    }
    # Each with its own best people they have 8, 4 + 1 for two seats, and 5; in halves of a point a seat:
    assert found == {1: 16, 2: 10, 3: 5}
    locked = max_min._IntegerProgram(LOCKED, FairTerms(2, 0), Solver())
    assert (locked._top_bound(), locked.bound(0), locked.bound(7)) == (2, 2, 7)
    assert (locked.worst(np.array([1])), locked.worst(np.array([0]))) == (2, -INF)


def test_an_opening_whose_people_bring_nothing_is_bound_by_nothing() -> None:
    for points, top in (([[0]], 0), ([[-3]], 0), ([[1]], 1)):
        choice = build_problem(dense_columns(np.array(points))).choice()
        assert max_min._IntegerProgram(choice, FairTerms(1, 0), Solver())._top_bound() == top


def test_people_who_may_be_split_bound_the_worst_served_too() -> None:
    choice = build_problem(replace(dense_columns(np.array([[6, 6]])), seats=[2, 2])).choice()
    listening = Listening()
    program = max_min._IntegerProgram(choice, FairTerms(2, 1), listening)
    # One person between two openings: half of them in each.
    assert program._top_bound() == 6
    assert program._relaxed_bound(6) == 3
    asked = listening.asked
    assert asked.gains.tolist() == [0, 0, 1]
    assert arcs_of(asked) == ([0, 0, -INF], [1, 1, INF], [0, 0, 0])
    assert rows(asked.rows) == [
        ([1, 1, 0], 0, 1),
        ([1, 0, 0], 0, 2),
        ([0, 1, 0], 0, 2),
        ([1, 1, 0], 1, INF),
        # A point is 1,666 of the solver.
        ([9_996, 0, -1], 0, INF),
        ([0, 9_996, -1], 0, INF),
    ]
    assert (asked.gap, asked.spared) == (0.0, 0.0)
    assert program.bound(0) == 3
    assert program.bound(4) == 4


def test_the_search_leaves_a_third_of_the_time_for_the_last_question() -> None:
    listening = Listening()
    program = max_min._IntegerProgram(LOCKED, FairTerms(2, 1), listening)
    assert program.tried(None, 0.25).found is not None
    assert (listening.asked.gap, listening.asked.spared) == (0.25, 1 / 3)
    assert program.above(1).found is not None
    assert (listening.asked.gap, listening.asked.spared) == (0.0, 0.0)
    assert program.above(3).impossible
    assert program.served().bound == 2
    assert listening.asked.gains.tolist() == [0, 0, 1, 1]


def test_openings_that_can_be_served_at_once_are_counted() -> None:
    choice = build_problem(replace(dense_columns(np.array([[6, 6, 6]])), seats=[2, 2, 2], loads=[2])).choice()
    assert most_served(choice, 0, Solver()) == (2, 2)
    assert most_served(LOCKED, 0, Solver()) == (2, 2)
    with pytest.raises(Unavailable) as error:
        most_served(choice, 0, Solver(HASTY))
    assert str(error.value) == UNSETTLED


def test_without_time_the_answer_is_what_nothing_exceeds() -> None:
    question = Question(np.array([2.0, -3.0]), [], np.array([0.0, 1.0]), np.array([5.0, 4.0]), np.array([1, 1]))
    late, timely = Solver(HASTY).ask(question), Solver().ask(question)
    assert (late.found, late.bound) == (None, 7.0)
    assert not late.impossible
    assert timely.found is not None
    assert (timely.found.tolist(), timely.bound) == ([5.0, 1.0], 7.0)
    never = replace(question, rows=[LinearConstraint(np.array([[1.0, 0.0]]), 6, 9)])
    nothing = Solver().ask(never)
    assert (nothing.found, nothing.bound) == (None, -INF)
    assert nothing.impossible
    assert nothing.made(2) is None


def test_bounds_become_whole_points() -> None:
    assert whole_bound(ProgramAnswer(None, 29.998), 10.0) == 2.0
    assert whole_bound(ProgramAnswer(None, 29.9995), 10.0) == 3.0
    assert whole_bound(ProgramAnswer(None, INF), 10.0) == INF
    assert (short_of(ProgramAnswer(None, 30.0), 2, 10.0), short_of(ProgramAnswer(None, 30.0), 5, 10.0)) == (1.0, 0)
    assert ProgramAnswer(np.array([0.9, 0.2, 0.6, 1.0]), 0.0).made(3) is not None
    made = ProgramAnswer(np.array([0.9, 0.2, 0.6, 1.0]), 0.0).made(3)
    assert made is not None
    assert made.tolist() == [0, 2]


def test_a_plan_is_possible_or_not_or_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = replace(LOCKED, kept=Kept(np.array([True, True]), 2))
    assert is_possible(kept)
    assert not is_possible(replace(kept, loads=np.array([0, 1], np.int32)))
    assert is_possible(replace(kept.only(np.array([], np.int64)), kept=None))
    monkeypatch.setattr(integer_programs, "SECONDS", 0.0)
    with pytest.raises(Unavailable) as error:
        is_possible(kept)
    assert str(error.value) == UNSETTLED


def teamed() -> tuple[ReducedProblem, team_coverage._TeamProgram]:
    teams = TeamColumns(opening=[0, 1], weight=[16.0, 4.0], arc=[0, 2, 1], gap=[0, 0, 1], share=[0.5, 0.75, 1.0])
    choice = build_problem(replace(PLAIN, teams=teams)).choice()
    assert choice.teams is not None
    return choice, team_coverage._TeamProgram(choice, choice.teams)


def test_teams_count_gaps_in_units_of_the_largest_points() -> None:
    _, program = teamed()
    # 16 points are 10,000 of the solver.
    assert program.unit == 625
    assert program.weight.tolist() == [10_000, 2_500]
    assert program.gains.tolist() == pytest.approx([5_000.002, 2_500.002, 1_250.002, 625.002])
    assert program.strength.toarray().tolist() == pytest.approx(
        np.array([[np.log(2), 0, np.log(4), 0], [0, np.log(1e7), 0, 0]]), rel=1e-6
    )
    assert program.value(np.array([0, 2])) == pytest.approx(6_250.004 + 10_000 * (1 - 0.5 * 0.25))
    assert program.chosen(np.array([0, 2])).tolist() == [1, 0, 1, 0]
    assert program.sums(np.array([1.0, 0, 1, 0])).tolist() == pytest.approx([np.log(8), 0])


def test_teams_ask_for_points_of_pairs_and_gaps() -> None:
    _, program = teamed()
    question = program.question([])
    assert question.gains.tolist() == pytest.approx([*program.gains.tolist(), 10_000, 10_000])
    assert arcs_of(question) == ([0] * 6, [1, 1, 1, 1, 1, 0.25], [1, 1, 1, 1, 0, 0])
    assert [row[0] for row in rows(question.rows)] == [
        [1, 1, 0, 0, 0, 0],
        [0, 0, 1, 1, 0, 0],
        [1, 0, 1, 0, 0, 0],
        [0, 1, 0, 1, 0, 0],
    ]


def test_a_tangent_touches_where_it_is_drawn_and_lies_above_elsewhere() -> None:
    _, program = teamed()
    sums = np.array([np.log(2), 0.0])
    (first, low, high), (second, _, most) = rows([program.tangents(sums)])
    # The slope is the weight times what is left open: a half of the first gap, all of the second.
    assert first == pytest.approx([-0.5 * np.log(2), 0, -0.5 * np.log(4), 0, 1, 0])
    assert (low, high) == (-INF, pytest.approx(1 - 0.5 * (1 + np.log(2))))
    assert second == pytest.approx([0, -0.25 * np.log(1e7), 0, 0, 0, 1], rel=1e-6)
    assert most == pytest.approx(0)
    assert len(program.first()) == 3
    assert rows(program.first()[1:2])[0][0] == pytest.approx(first)


def test_the_bound_of_split_people_is_no_less_than_what_a_plan_falls_short() -> None:
    choice, program = teamed()
    assert choice.teams is not None
    # Nothing made falls short of all that both could do: 8 + 2 + 1 points of pairs and 14 + 0 of gaps at least.
    best = program.value(np.array([0, 2, 3])) / program.unit
    assert best == pytest.approx(8 + 2 + 1 + 14, abs=0.01)
    assert _short_of_split(choice, choice.teams, np.array([], np.int64)) >= best
    assert 0 <= _short_of_split(choice, choice.teams, np.array([0, 2, 3])) < 3
    bound, tangents = team_coverage._split(program, [])
    assert bound / program.unit >= best - 0.01
    assert bound / program.unit <= 1.2 * best
    assert 3 < len(tangents) <= 7


def test_whoever_is_liked_better_stands_before_the_others_of_one_owner() -> None:
    choice = build_problem(replace(PLAIN, points=[8, 4, 2, 5])).choice()
    by_opening = near_stable._better(choice.opening, choice.points, choice).toarray().tolist()
    assert by_opening == [[0, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, 0, 0, 0]]
    by_person = near_stable._better(choice.person, choice.points, choice).toarray().tolist()
    assert by_person == [[0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]


def test_a_pair_is_made_blocks_or_one_of_its_ends_has_all_it_likes_better() -> None:
    choice = build_problem(replace(PLAIN, points=[8, 4, 2, 5])).choice()
    program = near_stable._IntegerProgram(choice)
    fewest, most = program.fewest(), program.most_points(2)
    assert fewest.gains.tolist() == [0] * 12 + [-1] * 4
    assert (fewest.low.tolist(), fewest.high.tolist()) == ([0] * 16, [1] * 16)
    # Where one is all somebody may have, having it is as whole as the pair is.
    assert fewest.whole.tolist() == [1] * 4 + [0, 0, 1, 1] + [1, 0, 1, 0] + [0] * 4
    assert fewest.whole.dtype == np.int64
    found = rows(fewest.rows)
    assert found[5] == ([1, 0, 0, 0] + [0, -1, 0, 0] + [0] * 8, 0, INF)
    assert found[6] == ([0, 0, 0, 1] + [0, 0, -2, 0] + [0] * 8, 0, INF)
    assert found[10] == ([1, 0, 0, 0] + [0] * 6 + [-2, 0] + [0] * 4, 0, INF)
    assert found[12] == ([1, 0, 0, 0] * 4, 1, INF)
    assert len(found) == 16
    assert rows(most.rows)[16:] == [([0] * 12 + [1] * 4, 0, 2)]
    assert most.gains.tolist() == pytest.approx([*gains_of(choice).tolist(), *[0] * 12])
