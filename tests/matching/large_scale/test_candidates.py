"""Candidates at scale: the same as looking at everybody, and a proof that nothing left out was needed."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from graph.errors import InvalidValue
from graph.matching.large_scale.candidates import CandidatePairs, Limits, nearest
from graph.matching.large_scale.certificates import plan_at_scale
from graph.matching.large_scale.coverage import (
    Crowd,
    Openings,
    Pool,
    build_pool,
    pool_of,
)
from graph.matching.people.needs import Gap, Needed, OpeningNeed
from graph.matching.people.roster import Roster, build_roster
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem
from graph.matching.problem.tiebreaks import id_keys, pair_keys
from graph.matching.scoring.ranking import rank
from graph.matching.solvers.plans import Objective, make_plan
from tests.matching.cases import CAPABILITIES, CONFIRMED, Person, columns_of, crowds, opening, openings

People = Sequence[Person]
Needs = Sequence[OpeningNeed]
Points = dict[tuple[str, str], int]

NARROW = Limits(per_opening=1, per_person=1)
LEVELS = csr_array([[4.0, 2.0], [1.5, 1.0]])
TWICE = csr_array(([1.0, 2.0], [1, 1], [0, 2, 2]), (2, 2))
CLIMBS = [(Gap(0, level=0, target=4),), (Gap(1, level=0, target=4),)]

limits = st.builds(Limits, per_opening=st.integers(1, 3), per_person=st.integers(1, 3))
tenths = st.integers(0, 40).map(lambda tenth: tenth / 10)  # levels and weights that no float holds exactly
capabilities = st.integers(0, CAPABILITIES - 1)
gaps = st.lists(
    st.builds(Gap, capabilities, tenths, tenths, st.sampled_from([0, 1, 0.3, 2.5, 7])),
    max_size=4,
    unique_by=lambda gap: gap.capability,
).map(tuple)
fine_people = st.lists(st.tuples(st.dictionaries(capabilities, tenths), st.integers(0, 2)), max_size=6).map(
    lambda drawn: [Person(f"p{row}", held, capacity=most) for row, (held, most) in enumerate(drawn)]
)
fine_needs = st.lists(gaps.map(lambda drawn: opening(gaps=drawn)), max_size=5)
needs = st.one_of(st.lists(openings(), max_size=5), fine_needs).map(
    lambda drawn: [replace(need, id=f"o{row}", seats=row % 2 + 1) for row, need in enumerate(drawn)]
)
people = st.one_of(crowds, fine_people)
days = st.sampled_from([-1, CONFIRMED + 400, CONFIRMED + 1000, CONFIRMED + 2500])


def _aged(crowd: People, today: int = -1) -> Roster:
    return build_roster(replace(columns_of(*crowd), today=today))


def _everybody(roster: Roster, wanted: Needs) -> Points:
    """The points of every eligible pair that is worth one, by looking at all of them."""
    return {
        (roster.ids[found.person], need.id): found.points
        for need in wanted
        for found in rank(roster, need, {"gap": 1}, top=len(roster) or 1).candidates
        if found.points
    }


def _best(points: Points, kept: Limits) -> Points:
    """The best of each opening and of each person among all of them."""
    ties = {pair: int(pair_keys(id_keys(pair[:1]), id_keys(pair[1:]))[0]) for pair in points}
    order = sorted(points, key=lambda pair: (points[pair], ties[pair]), reverse=True)
    sides = ((1, kept.per_opening), (0, kept.per_person))
    chosen = {
        pair
        for side, most in sides
        for one in {pair[side] for pair in order}
        for pair in [other for other in order if other[side] == one][:most]
    }
    return {pair: points[pair] for pair in chosen}


def _by_id(pool: Pool, arcs: CandidatePairs) -> Points:
    rows = zip(arcs.person.tolist(), arcs.opening.tolist(), arcs.points.tolist(), strict=True)
    return {(pool.crowd.ids[person], pool.openings.ids[row]): points for person, row, points in rows}


def _optimum(pool: Pool, points: Points) -> float:
    """The best total over all these pairs."""
    if not points:
        return 0
    people_rows = {name: row for row, name in enumerate(pool.crowd.ids)}
    opening_rows = {name: row for row, name in enumerate(pool.openings.ids)}
    columns = ProblemColumns(
        people=pool.crowd.ids,
        openings=pool.openings.ids,
        person=[people_rows[person] for person, _ in points],
        opening=[opening_rows[name] for _, name in points],
        points=list(points.values()),
        seats=pool.seats,
        loads=pool.loads,
    )
    return make_plan(build_problem(columns), Objective.BEST).total


@settings(max_examples=60)
@given(people, days, needs, limits)
def test_the_candidates_are_those_that_looking_at_everybody_finds(
    crowd: People, today: int, wanted: Needs, kept: Limits
) -> None:
    roster = _aged(crowd, today)
    pool = pool_of(roster, wanted)
    assert _by_id(pool, nearest(pool, kept)) == _best(_everybody(roster, wanted), kept)


@settings(max_examples=60)
@given(people, days, needs, limits)
def test_a_plan_from_few_candidates_is_the_best_over_all_pairs(
    crowd: People, today: int, wanted: Needs, kept: Limits
) -> None:
    roster = _aged(crowd, today)
    pool, points = pool_of(roster, wanted), _everybody(roster, wanted)
    plan = plan_at_scale(pool, kept)
    assert plan.total == plan.certificate.bound == _optimum(pool, points)
    assert _by_id(pool, plan.pairs).items() <= points.items()
    assert (np.bincount(plan.pairs.person, minlength=len(crowd)) <= pool.loads).all()
    assert (np.bincount(plan.pairs.opening, minlength=len(wanted)) <= pool.seats).all()


@settings(max_examples=40)
@given(people, needs, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(crowd: People, wanted: Needs, chance: Random) -> None:
    moved = chance.sample(list(crowd), len(crowd)), chance.sample(wanted, len(wanted))
    pools = [pool_of(_aged(side), other) for side, other in ((crowd, wanted), moved)]
    found = [_by_id(pool, nearest(pool, NARROW)) for pool in pools]
    made = [_by_id(pool, plan_at_scale(pool, NARROW).pairs) for pool in pools]
    assert found[0] == found[1]
    assert made[0] == made[1]


def test_a_pair_that_is_best_for_neither_end_is_found_when_the_plan_needs_it() -> None:
    pool = build_pool(Crowd(ids=["ana", "bo"], levels=LEVELS), Openings(ids=["o", "q"], gaps=CLIMBS))
    # Ana is best for both openings and everybody is best at the first, so bo and the second are not a candidate.
    assert _by_id(pool, nearest(pool, NARROW)) == {("ana", "o"): 10_000, ("ana", "q"): 5_000, ("bo", "o"): 3_750}
    plan = plan_at_scale(pool, NARROW)
    assert _by_id(pool, plan.pairs) == {("ana", "o"): 10_000, ("bo", "q"): 2_500}
    assert (plan.certificate.rounds, plan.certificate.added, plan.certificate.scanned) == (2, 1, 8)


def test_a_crowd_of_equals_is_planned_from_one_candidate_each() -> None:
    size = 40
    chance = np.random.default_rng(3)
    levels = csr_array(chance.integers(0, 9, (size, 6)) / 2 * (chance.random((size, 6)) < 0.6))
    asked = [tuple(Gap(int(place), 0, 4) for place in sorted(chance.choice(6, 2, replace=False))) for _ in range(size)]
    names = [f"x{row}" for row in range(size)]
    pool = build_pool(Crowd(ids=names, levels=levels), Openings(ids=names, gaps=asked), block=7)
    points = _by_id(pool, nearest(pool, Limits(per_opening=size)))
    plan = plan_at_scale(pool, NARROW)
    assert plan.certificate.added > 0
    assert plan.total == _optimum(pool, points)


def test_who_is_not_eligible_takes_no_place_in_a_list() -> None:
    crowd = Crowd(ids=["ana", "bo"], levels=LEVELS)
    asked: list[range] = []

    def not_ana(rows: range) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
        asked.append(rows)
        return np.tile([False, True], (len(rows), 1))

    pool = build_pool(crowd, Openings(ids=["o", "q"], gaps=CLIMBS), not_ana, block=1)
    assert _by_id(pool, nearest(pool, NARROW)) == {("bo", "o"): 3_750, ("bo", "q"): 2_500}
    assert asked == [range(1), range(1, 2)]


def test_nobody_without_a_free_hand_and_no_opening_without_a_seat_is_a_candidate() -> None:
    crowd = Crowd(ids=["ana", "bo"], levels=LEVELS, loads=[0, 2])
    pool = build_pool(crowd, Openings(ids=["o", "q"], gaps=CLIMBS, seats=[3, 0]))
    plan = plan_at_scale(pool)
    assert _by_id(pool, plan.pairs) == {("bo", "o"): 3_750}
    assert plan.certificate.added == 0


@pytest.mark.parametrize(
    ("crowd", "wanted"),
    [
        ([], []),
        ([Person("p0", {0: 4.0})], []),
        ([], [opening(gaps=(Gap(0, 1, 3),))]),
        ([Person("p0", {0: 4.0}, consents=False)], [opening(gaps=(Gap(0, 1, 3),))]),
        ([Person("p0", {0: 4.0})], [opening(gaps=(Gap(1, 1, 3),), needed=(Needed(0, 1.0),))]),
        ([Person("p0", {0: 1.0})], [opening(gaps=(Gap(0, 1, 3),))]),
        ([Person("p0", {0: 4.0})], [opening(gaps=(Gap(0, 3, 3),))]),
    ],
)
def test_where_nobody_can_close_anything_the_plan_is_empty_and_proved(crowd: People, wanted: Needs) -> None:
    pool = pool_of(_aged(crowd), wanted)
    plan = plan_at_scale(pool)
    assert len(nearest(pool)) == len(plan.pairs) == plan.total == plan.certificate.bound == 0
    assert plan.certificate.rounds == 1


@pytest.mark.parametrize(
    ("crowd", "wanted", "field"),
    [
        (Crowd(ids=["a", "a"], levels=LEVELS), Openings(ids=[], gaps=[]), "people"),
        (Crowd(ids=["a"], levels=LEVELS), Openings(ids=[], gaps=[]), "levels"),
        (Crowd(ids=["a", "b"], levels=LEVELS * 2), Openings(ids=[], gaps=[]), "levels"),
        (Crowd(ids=["a", "b"], levels=LEVELS * np.nan), Openings(ids=[], gaps=[]), "levels"),
        (Crowd(ids=["a", "b"], levels=LEVELS, faded=LEVELS.data * 2), Openings(ids=[], gaps=[]), "faded"),
        (Crowd(ids=["a", "b"], levels=LEVELS, faded=LEVELS.data[1:]), Openings(ids=[], gaps=[]), "faded"),
        (Crowd(ids=["a", "b"], levels=TWICE), Openings(ids=[], gaps=[]), "levels"),
        (Crowd(ids=["a", "b"], levels=LEVELS, loads=[1, -1]), Openings(ids=[], gaps=[]), "loads"),
        (Crowd(ids=["a", "b"], levels=LEVELS), Openings(ids=["o"], gaps=[]), "gaps"),
        (Crowd(ids=["a", "b"], levels=LEVELS), Openings(ids=["o"], gaps=[(Gap(2, 0, 1),)]), "gap.capability"),
        (Crowd(ids=["a", "b"], levels=LEVELS), Openings(ids=["o"], gaps=[(Gap(1, 3, 1),)]), "gap"),
        (Crowd(ids=["a", "b"], levels=LEVELS), Openings(ids=["o"], gaps=[()], seats=[1, 1]), "seats"),
    ],
)
def test_a_pool_that_makes_no_sense_is_refused(crowd: Crowd, wanted: Openings, field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        build_pool(crowd, wanted)
    assert refused.value.field == field


@pytest.mark.parametrize("name", ["per_opening", "per_person"])
def test_a_list_has_room_for_one_at_least(name: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Limits(**{name: 0})
    assert refused.value.field == name
