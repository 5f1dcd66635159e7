"""A request reads one state of the graph, and asks for it once before and once after what it reads."""

import threading

import pytest
from flask.testing import FlaskClient

from graph.connection import Graph
from graph.domain.marks import Role
from graph.domain.programmes import Rating
from graph.services.imports.ingest import ingest
from tests import factories
from tests.factories import day
from tests.web.browsers import ClientFor

PAGES = ("/", "/experts", "/match", "/network?level=person", "/network/relay", "/peers")


def versions_read(client: FlaskClient, embedded: Graph, monkeypatch: pytest.MonkeyPatch, page: str) -> int:
    read, versions = [], embedded.versions

    def counted() -> dict[str, str]:
        read.append(page)
        return versions()

    with monkeypatch.context() as patched:
        patched.setattr(embedded, "versions", counted)
        assert client.get(page).status_code == 200
    return len(read)


@pytest.mark.parametrize("page", PAGES)
def test_a_request_reads_the_versions_before_and_after_what_it_reads(
    client_for: ClientFor, embedded: Graph, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    assert versions_read(client_for(Role.OFFICER), embedded, monkeypatch, page) == 2


@pytest.mark.parametrize(
    "page", ["/openings/togo-mentor", "/programmes/togo-cert", "/match", "/match/people?opening=togo-mentor"]
)
def test_no_page_meets_the_middle_of_an_import(client_for: ClientFor, graph: Graph, page: str) -> None:
    """Each import brings a capability that nobody had, and a programme that needs it."""
    client, ended = client_for(Role.OFFICER), threading.Event()

    def imports() -> None:
        for count in range(12):
            area = f"area-{count}"
            rating = Rating(target=area, level=1, target_level=4)
            sheet = factories.assessment(id=area, programme="togo-cert", assessed_on=day("2026-11"), ratings=(rating,))
            ingest(graph, "tests", [factories.capability(id=area, name=area, code=area), sheet])
        ended.set()

    writer = threading.Thread(target=imports)
    writer.start()
    seen = []
    while not ended.is_set():
        seen.append(client.get(page).status_code)
    writer.join()
    assert set(seen) == {200}
