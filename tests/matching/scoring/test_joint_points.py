"""What people bring to a team and how many days they have for it, against the criteria and against the calendar."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.domain.records import Mode
from graph.matching.people.needs import Gap, OpeningNeed
from graph.matching.scoring.free_days import days_free, days_needed
from graph.matching.scoring.joint_points import Joint, joint, team_columns
from graph.matching.scoring.kinds import BRINGS
from graph.matching.scoring.ranking import score
from tests.matching.cases import CAPABILITIES, Person, crowds, opening, roster_of, windows

GAPS = (Gap(0, 1, 3), Gap(1, 0, 4))

lengths = st.integers(1, 90)
gaps = st.builds(Gap, st.integers(0, CAPABILITIES - 1), st.just(0.5), st.sampled_from([1.0, 2.0, 4.0]))


@settings(max_examples=60, deadline=None)
@given(crowds, st.lists(gaps, max_size=3, unique_by=lambda gap: gap.capability), st.integers(-1, 3000))
def test_a_team_of_one_brings_the_points_it_has_alone(
    people: tuple[Person, ...], lacking: list[Gap], today: int
) -> None:
    roster, need = roster_of(*people, today=today), opening(gaps=tuple(lacking))
    scored = score(roster, need)
    found = joint(roster, need, scored, BRINGS.weights)

    alone = [found.own[row] + found.weight @ found.closed([row]) for row in range(len(scored.people))]

    # The shares are single precision and own points whole.
    assert np.allclose(alone, scored.points, atol=1.01)


def test_gaps_of_several_openings_stand_one_after_the_other() -> None:
    need = opening(gaps=GAPS)
    roster = roster_of(Person("a", {0: 3}), Person("b", {0: 2, 1: 2}))
    one = joint(roster, need, score(roster, need, {"gap": 1}), {"gap": 1})

    columns = team_columns([Joint.alone(np.array([5])), one])

    assert one.own.tolist() == [0, 0]
    assert one.weight.tolist() == [5_000, 5_000]
    assert columns is not None
    assert [list(columns.opening), list(columns.arc), list(columns.gap)] == [[1, 1], [1, 2, 2], [0, 0, 1]]
    assert list(columns.share) == [1, 0.5, 1]
    assert one.closed([0, 1]).tolist() == [1, 1]
    assert team_columns([Joint.alone(np.array([5]))]) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(windows, min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(900, 1100), st.integers(1, 90)), max_size=3),
)
def test_a_day_counts_once_however_many_periods_and_openings_it_lies_in(
    free: list[tuple[int, int, Mode, float]], spans: list[tuple[int, int]]
) -> None:
    needs = [opening(start=start, until=start + days) for start, days in spans]
    roster = roster_of(Person("a", windows=tuple(free)), Person("b"))

    counted = days_free(roster, needs, np.array([2, 1], np.int32)).tolist()

    asked = {day for start, days in spans for day in range(start, start + days)}
    offered = {day for first, until, _, share in free if share for day in range(first, until)}
    assert counted == [2 * len(asked & offered), len(asked)]
    assert days_needed(needs) == [days for _, days in spans]


def test_nobody_has_days_where_nothing_is_asked() -> None:
    needs: list[OpeningNeed] = []
    assert days_free(roster_of(Person("a")), needs, np.array([1], np.int32)).tolist() == [0]
