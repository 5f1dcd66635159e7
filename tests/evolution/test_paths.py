"""Know-how never travels against time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidValue, NotFound
from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.paths import paths
from graph.evolution.paths.paths import Arrivals, earliest_arrival, path_to
from tests.evolution.graphs import ACTORS, Row, log_of, log_of_rows, tie_rows


def days(log: TieLog, since: int = 0) -> list[int]:
    return [int(day) for day in earliest_arrival(log, 0, since).day]


def test_what_was_learned_in_time_is_passed_on() -> None:
    assert days(log_of("abc", ("a>b", 0, 4), ("b>c", 6, 9))) == [0, 4, 9]


def test_a_tie_that_begins_before_its_giver_learned_passes_nothing_on() -> None:
    assert days(log_of("abc", ("a>b", 0, 4), ("b>c", 3, 9))) == [0, 4, OPEN]


def test_one_may_leave_on_the_day_of_arrival() -> None:
    assert days(log_of("abc", ("a>b", 0, 4), ("b>c", 4, 5))) == [0, 4, 5]


def test_ties_of_one_day_do_not_chain_on_that_day() -> None:
    assert days(log_of("abc", ("a>b", 0, 1), ("b>c", 0, 1))) == [0, 1, OPEN]


def test_the_earliest_of_several_arrivals_counts() -> None:
    assert days(log_of("ab", ("a>b", 0, 20), ("a>b", 5, 9), ("a>b", 5, 8))) == [0, 8]


def test_a_mutual_tie_carries_both_ways() -> None:
    assert days(log_of("abc", ("b=a", 0, 4), ("c=b", 5, 9))) == [0, 4, 9]


def test_a_tie_without_an_end_has_not_delivered() -> None:
    arrivals = earliest_arrival(log_of("ab", ("a>b", 0, OPEN)), 0, 0)
    assert (arrivals.day.tolist(), arrivals.reached) == ([0, OPEN], 0)


def test_ties_begun_before_the_day_asked_for_do_not_count() -> None:
    assert days(log_of("abc", ("a>b", 0, 4), ("a>c", 2, 9)), since=1) == [1, OPEN, 9]


def test_the_path_names_every_carrier_with_its_days() -> None:
    log = log_of("abcd", ("a>b", 0, 4), ("c=b", 5, 9), ("c>d", 9, 10), ("a>d", 0, 30))
    arrivals = earliest_arrival(log, 0, 0)
    told = [(hop.giver, hop.receiver, hop.start, hop.end) for hop in path_to(log, arrivals, 3)]
    assert told == [("a", "b", 0, 4), ("b", "c", 5, 9), ("c", "d", 9, 10)]
    assert path_to(log, arrivals, 0) == ()


def test_there_is_no_path_to_someone_never_reached() -> None:
    log = log_of("ab")
    with pytest.raises(NotFound):
        path_to(log, earliest_arrival(log, 0, 0), 1)


def test_a_source_that_is_no_actor_is_refused() -> None:
    with pytest.raises(InvalidValue):
        earliest_arrival(log_of("ab"), 2, 0)


def every_arrival(rows: list[Row], source: int) -> list[int]:
    """Earliest days by trying every path that runs with time, one tie after the other."""
    arcs = [row[:4] for row in rows] + [(row[1], row[0], row[2], row[3]) for row in rows if row[4]]
    best = [OPEN] * len(ACTORS)
    waiting = [(source, 0)]
    while waiting:
        here, day = waiting.pop()
        if day < best[here]:
            best[here] = day
            waiting += [(target, end) for giver, target, start, end in arcs if giver == here and start >= day]
    return best


def tells_the_truth(log: TieLog, arrivals: Arrivals, target: int) -> bool:
    hops = path_to(log, arrivals, target)
    links = pairwise(hops)
    return hops[-1].end == arrivals.day[target] and all(
        one.receiver == other.giver and one.end <= other.start for one, other in links
    )


@given(tie_rows(), st.integers(0, len(ACTORS) - 1))
def test_arrivals_equal_trying_every_path(rows: list[Row], source: int) -> None:
    log = log_of_rows(ACTORS, rows)
    arrivals = earliest_arrival(log, source, 0)
    assert arrivals.day.tolist() == every_arrival(rows, source)
    reached = [actor for actor in range(len(ACTORS)) if actor != source and arrivals.day[actor] < OPEN]
    assert all(tells_the_truth(log, arrivals, actor) for actor in reached)
    assert arrivals.reached == len(reached)


@given(tie_rows(), st.integers(0, len(ACTORS) - 1))
def test_looking_at_each_tie_and_at_all_of_a_day_find_the_same(rows: list[Row], source: int) -> None:
    log = log_of_rows(ACTORS, rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "FEW", 0)
        by_days = earliest_arrival(log, source, 0)
        patch.setattr(paths, "FEW", 1_000_000)
        by_ties = earliest_arrival(log, source, 0)

    assert by_days.day.tolist() == by_ties.day.tolist()
    assert by_days.carrier.tolist() == by_ties.carrier.tolist()
