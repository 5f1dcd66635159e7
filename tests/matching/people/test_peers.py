"""Shared history and resource allocation: small cases worked out by hand, and what must hold of any."""

from collections.abc import Sequence
from itertools import pairwise
from random import Random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.matching.people.peers import (
    GENERATIONS,
    Common,
    History,
    Mentoring,
    MentorLineage,
    Peer,
    SharedHost,
    SharedMentor,
    SharedProblem,
    Stay,
    Task,
    nearest,
    resource_allocation,
    shared_history,
    touching,
)

ME = 0


def stay(person: int, record: int, since: int, until: int, place: int = 7, *, studies: bool = False) -> Stay:
    return Stay(person, record, place, since, until, studies)


def people(peers: Sequence[Peer]) -> list[int]:
    return [peer.person for peer in peers]


def first(peers: Sequence[Peer], person: int) -> object:
    return next(peer.reasons[0] for peer in peers if peer.person == person)


def test_the_same_days_come_first_then_the_days_that_lie_nearer() -> None:
    stays = [
        stay(ME, 0, 100, 199),
        stay(1, 1, 300, 400),
        stay(2, 2, 190, 250),
        stay(3, 3, 200, 250),
        stay(4, 4, 50, 130),
        stay(5, 5, 100, 199, place=8),
        Stay(6, 6, 7),
    ]

    peers = shared_history(History(stays), ME)

    assert people(peers) == [4, 2, 3, 1, 6]
    assert [peer.reasons[0].days for peer in peers if isinstance(peer.reasons[0], SharedHost)] == [
        31,
        10,
        0,
        -100,
        None,
    ]
    assert [peer.reasons[0].together for peer in peers if isinstance(peer.reasons[0], SharedHost)] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_of_one_place_only_the_strongest_reason_is_told() -> None:
    stays = [stay(ME, 0, 100, 199), stay(ME, 1, 500, 599), stay(1, 2, 150, 160), stay(1, 3, 550, 600), stay(1, 4, 1, 9)]

    (peer,) = shared_history(History(stays), ME)

    assert [(reason.own.record, reason.theirs.record) for reason in peer.reasons if isinstance(reason, SharedHost)] == [
        (1, 3)
    ]


def test_one_training_and_scholars_of_the_same_days_are_a_cohort() -> None:
    stays = [
        Stay(ME, 0, 7),
        Stay(1, 0, 7),
        stay(ME, 1, 10, 20, place=8, studies=True),
        stay(2, 2, 15, 30, place=8, studies=True),
        stay(3, 3, 21, 30, place=8, studies=True),
        stay(4, 4, 15, 30, place=8),
        Stay(ME, 5),
        Stay(5, 5),
        Stay(6, 6),
    ]

    peers = shared_history(History(stays), ME)

    cohorts = {
        peer.person: [reason.cohort for reason in peer.reasons if isinstance(reason, SharedHost)] for peer in peers
    }
    assert cohorts == {1: [True], 2: [True], 3: [False], 4: [False], 5: [True]}
    assert people(peers)[-1] == 5, "a training of which no host is known comes last of these"


def test_mentors_come_after_hosts_and_before_problems_and_lineage() -> None:
    mentorings = [Mentoring(8, ME, 0), Mentoring(8, 1, 1), Mentoring(9, 8, 2), Mentoring(ME, 7, 3), Mentoring(2, 7, 4)]
    tasks = [Task(ME, 5, 50, 60), Task(3, 6, 51, 60), Task(4, 7, 50, 60), Task(5, 8, 50, 61)]
    stays = [stay(ME, 9, 0, 9), stay(6, 10, 20, 30)]

    peers = shared_history(History(stays, mentorings, tasks), ME)

    assert people(peers) == [6, 1, 2, 4, 3, 9]
    assert [type(peer.reasons[0]) for peer in peers] == [
        SharedHost,
        SharedMentor,
        SharedMentor,
        SharedProblem,
        SharedProblem,
        MentorLineage,
    ]


def test_own_mentors_and_mentees_need_no_introduction() -> None:
    mentorings = [Mentoring(1, ME, 0), Mentoring(ME, 2, 1)]
    stays = [stay(ME, 2, 0, 9), stay(1, 3, 0, 9), stay(2, 4, 0, 9)]

    assert shared_history(History(stays, mentorings), ME) == ()


def test_a_line_of_mentors_is_told_from_the_oldest_and_ends_after_four_steps() -> None:
    line = [Mentoring(elder, elder - 1, elder) for elder in range(1, GENERATIONS + 3)]

    up = shared_history(History(mentorings=line), ME)
    down = shared_history(History(mentorings=line), GENERATIONS + 2)

    assert people(up) == [2, 3, 4]
    assert [
        [step.mentor for step in peer.reasons[0].steps] for peer in up if isinstance(peer.reasons[0], MentorLineage)
    ] == [
        [2, 1],
        [3, 2, 1],
        [4, 3, 2, 1],
    ]
    assert people(down) == [4, 3, 2]


