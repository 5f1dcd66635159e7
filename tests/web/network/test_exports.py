"""The network as files: every format holds the same ties, no format lets anything run, and everybody takes only what
they may see."""

import csv
import doctest
import io
import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import igraph
import networkx as nx
import numpy as np
import pytest
from flask import Flask
from lxml import etree
from PIL import Image

from graph.connection import Graph
from graph.domain.marks import Role
from graph.services.imports.ingest import ingest
from tests import factories
from tests.factories import day
from tests.web.browsers import SIGNED_IN, ClientFor, flaws
from webapp.exports import arcs, gexf, lettering

GEXF = {"g": "http://gexf.net/1.3"}
EVIL = "=<img src=x onerror=alert(1)></script>\x0b"


@pytest.fixture
def network(graph: Graph, app: Flask) -> Graph:
    """Seven transfers from 2019 on: two secondments of one pair that overlap, one of a day, one under an evil name."""
    ingest(
        graph,
        "network",
        [
            factories.institution(id="evil", name=EVIL, country="tg"),
            factories.secondment(
                id="again", expert="ama", home="cert-gh", host="cert-tg", start=day("2022-05-03"), end=day("2023-01-09")
            ),
            factories.secondment(
                id="one-day", expert="ama", home="cert-gh", host="evil", start=day("2022-05-03"), end=day("2022-05-03")
            ),
        ],
    )
    return graph


@pytest.fixture
def files(network: Graph, client_for: ClientFor) -> Mapping[str, bytes]:
    """Every format of the institutions from 2019 to 2023, as a researcher gets it."""
    client = client_for(Role.RESEARCHER)
    names = ("gexf", "graphml", "csv", "ties", "json", "svg", "png", "html")
    answers = {name: client.get(f"/network/exports/{name}?from=2019&to=2023") for name in names}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {name: answer.data for name, answer in answers.items()}


def pairs(graph: "nx.MultiDiGraph[str]") -> list[tuple[str, str]]:
    return sorted(graph.edges(keys=False))


def test_every_format_holds_the_same_actors_and_ties(files: Mapping[str, bytes], tmp_path: Path) -> None:
    linked = nx.node_link_graph(json.loads(files["json"]))
    drawn = nx.read_graphml(io.BytesIO(files["graphml"]), force_multigraph=True)
    timed = nx.read_gexf(io.BytesIO(files["gexf"]))
    (tmp_path / "network.graphml").write_bytes(files["graphml"])
    read = igraph.Graph.Read_GraphML(str(tmp_path / "network.graphml"))

    assert pairs(linked) == pairs(drawn) == pairs(timed)
    assert set(linked) == {"academy", "cert-gh", "cert-tg", "evil"} == set(drawn) == set(timed)
    assert (read.vcount(), read.ecount()) == (len(linked), linked.number_of_edges())
    rows = list(csv.DictReader(io.StringIO(files["ties"].decode("utf-8-sig"))))
    assert linked.number_of_edges() == len(rows) + sum(row["mutual"] == "yes" for row in rows)
    with ZipFile(io.BytesIO(files["csv"])) as archive:
        assert archive.read("contacts.csv") == files["ties"]
        assert len(archive.read("actors.csv").splitlines()) == 1 + len(linked)


def test_gexf_keeps_the_days_of_every_tie(files: Mapping[str, bytes]) -> None:
    document = etree.fromstring(files["gexf"])
    graph = document.find("g:graph", GEXF)
    spells = [
        (edge.get("source"), edge.get("target"), spell.get("start"), spell.get("end"))
        for edge in document.iterfind(".//g:edge", GEXF)
        for spell in edge.iterfind("g:spells/g:spell", GEXF)
    ]

    assert dict(graph.attrib).items() >= {"mode": "dynamic", "timeformat": "date", "start": "2019-01-01"}.items()
    # Both overlapping secondments stand by themselves, the one of a day is no instant, the open project has no end.
    assert ("cert-gh", "cert-tg", "2022-03-01", "2022-09-30T23:59:59") in spells
    assert ("cert-gh", "cert-tg", "2022-05-03", "2023-01-09T23:59:59") in spells
    assert ("cert-gh", "evil", "2022-05-03", "2022-05-03T23:59:59") in spells
    assert ("cert-tg", "cert-gh", "2023-01-01", None) in spells
    assert all(len(start) == 10 and (end is None or start < end) for _, _, start, end in spells)


def test_a_reader_to_whom_the_end_of_a_spell_belongs_counts_the_ties_of_a_day_as_we_do(
    files: Mapping[str, bytes],
) -> None:
    document = etree.fromstring(files["gexf"])
    spells = [(spell.get("start"), spell.get("end", "9999")) for spell in document.iterfind(".//g:edge//g:spell", GEXF)]
    ties = json.loads(files["json"])["edges"]

    for opens in ((date(2022, 5, 2) + timedelta(days=days)).isoformat() for days in range(400)):
        read = sum(start <= f"{opens}T23:59:59" and end >= opens for start, end in spells)
        assert read == sum(tie["first_day"] <= opens <= (tie["last_day"] or "9999") for tie in ties), opens


