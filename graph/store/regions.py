"""The tree of regions, out of the reference data."""

from graph.cache.memory import cached_rows
from graph.connection import Graph, Row
from graph.domain.topics import Topic
from graph.statement import Statement

TREE = Statement(
    """
    MATCH (r:Region) OPTIONAL MATCH (r)-[:IN]->(p:Region)
    WITH r, p ORDER BY r.id
    RETURN collect(r.id) AS ids, collect(r.code) AS codes, collect(r.name) AS names,
           collect(coalesce(p.code, '')) AS parents
""",
    reads=Topic.REFERENCE,
)


def tree(graph: Graph) -> Row:
    """Columns `ids`, `codes` (M49), `names` and `parents` (the code of the region around it, empty for the world)."""
    return cached_rows(graph, TREE)[0]
