"""The reference data in columns: capabilities, languages, countries and the regions they lie in."""

from graph.cache.memory import cached_parts
from graph.connection import Graph, Row
from graph.domain.topics import Topic
from graph.statement import Statement

COLUMNS = Statement(
    """
    MATCH (k:Capability) WITH k ORDER BY k.id
    WITH collect(k.id) AS ids, collect(k.name) AS names
    RETURN 'capabilities' AS part, {ids: ids, names: names} AS columns
    UNION ALL
    MATCH (k:Capability)-[:BROADER]->(b:Capability) WITH k, b ORDER BY k.id, b.id
    WITH collect(k.id) AS ids, collect(b.id) AS broader
    RETURN 'broader' AS part, {ids: ids, broader: broader} AS columns
    UNION ALL
    MATCH (l:Language) WITH l ORDER BY l.id
    WITH collect(l.id) AS ids, collect(l.name) AS names
    RETURN 'languages' AS part, {ids: ids, names: names} AS columns
    UNION ALL
    MATCH (c:Country) OPTIONAL MATCH (c)-[:IN]->(r:Region) OPTIONAL MATCH (r)-[:IN]->(p:Region)
    WITH c, r, p ORDER BY c.id
    WITH collect(c.id) AS ids, collect(c.name) AS names, collect(coalesce(r.id, '')) AS regions,
         collect(coalesce(r.name, '')) AS region_names, collect(coalesce(p.id, '')) AS parents
    RETURN 'countries' AS part,
           {ids: ids, names: names, regions: regions, region_names: region_names, parents: parents} AS columns
    UNION ALL
    MATCH (r:Region) OPTIONAL MATCH (r)-[:IN]->(p:Region)
    WITH r, p ORDER BY r.id
    WITH collect(r.id) AS ids, collect(r.code) AS codes, collect(r.name) AS names,
         collect(coalesce(p.code, '')) AS parents
    RETURN 'regions' AS part, {ids: ids, codes: codes, names: names, parents: parents} AS columns
""",
    reads=Topic.REFERENCE,
)


def capabilities(graph: Graph) -> Row:
    """Columns `ids`, `names` of every capability there is."""
    return cached_parts(graph, COLUMNS)["capabilities"]


def broader(graph: Graph) -> Row:
    """Columns `ids`, `broader`: every step up the capability trees."""
    return cached_parts(graph, COLUMNS)["broader"]


def languages(graph: Graph) -> Row:
    """Columns `ids`, `names` of every language there is."""
    return cached_parts(graph, COLUMNS)["languages"]


def countries(graph: Graph) -> Row:
    """Columns `ids`, `names`, `regions`, `region_names` and `parents` (the region around that one) of all countries."""
    return cached_parts(graph, COLUMNS)["countries"]


def regions(graph: Graph) -> Row:
    """Columns `ids`, `codes` (M49), `names` and `parents` (the code of the region around it, empty for the world)."""
    return cached_parts(graph, COLUMNS)["regions"]
