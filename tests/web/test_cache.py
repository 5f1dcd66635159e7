"""A request asks once what has changed since, and what a page shows is never older than allowed."""

import pytest

from graph.connection import Graph
from graph.domain.marks import Role
from tests.web.browsers import ClientFor


@pytest.mark.parametrize("page", ["/", "/experts", "/match", "/network?level=person", "/network/relay", "/peers"])
def test_a_request_reads_the_versions_once(
    client_for: ClientFor, embedded: Graph, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    client, read, versions = client_for(Role.OFFICER), [], embedded.versions

    def counted() -> dict[str, str]:
        read.append(page)
        return versions()

    monkeypatch.setattr(embedded, "versions", counted)
    assert client.get(page).status_code == 200

    assert read == [page]
