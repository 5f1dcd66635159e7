"""Who is left out of a plan and what was missing, worked out by hand, on both engines."""

from datetime import UTC, datetime
from typing import Any

from graph.connection import Graph
from graph.domain.people import Cefr, Speaks
from graph.matching.plans import Objective
from graph.matching.shortfalls import Reason
from graph.services.benches import lay_out
from graph.services.left_out import Leftovers, left_over
from graph.services.plan_openings import make_draft
from tests.conftest import OFFICER
from tests.services.bench_world import able, bench_world, wanted


def left(graph: Graph, objective: Objective = Objective.BEST, **given: Any) -> Leftovers:
    return left_over(make_draft(lay_out(graph, OFFICER, wanted(**given), datetime.now(UTC).date()), objective))


def test_the_left_out_stand_by_the_opening_they_are_nearest_to(graph: Graph) -> None:
    found = left(bench_world(graph))

    (zoe,) = found.people
    assert (zoe.expert, zoe.opening, zoe.points, zoe.lost, zoe.needed) == ("zoe", "togo-mentor", 7_500, 2_000, 2_001)
    assert [rival.expert for rival in zoe.rivals] == ["yves"]
    assert (found.openings, found.nowhere) == ((), {})


def test_whoever_locks_leave_no_seat_is_told_too(graph: Graph) -> None:
    bench_world(graph)
    locks = (("xena", "accra-mentor"), ("zoe", "togo-mentor"))

    found = left(graph, locks=locks)

    (yves,) = found.locked_out
    assert (yves.expert, [holder.expert for holder in yves.holders]) == ("yves", ["zoe"])
    assert (found.people, found.nowhere) == ((), {})


def test_an_empty_seat_says_which_rule_would_fill_it(graph: Graph) -> None:
    english = (Speaks(target="en", level=Cefr.C2),)
    bench_world(graph, able("wole", 4, languages=english), able("weak", 1))

    found = left(graph, openings=("togo-mentor",), people=("wole", "weak"))

    (togo,) = found.openings
    # The others on the roster could sit there; they are not invited, so nobody is on the market.
    assert (togo.opening, togo.reason, togo.nearest) == ("togo-mentor", Reason.NOBODY, ())
    assert (togo.rule, togo.removes) == ("capability", 1)
    assert found.nowhere == {"capability": 1, "language": 1}


def test_other_objectives_have_no_prices_and_tell_only_the_rules(fresh: Graph) -> None:
    found = left(bench_world(fresh), Objective.HOST_STABLE)

    assert (found.people, found.openings, found.nowhere) == ((), (), {})


def test_openings_that_cannot_all_be_served_stand_with_the_few_who_could(fresh: Graph) -> None:
    found = left(bench_world(fresh), people=("xena",)).shortage

    assert found
    assert (found.openings, found.experts, found.hands) == (("accra-mentor", "togo-mentor"), ("xena",), 1)


def test_a_gap_nobody_covers_stands_by_its_capability(fresh: Graph) -> None:
    bench_world(fresh, able("weak", 1.5))

    (gap,) = left(fresh, people=("weak",)).gaps

    # Accra has level 2 already, Togo level 1, above which even Weak stands.
    assert (gap.capability, gap.openings) == ("area-forensics", ("accra-mentor",))
    assert left(fresh).gaps == ()
