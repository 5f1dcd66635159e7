"""A person declares a conflict of interest; it holds at once, and no import takes it away or brings it back."""

from dataclasses import replace
from datetime import date

import pytest

from graph.connection import Graph
from graph.domain.marks import Role
from graph.domain.people import Expert
from graph.errors import InvalidValue, NotAllowed, NotFound
from graph.services.accounts.conflicts import declare_conflict, take_conflict_back
from graph.services.imports.ingest import ingest
from graph.services.matching.match import MatchQuery, match_opening
from graph.store import conflicts
from tests import factories
from tests.conftest import OFFICER, today
from tests.services.bench_world import able, bench_world

TODAY = date(2026, 11, 24)
XENA = factories.account(id="account-xena", role=Role.MEMBER, expert="xena")


@pytest.fixture
def world(graph: Graph) -> Graph:
    return bench_world(graph)


def kept_away(graph: Graph) -> list[str]:
    return [row["institution"] for row in conflicts.of_person(graph, XENA.audience, "xena")]


def suggested(graph: Graph, opening: str) -> set[str]:
    return {found.expert for found in match_opening(graph, OFFICER, opening, MatchQuery(10, today())).suggestions}


def test_a_declared_conflict_rules_out_at_once_and_taken_back_it_does_not(world: Graph) -> None:
    assert "xena" in suggested(world, "togo-mentor")

    assert declare_conflict(world, XENA, "cert-tg", TODAY) == "Computer Team of Togo"
    (row,) = conflicts.of_person(world, XENA.audience, "xena")
    assert (row["name"], row["declared_on"]) == ("Computer Team of Togo", "2026-11-24")
    assert "xena" not in suggested(world, "togo-mentor")
    assert "xena" in suggested(world, "accra-mentor")
    ruled = {
        rule.rule: rule.people
        for rule in match_opening(world, OFFICER, "togo-mentor", MatchQuery(10, today())).ruled_out
    }
    assert ruled["conflict"] == 1

    take_conflict_back(world, XENA, "cert-tg")
    assert kept_away(world) == []
    assert "xena" in suggested(world, "togo-mentor")


def test_declaring_it_twice_is_declaring_it_once(world: Graph) -> None:
    for _ in range(2):
        declare_conflict(world, XENA, "computer  TEAM of togo", TODAY)
    assert kept_away(world) == ["cert-tg"]


def test_from_then_on_no_import_changes_it(world: Graph) -> None:
    def stated(**given: object) -> Expert:
        return replace(able("xena", 4), **given)

    ingest(world, "x", [stated(conflicts=("cert-gh",))])
    assert kept_away(world) == ["cert-gh"]
    declare_conflict(world, XENA, "cert-tg", TODAY)
    ingest(world, "x", [stated(headline="Of the north", conflicts=("cert-gh",))])
    assert kept_away(world) == ["cert-tg", "cert-gh"]
    take_conflict_back(world, XENA, "cert-gh")
    ingest(world, "x", [stated(headline="Of the south", conflicts=("cert-gh",))])
    assert kept_away(world) == ["cert-tg"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "the name of no institution"), ("Nowhere", "the name of no institution"), ("e", "may mean several")],
)
def test_a_name_that_means_no_institution_or_several_is_told(world: Graph, text: str, sentence: str) -> None:
    with pytest.raises(InvalidValue, match=sentence):
        declare_conflict(world, XENA, text, TODAY)
    assert kept_away(world) == []


def test_it_is_for_people_and_about_institutions_they_may_see(world: Graph) -> None:
    with pytest.raises(NotAllowed, match="belongs to no person"):
        declare_conflict(world, factories.account(role=Role.OFFICER), "cert-tg", TODAY)
    with pytest.raises(NotFound):
        take_conflict_back(world, XENA, "nowhere")
