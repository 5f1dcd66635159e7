"""The lineage of a secondment, on both engines."""

from datetime import date

import pytest

from graph.connection import Graph
from graph.domain.engagements import SecondmentDirection
from graph.services.imports.ingest import ingest
from graph.services.network.lineage import Lineage, LineageQuery, trace_lineage
from tests.conftest import OFFICER
from tests.factories import TODAY, a_small_world, day, expert, mentorship, secondment
from webapp.presenters.network.lineages import answer


def traced(graph: Graph, direction: SecondmentDirection, by: date = TODAY) -> Lineage:
    """Ben was mentored by Ama until 2021, was in Accra in 2022, and mentored Efua from 2023 on."""
    stay = {"expert": "ben", "home": "cert-tg", "host": "cert-gh", "start": day("2022-03"), "end": day("2022-09-30")}
    onward = mentorship(id="onward", mentor="ben", mentee="efua", start=day("2023"), end=day("2024"))
    efua = expert(id="efua", name="Efua Mensah")
    ingest(graph, "tests", [*a_small_world(), efua, secondment(id="stay", direction=direction, **stay), onward])
    return trace_lineage(graph, OFFICER, LineageQuery("stay", by, TODAY))


def who(found: Lineage) -> tuple[list[str], list[str], str]:
    """The ids of who learned, of whom it came from, and of the host where that learned."""
    learner = found.learner.id if found.learner else ""
    return [each.actor.id for each in found.members], [each.actor.id for each in found.origins], learner


def test_the_secondee_carries_a_lineage_and_the_host_learns(graph: Graph) -> None:
    found = traced(graph, SecondmentDirection.TEACHES)

    assert who(found) == ([], ["ben", "ama"], "cert-gh")
    assert found.origins[0].day == date(2022, 3, 1)
    assert answer(found).startswith("This secondment taught ")
    assert answer(found).endswith("; whom people there taught is not on record.")


def test_who_is_seconded_to_learn_is_taught_and_teaches_on(graph: Graph) -> None:
    found = traced(graph, SecondmentDirection.LEARNS)

    assert who(found) == (["ben", "efua"], [], "")
    assert [each.generation for each in found.members] == [1, 2]


def test_a_secondment_of_both_directions_has_both(graph: Graph) -> None:
    found = traced(graph, SecondmentDirection.BOTH)

    assert who(found) == (["ben", "efua"], ["ben", "ama"], "cert-gh")
    assert " and reached 2 people" in answer(found)


@pytest.mark.parametrize("direction", list(SecondmentDirection))
def test_before_its_end_a_secondment_has_taught_nobody(graph: Graph, direction: SecondmentDirection) -> None:
    found = traced(graph, direction, date(2022, 9, 29))

    assert found.unfinished
    assert found.members == ()
    assert found.learner is None
