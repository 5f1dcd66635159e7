"""Lists of candidates on a few pairs, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from graph.errors import InvalidValue
from graph.matching.large_scale.candidates import Limits, candidate_arcs
from graph.matching.large_scale.certificates import best_of_candidates
from graph.matching.problem.assignment_problem import ProblemColumns, ReducedProblem, build_problem
from graph.matching.solvers.assignment import best_total
from tests.matching.markets import crowded

NARROW = Limits(per_opening=1, per_person=1)
PEOPLE, OPENINGS = np.divmod(np.arange(16), 4)
GAINS = 20 - 4 * PEOPLE - OPENINGS


def block(size: int, gains: np.ndarray = GAINS) -> ReducedProblem:
    """Four people and four openings with all their pairs, and as many others without any as there is room for."""
    return build_problem(
        ProblemColumns(
            people=[f"p{row:02}" for row in range(size)],
            openings=[f"o{row:02}" for row in range(size)],
            person=PEOPLE,
            opening=OPENINGS,
            points=gains,
        )
    ).choice()


@pytest.mark.parametrize("size", [4, 8, 20])
def test_the_best_two_of_each_person_and_of_each_opening_are_kept(size: int) -> None:
    # Everybody is best for the first two openings, and the first two people are best for every opening.
    kept = [row for row in range(16) if PEOPLE[row] < 2 or OPENINGS[row] < 2]
    choice = block(size)
    assert candidate_arcs(choice, choice.points, NARROW).tolist() == kept
    three = [row for row in range(16) if PEOPLE[row] < 2 or OPENINGS[row] < 3]
    assert candidate_arcs(choice, choice.points, Limits(per_opening=2, per_person=3)).tolist() == three
    other = [row for row in range(16) if PEOPLE[row] < 3 or OPENINGS[row] < 2]
    assert candidate_arcs(choice, choice.points, Limits(per_opening=3, per_person=2)).tolist() == other


@pytest.mark.parametrize("size", [4, 20])
def test_twice_as_many_are_kept_as_somebody_may_take_or_an_opening_may_have(size: int) -> None:
    choice = block(size)
    loads, seats = choice.loads.copy(), choice.seats.copy()
    loads[3], seats[3] = 2, 2
    assert len(candidate_arcs(replace(choice, loads=loads), choice.points, NARROW)) == 16
    assert len(candidate_arcs(replace(choice, seats=seats), choice.points, NARROW)) == 16


@pytest.mark.parametrize("size", [4, 20])
def test_a_pair_that_gains_nothing_is_no_candidate(size: int) -> None:
    choice = block(size, np.where(OPENINGS == 0, 0, np.where(OPENINGS == 1, 1, -1)))
    assert candidate_arcs(choice, choice.points, NARROW).tolist() == [1, 5, 9, 13]


@pytest.mark.parametrize("name", ["per_opening", "per_person"])
def test_a_list_of_none_is_refused(name: str) -> None:
    with pytest.raises(InvalidValue) as error:
        Limits(**{name: 0})
    assert (error.value.field, error.value.text) == (name, 0)
    assert error.value.why == "is not a length of a list; give 1 or more"
    assert (Limits().per_opening, Limits().per_person) == (16, 8)


@pytest.mark.parametrize("seed", range(6))
def test_few_candidates_make_the_plan_of_all(seed: int) -> None:
    choice = build_problem(crowded(seed)).choice()
    found = best_of_candidates(choice, NARROW)
    assert found.made.tolist() == best_total(choice).tolist()
    assert found.certificate is not None
    assert found.certificate.pairs == len(choice.arcs)
    assert found.certificate.candidates <= found.certificate.pairs


@pytest.mark.parametrize("size", [4, 20])
def test_what_the_first_lists_left_out_is_added_where_the_plan_needs_it(size: int) -> None:
    # Two of the four have to go to the last two openings, which stand on nobody's list but that of the first two.
    crowd = np.where((PEOPLE < 2) & (OPENINGS < 2), 20, np.where((PEOPLE < 2) | (OPENINGS < 2), 10, 9))
    choice = block(size, crowd)
    found = best_of_candidates(choice, NARROW)
    assert choice.points[found.made].sum() == 20 + 20 + 9 + 9
    assert found.certificate is not None
    assert (found.certificate.pairs, found.certificate.rounds) == (16, 2)
    assert found.certificate.added == found.certificate.candidates - 12
    assert 0 < found.certificate.added <= 4
