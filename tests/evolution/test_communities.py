"""Communities through time: who belongs together, and what becomes of each community."""

import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from graph.evolution.log.windows import Window, snapshot
from graph.evolution.measures.communities import (
    ALONE,
    CommunityGeneration,
    Event,
    Fate,
    Partition,
    descend,
    generations,
    partition,
)
from tests.evolution.graphs import ACTORS, Row, log_of, log_of_rows, tie_rows, windows

DAY = Window(0, 1)
TRIANGLES = tuple((f"{one}={other}", 0, 9) for one, other in ("ab", "bc", "ca", "de", "ef", "fd"))


def members(*labels: int) -> Partition:
    return Partition(DAY, np.array(labels, np.int32), 0.0)


def settled(*labels: int) -> CommunityGeneration:
    """A first generation with these ids."""
    return descend(None, members(*labels), 0)


def test_two_triangles_joined_by_a_tie_are_two_communities() -> None:
    found = partition(snapshot(log_of("abcdefg", *TRIANGLES, ("a>d", 0, 9)), DAY))
    assert found.member.tolist() == [0, 0, 0, 1, 1, 1, ALONE]
    # Mutual ties weigh two: of 13 contacts 12 stay within, and each side has half of all ends.
    assert found.modularity == pytest.approx(12 / 13 - 2 * 0.5**2)


def test_a_window_without_ties_has_no_community() -> None:
    for log in (log_of(""), log_of("a"), log_of("ab", ("a>b", 5, 9))):
        found = partition(snapshot(log, DAY))
        assert (found.count, found.modularity) == (0, None)


def test_what_stays_together_keeps_its_number_whatever_its_size() -> None:
    before = settled(0, 0, 0, 1, 1)
    after = descend(before, members(1, 1, ALONE, 0, 0), 2)
    assert after.member.tolist() == [0, 0, ALONE, 1, 1]
    assert after.events == (Event(Fate.CONTINUE, (0,), (0,)), Event(Fate.CONTINUE, (1,), (1,)))


def test_a_community_is_born_with_a_new_number_and_dies_with_its_own() -> None:
    after = descend(settled(0, 0, ALONE, ALONE), members(ALONE, ALONE, 0, 0), 1)
    assert after.member.tolist() == [ALONE, ALONE, 1, 1]
    assert after.events == (Event(Fate.DEATH, (0,), ()), Event(Fate.BIRTH, (), (1,)))


def test_a_split_leaves_the_number_to_the_larger_part() -> None:
    after = descend(settled(0, 0, 0, 0, 0), members(1, 1, 0, 0, 0), 1)
    assert after.member.tolist() == [1, 1, 0, 0, 0]
    assert after.events == (Event(Fate.SPLIT, (0,), (0, 1)),)


def test_a_merge_keeps_the_number_of_the_more_similar() -> None:
    after = descend(settled(1, 1, 0, 0, 0), members(0, 0, 0, 0, 0), 2)
    assert after.member.tolist() == [0] * 5
    assert after.events == (Event(Fate.MERGE, (0, 1), (0,)),)


def test_three_of_ten_in_common_are_the_same_and_fewer_are_not() -> None:
    ten = [0] * 10
    kept = descend(settled(*ten), members(*[0] * 3, *[ALONE] * 7), 1)
    lost = descend(settled(*ten), members(*[0] * 2, *[ALONE] * 8), 1)
    assert kept.events == (Event(Fate.CONTINUE, (0,), (0,)),)
    assert [event.fate for event in lost.events] == [Fate.DEATH, Fate.BIRTH]


def test_the_number_of_a_dead_community_is_not_given_again() -> None:
    log = log_of("abcd", ("a=b", 0, 1), ("c=d", 2, 3))
    days = [snapshot(log, Window(day, day + 1)) for day in range(3)]
    first, none, last = generations(days)
    assert (first.member.tolist(), none.count) == ([0, 0, ALONE, ALONE], 0)
    assert last.member.tolist() == [ALONE, ALONE, 1, 1]
    assert [event.fate for event in none.events] == [Fate.DEATH]


