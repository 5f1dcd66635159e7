"""Centres of excellence as a viewer may see them."""

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.organisations import CenterOfExcellence
from graph.domain.properties import from_properties
from graph.domain.topics import Topic
from graph.errors import NotFound
from graph.statement import Statement
from graph.store.pages import Listing

FIND = Statement(
    """
    MATCH (x:CenterOfExcellence {id: $id}) WHERE x.tlp IN $marks AND x.retracted_at IS NULL
    OPTIONAL MATCH (x)-[:HOSTED_AT]->(i:Institution) WHERE i.tlp IN $marks AND i.retracted_at IS NULL
    OPTIONAL MATCH (i)-[:LOCATED_IN]->(c:Country)
    RETURN properties(x) AS centre, i.id AS host, i.name AS host_name, c.id AS country, c.name AS country_name
""",
    reads=Topic.ORGANISATIONS | Topic.REFERENCE,
)

SERVES = Statement(
    """
    MATCH (x:CenterOfExcellence {id: $id})-[:SERVES]->(p) WHERE x.tlp IN $marks AND x.retracted_at IS NULL
    RETURN labels(p)[0] AS label, p.id AS id, p.name AS name ORDER BY label DESC, name, id
""",
    reads=Topic.ORGANISATIONS | Topic.REFERENCE,
)

OFFERS = Statement(
    """
    MATCH (x:CenterOfExcellence {id: $id})-[:OFFERS]->(k:Capability) WHERE x.tlp IN $marks AND x.retracted_at IS NULL
    RETURN k.id AS id, k.name AS name ORDER BY name, id
""",
    reads=Topic.ORGANISATIONS | Topic.REFERENCE,
)

TRAININGS = Statement(
    """
    MATCH (n:Training)-[:HELD_BY]->(x:CenterOfExcellence {id: $id})
    WHERE x.tlp IN $marks AND x.retracted_at IS NULL AND n.tlp IN $marks AND n.retracted_at IS NULL
    RETURN n.id AS id, n.name AS name, n.kind AS kind, n.start AS start, n.end AS end,
           COUNT { (n)-[:ATTENDED_BY]->(:Expert) } AS attendees
    ORDER BY coalesce(n.start_first, '') DESC, id
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.TRAININGS,
)

LISTING = Listing(
    keys=Statement(
        """
    MATCH (x:CenterOfExcellence)
    WHERE x.tlp IN $marks AND x.retracted_at IS NULL AND all(word IN $words WHERE x.search CONTAINS word)
    OPTIONAL MATCH (x)-[:HOSTED_AT]->(i:Institution) WHERE i.tlp IN $marks AND i.retracted_at IS NULL
    OPTIONAL MATCH (i)-[:LOCATED_IN]->(c:Country)
    RETURN collect(x.id) AS ids,
           collect(CASE $sort WHEN 'country' THEN coalesce(c.search, '') WHEN 'since' THEN coalesce(x.since_first, '')
                   ELSE x.search END) AS keys
""",
        reads=Topic.ORGANISATIONS | Topic.REFERENCE,
    ),
    rows=Statement(
        """
    MATCH (x:CenterOfExcellence) WHERE x.id IN $ids AND x.tlp IN $marks AND x.retracted_at IS NULL
    OPTIONAL MATCH (x)-[:HOSTED_AT]->(i:Institution) WHERE i.tlp IN $marks AND i.retracted_at IS NULL
    OPTIONAL MATCH (i)-[:LOCATED_IN]->(c:Country)
    RETURN x.id AS id, x.name AS name, x.since AS since, x.tlp AS tlp, c.id AS country, c.name AS country_name,
           [(x)-[:OFFERS]->(k:Capability) | k.name] AS offers,
           COUNT { MATCH (n:Training)-[:HELD_BY]->(x) WHERE n.tlp IN $marks AND n.retracted_at IS NULL } AS trainings
""",
        reads=Topic.ORGANISATIONS | Topic.TRAININGS | Topic.REFERENCE,
    ),
)


def find(graph: Graph, audience: Audience, centre_id: str) -> tuple[CenterOfExcellence, Row]:
    """The centre, and the row with its host and country, both blank where the host is hidden. Raises NotFound."""
    for row in graph.read(FIND, id=centre_id, **audience.parameters):
        return from_properties(CenterOfExcellence, row["centre"], host=row["host"] or ""), row
    raise NotFound("centre", centre_id)


def serves(graph: Graph, audience: Audience, centre_id: str) -> list[Row]:
    """The regions and countries this centre serves."""
    return graph.read(SERVES, id=centre_id, **audience.parameters)


def offers(graph: Graph, audience: Audience, centre_id: str) -> list[Row]:
    """The capabilities this centre offers."""
    return graph.read(OFFERS, id=centre_id, **audience.parameters)


def trainings(graph: Graph, audience: Audience, centre_id: str) -> list[Row]:
    """The trainings this centre held, latest first."""
    return graph.read(TRAININGS, id=centre_id, **audience.parameters)
