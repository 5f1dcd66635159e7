"""The counting of `make mutants`: which mutants are asked for, and the share that the tests noticed."""

import pytest

from tools.mutants import chosen, report

NAMES = [f"graph.matching.{room}.x_f__mutmut_{number}" for room in ("people", "people_too") for number in range(20)]


@pytest.mark.parametrize("only", ["graph/matching/people", "graph/matching/people/", "graph/matching/people.py"])
def test_a_folder_and_a_module_name_their_own_mutants_and_no_others(only: str) -> None:
    found = chosen(NAMES, only, 0, 1)
    assert len(found) == 20
    assert {name.split(".")[2] for name in found} == {"people"}


def test_a_sample_is_the_same_for_the_same_seed_whatever_the_order_of_names() -> None:
    found = chosen(NAMES, "graph", 5, 1)
    assert len(set(found)) == 5
    assert chosen(NAMES[::-1], "graph", 5, 1) == found
    assert chosen(NAMES, "graph", 5, 2) != found


def test_a_sample_larger_than_all_is_all() -> None:
    assert chosen(NAMES, "graph", 1_000, 1) == sorted(NAMES)


def test_a_change_that_stops_the_tests_is_noticed_and_one_no_test_reaches_is_not() -> None:
    told = report({"m.a": "killed", "m.b": "timeout", "m.c": "segfault", "m.d": "no tests", "m.e": "survived"})
    assert told.splitlines()[:2] == ["no tests: m.d", "survived: m.e"]
    assert told.splitlines()[-1] == "3 of 5 mutants noticed: 60.0 %"
