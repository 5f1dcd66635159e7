"""What falls away with rows of a log: by hand, against one path at a time, and against the log without the rows."""

import doctest

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.evolution.log.ties import OPEN, TieColumns, TieLog, tie_log
from graph.evolution.paths.paths import earliest_arrival
from graph.evolution.what_if import removals
from graph.evolution.what_if.removals import (
    Removal,
    network_figures,
    nothing_removed,
    remove,
)
from tests.evolution.graphs import ACTORS, Row, log_of, log_of_rows, tie_rows


def test_the_example_of_the_module_holds() -> None:
    assert doctest.testmod(removals).failed == 0


def without(log: TieLog, *names: str) -> Removal:
    """These actors and all their ties fall away."""
    gone = np.array([actor in names for actor in log.actors])
    return Removal(gone[log.source] | gone[log.target], gone, gone)


def test_who_hangs_on_one_bridge_loses_the_last_path_and_who_has_another_does_not() -> None:
    log = log_of("habc", ("h>a", 0, 4), ("a>b", 4, 9), ("a>c", 4, 9), ("h>c", 1, 2))

    (found,) = remove(log, [0], [without(log, "a")])

    assert found.lost_from.tolist() == [2]
    assert (found.before.actors, found.after.actors) == (4, 2)
    assert (found.before.components, found.after.components) == (1, 1)
    assert found.received_change.tolist() == [0, -1, -1, -1]


def test_a_path_that_time_forbids_is_none_that_could_be_lost() -> None:
    log = log_of("hab", ("h>a", 3, 5), ("a>b", 4, 9))

    (found,) = remove(log, [0], [without(log, "a")])

    assert found.lost_from.tolist() == []


def test_the_way_to_a_hub_is_lost_too() -> None:
    log = log_of("hab", ("b>a", 0, 4), ("a>h", 4, 9))

    (found,) = remove(log, [0], [without(log, "a")])

    assert (found.lost_from.tolist(), found.lost_to.tolist()) == ([], [2])


def test_an_open_tie_has_not_delivered_and_is_no_path() -> None:
    log = log_of("ha", ("h>a", 0, OPEN))

    (found,) = network_figures(log, [0], [nothing_removed(log)])

    assert found.taught.tolist() == [True, False]
    assert found.ties == 1


def test_a_house_whose_centre_closes_keeps_its_ties_and_loses_what_only_the_centre_knew() -> None:
    log = log_of("ha", ("h>a", 0, 4))
    closed = Removal(np.array([False]), np.array([False, False]), np.array([True, False]))

    (found,) = remove(log, [0], [closed])

    assert (found.lost_from.tolist(), found.after.ties) == ([0, 1], 1)


def test_without_hubs_or_ties_nothing_is_lost() -> None:
    log = log_of("ab", ("a>b", 0, 4))
    empty = log_of_rows(["a"], [])

    assert remove(log, [], [without(log, "a")])[0].lost_from.tolist() == []
    assert network_figures(empty, [0], [nothing_removed(empty)])[0].giant_share == 0.0


cases = st.tuples(tie_rows(), st.sets(st.integers(0, 6), max_size=3), st.lists(st.integers(0, 19), max_size=8))


@given(cases)
def test_a_removal_equals_a_count_of_the_log_without_the_rows(case: tuple[list[Row], set[int], list[int]]) -> None:
    rows, hubs, dropped = case
    log = log_of_rows(ACTORS, rows)
    gone = np.isin(np.arange(len(log)), dropped)
    nobody = np.zeros(len(ACTORS), np.bool_)
    removal = Removal(gone, nobody, nobody)

    # Two removals at once, so that neither can lean on the other.
    _, found = remove(log, sorted(hubs), [nothing_removed(log), removal])
    less = log.where(~gone)
    (fresh,) = network_figures(less, sorted(hubs), [nothing_removed(less)])

    for name in ("actors", "ties", "components", "giant_share"):
        assert getattr(found.after, name) == getattr(fresh, name)
    for name in ("taught", "heard", "received"):
        assert getattr(found.after, name).tolist() == getattr(fresh, name).tolist()


@given(tie_rows(), st.sets(st.integers(0, 6), max_size=3))
def test_paths_from_and_to_hubs_are_those_of_one_search_at_a_time(rows: list[Row], hubs: set[int]) -> None:
    log = log_of_rows(ACTORS, rows)
    reach = [earliest_arrival(log, actor, since=-1).day < OPEN for actor in range(len(ACTORS))]

    (found,) = network_figures(log, sorted(hubs), [nothing_removed(log)])

    assert found.taught.tolist() == [any(reach[hub][actor] for hub in hubs) for actor in range(len(ACTORS))]
    assert found.heard.tolist() == [any(reach[actor][hub] for hub in hubs) for actor in range(len(ACTORS))]


def test_two_ties_to_one_receiver_on_one_day_arrive_by_the_sooner() -> None:
    log = tie_log("habc", TieColumns([0, 0, 1, 2], [2, 1, 2, 3], [0, 0, 5, 4], [9, 3, 7, 8]))

    (found,) = network_figures(log, [0], [nothing_removed(log)])

    assert found.taught.tolist() == [True, True, True, False]
