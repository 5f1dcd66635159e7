"""The people and openings of the scenario as matching sees them."""

from weakref import WeakKeyDictionary

import pytest

from graph.connection import Graph
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster, RosterColumns, build_roster
from graph.services.imports.ingest import ingest
from graph.services.matching import roster as reading
from graph.services.matching.snapshot import MatchingSnapshot
from graph.store import openings
from importers import scenario
from importers.reference.areas import areas
from tests.conftest import OFFICER, today

Case = tuple[RosterColumns, Roster, list[OpeningNeed]]

_READ: WeakKeyDictionary[Graph, Case] = WeakKeyDictionary()


@pytest.fixture
def case(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Case:
    """The people an officer may match, as columns and as a roster, and every opening that can still be answered.

    Read once from each engine, since nothing here changes it.
    """
    if graph in _READ:
        return _READ[graph]
    kept: list[RosterColumns] = []

    def keep(columns: RosterColumns) -> Roster:
        kept.append(columns)
        return build_roster(columns)

    monkeypatch.setattr(reading, "build_roster", keep)
    ingest(graph, "x", [*areas(), *scenario.read()])
    snapshot = MatchingSnapshot(graph, OFFICER, today())
    asked = snapshot.asked(openings.open_ids(graph, OFFICER, today().isoformat()))
    _READ[graph] = kept[0], snapshot.people.roster, [need for _, need in asked]
    return _READ[graph]
