"""The programmes a bridge can join: who owns them, and where the owner is."""

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

OWNED = Statement(
    """
    MATCH (p:Programme)-[:OWNED_BY]->(i:Institution)-[:LOCATED_IN]->(c:Country)-[:IN]->(r:Region)
    WHERE p.tlp IN $marks AND p.retracted_at IS NULL AND i.tlp IN $marks AND i.retracted_at IS NULL
    RETURN p.id AS id, p.name AS name, p.stage AS stage, i.id AS owner, i.name AS owner_name,
           c.name AS country_name, r.id AS region, r.name AS region_name
    ORDER BY id, owner
""",
    reads=Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.REFERENCE,
)


def owned(graph: Graph, audience: Audience) -> list[Row]:
    """Every programme whose owner is in a known region."""
    return graph.read(OWNED, marks=audience.marks)
