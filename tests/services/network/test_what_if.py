"""What if somebody were not there, in the small world: the academy hosts the centre and taught Ben of cert-tg."""

from datetime import date

import pytest

from graph.connection import Graph
from graph.domain.engagements import AuthoredBy, Publication
from graph.domain.people import WorksAt
from graph.domain.topics import EVERY_TOPIC
from graph.errors import InvalidValue, NotFound
from graph.services.imports.ingest import ingest
from graph.services.network.what_if import RemovalQuery, WhatIf, what_if
from graph.services.transfers.actors import Level
from graph.services.transfers.log import read_log
from graph.statement import CATALOGUE, Statement
from tests.conftest import MEMBER, OFFICER
from tests.factories import a_small_world, day, expert, mentorship, training

TODAY = date(2026, 6, 1)
FORGET = Statement(
    """
    MATCH (e:Expert {id: $id}) OPTIONAL MATCH (n)-[:BY|MENTOR|MENTEE|AWARDED_TO]->(e) DETACH DELETE n, e
""",
    changes=EVERY_TOPIC,
)
CATALOGUE.remove(FORGET)


def asked(graph: Graph, *without: str, level: Level = Level.INSTITUTION) -> WhatIf:
    return what_if(graph, OFFICER, RemovalQuery(level, without), TODAY)


@pytest.fixture
def world(graph: Graph) -> Graph:
    paid = mentorship(
        id="paid",
        mentor="ben",
        mentee="ama",
        funder="academy",
        start=day("2022"),
        end=day("2026-06-30"),
        status="active",
    )
    ingest(graph, "tests", [*a_small_world(), paid])
    return graph


def lost(found: WhatIf) -> tuple[list[str], list[str]]:
    return [actor.id for actor in found.lost_from], [actor.id for actor in found.lost_to]


def test_without_the_house_of_the_centre_everybody_loses_their_path(world: Graph) -> None:
    found = asked(world, "academy")

    assert lost(found) == (["cert-tg", "cert-gh"], [])
    assert [(each.id, each.kind, each.ties) for each in found.removed] == [("academy", "institution", 3)]
    assert (found.hubs, found.before.taught, found.after.taught) == (1, 3, 0)
    assert found.received[0].actor.id == "cert-tg"


def test_without_the_centre_its_trainings_go_and_its_house_stays(world: Graph) -> None:
    found = asked(world, "centre-accra")

    assert (found.contacts, found.removed[0].kind, found.after.actors) == (1, "centre", 3)
    assert lost(found)[0] == ["academy", "cert-tg", "cert-gh"]


def test_without_a_person_the_ties_they_carried_go(world: Graph) -> None:
    found = asked(world, "ben")

    assert (found.removed[0].name, found.removed[0].kind, found.contacts) == ("Ben Adjovi", "person", 4)
    assert asked(world, "ama").contacts == 3


@pytest.mark.parametrize("level", [Level.INSTITUTION, Level.COUNTRY])
@pytest.mark.parametrize("person", ["ama", "ben", "kofi"])
def test_without_a_person_the_network_is_that_of_a_graph_without_them(world: Graph, person: str, level: Level) -> None:
    together = ("ama", "ben", "kofi")
    authors = tuple(AuthoredBy(target=each, position=place) for place, each in enumerate(together, 1))
    colleagues = [
        expert(id="kofi", name="Kofi", posts=(WorksAt(target="cert-gh", start=day("2016")),)),
        training(id="course", organiser="academy", attendees=together),
        training(id="at-home", organiser="cert-gh", attendees=together),
        Publication(id="paper", title="P", published=day("2021"), authors=authors),
    ]
    ingest(world, "colleagues", colleagues)
    without, contacts = asked(world, person, level=level), len(read_log(world, OFFICER, level, TODAY).log)

    world.write(FORGET, id=person)

    assert asked(world, level=level).before == without.after
    assert len(read_log(world, OFFICER, level, TODAY).log) == contacts - without.contacts


def test_removed_together_a_tie_falls_away_once(world: Graph) -> None:
    assert asked(world, "ama", "ben").contacts == 5
    assert asked(world, "ama", "ama").removed == asked(world, "ama").removed


def test_people_learn_from_those_who_worked_where_the_centre_is(world: Graph) -> None:
    found = asked(world, "ama", level=Level.PERSON)

    assert (found.hubs, found.before.actors, found.after.actors) == (0, 2, 0)


def test_what_ends_from_today_to_a_day_passes(world: Graph) -> None:
    found = what_if(world, OFFICER, RemovalQuery(Level.INSTITUTION, passing=date(2026, 6, 30)), TODAY)

    assert (found.contacts, lost(found)) == (1, (["cert-gh"], []))
    assert what_if(world, OFFICER, RemovalQuery(Level.INSTITUTION, passing=date(2026, 6, 29)), TODAY).contacts == 0
    with pytest.raises(InvalidValue, match="is over; give a day from 2026-06-01 on"):
        what_if(world, OFFICER, RemovalQuery(Level.INSTITUTION, passing=date(2026, 5, 31)), TODAY)


def test_who_is_not_there_or_not_shown_cannot_be_taken_away(world: Graph) -> None:
    for id_ in ("nobody", "cleo"):
        with pytest.raises(NotFound):
            asked(world, id_)
    with pytest.raises(NotFound):
        what_if(world, MEMBER, RemovalQuery(Level.INSTITUTION, ("dede",)), TODAY)


def test_an_empty_graph_loses_nothing(graph: Graph) -> None:
    assert what_if(graph, OFFICER, RemovalQuery(Level.REGION), TODAY).before.actors == 0
