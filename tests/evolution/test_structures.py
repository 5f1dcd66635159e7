"""Every measure of a plain network, by hand, on published networks and against networkx on random ones."""

import warnings
from math import isnan

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidValue
from graph.evolution.measures.clustering import triangles_at
from graph.evolution.measures.definitions import STRUCTURE_DEFINITIONS
from graph.evolution.measures.diameters import diameter
from graph.evolution.measures.distances import mean_distance
from graph.evolution.measures.structures import (
    Structure,
    TieDirection,
    measures_named,
    structure,
)

Pairs = list[tuple[int, int]]

pairs = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=30)


def structure_of(ties: Pairs, direction: TieDirection, weight: list[float] | None = None) -> Structure:
    ends = np.array(ties, np.int32).reshape(-1, 2)
    return structure(ends[:, 0], ends[:, 1], direction, np.ones(len(ties)) if weight is None else np.array(weight))


def undirected(graph: "nx.Graph[int]") -> Structure:
    plain = nx.convert_node_labels_to_integers(graph)
    return structure_of(list(plain.edges()), TieDirection.UNDIRECTED)


def without_loops(graph: "nx.Graph[int]") -> "nx.Graph[int]":
    plain = nx.Graph(graph)
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    return plain


def newman(graph: "nx.Graph[int]", out_in: str = "") -> float | None:
    """networkx's assortativity, None where it has no value."""
    degrees = {"x": "out", "y": "in"} if out_in else {}
    pairs = list(nx.node_degree_xy(graph, **degrees))
    # Where one side does not vary there is no value; rounding makes networkx find one all the same.
    if any(len({*side}) < 2 for side in zip(*pairs, strict=True)) or not pairs:
        return None
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        value = nx.degree_assortativity_coefficient(graph, **degrees)
    return None if isnan(value) else value


def test_a_tie_back_and_a_tail_by_hand() -> None:
    """A triangle a, b, c with b and a in both directions, d hanging on c, e and f apart; g only with itself."""
    shape = structure_of([(0, 1), (1, 0), (1, 2), (2, 0), (2, 3), (4, 5), (4, 5), (6, 6)], TieDirection.DIRECTED)
    assert (shape.actors, shape.ties, shape.contacts, shape.self_ties) == (7, 7, 8, 1)
    assert shape.density == pytest.approx(6 / 42)
    assert shape.reciprocity == pytest.approx(2 / 6)
    assert (shape.components, shape.giant, shape.giant_share) == (3, 4, 4 / 7)
    assert (shape.strong_components, shape.strong_giant) == (5, 3)
    assert (shape.triangles, shape.wedges, shape.clustering) == (1, 5, 3 / 5)
    assert (shape.max_degree, shape.max_in_degree, shape.max_out_degree) == (3, 2, 2)
    assert (shape.diameter, shape.diameter_at_least) == (2, 2)


TAIL = [(0, 1), (1, 0), (1, 2), (2, 0), (2, 3), (4, 5), (4, 5), (6, 6)]


def test_local_clustering_by_hand() -> None:
    """The same network: a has both neighbours tied, b too, c one pair of three, the others none."""
    shape = structure_of(TAIL, TieDirection.DIRECTED)
    assert shape.local_clustering.tolist() == [1, 1, pytest.approx(1 / 3), 0, 0, 0, 0]
    assert shape.mean_local_clustering == pytest.approx((1 + 1 + 1 / 3) / 7)
    alone = structure_of(TAIL[:5], TieDirection.DIRECTED)
    assert alone.mean_local_clustering == pytest.approx(7 / 12)


def test_mean_distance_by_hand() -> None:
    """Between a, b, c and d there are six pairs, two of them two ties apart: a and d, b and d."""
    shape = structure_of(TAIL, TieDirection.DIRECTED)
    assert (shape.mean_distance, shape.mean_distance_error) == (pytest.approx(8 / 6), 0.0)


def test_contacts_of_an_actor_by_hand() -> None:
    shape = structure_of(TAIL, TieDirection.DIRECTED)
    assert (shape.contacts_at.tolist(), shape.max_contacts) == ([3, 3, 3, 1, 2, 2, 2], 3)
    assert shape.component_of.tolist() == [1, 1, 1, 1, 2, 2, 3]


