"""Every number of a window, worked out by hand on a few actors and against networkx on random ones."""

from dataclasses import fields

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from graph.errors import InvalidValue
from graph.evolution.log.ties import OPEN, TieColumns, TieLog, TieNames, tie_log
from graph.evolution.log.windows import Window, snapshot
from graph.evolution.measures.brokers import betweenness, constraint
from graph.evolution.measures.definitions import DEFINITIONS
from graph.evolution.measures.measures import MEASURES, WindowMeasures, component_sizes, measure, measure_all, strength
from tests.evolution.graphs import ACTORS, Row, digraph, log_of, log_of_rows, tie_rows, windows

DAY = Window(0, 1)


@pytest.fixture
def relay() -> TieLog:
    """a gives to b twice, b to c and d, d back to b; e and f work together; g only with itself; h with no one."""
    return log_of(
        "abcdefgh",
        *(("a>b", 0, 9), ("a>b", 0, 5), ("b>c", 0, 9), ("b>d", 0, 9), ("d>b", 0, 9), ("e=f", 0, 9), ("g>g", 0, 9)),
    )


def test_actors_ties_and_contacts_are_three_different_counts(relay: TieLog) -> None:
    seen = measure(relay, DAY)
    assert (seen.actors, seen.ties, seen.contacts, seen.self_ties) == (6, 6, 6, 1)


@given(tie_rows(), windows)
def test_self_ties_change_no_number_but_their_own(rows: list[Row], window: Window) -> None:
    whole, apart = (measure(funded(kept), window) for kept in (rows, [row for row in rows if row[0] != row[1]]))
    assert apart.self_ties == 0
    of_donors = {"donor_outside", "donor_top", "donor_hhi", "unfunded", "donors"}
    for name in {*MEASURES} - {"self_ties", "ei_index", "south_south", "unplaced", *of_donors}:
        assert getattr(whole, name) == getattr(apart, name), name


def funded(rows: list[Row]) -> TieLog:
    """The ties, some paid for by either of two funders."""
    source, target, start, end, mutual = zip(*rows, strict=True) if rows else ([], [], [], [], [])
    payers = [giver % 3 - 1 for giver in source]
    columns = TieColumns(source, target, start, end, mutual=mutual, funder=payers)
    return tie_log(ACTORS, columns, TieNames(funders=("one", "other")))


def test_density_is_the_share_of_possible_ties(relay: TieLog) -> None:
    assert measure(relay, DAY).density == pytest.approx(6 / 30)


def test_reciprocity_is_the_share_of_ties_that_are_returned(relay: TieLog) -> None:
    assert measure(relay, DAY).reciprocity == pytest.approx(4 / 6)


def test_components_ignore_direction_and_actors_without_ties(relay: TieLog) -> None:
    seen = measure(relay, DAY)
    assert seen.components == 2
    assert seen.giant_share == pytest.approx(4 / 6)
    assert component_sizes(snapshot(relay, DAY)).tolist() == [4, 2]


def test_strength_sums_weights_and_counts_mutual_ties_on_both_sides() -> None:
    log = tie_log("abc", TieColumns([0, 0, 1], [1, 1, 2], [0] * 3, [9] * 3, mutual=[0, 0, 1], weight=[2.0, 0.5, 4.0]))
    sums = strength(log, snapshot(log, DAY))
    assert sums.given.tolist() == [2.5, 4.0, 4.0]
    assert sums.received.tolist() == [0.0, 6.5, 4.0]


def test_the_only_broker_stands_between_three_pairs_of_twenty(relay: TieLog) -> None:
    seen = measure(relay, DAY)
    assert [(broker.actor, broker.value, broker.standard_error) for broker in seen.brokers] == [("b", 3 / 20, 0.0)]


def test_equal_actors_are_ranked_by_their_ids() -> None:
    seen = measure(log_of("ba", ("b=a", 0, 1)), DAY, top=1)
    assert [giver.actor for giver in seen.givers] == ["a"]


def test_constraint_of_a_triangle_of_mutual_ties() -> None:
    triangle = log_of("abc", ("a=b", 0, 9), ("b=c", 0, 9), ("c=a", 0, 9))
    assert constraint(snapshot(triangle, DAY)) == pytest.approx([2 * 0.75**2] * 3)


def test_constraint_of_a_star_falls_on_its_leaves() -> None:
    star = log_of("abc", ("a>b", 0, 9), ("a>c", 0, 9))
    assert constraint(snapshot(star, DAY)) == pytest.approx([0.5, 1.0, 1.0])


@pytest.mark.parametrize(
    ("log", "window"),
    [
        (log_of(""), DAY),
        (log_of("a"), DAY),
        (log_of("ab"), DAY),
        (log_of("a", ("a>a", 0, 9)), DAY),
        (log_of("ab", ("a>b", 5, 9)), Window(0, 5)),
        (log_of("ab", ("a>b", 5, 9)), Window(9, 20)),
        (log_of("ab", ("a>b", 5, OPEN)), Window(7, 7)),
    ],
    ids=["no actor", "one actor", "no ties", "only self-ties", "before all", "after all", "no days"],
)
def test_where_there_is_nothing_to_count_every_number_is_zero(log: TieLog, window: Window) -> None:
    seen = measure(log, window)
    assert (seen.actors, seen.ties, seen.contacts, seen.components) == (0, 0, 0, 0)
    assert (seen.density, seen.reciprocity, seen.giant_share) == (0.0, 0.0, 0.0)
    assert seen.givers == seen.receivers == seen.brokers == ()
    assert constraint(snapshot(log, window)).tolist() == [0.0] * len(log.actors)