def test_somebody_taught_in_two_ways_is_reached_by_the_shorter() -> None:
    mentorings = [Mentoring(ME, 1, 0), Mentoring(1, 2, 1), Mentoring(2, 3, 2), Mentoring(1, 3, 3), Mentoring(1, 2, 4)]

    peers = shared_history(History(mentorings=mentorings), ME)

    assert [
        [step.record for step in peer.reasons[0].steps] for peer in peers if isinstance(peer.reasons[0], MentorLineage)
    ] == [
        [0, 1],
        [0, 3],
    ]


def test_a_circle_of_mentors_ends() -> None:
    circle = [Mentoring(0, 1, 0), Mentoring(1, 2, 1), Mentoring(2, 3, 2), Mentoring(3, 0, 3)]

    assert people(shared_history(History(mentorings=circle), ME)) == [2]


def test_more_reasons_come_first_within_a_kind_and_the_index_ends_a_tie() -> None:
    mentorings = [Mentoring(9, person, person) for person in (ME, 1, 2, 3)]
    tasks = [Task(ME, 10, 50, 60), Task(3, 11, 50, 60)]

    assert people(shared_history(History((), mentorings, tasks), ME)) == [3, 1, 2]


def test_nothing_on_record_gives_nobody() -> None:
    assert shared_history(History(), ME) == ()
    assert shared_history(History([stay(1, 0, 0, 9)]), ME) == ()


small = st.integers(0, 5)
histories = st.builds(
    History,
    stays=st.lists(
        st.builds(Stay, small, st.integers(0, 3), small, st.integers(0, 50), st.integers(0, 50), st.booleans())
    ),
    mentorings=st.lists(st.builds(Mentoring, small, small, st.integers(0, 20)).filter(lambda m: m.mentor != m.mentee)),
    tasks=st.lists(st.builds(Task, small, st.integers(0, 20), small, small)),
)


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing_and_every_reason_holds(history: History, chance: Random) -> None:
    shuffled = History(
        *(chance.sample(list(rows), len(rows)) for rows in (history.stays, history.mentorings, history.tasks))
    )

    peers = shared_history(history, ME)

    assert [(peer.person, [reason.rank for reason in peer.reasons]) for peer in peers] == [
        (peer.person, [reason.rank for reason in peer.reasons]) for peer in shared_history(shuffled, ME)
    ]
    assert ME not in people(peers)
    assert len(set(people(peers))) == len(peers)
    for peer in peers:
        for reason in peer.reasons:
            assert holds(reason, history, peer.person)
    assert all(one.reasons[0].rank[0] <= other.reasons[0].rank[0] for one, other in pairwise(peers))


def holds(reason: object, history: History, peer: int) -> bool:
    """What a reason says, checked against the rows in plain words."""
    if isinstance(reason, SharedHost):
        rows = reason.own in history.stays and reason.theirs in history.stays
        return (
            rows and (reason.own.person, reason.theirs.person) == (ME, peer) and reason.own.place == reason.theirs.place
        )
    if isinstance(reason, SharedMentor):
        one, other = reason.own, reason.theirs
        taught = (one.mentee, other.mentee) == (ME, peer) and one.mentor == other.mentor
        return taught or ((one.mentor, other.mentor) == (ME, peer) and one.mentee == other.mentee)
    if isinstance(reason, SharedProblem):
        return (reason.own.person, reason.theirs.person) == (
            ME,
            peer,
        ) and reason.own.capability == reason.theirs.capability
    assert isinstance(reason, MentorLineage)
    ends = {reason.steps[0].mentor, reason.steps[-1].mentee}
    return ends == {ME, peer} and all(one.mentee == other.mentor for one, other in pairwise(reason.steps))


def test_what_few_touch_weighs_more() -> None:
    # Person 0 touches 0, 1 and 2. Thing 0 has four people, thing 1 two, thing 2 nobody else.
    rows, columns = zip(*[(0, 0), (1, 0), (2, 0), (3, 0), (0, 1), (3, 1), (0, 2), (4, 3)], strict=True)
    ties = touching(rows, columns, (5, 4))

    assert resource_allocation(ties, [0]).toarray().tolist() == [[0.0, 0.25, 0.25, 0.75, 0.0]]
    near = nearest(ties, 0, set(), 5)
    assert [found.person for found in near] == [3, 1, 2]
    assert near[0].common == (Common(1, 2), Common(0, 4))
    assert [found.person for found in nearest(ties, 0, {3}, 1)] == [1]
    assert nearest(ties, 4, set(), 5) == ()
    assert nearest(ties, 0, set(), 0) == ()