def test_a_mutual_contact_is_one_contact_and_two_ties() -> None:
    ends, mutual = np.array([[0, 1, 2, 3], [1, 2, 2, 0]]), np.array([True, False, True, False])
    shape = structure(*ends, TieDirection.DIRECTED, np.array([2.0, 4.0, 8.0, 1.0]), mutual)
    assert (shape.contacts, shape.ties, shape.self_ties) == (4, 5, 1)
    assert shape.reciprocity == pytest.approx(2 / 4)
    assert (shape.weight, shape.strengths.tolist(), shape.max_contacts) == (15.0, [3.0, 6.0, 20.0, 1.0], 3)
    plain = structure(*ends, TieDirection.UNDIRECTED, np.ones(4), mutual)
    assert (plain.contacts, plain.ties) == (4, 4)


def test_without_direction_both_ways_are_one_tie() -> None:
    shape = structure_of([(0, 1), (1, 0), (1, 2)], TieDirection.UNDIRECTED)
    assert (shape.ties, shape.contacts, shape.density) == (2, 3, 2 / 3)
    assert shape.reciprocity is shape.max_in_degree is shape.max_out_degree is shape.assortativity_out_in is None
    assert shape.strong_components == shape.components == 1


def test_weights_are_summed_and_a_self_tie_counts_at_both_of_its_ends() -> None:
    shape = structure_of([(0, 1), (1, 2), (1, 1)], TieDirection.DIRECTED, [2.0, 0.5, 4.0])
    assert (shape.weight, shape.max_strength) == (6.5, 10.5)


@pytest.mark.parametrize("direction", TieDirection)
def test_where_there_is_nothing_every_measure_says_so(direction: TieDirection) -> None:
    shape = structure_of([], direction)
    assert all(not getattr(shape, name) for name in STRUCTURE_DEFINITIONS)


def test_one_actor_with_itself_is_a_component() -> None:
    shape = structure_of([(3, 3)], TieDirection.DIRECTED)
    assert (shape.actors, shape.components, shape.giant, shape.density, shape.diameter) == (1, 1, 1, 0.0, 0)


def test_the_karate_club_has_its_published_numbers() -> None:
    shape = undirected(nx.karate_club_graph())
    assert (shape.actors, shape.ties, shape.triangles, shape.wedges, shape.max_degree) == (34, 78, 45, 528, 17)
    assert shape.clustering == pytest.approx(0.2556818, abs=1e-7)
    assert shape.assortativity == pytest.approx(-0.47561, abs=1e-5)
    assert (shape.density, shape.diameter) == (pytest.approx(0.1390374, abs=1e-7), 5)


def test_the_miserables_have_their_published_numbers() -> None:
    shape = undirected(nx.les_miserables_graph())
    assert (shape.actors, shape.ties, shape.triangles, shape.max_degree, shape.diameter) == (77, 254, 467, 36, 5)
    assert shape.clustering == pytest.approx(0.4989316, abs=1e-7)


def test_families_and_women_have_their_published_numbers() -> None:
    families, women = undirected(nx.florentine_families_graph()), undirected(nx.davis_southern_women_graph())
    assert (families.actors, families.ties, families.triangles, families.diameter) == (15, 20, 3, 5)
    assert (women.actors, women.ties, women.triangles, women.diameter) == (32, 89, 0, 4)


@given(pairs)
def test_directed_networks_equal_networkx(ties: Pairs) -> None:
    shape, graph = structure_of(ties, TieDirection.DIRECTED), nx.DiGraph(ties)
    apart = nx.DiGraph([pair for pair in ties if pair[0] != pair[1]])
    strong = [*map(len, nx.strongly_connected_components(graph))]
    weak = [*map(len, nx.weakly_connected_components(graph))]
    assert (shape.actors, shape.ties, shape.contacts) == (len(graph), graph.size(), len(ties))
    assert shape.reciprocity == pytest.approx(nx.overall_reciprocity(apart) if apart.size() else 0.0)
    assert (shape.strong_components, shape.strong_giant) == (len(strong), max(strong, default=0))
    assert (shape.components, shape.giant) == (len(weak), max(weak, default=0))
    assert shape.max_in_degree == max((degree for _, degree in apart.in_degree()), default=0)
    assert shape.max_out_degree == max((degree for _, degree in apart.out_degree()), default=0)
    assert shape.assortativity_out_in == pytest.approx(newman(apart, "out to in"))


