"""What is counted: contacts, engagements by fractions, and days, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidValue
from graph.evolution.log.quantities import quantities
from graph.evolution.log.ties import OPEN, TieColumns, TieLog, TieNames, tie_log
from graph.evolution.log.windows import Window, snapshot
from graph.evolution.measures.concentration import dependence, paid
from graph.evolution.measures.counting import Count, all_together, count_named, each_way, person_days
from graph.evolution.measures.flows import flows
from graph.evolution.measures.measures import MEASURES, Sheet, measure_all, strength
from graph.evolution.measures.mixing import ActorGroups, mixing

YEAR = Window(0, 100)
NAN = float("nan")


@pytest.fixture
def mixed() -> TieLog:
    """A course of a with learners at b, c and d; a project of b, c and d; a secondment from a to b that goes on.

    The course lasts 10 days at full time, the secondment has half of one; nobody knows who works in the project.
    """
    ties = TieColumns(
        source=[0, 0, 0, 1, 1, 2, 0],
        target=[1, 2, 3, 2, 3, 3, 1],
        start=[0, 0, 0, 20, 20, 20, 50],
        end=[10, 10, 10, 60, 60, 60, OPEN],
        mutual=[False] * 3 + [True] * 3 + [False],
        funder=[0, 0, 0, 1, 1, 1, -1],
        quantities=quantities(
            7,
            engagement=[0, 0, 0, 1, 1, 1, 2],
            fraction=[1 / 3] * 3 + [1 / 2] * 3 + [1.0],
            share=[1.0] * 3 + [NAN] * 3 + [0.5],
            outside=[1.0, 1.0, 1.0, 0.5, 0.0, 0.0, NAN],
            amount=[3_000.0] * 3 + [4_000.0] * 3 + [NAN],
            currency=[0] * 6 + [-1],
        ),
    )
    return tie_log("abcd", ties, TieNames(funders=("north", "south"), currencies=("EUR",)))


def test_a_course_with_three_learners_and_a_project_of_three_are_six_contacts_and_two_engagements(
    mixed: TieLog,
) -> None:
    (seen,) = measure_all(mixed, [Window(0, 50)])
    assert (seen.contacts, seen.engagements) == (6, 2)


def test_by_fractions_an_actor_gives_as_many_engagements_as_it_gives_in(mixed: TieLog) -> None:
    sums = strength(mixed, snapshot(mixed, YEAR), Count.ENGAGEMENTS)
    # a gives in the course and the secondment, each of the others in the project.
    assert sums.given == pytest.approx([2.0, 1.0, 1.0, 1.0])
    assert sums.received == pytest.approx([0.0, 1 / 3 + 1 + 1, 1 / 3 + 1, 1 / 3 + 1])


def test_person_days_are_those_within_the_window_and_end_with_today(mixed: TieLog) -> None:
    rows = np.arange(7)
    assert person_days(mixed, rows, Window(5, 100)).tolist()[:3] == [5.0, 5.0, 5.0]
    assert person_days(mixed, rows, Window(0, 100)).tolist()[6] == 25.0
    assert person_days(mixed, rows, Window(0, 100), until=60).tolist()[6] == 5.0
    assert np.isnan(person_days(mixed, rows, YEAR)[3:6]).all()


def test_days_that_are_not_known_are_counted_and_not_taken_for_none(mixed: TieLog) -> None:
    whole, project = measure_all(mixed, [YEAR, Window(20, 50)])
    assert (whole.person_days, whole.days_unknown) == (3 * 10 + 25, 3)
    assert (project.person_days, project.days_unknown) == (None, 3)


def test_in_a_whole_every_engagement_is_one(mixed: TieLog) -> None:
    weights = all_together(mixed, np.arange(7), Count.ENGAGEMENTS, YEAR)
    assert weights.tolist() == pytest.approx([1 / 3] * 6 + [1.0])
    assert all_together(mixed, np.array([0, 3, 4]), Count.ENGAGEMENTS, YEAR).tolist() == [1.0, 0.5, 0.5]


def test_flows_add_up_what_is_counted(mixed: TieLog) -> None:
    found = flows(mixed, YEAR, Count.ENGAGEMENTS)
    pairs = list(zip(found.giver.tolist(), found.receiver.tolist(), found.counted.tolist(), strict=True))
    assert [pair[:2] for pair in pairs] == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)]
    assert [pair[2] for pair in pairs] == pytest.approx([4 / 3, 1 / 3, 1 / 3] + [1 / 2] * 6)
    assert (found.crossing, found.staying) == (3.0, 0.0)
    assert flows(mixed, YEAR).crossing == 7.0
    assert flows(mixed, YEAR, Count.DAYS).crossing == 55.0


def test_the_index_is_the_same_from_near_and_from_far() -> None:
    """a and b lie in one region, c in another: a course of a for b and c, and a secondment within b."""
    amounts = quantities(3, engagement=[0, 0, 1], fraction=[0.5, 0.5, 1.0])
    ends = {"start": [0] * 3, "end": [9] * 3, "quantities": amounts}
    near = tie_log("abc", TieColumns([0, 0, 1], [1, 2, 1], **ends))
    far = tie_log("wo", TieColumns([0, 0, 0], [0, 1, 0], **ends))
    of_near = ActorGroups(np.array([0, 0, 1], np.int32), np.array([1, 1, 0], np.int8))
    of_far = ActorGroups(np.array([0, 1], np.int32), np.array([1, 0], np.int8))

    found = mixing(near, snapshot(near, Window(0, 1)), of_near)
    # Half an engagement leaves the region, one and a half stay.
    assert found.ei_index == pytest.approx((0.5 - 1.5) / 2)
    assert mixing(far, snapshot(far, Window(0, 1)), of_far) == found
    assert found.south_south == pytest.approx(1.5 / 2)
    assert mixing(near, snapshot(near, Window(0, 1)), of_near, Count.CONTACTS).ei_index == pytest.approx(-1 / 3)


def test_the_list_of_the_south_is_that_of_the_last_day_of_a_window() -> None:
    log = tie_log("ab", TieColumns([0], [1], [0], [90]))
    lists = ActorGroups(np.array([0, 1], np.int32), np.array([[1, 1], [1, 0]], np.int8), np.array([0, 50], np.int32))
    windows = [Window(0, 50), Window(0, 51), Window(60, 70)]
    assert [seen.south_south for seen in measure_all(log, windows, Sheet(groups=lists))] == [1.0, 0.0, 0.0]


def test_dependence_by_engagements_by_hand(mixed: TieLog) -> None:
    found = dependence(mixed, snapshot(mixed, YEAR), Count.ENGAGEMENTS)
    # The course wholly from outside, of the project a third of a half; the secondment has no known funder.
    assert (found.funded, found.placed, found.unknown, found.unmeasured) == (2.0, 2.0, 1.0, 0)
    assert found.outside == pytest.approx((1 + 1 / 6) / 2)
    assert (found.top, found.top_funder, found.hhi) == (0.5, "north", 0.5)


def test_dependence_by_days_leaves_out_what_has_none(mixed: TieLog) -> None:
    found = dependence(mixed, snapshot(mixed, YEAR), Count.DAYS)
    assert (found.funded, found.unknown, found.unmeasured) == (30.0, 25.0, 3)
    assert (found.outside, found.top, found.top_funder) == (1.0, 1.0, "north")


def test_money_is_spread_over_the_days_of_its_engagement(mixed: TieLog) -> None:
    (whole,) = paid(mixed, snapshot(mixed, YEAR))
    assert (whole.unit, whole.funded, whole.unmeasured) == ("EUR", 7_000.0, 1)
    assert (whole.top_funder, whole.top) == ("south", pytest.approx(4 / 7))
    (part,) = paid(mixed, snapshot(mixed, Window(5, 30)))
    # Five of ten days of the course, ten of forty of the project.
    assert part.funded == pytest.approx(1_500 + 1_000)
    assert part.outside == pytest.approx((1_500 + 1_000 / 6) / 2_500)


def test_currencies_stay_apart_and_an_end_that_is_not_known_leaves_money_out() -> None:
    amounts = quantities(3, amount=[100.0, 50.0, 70.0], currency=[0, 1, 0])
    ties = TieColumns([0] * 3, [1] * 3, [0] * 3, [10, 10, OPEN], funder=[0] * 3, quantities=amounts)
    log = tie_log("ab", ties, TieNames(funders=("north",), currencies=("EUR", "USD")))
    found = paid(log, snapshot(log, Window(0, 20)))
    assert [(each.unit, each.funded, each.unmeasured) for each in found] == [("EUR", 100.0, 2), ("USD", 50.0, 2)]


def test_a_choice_of_what_is_counted_moves_shares_donors_and_strengths_and_nothing_else(mixed: TieLog) -> None:
    groups = ActorGroups(np.array([0, 0, 1, 1], np.int32), np.array([1, 1, 1, 0], np.int8))
    seen = {count: measure_all(mixed, [YEAR], Sheet(groups=groups, count=count))[0] for count in (None, *Count)}
    moved = {"ei_index", "south_south", "unplaced", "donor_outside", "donor_top", "donor_hhi", "unfunded", "donors"}
    for name in {*MEASURES} - moved - {"givers", "receivers"}:
        assert len({repr(getattr(each, name)) for each in seen.values()}) == 1, name
    assert seen[None].donor_top == seen[Count.ENGAGEMENTS].donor_top
    assert seen[None].givers == seen[Count.CONTACTS].givers
    assert [each.unfunded for each in seen.values()] == [1, 1, 1, 25]
    assert seen[Count.CONTACTS].south_south == pytest.approx(4 / 7)


def test_what_is_nothing_to_count_is_refused() -> None:
    assert count_named("days") is Count.DAYS
    with pytest.raises(InvalidValue):
        count_named("beans")


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_shares_are_of_as_many_engagements_as_there_are(records: list[int]) -> None:
    many = len(records)
    ties = TieColumns([0] * many, [1] * many, [0] * many, [9] * many, quantities=quantities(many, engagement=records))
    log = tie_log("ab", ties)
    assert all_together(log, np.arange(many), Count.ENGAGEMENTS, YEAR).sum() == pytest.approx(len({*records}))
    assert each_way(log, np.arange(many), Count.CONTACTS, YEAR).tolist() == [1.0] * many


def test_a_column_of_another_length_is_refused() -> None:
    with pytest.raises(InvalidValue):
        quantities(2, fraction=[1.0])
    with pytest.raises(InvalidValue):
        tie_log("ab", TieColumns([0], [1], [0], [9], quantities=quantities(2)))
