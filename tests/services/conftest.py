"""The worlds that several of these tests share; a test that needs another one makes its own under the same name."""

import pytest

from graph.connection import Graph
from tests.services.agreement_world import filled


@pytest.fixture
def world(graph: Graph) -> Graph:
    """A small world with a second opening, once on each engine."""
    return filled(graph)


@pytest.fixture
def here(fresh: Graph) -> Graph:
    """The same on one engine, for rules that no statement decides."""
    return filled(fresh)
