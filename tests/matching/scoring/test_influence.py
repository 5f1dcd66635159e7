"""What each criterion moved, by hand and by ranking anew without it."""

from hypothesis import given

from graph.matching.people.needs import Needed, OpeningNeed
from graph.matching.scoring.influence import PLACES, Influence, influences
from graph.matching.scoring.kinds import BRINGS
from graph.matching.scoring.ranking import rank, score
from tests.matching.cases import Person, crowds, opening, openings, roster_of, weightings


def found(people: tuple[Person, ...], need: OpeningNeed, weights: dict[str, int]) -> dict[str, Influence]:
    roster = roster_of(*people)
    scored = score(roster, need, weights, frozenset({"capacity", "presence", "capability", "language"}))
    return {one.criterion: one for one in influences(need, scored, roster.id_rank[scored.people], weights)}


def test_what_decides_the_order_moves_the_places_and_what_is_the_same_for_all_moves_none() -> None:
    need = opening(needed=(Needed(0, 4),))
    able, free = Person("b", levels={0: 4.0}, capacity=2, load=1), Person("a", levels={0: 1.0})
    moved = found((able, free), need, {"asked": 9, "load": 1, "language": 5})
    assert moved["asked"] == Influence("asked", 2, 2, flat=False)
    assert moved["load"] == Influence("load", 0, 2, flat=False)
    assert moved["language"] == Influence("language", 0, 2, flat=True)
    assert set(moved) == {"asked", "load", "language"}


def test_one_criterion_alone_decides_every_place() -> None:
    need = opening(needed=(Needed(0, 4),))
    people = (Person("b", levels={0: 4.0}), Person("a", levels={0: 1.0}))
    assert found(people, need, {"asked": 3})["asked"].moved == 2


def test_where_nobody_is_eligible_nothing_is_said() -> None:
    assert found((Person("a", consents=False),), opening(), {"asked": 1}) == {}


@given(crowds, openings(), weightings)
def test_the_places_that_move_are_those_of_a_ranking_without_the_criterion(
    people: tuple[Person, ...], need: OpeningNeed, weights: dict[str, int]
) -> None:
    roster = roster_of(*people)
    scored = score(roster, need, weights)
    before = [each.person for each in rank(roster, need, weights, PLACES).candidates]
    moved = influences(need, scored, roster.id_rank[scored.people], weights)
    assert [one.criterion for one in moved] == [name for name in BRINGS.names if before and weights.get(name)]
    for one in moved:
        without = {**weights, one.criterion: 0}
        if any(without.values()) and not one.flat:  # rounding may part two that a flat criterion had tied
            after = [each.person for each in rank(roster, need, without, PLACES).candidates]
            assert one.moved == sum(a != b for a, b in zip(before, after, strict=True))
        assert one.first == len(before)
