"""Why, and why not: every number is checked against the plan that was made again, on both engines."""

from typing import Any

import pytest

from graph.connection import Graph
from graph.domain.marks import Purpose
from graph.domain.people import Cefr, Speaks
from graph.errors import NotFound
from graph.matching.solvers.plans import Objective
from graph.services.accounts.wishes import note_wishes
from graph.services.planning.explain import PairVerdict, Why, explain, including
from graph.services.planning.plan import solve_workspace
from graph.services.planning.workspace import Names, PlanRequest, load_workspace
from tests.conftest import OFFICER, today
from tests.services.agreement_world import OFFICER as PLANNER
from tests.services.bench_world import able, asking, bench_world, ready, wanted


def why(graph: Graph, expert: str, opening: str = "togo-mentor", bench: PlanRequest | None = None) -> Why:
    return why_by(Objective.BEST, graph, bench or wanted(), (expert, opening))


def why_by(objective: Objective, graph: Graph, request: PlanRequest, names: Names) -> Why:
    workspace = load_workspace(graph, OFFICER, including(request, names[1]), today())
    return explain(solve_workspace(workspace, objective), names)


def test_whoever_is_in_has_the_two_runners_up_with_what_each_would_cost(graph: Graph) -> None:
    found = why(bench_world(graph), "yves")

    assert (found.verdict, found.points) == (PairVerdict.PLACED, 9_500)
    # With Zoe in the seat 2,000 are lost; with Xena there, Yves goes to Accra: 10,000 + 4,500.
    assert [(other.expert, other.lost) for other in found.runners_up] == [("zoe", 2_000), ("xena", 5_000)]


def test_whoever_is_out_learns_how_far_off_who_is_in_the_way_and_what_would_change_it(graph: Graph) -> None:
    found = why(bench_world(graph), "zoe")

    assert (found.verdict, found.points) == (PairVerdict.LEFT_OUT, 7_500)
    assert (found.lost, found.needed, found.fewer) == (2_000, 2_001, 0)
    assert [other.expert for other in found.rivals] == ["yves"]
    assert [(turn.expert, turn.origin, turn.destination) for turn in found.turns] == [
        ("zoe", "", "togo-mentor"),
        ("yves", "togo-mentor", ""),
    ]
    assert found.changes == ("holds Digital forensics at level 3 (now 2.5)",)
    assert found.seat


def test_the_smallest_change_holds_once_it_is_made(graph: Graph) -> None:
    bench_world(graph, able("zoe", 3))

    assert why(graph, "zoe").verdict is PairVerdict.PLACED


def test_whoever_is_ruled_out_learns_the_rule_and_the_least_that_would_do(graph: Graph) -> None:
    bench_world(graph, *ready(able("wole", 3, languages=(Speaks(target="en", level=Cefr.C2),))))

    found = why(graph, "wole")

    assert (found.verdict, found.points) == (PairVerdict.RULED_OUT, None)
    assert [(rule.rule, rule.firm) for rule in found.rules] == [("language", False)]
    assert found.changes == ("speaks French at B2 (not stated now)",)


def test_where_the_rule_alone_is_not_enough_the_next_step_is_named_too(graph: Graph) -> None:
    bench_world(graph, *ready(able("weak", 1, languages=(Speaks(target="fr", level=Cefr.A1),))))

    found = why(graph, "weak")

    assert [rule.rule for rule in found.rules] == ["language"]
    assert found.changes == ("speaks French at B2 (now A1)", "holds Digital forensics at level 3 (now 1)")


def test_whoever_states_no_time_would_have_to_state_some(fresh: Graph) -> None:
    bench_world(fresh, able("busy", 4))

    found = why(fresh, "busy", bench=wanted(openings=("togo-mentor",), people=("busy", "yves")))

    assert [rule.rule for rule in found.rules] == ["presence"]
    assert found.changes == ("is free full time from 2027-02-01 to 2027-06-30, hybrid",)


