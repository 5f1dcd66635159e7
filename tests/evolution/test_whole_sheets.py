"""The whole sheet of two windows, each number worked out by hand."""

import numpy as np
import pytest

from graph.evolution.log.ties import TieColumns, TieLog, TieNames, tie_log
from graph.evolution.log.windows import Window, snapshot
from graph.evolution.measures.communities import Event, Fate, partition
from graph.evolution.measures.concentration import dependence, name_of
from graph.evolution.measures.counting import Count
from graph.evolution.measures.measures import Known, Ranked, Sheet, measure_all, strength
from graph.evolution.measures.mixing import ActorGroups

FIRST, SECOND = Window(0, 10), Window(10, 20)
GROUPS = ActorGroups(np.array([0, 0, 1, -1], np.int32), np.array([1, 1, 0, -1], np.int8))


def log() -> TieLog:
    """a and b work together, b gives to c twice, c to d from day 10 on; a has one tie with itself."""
    ties = TieColumns(
        source=[0, 1, 1, 2, 0],
        target=[1, 2, 2, 3, 0],
        start=[0, 0, 2, 10, 0],
        end=[20, 20, 5, 20, 9],
        mutual=[True, False, False, False, False],
        weight=[1.0, 2.0, 0.5, 3.0, 1.0],
        funder=[0, 1, 1, -1, -1],
    )
    return tie_log("abcd", ties, TieNames(funders=("north", "south")))


def test_a_window_by_hand() -> None:
    first, _ = measure_all(log(), [FIRST, SECOND], Sheet(2, GROUPS))
    assert (first.window, first.actors, first.ties, first.contacts, first.self_ties) == (FIRST, 3, 3, 3, 1)
    assert first.density == 3 / 6
    assert first.reciprocity == 2 / 3
    assert (first.components, first.giant_share, first.turnover) == (1, 1.0, None)
    assert first.givers == (Ranked("b", 3.5), Ranked("a", 1.0))
    assert first.receivers == (Ranked("c", 2.5), Ranked("a", 1.0))
    # Of the ordered pairs of two others, b stands between a and c alone.
    assert first.brokers == (Ranked("b", 0.5, 0.0),)
    # Two of four contacts go between its two regions, and two stay in the south.
    assert first.ei_index == (2 - 2) / 4
    assert first.south_south == 2 / 4
    assert first.unplaced == 0
    # One contact of the north, two of the south, and nobody is known to pay for what a does with itself.
    assert first.donor_hhi == pytest.approx(1 / 9 + 4 / 9)
    assert first.donor_top == Ranked("south", 2 / 3)
    assert first.unfunded == 1


def test_the_next_window_looks_back_on_the_one_before() -> None:
    first, second = measure_all(log(), [FIRST, SECOND], Sheet(9, GROUPS))
    assert (second.window, second.actors, second.ties, second.contacts, second.self_ties) == (SECOND, 4, 4, 3, 0)
    # Three ties stay and one comes: one of four is not common.
    assert second.turnover == 1 / 4
    assert second.givers == (Ranked("b", 3.0), Ranked("c", 3.0), Ranked("a", 1.0))
    assert second.unplaced == 1
    assert (second.donor_top, second.unfunded) == (Ranked("north", 0.5), 1)
    assert first.generation is not None
    assert first.generation.events == (Event(Fate.BIRTH, (), (0,)),)
    assert second.generation is not None
    assert second.generation.events == (Event(Fate.CONTINUE, (0,), (0,)), Event(Fate.BIRTH, (), (1,)))


def test_strength_has_an_entry_for_everybody() -> None:
    found = strength(log(), snapshot(log(), FIRST))
    assert (found.given.tolist(), found.received.tolist()) == ([1.0, 3.5, 0.0, 0.0], [1.0, 1.0, 2.5, 0.0])
    assert partition(snapshot(log(), FIRST)).window == FIRST


def test_windows_that_are_known_are_not_counted_again_but_say_their_own_window() -> None:
    known: Known = {}
    one = measure_all(log(), [FIRST], Sheet(2, GROUPS), known)
    assert len(known) == 1
    again = measure_all(log(), [Window(1, 9)], Sheet(2, GROUPS), known)
    assert len(known) == 1
    assert again[0].window == Window(1, 9)
    assert again[0].givers == one[0].givers
    assert again[0].generation is one[0].generation


@pytest.mark.parametrize(
    "sheet",
    [Sheet(3, GROUPS), Sheet(2), Sheet(2, GROUPS, frozenset(("ties",)))],
)
def test_another_sheet_is_counted_for_itself(sheet: Sheet) -> None:
    known: Known = {}
    measure_all(log(), [FIRST], Sheet(2, GROUPS), known)
    measure_all(log(), [FIRST], sheet, known)
    assert len(known) == 2


def test_what_is_not_asked_for_is_left_out() -> None:
    (bare,) = measure_all(log(), [FIRST], Sheet(2, GROUPS, frozenset(("ties",))))
    assert (bare.brokers, bare.constraint, bare.communities, bare.modularity) == ((), (), None, None)
    assert bare.generation is None
    (asked,) = measure_all(log(), [FIRST], Sheet(2, GROUPS, frozenset(("constraint", "modularity"))))
    assert asked.brokers == ()
    assert [found.actor for found in asked.constraint] == ["b"]
    assert asked.communities == 1


def test_the_least_constrained_lead_and_equals_stand_by_name() -> None:
    ring = TieColumns([0, 1, 2, 3, 0], [1, 2, 3, 0, 2], [0] * 5, [9] * 5, mutual=[True] * 5)
    (seen,) = measure_all(tie_log("zyxw", ring), [Window(0, 1)], Sheet(3))
    # z and x have three contacts each, the others two.
    assert [found.actor for found in seen.constraint] == ["x", "z", "w"]
    assert seen.constraint[0].value < seen.constraint[2].value


def test_a_funder_without_a_name_is_told_by_its_number() -> None:
    ties = TieColumns([0, 0, 0], [1, 1, 1], [0] * 3, [9] * 3, funder=[0, 2, 2])
    named = tie_log("ab", ties, TieNames(funders=("north", "south")))
    assert [name_of(named, code) for code in range(3)] == ["north", "south", "2"]
    found = dependence(named, snapshot(named, Window(0, 1)), Count.ENGAGEMENTS)
    assert (found.top_funder, found.top, found.funded, found.unknown) == ("2", 2 / 3, 3, 0)


def test_of_equal_funders_the_first_by_name_leads_and_the_shorter_before_the_longer() -> None:
    ties = TieColumns([0] * 3, [1] * 3, [0] * 3, [9] * 3, funder=[0, 1, 2])
    named = tie_log("ab", ties, TieNames(funders=("northern", "south", "north")))
    assert dependence(named, snapshot(named, Window(0, 1)), Count.ENGAGEMENTS).top_funder == "north"


def test_ties_stand_by_start_end_source_and_target_however_large_the_days() -> None:
    ties = TieColumns(
        source=[1, 0, 0, 0, 0, 2],
        target=[0, 2, 1, 1, 1, 0],
        start=[2**30, 5, 5, 5, -3, -3],
        end=[2**30 + 1, 9, 9, 7, 2**31 - 1, 4],
    )
    assert tie_log("abc", ties).origin.tolist() == [5, 4, 3, 2, 1, 0]