def test_communities_are_the_same_every_time_and_leave_the_random_numbers_alone() -> None:
    shot = snapshot(log_of("abcdef", *TRIANGLES, ("a>d", 0, 9), ("b>e", 0, 9)), DAY)
    random.seed(5)
    expected = random.random()
    random.seed(5)
    found = [partition(shot).member.tolist() for _ in range(3)]
    assert random.random() == expected
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([0, 0, 1, 1], [0, 0, 1, 1]),
        ([0, 1, 1, 0], [0, 1, 1, 0]),
        ([5, 5, 9, 9], [0, 0, 1, 1]),
        ([9, 5, 5, 9], [0, 1, 1, 0]),
        ([0, 0, ALONE, ALONE], [0, 0, 1, 1]),
        ([0, ALONE, ALONE, 0], [0, 1, 1, 0]),
        ([ALONE, 0, 0, ALONE], [0, 1, 1, 0]),
        ([ALONE, ALONE, 3, 3], [0, 0, 1, 1]),
    ],
)
def test_of_equal_divisions_the_one_that_was_stays(before: list[int], after: list[int]) -> None:
    # A ring of four falls into two pairs of neighbours in two ways, which are as good as each other.
    ring = snapshot(log_of("abcd", ("a=b", 0, 9), ("b=c", 0, 9), ("c=d", 0, 9), ("d=a", 0, 9)), DAY)
    assert partition(ring, np.array(before, np.int32)).member.tolist() == after


def test_heavier_ties_hold_together() -> None:
    heavy = [("b=c", 0, 9), ("d=a", 0, 9)] * 3
    ring = snapshot(log_of("abcd", ("a=b", 0, 9), ("c=d", 0, 9), *heavy), DAY)
    assert partition(ring).member.tolist() == [0, 1, 1, 0]


def test_the_membership_before_is_that_of_the_same_actors_where_others_have_no_tie() -> None:
    ring = snapshot(log_of("xabcdy", ("a=b", 0, 9), ("b=c", 0, 9), ("c=d", 0, 9), ("d=a", 0, 9)), DAY)
    before = np.array([7, 0, 1, 1, 0, 8], np.int32)
    assert partition(ring, before).member.tolist() == [ALONE, 0, 1, 1, 0, ALONE]


def test_of_equal_parts_the_lower_number_goes_to_the_one_that_stands_first() -> None:
    found = descend(settled(0, 0, 0, 0), members(1, 1, 0, 0), 1)
    assert found.member.tolist() == [1, 1, 0, 0]
    assert found.events == (Event(Fate.SPLIT, (0,), (0, 1)),)


def test_several_communities_can_split_and_merge_at_once() -> None:
    before = settled(0, 0, 0, 0, 1, 1, 1, 1)
    after = descend(before, members(0, 0, 1, 1, 1, 1, 2, 2), 2)
    # The middle one shares 2 of 6 with either: both split and both merge into it.
    assert after.member.tolist() == [0, 0, 2, 2, 2, 2, 1, 1]
    assert after.events == (
        Event(Fate.SPLIT, (0,), (0, 2)),
        Event(Fate.SPLIT, (1,), (1, 2)),
        Event(Fate.MERGE, (0, 1), (2,)),
    )


def test_generations_go_on_from_the_window_before() -> None:
    log = log_of("abcdefgh", *TRIANGLES, ("g=h", 5, 9))
    first, second = generations([snapshot(log, Window(0, 1)), snapshot(log, Window(8, 9))])
    assert first.member.tolist() == [0, 0, 0, 1, 1, 1, ALONE, ALONE]
    assert second.member.tolist() == [0, 0, 0, 1, 1, 1, 2, 2]
    assert second.events == (
        Event(Fate.CONTINUE, (0,), (0,)),
        Event(Fate.CONTINUE, (1,), (1,)),
        Event(Fate.BIRTH, (), (2,)),
    )
    assert (first.count, second.count) == (2, 3)
    # 3 and 3 and 1 of 7 ties lie within: 1 - (6/14)^2 - (6/14)^2 - (2/14)^2.
    assert second.modularity == pytest.approx(30 / 49)


@given(tie_rows(), windows)
def test_modularity_equals_networkx(rows: list[Row], window: Window) -> None:
    shot = snapshot(log_of_rows(ACTORS, rows), window)
    found = partition(shot)
    graph: nx.Graph[int] = nx.Graph()
    for giver, receiver in zip(*map(np.ndarray.tolist, shot.pairs.nonzero()), strict=True):
        weight = graph.get_edge_data(giver, receiver, {"weight": 0})["weight"] + int(shot.pairs[giver, receiver])
        graph.add_edge(giver, receiver, weight=weight)
    groups = [set(np.flatnonzero(found.member == label).tolist()) for label in range(found.count)]
    assert set().union(*groups) == set(graph)
    if graph:
        assert found.modularity == pytest.approx(nx.community.modularity(graph, groups))
