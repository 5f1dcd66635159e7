"""Both engines as other processes find them, and the world in which agreements are made."""

from pathlib import Path

import pytest

from graph.connection import Database
from tests.services.agreement_world import filled
from tests.transactions.dying import Where


@pytest.fixture
def world(graph: Database) -> Database:
    """A small world with a second opening, once on each engine."""
    filled(graph)
    return graph


@pytest.fixture
def where(graph: Database, request: pytest.FixtureRequest) -> Where:
    """Where another process finds the engine of this test."""
    embedded = graph is request.getfixturevalue("embedded")
    folder: Path | None = request.getfixturevalue("engine_folder") if embedded else None
    return Where(folder, graph.address)
