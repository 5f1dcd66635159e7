"""Opening accounts and signing in."""

import pytest

from graph.connection import Graph
from graph.domain.marks import EVERYTHING, Role
from graph.domain.topics import Topic
from graph.errors import Conflict, InvalidValue
from graph.services.accounts.passwords import new_account, open_account, sign_in
from graph.services.imports.ingest import ingest
from graph.statement import CATALOGUE, Statement
from graph.store import accounts as store
from graph.store import totals
from tests import factories

PASSWORD = "twelve letters and more"
RETRACT = Statement("MATCH (a:Account {id: $id}) SET a.retracted_at = '2026-01-01T00:00:00Z'", changes=Topic.ACCOUNTS)
STORED = Statement("MATCH (a:Account) RETURN properties(a) AS account ORDER BY a.email", reads=Topic.ACCOUNTS)
for statement in (RETRACT, STORED):
    CATALOGUE.remove(statement)


def opened(graph: Graph, email: str = "ama@example.org", role: Role = Role.OFFICER) -> str:
    return open_account(graph, new_account(email, "Ama", role), PASSWORD).id


def test_an_opened_account_signs_in_with_its_address_in_any_case(graph: Graph) -> None:
    opened(graph)

    found = sign_in(graph, "  Ama@Example.ORG ", PASSWORD)

    assert found is not None
    assert (found.role, found.name, found.email) == (Role.OFFICER, "Ama", "ama@example.org")


@pytest.mark.parametrize(
    ("email", "password"),
    [("ama@example.org", "another password"), ("ama@example.org", ""), ("ben@example.org", PASSWORD), ("", PASSWORD)],
)
def test_a_wrong_address_or_password_signs_nobody_in(graph: Graph, email: str, password: str) -> None:
    opened(graph)

    assert sign_in(graph, email, password) is None


def test_no_password_is_stored(graph: Graph) -> None:
    opened(graph)

    (row,) = graph.read(STORED)

    assert PASSWORD not in repr(row)
    assert row["account"]["password_hash"].startswith("$argon2id$")
    assert row["account"]["tlp"] == "RED"


def test_an_address_is_taken_once(graph: Graph) -> None:
    opened(graph)

    with pytest.raises(Conflict, match="There is an account for"):
        opened(graph, " AMA@example.org")


@pytest.mark.parametrize("alike", ["a-b@example.org", "a_b@example.org", "a b@example.org", "a+b@example-org"])
def test_addresses_that_look_alike_are_different_people(graph: Graph, alike: str) -> None:
    first = opened(graph, "a+b@example.org", Role.ADMIN)
    second = opened(graph, alike, Role.MEMBER)

    assert first != second
    account = sign_in(graph, "a+b@example.org", PASSWORD)
    assert account is not None
    assert account.role is Role.ADMIN


def test_an_account_says_whose_it_is(graph: Graph) -> None:
    ingest(graph, "x", [factories.expert(id="ama"), factories.institution(id="cert")])
    account = factories.account(email="ama@example.org", expert="ama", institution="cert", role=Role.HOST)
    open_account(graph, account, PASSWORD)

    found = store.maybe_find(graph, account.id)

    assert found is not None
    assert (found.expert, found.institution) == ("ama", "cert")
    assert found.audience.expert_id == "ama"


def test_a_short_password_opens_nothing(graph: Graph) -> None:
    with pytest.raises(InvalidValue, match="12 characters or more") as refused:
        open_account(graph, new_account("ama@example.org", "", Role.MEMBER), "elevenchars")

    assert "elevenchars" not in str(refused.value)
    assert graph.read(STORED) == []


def test_an_address_has_an_at_sign() -> None:
    with pytest.raises(InvalidValue, match="needs an @"):
        new_account("ama", "Ama", Role.MEMBER)


def test_an_account_without_a_name_shows_its_address() -> None:
    assert new_account("Ama@Example.org", " ", Role.MEMBER).name == "ama@example.org"


def test_an_account_taken_away_ends_its_session_and_its_sign_in(graph: Graph) -> None:
    id_ = opened(graph)
    graph.write(RETRACT, id=id_)

    assert store.maybe_find(graph, id_) is None
    assert sign_in(graph, "ama@example.org", PASSWORD) is None


def test_accounts_are_on_no_list(graph: Graph) -> None:
    opened(graph)

    assert set(totals.totals(graph, EVERYTHING).values()) == {0}