def test_gexf_obeys_the_rules_of_its_structure(files: Mapping[str, bytes]) -> None:
    document = etree.fromstring(files["gexf"])
    nodes = [node.get("id") for node in document.iterfind(".//g:node", GEXF)]
    edges = list(document.iterfind(".//g:edge", GEXF))
    known = {
        kind: {attribute.get("id") for attribute in document.iterfind(f".//g:attributes[@class='{kind}']/*", GEXF)}
        for kind in ("node", "edge")
    }

    assert len(set(nodes)) == len(nodes)
    assert len({edge.get("id") for edge in edges}) == len(edges)
    # Gephi would make one edge of two, and lose days where they overlap.
    assert len({(*ends_of(edge), edge.get("kind")) for edge in edges}) == len(edges)
    assert {end for edge in edges for end in (edge.get("source"), edge.get("target"))} == set(nodes)
    for kind in ("node", "edge"):
        for element in document.iterfind(f".//g:{kind}", GEXF):
            stated = {value.get("for") for value in element.iterfind("g:attvalues/g:attvalue", GEXF)}
            # What is not known of person-days is left out.
            assert stated | ({"person_days"} & known[kind]) == known[kind]
            assert element.findall("g:spells/g:spell", GEXF)
    assert all(spans_of(document, end) >= spans_of_edge(edge) for edge in edges for end in ends_of(edge))


def ends_of(edge: Any) -> tuple[str, str]:
    return edge.get("source"), edge.get("target")


def spans_of(document: Any, node: str) -> set[int]:
    """The years in which an actor is there; enough to see a tie outside of its actor's time."""
    return years(document.find(f".//g:node[@id='{node}']", GEXF))


def spans_of_edge(edge: Any) -> set[int]:
    return years(edge)


def years(element: Any) -> set[int]:
    spells = element.iterfind("g:spells/g:spell", GEXF)
    return {
        year
        for spell in spells
        for year in range(int(spell.get("start")[:4]), int((spell.get("end") or "2100")[:4]) + 1)
    }


def test_no_name_becomes_markup_or_a_formula(files: Mapping[str, bytes]) -> None:
    for name in ("svg", "html"):
        assert b"<img" not in files[name]
        assert b"</script>\x0b" not in files[name]
    assert etree.fromstring(files["svg"]).find(".//{*}img") is None
    with ZipFile(io.BytesIO(files["csv"])) as archive:
        rows = csv.reader(io.StringIO(archive.read("actors.csv").decode("utf-8-sig")))
        assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_the_picture_in_pixels_has_ties_dots_and_names(files: Mapping[str, bytes]) -> None:
    content = files["png"]
    image = Image.open(io.BytesIO(content), formats=["PNG"])
    colours = Counter(map(tuple, np.asarray(image).reshape(-1, 3).tolist()))

    assert (image.size, image.mode) == ((1920, 1040), "RGB")
    assert colours[13, 107, 100] > 200  # the first region's dots
    assert colours[23, 33, 31] > 200  # names


@pytest.mark.parametrize("module", [arcs, gexf, lettering])
def test_the_examples_of_a_module_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_equal_content_gives_equal_bytes(files: Mapping[str, bytes], client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)
    again = {name: client.get(f"/network/exports/{name}?from=2019&to=2023").data for name in files}

    assert [name for name in files if again[name] != files[name]] == []


def test_a_download_is_called_by_what_is_inside(network: Graph, client_for: ClientFor) -> None:
    answer = client_for(Role.MEMBER).get("/network/exports/gexf?level=country&from=2020&to=2022")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="baton-country-2020-2022.gexf"'
    assert b">evil<" not in answer.data


@pytest.mark.parametrize("query", ["", "?level=person", "?level=region&step=quarter", "?from=1990&to=1991"])
def test_the_page_of_exports_is_sound(network: Graph, client_for: ClientFor, query: str) -> None:
    answer = client_for(Role.RESEARCHER).get(f"/network/exports{query}")

    assert (answer.status_code, flaws(answer.text)) == (200, [])


@pytest.mark.parametrize("query", ["level=house", "from=soon", "from=2022&to=2020", "step=week"])
def test_what_cannot_be_exported_is_said_in_a_sentence(client_for: ClientFor, query: str) -> None:
    for path in ("/network/exports", "/network/exports/json", "/network/exports/bundle"):
        assert client_for(Role.OFFICER).get(f"{path}?{query}").status_code == 422


def test_years_without_a_tie_make_files_without_one(network: Graph, client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)
    for name in ("gexf", "graphml", "csv", "ties", "json", "svg", "png", "html"):
        assert client.get(f"/network/exports/{name}?from=1990&to=1991").status_code == 200
    assert client.get("/network/exports/docx").status_code == 404


@pytest.mark.parametrize("role", SIGNED_IN)
def test_bundles_are_for_researchers_officers_and_administrators(client_for: ClientFor, role: Role) -> None:
    client = client_for(role)
    may = role in (Role.RESEARCHER, Role.OFFICER, Role.ADMIN)

    assert client.get("/network/exports/bundle").status_code == (200 if may else 403)
    assert ("Seal and download" in client.get("/network/exports").text) is may


def test_an_export_names_only_whom_its_viewer_may_see(network: Graph, client_for: ClientFor) -> None:
    ingest(
        network,
        "withheld",
        [
            factories.expert(id="quiet", name="Quiet Person", consents=frozenset({"research"})),
            factories.mentorship(id="quietly", mentor="quiet", mentee="ben"),
        ],
    )
    names = ("gexf", "graphml", "ties", "json", "svg", "html")

    def told(role: Role) -> bool:
        client = client_for(role)
        files = [client.get(f"/network/exports/{name}?level=person").text for name in names]
        assert all("Ben Adjovi" in text or "ben" in text for text in files)
        return any("Quiet Person" in text or "quiet" in text for text in files)

    assert {role: told(role) for role in (Role.RESEARCHER, Role.ADMIN)} == {Role.RESEARCHER: False, Role.ADMIN: True}