def test_a_tie_that_never_ends_is_counted_in_every_later_window() -> None:
    log = log_of("ab", ("a>b", 5, OPEN))
    assert [seen.ties for seen in measure_all(log, [Window(0, 5), Window(5, 6), Window(10**6, 10**6 + 1)])] == [0, 1, 1]


def test_every_number_has_its_definition() -> None:
    assert {field.name for field in fields(WindowMeasures)} - {"window", "generation"} == set(DEFINITIONS)
    assert all(each.name and each.words and each.unit and each.source for each in DEFINITIONS.values())


@given(tie_rows(), windows)
def test_the_numbers_equal_networkx(rows: list[Row], window: Window) -> None:
    log, graph = log_of_rows(ACTORS, rows), digraph(rows, window)
    seen = measure(log, window)
    groups = sorted(map(len, nx.weakly_connected_components(graph)), reverse=True)
    assert (seen.actors, seen.ties, seen.components) == (len(graph), graph.size(), len(groups))
    assert seen.density == pytest.approx(nx.density(graph))
    assert seen.reciprocity == pytest.approx(nx.overall_reciprocity(graph) if graph.size() else 0.0)
    assert seen.giant_share == pytest.approx(groups[0] / len(graph) if groups else 0.0)


@given(tie_rows(), windows)
def test_brokerage_and_constraint_equal_networkx(rows: list[Row], window: Window) -> None:
    shot, graph = snapshot(log_of_rows(ACTORS, rows), window), digraph(rows, window)
    shares, held = nx.betweenness_centrality(graph), nx.constraint(graph) if graph.size() else {}
    everyone = range(len(ACTORS))
    assert betweenness(shot).share == pytest.approx([shares.get(actor, 0.0) for actor in everyone])
    assert constraint(shot) == pytest.approx([held.get(actor, 0.0) for actor in everyone])


@pytest.fixture
def crowd() -> TieLog:
    """Four hundred actors with 1,600 ties drawn at random."""
    chance = np.random.default_rng(7)
    source, target = chance.integers(0, 400, (2, 1_600))
    return tie_log([f"actor {place}" for place in range(400)], TieColumns(source, target, [0] * 1_600, [9] * 1_600))


def test_brokers_are_the_same_whatever_a_contact_weighs_and_however_often_it_comes() -> None:
    ends = [0, 1, 0, 3], [1, 2, 3, 2]
    light = tie_log("abcd", TieColumns(*ends, [0] * 4, [9] * 4))
    heavy = tie_log(
        "abcd", TieColumns([*ends[0], 0], [*ends[1], 1], [0] * 5, [9] * 5, weight=[9.0, 9.0, 0.5, 0.5, 7.0])
    )
    assert betweenness(snapshot(heavy, DAY)).share == pytest.approx([0, 1 / 12, 0, 1 / 12])
    assert betweenness(snapshot(light, DAY)).share == pytest.approx([0, 1 / 12, 0, 1 / 12])


def test_the_standard_error_of_sampled_brokerage_is_the_spread_of_its_estimates(crowd: TieLog) -> None:
    shot = snapshot(crowd, DAY)
    exact = betweenness(shot)
    estimates = [betweenness(shot, seed, exact_up_to=100) for seed in range(60)]
    top = np.argsort(exact.share)[-20:]
    shares = np.array([estimate.share[top] for estimate in estimates])
    errors = np.array([estimate.standard_error[top] for estimate in estimates])
    assert (exact.pivots, estimates[0].pivots) == (0, 64)
    assert float(np.mean(errors**2)) == pytest.approx(float(np.mean(shares.var(axis=0, ddof=1))), rel=0.15)
    assert shares.mean(axis=0) == pytest.approx(exact.share[top], rel=0.15)
    assert np.mean(np.abs(shares - exact.share[top]) < 2 * errors) > 0.8


def test_sampled_brokerage_is_the_same_every_time(crowd: TieLog) -> None:
    shot = snapshot(crowd, DAY)
    one, again, other = (betweenness(shot, seed, exact_up_to=100).share for seed in (0, 0, 1))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_pivots_at_every_actor_give_the_exact_brokerage(crowd: TieLog) -> None:
    shot = snapshot(crowd, DAY)
    estimate = betweenness(shot, pivots=1_000, exact_up_to=100)
    assert estimate.share == pytest.approx(betweenness(shot).share)
    assert estimate.standard_error == pytest.approx(0.0)


def test_one_pivot_is_too_few(crowd: TieLog) -> None:
    with pytest.raises(InvalidValue):
        betweenness(snapshot(crowd, DAY), pivots=1)


def test_the_numbers_say_which_window_they_are_of(relay: TieLog) -> None:
    window = Window(0, 9)
    assert measure(relay, window).window == window


def test_a_ranking_of_none_is_empty(relay: TieLog) -> None:
    seen = measure(relay, DAY, top=0)
    assert seen.constraint == ()
    assert seen.brokers == ()
