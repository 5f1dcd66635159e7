"""Openings that cannot all be served, by hand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.problem.regions import Quota
from graph.matching.sensitivity.hall_violators import HallViolator, hall_violator


def market(people: int, openings: int, pairs: Sequence[tuple[int, int]]) -> ProblemColumns:
    return ProblemColumns(
        people=[f"p{row}" for row in range(people)],
        openings=[f"o{row}" for row in range(openings)],
        person=[person for person, _ in pairs],
        opening=[opening for _, opening in pairs],
        points=[1] * len(pairs),
    )


# Only the first two people would do for the first three openings; the last opening has a person to itself.
CROWDED = market(3, 4, [(0, 0), (0, 1), (1, 1), (1, 2), (2, 3), (0, 2)])


def test_the_openings_that_too_few_share_are_named_with_all_who_would_do() -> None:
    assert hall_violator(build_problem(CROWDED)) == HallViolator((0, 1, 2), (0, 1), 2)


def test_the_same_rows_are_named_whatever_the_order_of_ids() -> None:
    turned = replace(CROWDED, people=["z", "m", "a"], openings=["q", "p", "b", "a"])
    assert hall_violator(build_problem(turned)) == HallViolator((0, 1, 2), (0, 1), 2)


def test_an_opening_nobody_would_do_for_is_short_by_itself() -> None:
    assert hall_violator(build_problem(market(1, 3, [(0, 0), (0, 1)]))) == HallViolator((2,), (), 0)


def test_where_all_can_be_served_there_is_none() -> None:
    assert hall_violator(build_problem(dense_columns(np.ones((3, 3), np.int64)))) is None
    assert hall_violator(build_problem(replace(CROWDED, loads=[2, 1, 1]))) is None


def test_an_opening_without_a_seat_or_with_somebody_by_lock_is_left_aside() -> None:
    assert hall_violator(build_problem(replace(CROWDED, seats=[1, 1, 0, 1]))) is None
    locked = replace(CROWDED, locks=[(1, 2)])
    assert hall_violator(build_problem(locked)) == HallViolator((0, 1), (0,), 1)
    many = replace(CROWDED, seats=[1, 1, 2, 1], locks=[(1, 2)])
    assert hall_violator(build_problem(many)) == HallViolator((0, 1), (0,), 1)


def test_several_seats_of_an_opening_ask_for_one_person_only() -> None:
    assert hall_violator(build_problem(replace(dense_columns(np.array([[1]])), seats=[5]))) is None


def test_bounds_of_regions_and_days_are_not_looked_at() -> None:
    two = dense_columns(np.array([[1, 1], [1, 1]]))
    assert hall_violator(build_problem(replace(two, groups=["w", "w"], quotas=[Quota("w", 0, 1)]))) is None
    assert hall_violator(build_problem(replace(two, efforts=[1, 9], capacities=[9, 9]))) is None
