"""What somebody hears of themselves and an opening, on both engines."""

import pytest

from graph.connection import Graph
from graph.domain.marks import Purpose, Role
from graph.domain.people import Cefr, Speaks
from graph.errors import NotFound
from graph.services.imports.ingest import ingest
from graph.services.planning.explain_fit import Fit, explain_fit
from graph.services.proposals.answer import answer_proposal
from tests import factories
from tests.services.agreement_world import HOST_NO, OFFICER, TODAY, opening_to_come, published
from tests.services.bench_world import able, asking, bench_world


def fit(graph: Graph, expert: str, opening: str = "togo-mentor") -> Fit | None:
    return explain_fit(graph, factories.account(role=Role.MEMBER, expert=expert), opening, TODAY)


def test_whoever_could_be_suggested_hears_what_is_not_known_of_them(graph: Graph) -> None:
    found = fit(bench_world(graph), "zoe")

    assert found
    assert (found.expert_name, found.rules, found.changes) == ("Zoe", (), ())
    assert found.unstated == ("record",)


def test_whoever_could_not_hears_every_rule_and_the_least_that_would_do(graph: Graph) -> None:
    asking(graph, able("weak", 1, languages=(Speaks(target="en", level=Cefr.C2),), capacity=0))

    found = fit(graph, "weak")

    assert found
    assert [rule.rule for rule in found.rules] == ["capacity", "presence", "capability", "language"]
    assert found.changes == (
        "accepts 1 engagement at once (none now)",
        "is free full time from 2027-02-01 to 2027-06-30, hybrid",
        "holds Digital forensics at level 2 (now 1)",
        "speaks French at B2 (not stated now)",
    )


def test_a_refusal_that_members_do_not_see_stands_against_them_all_the_same(graph: Graph) -> None:
    ingest(bench_world(graph), "x", [opening_to_come(id="stay")])
    answer_proposal(graph, OFFICER, published(graph, "zoe", "stay"), HOST_NO, TODAY)

    found = fit(graph, "zoe", "stay")

    assert found
    assert ([rule.rule for rule in found.rules], found.changes) == (["refused_before"], ())


def test_whom_planners_do_not_see_and_what_a_member_does_not_see_is_not_judged(graph: Graph) -> None:
    bench_world(graph, able("shy", 4, consents=frozenset({Purpose.RESEARCH})))
    ingest(graph, "x", [opening_to_come(id="secret", tlp="AMBER")])

    assert (fit(graph, "shy"), fit(graph, "")) == (None, None)
    with pytest.raises(NotFound):
        fit(graph, "zoe", "secret")


def test_an_administrator_is_judged_for_an_opening_that_other_planners_do_not_see(graph: Graph) -> None:
    ingest(bench_world(graph), "x", [opening_to_come(id="closed", tlp="RED")])

    found = explain_fit(graph, factories.account(role=Role.ADMIN, expert="zoe"), "closed", TODAY)

    assert found
    assert (found.expert_name, found.rules) == ("Zoe", ())