def test_what_is_stated_twice_counts_once() -> None:
    once, twice = touching([0, 1], [0, 0], (2, 1)), touching([0, 1, 1], [0, 0, 0], (2, 1))

    assert (resource_allocation(once, [0]) != resource_allocation(twice, [0])).nnz == 0


def test_an_empty_network_has_no_neighbours() -> None:
    assert nearest(touching([], [], (3, 0)), 1, set(), 5) == ()


@pytest.mark.parametrize("seed", range(5))
def test_a_network_gives_what_networkx_gives(seed: int) -> None:
    network = nx.gnm_random_graph(40, 160, seed=seed)
    ends = np.array(list(network.edges)).T
    ties = touching([*ends[0], *ends[1]], [*ends[1], *ends[0]], (40, 40))

    ours = resource_allocation(ties, range(40)).toarray()

    for one, other, value in nx.resource_allocation_index(
        network, [(x, y) for x in range(40) for y in range(40) if x != y]
    ):
        assert ours[one, other] == pytest.approx(value, abs=1e-12)
    assert np.array_equal(ours, ours.T)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5)), max_size=30), st.permutations(range(6)))
def test_the_names_of_things_and_the_order_of_ties_never_decide(pairs: list[tuple[int, int]], names: list[int]) -> None:
    def near(stated: list[tuple[int, int]]) -> list[int]:
        ties = touching([row for row, _ in stated], [column for _, column in stated], (8, 6))
        return [found.person for found in nearest(ties, 0, set(), 8)]

    assert near(pairs) == near([(row, names[column]) for row, column in reversed(pairs)])


def test_one_reason_is_told_for_each_mentor_mentee_and_lineage() -> None:
    mentorings = [
        *(Mentoring(8, ME, 0), Mentoring(8, 1, 1), Mentoring(8, 1, 2)),
        *(Mentoring(9, ME, 3), Mentoring(9, 1, 4)),
        *(Mentoring(ME, 8, 5), Mentoring(1, 8, 6)),
    ]

    (peer,) = [found for found in shared_history(History(mentorings=mentorings), ME) if found.person == 1]

    # Mentor 8, mentor 9 and mentee 8 are three things; of the two records with mentor 8 the earlier is told.
    assert [reason for reason in peer.reasons if isinstance(reason, SharedMentor)] == [
        SharedMentor(mentorings[0], mentorings[1]),
        SharedMentor(mentorings[3], mentorings[4]),
        SharedMentor(mentorings[5], mentorings[6]),
    ]


def test_a_place_a_record_and_a_problem_of_the_same_number_are_different_things() -> None:
    stays = [stay(ME, 0, 0, 9, place=5), stay(1, 1, 0, 9, place=5), Stay(ME, 5), Stay(1, 5)]
    tasks = [Task(ME, 2, 3, 5), Task(1, 4, 3, 5)]

    (peer,) = shared_history(History(stays, (), tasks), ME)

    assert peer.reasons == (
        SharedHost(stays[0], stays[1], 10),
        SharedHost(stays[2], stays[3], None),
        SharedProblem(tasks[0], tasks[1]),
    )
    assert [reason.rank for reason in peer.reasons] == [(0, -10), (3, 0), (4, 0)]


def test_the_rank_of_each_reason_by_hand() -> None:
    one, other = Mentoring(8, ME, 0), Mentoring(8, 1, 1)
    assert SharedMentor(one, other).rank == (2, 0)
    assert SharedMentor(Mentoring(ME, 7, 2), Mentoring(1, 7, 3)).rank == (2, 1)
    assert SharedProblem(Task(ME, 0, 3, 5), Task(1, 1, 4, 5)).rank == (4, 1)
    assert MentorLineage((one, other)).rank == (5, 2)
    assert SharedHost(stay(ME, 0, 0, 9), stay(1, 1, 20, 29), -10).rank == (1, 10)
    assert SharedHost(Stay(ME, 0, 7), Stay(1, 1, 7), None).rank == (1, 10**9)
    assert SharedHost(Stay(ME, 0, 7), Stay(1, 0, 7), None).rank == (0, 10**9)


def test_shares_are_whole_parts_of_one_and_rows_are_asked_in_any_order() -> None:
    # Thing 0 is touched by three, thing 1 by two, thing 2 by all four.
    ties = touching([0, 1, 2, 0, 1, 0, 1, 2, 3], [0, 0, 0, 1, 1, 2, 2, 2, 2], (4, 3))
    third, half, quarter = 1 / 3, 1 / 2, 1 / 4
    assert ties.dtype == np.int64
    assert resource_allocation(ties, [3, 0]).toarray() == pytest.approx(
        np.array([[quarter, quarter, quarter, 0], [0, third + half + quarter, third + quarter, quarter]])
    )
    assert resource_allocation(ties, []).shape == (0, 4)
