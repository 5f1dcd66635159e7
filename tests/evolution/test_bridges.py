"""Short paths and the gain of a tie: by hand and against paths counted one tie at a time."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.evolution.what_if import bridges
from graph.evolution.what_if.bridges import Gain, gains, near
from tests.evolution.graphs import ACTORS, Row, log_of, log_of_rows, tie_rows


def test_the_example_of_the_module_holds() -> None:
    assert doctest.testmod(bridges).failed == 0


def test_a_new_tie_brings_all_that_had_reached_the_giver_and_not_the_receiver() -> None:
    log = log_of("abcde", ("a>b", 0, 4), ("b>c", 4, 9), ("d>e", 20, 40), ("a>e", 0, 3), ("a>c", 20, 40))

    # c knows of a, b and itself; e knows of a. On day 25 the live ties are d>e and a>c.
    assert gains(log, [(2, 4), (4, 2)], 25) == (Gain(2, 0.5, 1.0), Gain(1, 0.5, 1.0))


def test_the_first_tie_of_somebody_enlarges_the_network_too() -> None:
    log = log_of("abc", ("a>b", 0, 40))

    (gain,) = gains(log, [(0, 2)], 10)

    assert (gain.newly, gain.giant_share_before, gain.giant_share_after) == (1, 1.0, 1.0)
    assert gains(log_of_rows("ab", []), [(0, 1)], 0) == (Gain(1, 0.0, 1.0),)


def test_a_tie_holds_on_its_first_day_and_not_on_the_day_it_ends() -> None:
    log = log_of("abcd", ("a>b", 3, 9), ("c>c", 0, 99))
    shares = {day: gains(log, [(2, 3)], day)[0].giant_share_before for day in (2, 3, 8, 9)}
    # From the third day to the eighth a and b are the network, and all of it.
    assert shares == {2: 0.0, 3: 1.0, 8: 1.0, 9: 0.0}


def test_ties_against_time_are_no_short_path() -> None:
    log = log_of("abc", ("a>b", 5, 9), ("b>c", 0, 20))

    assert near(log, [0])[:, 0].tolist() == [True, True, False]


@pytest.mark.parametrize("hops", [1, 2, 3])
@given(rows=tie_rows(), giver=st.integers(0, 6))
def test_short_paths_are_those_found_one_tie_at_a_time(hops: int, rows: list[Row], giver: int) -> None:
    arcs = [*rows, *((target, source, start, end, True) for source, target, start, end, mutual in rows if mutual)]

    def walk(here: int, since: int, left: int) -> set[int]:
        steps = [(target, end) for source, target, start, end, _ in arcs if left and source == here and since <= start]
        return {here}.union(*(walk(target, end, left - 1) for target, end in steps))

    reached = near(log_of_rows(ACTORS, rows), [giver], hops)[:, 0]

    assert set(reached.nonzero()[0].tolist()) == walk(giver, -1, hops)
