"""The network window by window, from four distances, as far as the viewer may see it."""

from collections.abc import Iterator

import numpy as np
import pytest

from graph.connection import Graph
from graph.domain.labels import Label
from graph.domain.marks import EVERYTHING, Audience, Purpose, Role
from graph.domain.records import Record
from graph.errors import InvalidValue
from graph.services.imports.ingest import ingest
from graph.services.network.evolution import (
    Evolution,
    EvolutionQuery,
    span,
    trace_evolution,
)
from graph.services.transfers.actors import Actor, Level
from graph.services.transfers.transfers import Left
from tests.conftest import MEMBER, OFFICER
from tests.factories import TODAY, a_small_world, country, day, expert, institution, mentorship, region, secondment


def traced(graph: Graph, level: Level, audience: Audience = OFFICER) -> Evolution:
    return trace_evolution(graph, audience, EvolutionQuery(level, 2019, 2023, today=TODAY))


def ties(evolution: Evolution) -> list[int]:
    return [window.ties for window in evolution.windows]


def contacts(evolution: Evolution) -> list[int]:
    return [window.contacts for window in evolution.windows]


def world_with_an_amber_academy() -> Iterator[Record]:
    for record in a_small_world():
        yield institution(id="academy", name="Academy", tlp="AMBER") if record.id == "academy" else record


def test_one_row_of_measures_a_year(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())

    evolution = traced(graph, Level.INSTITUTION)

    assert [str(window.window) for window in evolution.windows] == ["2019", "2020", "2021", "2022", "2023"]
    # Ben is back from his studies in 2020; the course of 2021 and the project of 2023 have no known end and so go on.
    assert ties(evolution) == [0, 2, 2, 2, 3]
    last = evolution.windows[-1]
    assert (last.actors, last.contacts, last.components, last.giant_share) == (3, 2, 1, 1.0)
    assert (last.density, last.reciprocity) == (pytest.approx(3 / 6), pytest.approx(2 / 3))


def test_institutions_have_their_names_and_regions(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())

    assert traced(graph, Level.INSTITUTION).actors == (
        Actor("academy", "Academy", "Western Africa"),
        Actor("cert-gh", "Équipe Ghana", "Western Africa"),
        Actor("cert-tg", "Computer Team of Togo", "Western Africa"),
    )


def test_brokers_have_the_names_of_actors(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())

    evolution = traced(graph, Level.INSTITUTION)

    assert [actor.name for actor in evolution.who(evolution.windows[-1].brokers)] == ["Computer Team of Togo"]


def test_institutions_of_one_country_are_one_actor_among_countries(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())

    evolution = traced(graph, Level.COUNTRY)

    assert evolution.actors == (Actor("gh", "Ghana", "Western Africa"), Actor("tg", "Togo", "Western Africa"))
    assert ties(evolution) == [0, 1, 1, 1, 2]
    assert [window.contacts for window in evolution.windows] == [0, 2, 2, 2, 2]


def test_ties_within_a_region_are_counted_as_internal(graph: Graph) -> None:
    east = [
        region(id="m49-014", name="Eastern Africa", code="014", parent="m49-002"),
        country(id="ke", name="Kenya", code="KE", region="m49-014"),
        institution(id="cert-ke", country="ke"),
        secondment(id="east", expert="ama", home="cert-gh", host="cert-ke", start=day("2023"), end=day("2023")),
    ]
    ingest(graph, "tests", [*a_small_world(), *east])

    evolution = traced(graph, Level.REGION)

    assert [actor.name for actor in evolution.actors] == ["Western Africa", "Eastern Africa"]
    assert [(window.ties, window.self_ties) for window in evolution.windows] == [(0, 0), (0, 2), (0, 2), (0, 2), (1, 2)]


def test_institutions_hidden_from_the_viewer_fall_away_and_are_counted(graph: Graph) -> None:
    ingest(graph, "tests", world_with_an_amber_academy())

    theirs, ours = traced(graph, Level.INSTITUTION, MEMBER), traced(graph, Level.INSTITUTION, OFFICER)

    assert [actor.id for actor in theirs.actors] == ["cert-gh", "cert-tg"]
    assert theirs.left_out == {Left.NO_PLACE: 2}
    assert "academy" in [actor.id for actor in ours.actors]
    assert ours.left_out == {}


def test_a_hidden_institution_does_not_show_through_its_country(graph: Graph) -> None:
    ingest(graph, "tests", world_with_an_amber_academy())

    assert ties(traced(graph, Level.INSTITUTION, OFFICER))[1] == 2
    assert contacts(traced(graph, Level.COUNTRY, MEMBER)) == [0, 1, 1, 1, 1]
    assert contacts(traced(graph, Level.COUNTRY, OFFICER)) == [0, 2, 2, 2, 2]