def test_a_language_needed_better_still_is_named_once(fresh: Graph) -> None:
    bench_world(fresh, *ready(able("wole", 3, languages=(Speaks(target="fr", level=Cefr.A1),))))

    found = why(fresh, "wole", bench=wanted(weights={"gap": 1, "language": 1}))

    assert [change.count("French") for change in found.changes] == [1]


def test_whoever_accepts_nobody_would_have_to_accept_one(fresh: Graph) -> None:
    bench_world(fresh, *ready(able("none", 4, capacity=0)))

    found = why(fresh, "none", bench=wanted(openings=("togo-mentor",), people=("none", "yves")))

    assert [rule.rule for rule in found.rules] == ["capacity"]
    assert found.changes == ("accepts 1 engagement at once (none now)",)


def test_consent_is_a_decision_and_no_change_is_asked_for(graph: Graph) -> None:
    bench_world(graph, *ready(able("quiet", 4, consents=frozenset({Purpose.DIRECTORY}))))

    found = why(graph, "quiet")

    assert [(rule.rule, rule.firm) for rule in found.rules] == [("consent", True)]
    assert found.changes == ()


def test_a_lock_says_what_it_costs(graph: Graph) -> None:
    found = why(bench_world(graph), "zoe", bench=wanted(locks=(("zoe", "togo-mentor"),)))

    assert (found.verdict, found.lost) == (PairVerdict.LOCKED, 2_000)


def test_whom_locks_leave_no_seat_or_no_hand_is_told_which(fresh: Graph) -> None:
    bench_world(fresh)
    locks = (("xena", "togo-mentor"),)

    yves, xena = why(fresh, "yves", bench=wanted(locks=locks)), why(fresh, "xena", "accra-mentor", wanted(locks=locks))

    assert yves.verdict == PairVerdict.SEATS_LOCKED
    assert [rival.expert for rival in yves.rivals] == ["xena"]
    assert yves.seat
    assert (xena.verdict, xena.points) == (PairVerdict.CAPACITY_LOCKED, 10_000)


@pytest.mark.parametrize(
    "decided",
    [
        {"locks": (("xena", "togo-mentor"),)},
        {"exclusions": (("weak", "togo-mentor"),)},
        {"people": ("xena", "yves")},
    ],
)
def test_no_change_of_theirs_is_asked_of_whom_the_planner_keeps_out(fresh: Graph, decided: dict[str, Any]) -> None:
    asking(fresh, *ready(able("weak", 1)))

    found = why(fresh, "weak", bench=wanted(**decided))

    assert (found.verdict, found.changes) == (PairVerdict.RULED_OUT, ())


def test_the_excluded_and_the_uninvited_are_told_apart(graph: Graph) -> None:
    bench_world(graph)

    excluded = why(graph, "zoe", bench=wanted(exclusions=(("zoe", "togo-mentor"),)))
    uninvited = why(graph, "zoe", bench=wanted(people=("xena", "yves")))

    assert (excluded.verdict, uninvited.verdict) == (PairVerdict.EXCLUDED, PairVerdict.UNINVITED)


@pytest.mark.parametrize("objective", [Objective.FAIR, Objective.HOST_STABLE, Objective.EXPERT_STABLE])
def test_other_objectives_are_asked_by_forcing_the_pair(fresh: Graph, objective: Objective) -> None:
    bench_world(fresh)
    note_wishes(fresh, PLANNER, "xena", ["togo-mentor"])

    found = why_by(objective, fresh, wanted(), ("zoe", "togo-mentor"))

    assert found.verdict is PairVerdict.LEFT_OUT
    assert found.lost is not None
    assert found.needed is None
    assert ("zoe", "togo-mentor") in {(turn.expert, turn.destination) for turn in found.turns}


def test_whom_the_viewer_may_not_see_is_not_there(graph: Graph) -> None:
    bench_world(graph)

    with pytest.raises(NotFound):
        why(graph, "cleo")
