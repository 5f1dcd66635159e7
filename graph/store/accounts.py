"""Sign-in accounts. They are read by the sign-in itself, before there is a viewer, so no audience is asked."""

from collections.abc import Iterable

from graph.connection import Graph, Row
from graph.domain.accounts import Account
from graph.domain.marks import Audience, Role
from graph.domain.properties import Properties, from_properties
from graph.domain.topics import Topic
from graph.statement import Statement

FIND_BY_EMAIL = Statement(
    """
    MATCH (a:Account) WHERE a.email = $email AND a.retracted_at IS NULL
    OPTIONAL MATCH (a)-[:OF]->(e:Expert)
    OPTIONAL MATCH (a)-[:WORKS_AT]->(i:Institution)
    RETURN properties(a) AS account, e.id AS expert, i.id AS institution
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.ACCOUNTS,
)

FIND = Statement(
    """
    MATCH (a:Account {id: $id}) WHERE a.retracted_at IS NULL
    OPTIONAL MATCH (a)-[:OF]->(e:Expert)
    OPTIONAL MATCH (a)-[:WORKS_AT]->(i:Institution)
    RETURN properties(a) AS account, e.id AS expert, i.id AS institution
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.ACCOUNTS,
)

VIEWERS = Statement(
    """
    MATCH (a:Account) WHERE a.role IN $roles AND a.retracted_at IS NULL
    OPTIONAL MATCH (a)-[:OF]->(e:Expert)
    RETURN DISTINCT a.role AS role, coalesce(e.id, '') AS viewer ORDER BY viewer, role LIMIT $limit
""",
    reads=Topic.PEOPLE | Topic.ACCOUNTS,
)

# Not MERGE: of two that open one account at once, the second must fail.
OPEN = Statement("CREATE (a:Account) SET a = $properties", changes=Topic.ACCOUNTS)


def open_account(graph: Graph, properties: Properties) -> None:
    """Write an account that is not there."""
    graph.write(OPEN, properties=properties)


def maybe_find_by_email(graph: Graph, email: str) -> Account | None:
    """The account that signs in with this address, compared without case."""
    return _one(graph.read(FIND_BY_EMAIL, email=email.strip().casefold()))


def maybe_find(graph: Graph, account_id: str) -> Account | None:
    """The account of a session; None when it was taken away meanwhile."""
    return _one(graph.read(FIND, id=account_id))


def viewers(graph: Graph, roles: Iterable[Role], most: int) -> list[Audience]:
    """Whoever of these roles has an account, as a viewer; those without a person record of their own first."""
    rows = graph.read(VIEWERS, roles=list(roles), limit=most)
    return [Audience(Role(row["role"]), row["viewer"]) for row in rows]


def _one(rows: list[Row]) -> Account | None:
    for row in rows:
        return from_properties(
            Account, row["account"], expert=row["expert"] or "", institution=row["institution"] or ""
        )
    return None
