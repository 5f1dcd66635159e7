"""What becomes of everybody when one plan takes the place of another."""

from hypothesis import given
from hypothesis import strategies as st

from graph.services.planning.compare import compare_plans
from graph.services.planning.plan import Placement, PlanReport, Worth

WORTH = Worth(
    total=0,
    openings=0,
    served=0,
    seats=0,
    filled=0,
    worst=None,
    tenth=None,
    asked=None,
    gini=None,
    blocking=0,
    busiest=None,
)
PAIRS = st.frozensets(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")))


def placement(expert: str, opening: str) -> Placement:
    return Placement(expert, expert.upper(), opening, opening.upper(), "p", "P", 100, locked=False, marginal=100)


def plan(pairs: frozenset[tuple[str, str]] | set[tuple[str, str]]) -> PlanReport:
    placements = tuple(placement(*pair) for pair in sorted(pairs))
    return PlanReport(objective="best", worth=WORTH, placements=placements, empty=(), regions=())


def pairs(placements: tuple[Placement, ...]) -> set[tuple[str, str]]:
    return {(found.expert, found.opening) for found in placements}


def test_who_stays_who_moves_who_is_new_and_who_drops_out() -> None:
    found = compare_plans(plan({("a", "w"), ("b", "x"), ("c", "y")}), plan({("a", "w"), ("b", "z"), ("d", "x")}))
    assert pairs(found.kept) == {("a", "w")}
    assert [(one.origin.opening, one.destination.opening) for one in found.moved] == [("x", "z")]
    assert pairs(found.new) == {("d", "x")}
    assert pairs(found.dropped) == {("c", "y")}


def test_somebody_who_loses_one_of_two_openings_and_gains_none_drops_out_of_that_one() -> None:
    found = compare_plans(plan({("a", "w"), ("a", "x")}), plan({("a", "x")}))
    assert (pairs(found.kept), found.moved, found.new) == ({("a", "x")}, (), ())
    assert pairs(found.dropped) == {("a", "w")}


@given(PAIRS)
def test_a_plan_does_not_differ_from_itself(made: frozenset[tuple[str, str]]) -> None:
    found = compare_plans(plan(made), plan(made))
    assert not found.differs
    assert pairs(found.kept) == made


@given(PAIRS, PAIRS)
def test_every_pair_of_both_plans_is_told_once(
    one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]
) -> None:
    found = compare_plans(plan(one), plan(other))
    before = [*found.kept, *found.dropped, *(move.origin for move in found.moved)]
    after = [*found.kept, *found.new, *(move.destination for move in found.moved)]
    assert sorted((p.expert, p.opening) for p in before) == sorted(one)
    assert sorted((p.expert, p.opening) for p in after) == sorted(other)
    assert not {p.expert for p in found.new} & {p.expert for p in found.dropped}


@given(PAIRS, PAIRS)
def test_the_other_way_round_who_was_new_drops_out(
    one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]
) -> None:
    there, back = compare_plans(plan(one), plan(other)), compare_plans(plan(other), plan(one))
    assert (there.new, there.dropped) == (back.dropped, back.new)
    assert len(there.moved) == len(back.moved)
