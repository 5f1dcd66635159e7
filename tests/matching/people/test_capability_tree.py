"""What narrow skills say of broader capabilities: by hand, and never more than their share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.matching.people.capability_tree import read_tree

NAN = float("nan")
# 0 and 3 are areas; 1 lies in 0, 2 in both, 4 in 3; 5 is a skill of 1.
STEPS = [(1, 0), (2, 0), (2, 3), (4, 3), (5, 1)]


def table(**levels: float) -> np.ndarray:
    stated = np.full((1, 6), NAN, np.float32)
    for name, level in levels.items():
        stated[0, int(name[1:])] = level
    return stated


@pytest.mark.parametrize(
    ("levels", "capability", "known", "possible"),
    [
        ({"c0": 3.0}, 0, 3.0, 3.0),
        ({"c1": 3.0}, 0, 2.0, 3.0),  # two thirds of the area, for the other third belongs half to another one
        ({"c2": 3.0}, 0, 1.0, 3.0),
        ({"c1": 3.0, "c2": 3.0}, 0, 3.0, 3.0),
        ({"c5": 3.0}, 0, 2.0, 3.0),
        ({"c0": 0.5, "c2": 1.0}, 0, 0.5, 0.5),
        ({"c0": 0.5, "c1": 3.0}, 0, 2.0, 2.0),
        ({"c1": 1.0, "c5": 4.0}, 1, 4.0, 4.0),
        ({"c2": 4.0}, 3, 4 / 3, 4.0),
        ({"c4": 4.0}, 0, NAN, NAN),
    ],
)
def test_a_stated_level_holds_and_narrower_ones_speak_for_their_share(
    levels: dict[str, float], capability: int, known: float, possible: float
) -> None:
    tree, stated = read_tree(STEPS), table(**levels)
    assert tree.known(stated)[0, capability] == pytest.approx(known, nan_ok=True)
    assert tree.possible(stated)[0, capability] == pytest.approx(possible, nan_ok=True)


def test_shares_add_up_to_one_whatever_the_tree() -> None:
    assert [round(float(branch.share.sum()), 6) for branch in read_tree(STEPS).branches] == [1.0, 1.0, 1.0]


def test_a_circle_is_cut_open_and_everything_else_still_counts() -> None:
    tree = read_tree([(0, 1), (1, 2), (2, 0), (3, 1)])
    found = tree.known(np.array([[NAN, NAN, NAN, 4.0]], np.float32))
    assert found[0, 1] > 0
    assert found[0, 2] > 0
    assert read_tree([(0, 0)]).branches == ()


steps = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12)
people = st.lists(st.one_of(st.just(NAN), st.sampled_from([0.0, 0.5, 2.0, 4.0])), min_size=6, max_size=6)


@given(steps, people, st.integers(0, 5), st.sampled_from([0.5, 2.0, 4.0]))
def test_one_more_skill_lifts_what_is_above_by_its_share_at_most_and_lowers_nothing(
    tree_steps: list[tuple[int, int]], person: list[float], skill: int, level: float
) -> None:
    tree, before = read_tree(tree_steps), np.array([person], np.float32)
    after = before.copy()
    after[0, skill] = np.fmax(before[0, skill], level)
    known = [np.nan_to_num(tree.known(stated)[0]) for stated in (before, after)]
    lift = np.zeros(6, np.float32)
    lift[skill] = np.nan_to_num(known[1])[skill] - known[0][skill]
    for branch in tree.branches:
        shares = dict(zip(branch.narrower.tolist(), branch.share.tolist(), strict=True))
        if branch.broader != skill:
            lift[branch.broader] = sum(share * lift[below] for below, share in shares.items())

    assert (known[0] <= known[1]).all()
    assert (known[1] <= known[0] + lift + 1e-5).all()


@given(steps, people)
def test_what_is_known_is_at_least_what_is_stated_and_the_whole_tree_is_the_same_in_any_order(
    tree_steps: list[tuple[int, int]], person: list[float]
) -> None:
    stated = np.array([person], np.float32)
    known, possible = read_tree(tree_steps).known(stated), read_tree(tree_steps).possible(stated)
    assert (np.nan_to_num(possible) >= np.nan_to_num(known)).all()
    assert (np.nan_to_num(known) >= np.nan_to_num(stated)).all()
    assert np.array_equal(known, read_tree(reversed(tree_steps)).known(stated), equal_nan=True)