def test_an_institution_without_a_country_has_no_place_among_countries(graph: Graph) -> None:
    away = secondment(id="away", expert="ama", home="cert-gh", host="adrift", start=day("2023"), end=day("2023"))
    ingest(graph, "tests", [*a_small_world(), institution(id="adrift", country=""), away])

    adrift = next(actor for actor in traced(graph, Level.INSTITUTION).actors if actor.id == "adrift")
    assert adrift.group == "Region not known"
    assert traced(graph, Level.COUNTRY).left_out == {Left.NO_PLACE: 1}
    assert traced(graph, Level.REGION).left_out == {Left.NO_PLACE: 1}


def shy_mentor() -> list[Record]:
    """Cleo agreed to research and nothing else, and mentors ama."""
    shy = expert(id="cleo", name="Cleo Silent", consents=frozenset({Purpose.RESEARCH}))
    others = [record for record in a_small_world() if record.id != "cleo"]
    return [*others, shy, mentorship(id="cleo-ama", mentor="cleo", mentee="ama")]


def test_people_are_named_to_those_who_may_see_them(graph: Graph) -> None:
    ingest(graph, "tests", shy_mentor())

    for audience in (EVERYTHING, Audience(Role.MEMBER, expert_id="cleo")):
        names = [(actor.name, actor.named) for actor in traced(graph, Level.PERSON, audience).actors]
        assert names == [("Ama Owusu", True), ("Ben Adjovi", True), ("Cleo Silent", True)]


def test_a_name_is_withheld_from_everybody_else_and_the_tie_still_counts(graph: Graph) -> None:
    ingest(graph, "tests", shy_mentor())

    evolution = traced(graph, Level.PERSON, MEMBER)

    assert evolution.actors[2] == Actor("withheld-3", "Person 3, name withheld", "Western Africa", named=False)
    assert ties(evolution) == [0, 2, 2, 0, 0]
    assert [actor.name for actor in evolution.who(evolution.windows[1].givers)] == [
        "Ama Owusu",
        "Person 3, name withheld",
    ]
    assert [actor.name for actor in evolution.who(evolution.windows[1].brokers)] == ["Ama Owusu"]


def test_a_withheld_name_does_not_hide_in_what_is_handed_on(graph: Graph) -> None:
    ingest(graph, "tests", shy_mentor())

    evolution = traced(graph, Level.PERSON, MEMBER)

    ranked = [found.actor for window in evolution.windows for found in (*window.givers, *window.brokers)]
    ends = [end for transfer in evolution.transfers for end in (transfer.source, transfer.target)]
    assert "cleo" not in {*evolution.log.actors, *ranked, *ends}


def test_every_tie_leads_back_to_its_transfer(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())

    evolution = traced(graph, Level.INSTITUTION)

    log, actors = evolution.log, evolution.log.actors
    for row in range(len(log)):
        transfer = evolution.transfers[log.origin[row]]
        assert (actors[log.source[row]], actors[log.target[row]]) == (transfer.source, transfer.target)
        assert (log.start[row], log.end[row], log.mutual[row]) == (transfer.start, transfer.end, transfer.mutual)
        assert transfer.mutual == (transfer.kind is Label.JOINT_PROJECT)


def test_every_actor_has_one_place_for_all_years(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())

    narrow = trace_evolution(graph, OFFICER, EvolutionQuery(Level.INSTITUTION, 2020, 2020, today=TODAY)).places()
    assert narrow.tolist() == traced(graph, Level.INSTITUTION).places().tolist()
    assert len(narrow) == 3
    assert all(0.0 <= coordinate <= 1.0 for coordinate in np.ravel(narrow))


def test_an_empty_graph_has_years_of_zeros(graph: Graph) -> None:
    for level in Level:
        evolution = traced(graph, level)
        assert (evolution.actors, len(evolution.places()), ties(evolution)) == ((), 0, [0] * 5)


def test_the_span_runs_from_the_first_beginning_to_the_last(graph: Graph) -> None:
    assert span(graph, OFFICER) is None

    ingest(graph, "tests", a_small_world())

    assert span(graph, OFFICER) == (2019, 2023)


def test_months_and_quarters_can_be_asked_for() -> None:
    assert len(EvolutionQuery(Level.PERSON, 2019, 2020, "quarter", today=TODAY).windows()) == 8
    assert len(EvolutionQuery(Level.PERSON, 2019, 2020, "month", today=TODAY).windows()) == 24


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (EvolutionQuery(Level.PERSON, 2019, 2020, "decade", today=TODAY), "step"),
        (EvolutionQuery(Level.PERSON, 1990, 2030, "month", today=TODAY), "step"),
        (EvolutionQuery(Level.PERSON, 2020, 2019, today=TODAY), "to"),
        (EvolutionQuery(Level.PERSON, 1, 2019, today=TODAY), "to"),
        (EvolutionQuery(Level.PERSON, 2019, 9999, today=TODAY), "to"),
    ],
)
def test_windows_that_make_no_sense_are_refused_by_name(asked: EvolutionQuery, field: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        asked.windows()
    assert refusal.value.field == field
