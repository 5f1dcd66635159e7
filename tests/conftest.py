"""The engines under test: each worker has an embedded engine and a real Neo4j of its own, started when asked for."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from graph import engine, schema
from graph.address import Address
from graph.connection import Database, Graph, connect, connect_embedded
from graph.domain.marks import Audience, Role
from graph.domain.topics import EVERY_TOPIC
from graph.statement import CATALOGUE, Statement
from tests.neo4j import server

WIPE = Statement("MATCH (n) DETACH DELETE n", changes=EVERY_TOPIC)
CATALOGUE.remove(WIPE)

ROOT = Path(__file__).parents[1]

OFFICER = Audience(Role.OFFICER)
MEMBER = Audience(Role.MEMBER)


def today() -> date:
    """The day it is, which services take as an argument."""
    return datetime.now(UTC).date()


# Files of a minute, which start first: else one worker would wait for the other at the end.
_LONG = frozenset(
    ("test_engine", "test_pages", "test_catalogue", "test_benchmarks", "test_commands", "test_journeys", "test_network")
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.stem not in _LONG)


@pytest.fixture(scope="session")
def real_files() -> Path:
    """The folder of published files, on machines that have it."""
    folder = Path(os.environ.get("BATON_REAL_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"the real files are not here; name their folder in BATON_REAL_DATA (looked in {folder})")
    return folder


@pytest.fixture(scope="session")
def engine_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("engine")
    yield folder
    engine.stop(folder)


@pytest.fixture(scope="session")
def embedded(engine_folder: Path) -> Iterator[Database]:
    with connect_embedded(engine_folder) as graph:
        schema.bootstrap(graph)
        yield graph


@pytest.fixture(scope="session")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    try:
        running = server.start(tmp_path_factory.mktemp("neo4j"))
    except server.NotProvisioned as why:
        if os.environ.get("CI"):
            pytest.fail(f"CI needs a real Neo4j: {why}")
        pytest.skip(f"no real Neo4j here: {why}")
    try:
        with connect(Address(running.uri, running.username, running.password, running.database)) as graph:
            schema.bootstrap(graph)
            yield graph
    finally:
        running.abandon()


@pytest.fixture(params=["embedded", "neo4j"])
def graph(request: pytest.FixtureRequest) -> Graph:
    """An empty graph, once on each engine."""
    found: Graph = request.getfixturevalue(request.param)
    found.write(WIPE)
    return found


@pytest.fixture
def fresh(embedded: Database) -> Database:
    """An empty graph on the embedded engine, for rules that no statement decides."""
    embedded.write(WIPE)
    return embedded


@pytest.fixture
def both(embedded: Database, neo4j: Database) -> tuple[Database, Database]:
    """Both engines, empty."""
    embedded.write(WIPE)
    neo4j.write(WIPE)
    return embedded, neo4j
