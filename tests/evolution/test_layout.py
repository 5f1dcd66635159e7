"""One place for every actor: stable, within the unit square, apart from each other."""

import random
import time
from itertools import pairwise

import igraph
import numpy as np
import pytest

from graph.evolution.layout import QUANTUM, Places, kept_layout, quantised, stable_layout
from graph.evolution.log.ties import TieColumns, TieLog, tie_log
from tests.evolution.graphs import log_of


def clustered(actors: int, ties: int) -> TieLog:
    """Ties mostly among neighbours of sixty, some across, about one actor in ten without any."""
    chance = np.random.default_rng(3)
    source = chance.integers(0, actors, ties)
    near = source // 60 * 60 + chance.integers(0, 60, ties)
    target = np.where(chance.random(ties) < 0.9, np.minimum(near, actors - 1), chance.integers(0, actors, ties))
    return tie_log([str(actor) for actor in range(actors)], TieColumns(source, target, [0] * ties, [9] * ties))


def laid_out(log: TieLog) -> Places:
    """The layout of a log, worked out anew."""
    pairs = {(min(ends), max(ends)) for ends in zip(log.source.tolist(), log.target.tolist(), strict=True)}
    apart = sorted(pair for pair in pairs if pair[0] != pair[1])
    return stable_layout(len(log.actors), np.array(apart, np.int32).reshape(-1, 2))


@pytest.mark.parametrize(("actors", "ties", "limit"), [(400, 800, 2.0), (5_000, 9_000, 10.0)])
def test_a_layout_is_quick_repeatable_and_within_the_square(actors: int, ties: int, limit: float) -> None:
    log = clustered(actors, ties)
    began = time.process_time()
    places = laid_out(log)
    assert time.process_time() - began < limit
    assert places.shape == (actors, 2)
    assert (places.min(), places.max()) == (0.0, 1.0)
    assert np.array_equal(places, laid_out(log))


def test_a_kept_layout_is_the_same_one_and_nobody_moves_in_it() -> None:
    log = clustered(60, 90)
    places = kept_layout(log)
    assert np.array_equal(places, laid_out(log))
    assert kept_layout(clustered(60, 90)) is places
    assert not places.flags.writeable


def test_no_two_actors_stand_on_one_spot() -> None:
    places = laid_out(clustered(400, 800))
    assert len(np.unique(places, axis=0)) == 400


def test_actors_without_ties_stand_aside_of_the_others() -> None:
    places = laid_out(log_of("abcdefghij", ("a>b", 0, 1), ("b>c", 0, 1), ("c>d", 0, 1), ("d>a", 0, 1)))
    (low_x, low_y), (high_x, high_y) = places[:4].min(axis=0), places[:4].max(axis=0)
    inside = [low_x <= x <= high_x and low_y <= y <= high_y for x, y in places[4:]]
    assert not any(inside)


def test_ends_of_a_tie_stand_nearer_than_strangers() -> None:
    log = clustered(1_500, 6_000)
    places = laid_out(log)
    tied = np.hypot(*(places[log.source] - places[log.target]).T).mean()
    strangers = np.hypot(*(places - np.roll(places, 700, axis=0)).T).mean()
    assert tied < strangers / 2


@pytest.mark.parametrize("actors", ["", "a", "ab"])
def test_a_network_without_ties_has_places_too(actors: str) -> None:
    assert laid_out(log_of(actors)).shape == (len(actors), 2)


def test_a_lone_actor_stands_in_the_middle() -> None:
    assert laid_out(log_of("a", ("a>a", 0, 9))).tolist() == [[0.5, 0.5]]


def test_drawing_gives_the_random_numbers_of_the_process_back() -> None:
    random.seed(5)
    igraph.Graph.Erdos_Renyi(n=20, m=30)
    expected = random.random()
    random.seed(5)
    igraph.Graph.Erdos_Renyi(n=20, m=30)
    laid_out(clustered(1_100, 3_000))
    assert random.random() == expected


def test_whole_numbers_keep_a_place_to_a_part_in_thirty_thousand() -> None:
    places = laid_out(clustered(100, 200))
    assert quantised(places).dtype == np.int16
    assert np.abs(quantised(places) / QUANTUM - places).max() < 1 / 30_000


def test_two_lone_actors_leave_no_empty_strip_below_the_others() -> None:
    chance = np.random.default_rng(1)
    later = np.arange(1, 90)
    earlier = np.concatenate((chance.integers(0, later), chance.integers(0, 90, 60)))
    later = np.concatenate((later, chance.integers(0, 90, 60)))
    names = [str(actor) for actor in range(92)]
    places = laid_out(tie_log(names, TieColumns(earlier, later, [0] * 149, [9] * 149)))
    assert places[90:, 0].min() > places[:90, 0].max()
    assert places[90:, 1].max() <= places[:90, 1].max()


def test_a_layout_lies_across_as_its_picture_does() -> None:
    path = [(f"{one}>{other}", 0, 1) for one, other in pairwise("abcdefghijkl")]
    across, down = np.ptp(laid_out(log_of("abcdefghijkl", *path)), axis=0)
    assert across > 1.5 * down