@given(pairs)
def test_undirected_networks_equal_networkx(ties: Pairs) -> None:
    shape, graph = structure_of(ties, TieDirection.UNDIRECTED), nx.Graph(ties)
    apart = without_loops(graph)
    assert (shape.actors, shape.ties) == (len(graph), graph.size())
    assert shape.density == pytest.approx(nx.density(apart))
    assert shape.triangles == sum(nx.triangles(apart).values()) // 3
    assert shape.clustering == pytest.approx(nx.transitivity(apart))
    assert shape.mean_local_clustering == pytest.approx(nx.average_clustering(apart) if ties else 0.0)
    assert shape.max_contacts == max((degree for _, degree in nx.MultiGraph(ties).degree()), default=0)
    giants = [apart.subgraph(group) for group in nx.connected_components(apart) if len(group) == shape.giant]
    means = [nx.average_shortest_path_length(group) for group in giants] or [0.0]
    assert min(abs(shape.mean_distance - mean) for mean in means) < 1e-12
    assert shape.mean_distance_error == 0.0
    assert shape.max_degree == max((degree for _, degree in apart.degree()), default=0)
    assert shape.assortativity == pytest.approx(newman(apart))


@given(pairs)
def test_direction_does_not_change_what_ignores_it(ties: Pairs) -> None:
    one, other = (structure_of(ties, direction) for direction in TieDirection)
    names = ("actors", "components", "giant", "triangles", "wedges", "max_degree", "assortativity", "diameter")
    names += ("mean_local_clustering", "mean_distance", "max_contacts")
    assert [getattr(one, name) for name in names] == [getattr(other, name) for name in names]


@given(pairs, st.integers(0, 40))
def test_the_diameter_is_exact_and_its_bound_never_above_it(ties: Pairs, budget: int) -> None:
    shape, graph = structure_of(ties, TieDirection.UNDIRECTED), without_loops(nx.Graph(ties))
    groups = [graph.subgraph(group) for group in nx.connected_components(graph)]
    giants = [nx.diameter(group) for group in groups if len(group) == shape.giant]
    assert shape.diameter in (giants or [0])
    if shape.actors:
        bound = diameter(shape.neighbours, 0, budget)
        whole = diameter(shape.neighbours, 0)
        assert whole.exact
        assert bound.at_least <= whole.at_least
        assert not bound.exact or bound == whole


def test_a_long_search_ends_in_a_lower_bound_that_says_so() -> None:
    grid = nx.convert_node_labels_to_integers(nx.random_regular_graph(3, 200, seed=1))
    shape = undirected(grid)
    found = diameter(shape.neighbours, 0, budget=1)
    assert not found.exact
    assert 0 < found.at_least <= nx.diameter(grid)


def test_a_mean_over_a_sample_of_starting_points_says_how_far_off_it_may_be() -> None:
    graph = nx.barabasi_albert_graph(400, 3, seed=5)
    neighbours, everybody = undirected(graph).neighbours, np.arange(400)
    exact, sampled = mean_distance(neighbours, everybody), mean_distance(neighbours, everybody, budget=1)
    assert exact.value == pytest.approx(nx.average_shortest_path_length(graph))
    assert exact.standard_error == 0.0 < sampled.standard_error < 0.1
    assert abs(sampled.value - exact.value) < 4 * sampled.standard_error
    # One starting point more than there are actors is enough to look at all of them.
    assert mean_distance(neighbours, everybody, budget=400 * (400 + neighbours.nnz)) == exact
    assert mean_distance(neighbours, everybody, budget=400 * (400 + neighbours.nnz) - 1).standard_error > 0


def test_the_karate_club_has_its_published_distances() -> None:
    shape = undirected(nx.karate_club_graph())
    assert shape.mean_distance == pytest.approx(2.4082, abs=1e-4)
    assert shape.mean_local_clustering == pytest.approx(0.5706385, abs=1e-7)


def test_triangles_are_counted_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.barabasi_albert_graph(300, 8, seed=3)
    monkeypatch.setattr("graph.evolution.measures.clustering._BLOCK", 50)
    assert triangles_at(undirected(graph).neighbours).tolist() == [nx.triangles(graph)[actor] for actor in range(300)]


def test_every_measure_has_its_definition_and_every_definition_its_measure() -> None:
    shape = structure_of([(0, 1)], TieDirection.DIRECTED)
    assert all(hasattr(shape, name) for name in STRUCTURE_DEFINITIONS)
    assert all(each.name and each.words and each.unit and each.source for each in STRUCTURE_DEFINITIONS.values())


@pytest.mark.parametrize("text", ["tis", "", " , "])
def test_a_measure_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="use all, or some of ties, diameter"):
        measures_named(text, ("ties", "diameter"))


def test_measures_come_in_the_order_asked_for_and_once() -> None:
    assert measures_named("diameter,ties,ties", ("ties", "density", "diameter")) == ("diameter", "ties")
    assert measures_named("all", ("ties", "diameter")) == ("ties", "diameter")
