"""The South and the regions by the list that was chosen, on both engines."""

import pytest

from graph.connection import Graph
from graph.domain.country_lists import SouthList
from graph.domain.records import Record
from graph.errors import InvalidValue
from graph.services.imports.ingest import ingest
from graph.services.network.evolution import EvolutionQuery, trace_evolution
from graph.services.transfers.actors import NOWHERE, Level
from graph.services.transfers.filters import TransferFilter
from graph.services.transfers.lists import CONTINENTS, NetworkLists, RegionList, south_named
from graph.services.transfers.log import read_log
from tests.conftest import OFFICER
from tests.factories import TODAY, country, day, expert, institution, region, secondment


@pytest.fixture
def world(graph: Graph) -> Graph:
    """Secondments of 2016 to 2019 from Uruguay to Ghana, and from Ukraine to Kenya."""
    along = {"expert": "ama", "start": day("2016"), "end": day("2019")}
    records: list[Record] = [
        region(id="m49-001", name="World", code="001"),
        region(id="m49-002", name="Africa", code="002", parent="m49-001"),
        region(id="m49-011", parent="m49-002"),
        region(id="m49-014", name="Eastern Africa", code="014", parent="m49-002"),
        region(id="m49-019", name="Americas", code="019", parent="m49-001"),
        region(id="m49-005", name="South America", code="005", parent="m49-019"),
        region(id="m49-150", name="Europe", code="150", parent="m49-001"),
        country(),
        country(id="ke", name="Kenya", code="KE", region="m49-014"),
        country(id="uy", name="Uruguay", code="UY", region="m49-005"),
        country(id="ua", name="Ukraine", code="UA", region="m49-150"),
        *(institution(id=f"{land}-office", country=land) for land in ("gh", "ke", "uy", "ua")),
        expert(id="ama"),
        secondment(id="one", home="uy-office", host="gh-office", **along),
        secondment(id="other", home="ua-office", host="ke-office", **along),
    ]
    assert not ingest(graph, "tests", records).warnings
    return graph


def shares(graph: Graph, south: SouthList, level: Level = Level.INSTITUTION) -> list[float | None]:
    query = EvolutionQuery(level, 2017, 2018, lists=NetworkLists(south=south), today=TODAY)
    return [window.south_south for window in trace_evolution(graph, OFFICER, query).windows]


def test_the_south_is_that_of_the_list_and_of_the_year(world: Graph) -> None:
    assert shares(world, SouthList.M49) == [0.5, 0.5]
    assert shares(world, SouthList.G77) == [0.5, 0.5]
    # Ukraine is a recipient, and Uruguay was one until 2017.
    assert shares(world, SouthList.DAC) == [1.0, 0.5]


def test_a_region_is_where_all_of_its_countries_are(world: Graph) -> None:
    assert shares(world, SouthList.DAC, Level.REGION) == [1.0, 0.5]
    assert shares(world, SouthList.M49, Level.REGION) == [0.5, 0.5]
    argentina = [
        country(id="ar", name="Argentina", code="AR", region="m49-005"),
        institution(id="office", country="ar"),
    ]
    ingest(world, "tests", argentina)
    # Argentina is still a recipient: from 2018 on South America is neither, and only Ukraine with Kenya is known.
    assert shares(world, SouthList.DAC, Level.REGION) == [1.0, 1.0]


def groups(graph: Graph, regions: RegionList) -> dict[str, str]:
    found = read_log(graph, OFFICER, Level.INSTITUTION, TODAY, lists=NetworkLists(regions=regions))
    return {actor.id.partition("-")[0]: actor.group for actor in found.actors}


def test_regions_are_leaves_continents_or_a_list_of_ones_own(world: Graph) -> None:
    own = RegionList.own("mine.csv", [("GH", "West"), ("ke", "East"), ("uy", "West")])
    assert groups(world, RegionList()) == {
        "gh": "Western Africa",
        "ke": "Eastern Africa",
        "uy": "South America",
        "ua": "Europe",
    }
    assert groups(world, RegionList(CONTINENTS)) == {"gh": "Africa", "ke": "Africa", "uy": "Americas", "ua": "Europe"}
    assert groups(world, own) == {"gh": "West", "ke": "East", "uy": "West", "ua": NOWHERE}
    assert own.words == "the list mine.csv"


def test_the_actors_among_regions_are_those_of_the_list(world: Graph) -> None:
    own = RegionList.own("mine.csv", [("gh", "West"), ("uy", "West"), ("ke", "East"), ("ua", "East")])
    lists = NetworkLists(regions=own)
    found = read_log(world, OFFICER, Level.REGION, TODAY, lists=lists)
    assert [actor.name for actor in found.actors] == ["East", "West"]

    (window,) = trace_evolution(
        world, OFFICER, EvolutionQuery(Level.REGION, 2017, 2017, lists=lists, today=TODAY)
    ).windows
    assert (window.contacts, window.self_ties, window.ei_index) == (0, 2, -1.0)


def test_one_can_narrow_to_a_region_of_ones_own_list_and_to_those_of_m49(world: Graph) -> None:
    lists = NetworkLists(regions=RegionList.own("mine.csv", [("gh", "West"), ("uy", "West")]))

    def narrowed(text: str) -> set[str]:
        wanted = TransferFilter.from_texts([f"region={text}"])
        found = read_log(world, OFFICER, Level.INSTITUTION, TODAY, wanted, lists)
        return {transfer.engagement for transfer in found.transfers}

    assert narrowed("West") == {"one"}
    assert narrowed("Africa") == {"one", "other"}


def test_a_list_that_will_not_do_is_refused(world: Graph) -> None:
    with pytest.raises(InvalidValue, match="is both in"):
        RegionList.own("mine.csv", [("gh", "West"), ("GH", "East")])
    with pytest.raises(InvalidValue, match="holds no country"):
        RegionList.own("mine.csv", [])
    with pytest.raises(InvalidValue, match="is no country"):
        groups(world, RegionList.own("mine.csv", [("zz", "West")]))
    with pytest.raises(InvalidValue):
        RegionList.named("planets")
    with pytest.raises(InvalidValue):
        south_named("lower")
