"""Institutions and centres of excellence in columns, as a viewer may see them."""

from graph.cache.memory import cached_parts, cached_rows
from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

COLUMNS = Statement(
    """
    MATCH (i:Institution) WHERE i.tlp IN $marks AND i.retracted_at IS NULL
    OPTIONAL MATCH (i)-[:LOCATED_IN]->(c:Country)
    WITH i, c ORDER BY i.id
    WITH collect(i.id) AS ids, collect(i.name) AS names, collect(coalesce(c.id, '')) AS countries,
         collect(CASE WHEN i.kinds IS NULL OR size(i.kinds) = 0 THEN '' ELSE i.kinds[0] END) AS kinds
    RETURN 'institutions' AS part, {ids: ids, names: names, countries: countries, kinds: kinds} AS columns
    UNION ALL
    MATCH (c:CenterOfExcellence)-[:OFFERS]->(k:Capability), (c)-[:HOSTED_AT]->(i:Institution)
    WHERE c.tlp IN $marks AND c.retracted_at IS NULL
    WITH k, i ORDER BY k.id, i.id
    WITH collect(k.id) AS capabilities, collect(i.id) AS institutions
    RETURN 'offered' AS part, {capabilities: capabilities, institutions: institutions} AS columns
""",
    reads=Topic.ORGANISATIONS | Topic.REFERENCE,
)

PARTS = Statement(
    """
    MATCH (i:Institution)-[:PART_OF]->(whole:Institution)
    WHERE i.retracted_at IS NULL AND whole.retracted_at IS NULL
    RETURN collect(i.id) AS parts, collect(whole.id) AS wholes
""",
    reads=Topic.ORGANISATIONS,
)


def institutions(graph: Graph, audience: Audience) -> Row:
    """Columns `ids`, `names`, `countries`, `kinds` (the one named first) of the institutions this viewer may see."""
    return cached_parts(graph, COLUMNS, marks=audience.marks)["institutions"]


def offered(graph: Graph, audience: Audience) -> Row:
    """Columns `capabilities`, `institutions`: where a centre of excellence offers what."""
    return cached_parts(graph, COLUMNS, marks=audience.marks)["offered"]


def parts(graph: Graph) -> Row:
    """Columns `parts`, `wholes` of institutions. Used to judge, never shown: it holds what the viewer may not see."""
    return cached_rows(graph, PARTS)[0]
