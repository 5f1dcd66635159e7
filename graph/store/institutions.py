"""Institutions as a viewer may see them."""

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.organisations import Institution
from graph.domain.properties import from_properties
from graph.domain.topics import Topic
from graph.errors import NotFound
from graph.statement import Statement
from graph.store.pages import Listing

FIND = Statement(
    """
    MATCH (i:Institution {id: $id}) WHERE i.tlp IN $marks AND i.retracted_at IS NULL
    OPTIONAL MATCH (i)-[:LOCATED_IN]->(c:Country)
    RETURN properties(i) AS institution, c.id AS country, c.name AS country_name
""",
    reads=Topic.ORGANISATIONS | Topic.REFERENCE,
)

KIN = Statement(
    """
    MATCH (i:Institution {id: $id})-[t:PART_OF|SUCCEEDED_BY|RELATED_TO]-(o:Institution)
    WHERE i.tlp IN $marks AND i.retracted_at IS NULL AND o.tlp IN $marks AND o.retracted_at IS NULL
    RETURN DISTINCT type(t) AS tie, startNode(t).id = i.id AS stated, o.id AS id, o.name AS name
    ORDER BY tie, name, id
""",
    reads=Topic.ORGANISATIONS,
)

PEOPLE = Statement(
    """
    MATCH (e:Expert)-[w:WORKS_AT]->(i:Institution {id: $id})
    WHERE i.tlp IN $marks AND i.retracted_at IS NULL
      AND e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    RETURN e.id AS id, e.name AS name, w.role AS role, w.start AS start, w.end AS end, e.search AS search
    ORDER BY search, id, start
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS,
)

ENGAGEMENTS = Statement(
    """
    MATCH (n)-[part:FROM|TO|AT|HELD_BY|PARTNER|FUNDED_BY]->(i:Institution {id: $id})
    WHERE i.tlp IN $marks AND i.retracted_at IS NULL AND n.tlp IN $marks AND n.retracted_at IS NULL
      AND NOT n:Opening AND NOT n:Commitment
    WITH n, CASE WHEN n:Training AND type(part) = 'AT' THEN 'TO' ELSE type(part) END AS part
    ORDER BY coalesce(n.start_first, '') DESC, n.id, part LIMIT $limit
    RETURN n.id AS id, labels(n)[0] AS label, part, n.name AS name, n.status AS status,
           n.start AS start, n.end AS end, n.start_first AS first, n.end_last AS last,
           [(n)-[t:BY|MENTOR|MENTEE|AWARDED_TO]->(e:Expert) WHERE e.tlp IN $marks AND e.retracted_at IS NULL
               AND ($role IN e.open_to OR e.id = $viewer) | {part: type(t), name: e.name}] AS people,
           [(n)-[t:TO|AT]->(o:Institution) WHERE o.tlp IN $marks AND o.retracted_at IS NULL
               | {part: type(t), name: o.name}] AS places
    ORDER BY coalesce(first, '') DESC, id, part
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.ENGAGEMENTS,
)

PROGRAMMES = Statement(
    """
    MATCH (p:Programme)-[t:OWNED_BY|SUPPORTED_BY]->(i:Institution {id: $id})
    WHERE i.tlp IN $marks AND i.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
    RETURN p.id AS id, p.name AS name, p.stage AS stage, type(t) AS part, p.search AS search ORDER BY search, id, part
""",
    reads=Topic.ORGANISATIONS | Topic.PROGRAMMES,
)

LISTING = Listing(
    keys=Statement(
        """
    MATCH (i:Institution)
    WHERE i.tlp IN $marks AND i.retracted_at IS NULL
      AND all(word IN $words WHERE i.search CONTAINS word)
      AND ($country = '' OR EXISTS { (i)-[:LOCATED_IN]->(:Country {id: $country}) })
      AND ($kind = '' OR $kind IN i.kinds)
    OPTIONAL MATCH (i)-[:LOCATED_IN]->(c:Country)
    RETURN collect(i.id) AS ids,
           collect(CASE $sort WHEN 'country' THEN coalesce(c.search, '') ELSE i.search END) AS keys
""",
        reads=Topic.ORGANISATIONS | Topic.REFERENCE,
    ),
    rows=Statement(
        """
    MATCH (i:Institution) WHERE i.id IN $ids AND i.tlp IN $marks AND i.retracted_at IS NULL
    OPTIONAL MATCH (i)-[:LOCATED_IN]->(c:Country)
    RETURN i.id AS id, i.name AS name, i.kinds AS kinds, i.tlp AS tlp, i.founded AS founded, i.ror AS ror,
           c.id AS country, c.name AS country_name
""",
        reads=Topic.ORGANISATIONS | Topic.REFERENCE,
    ),
    facets=("country", "kind"),
)

FACETS = {
    "country": Statement(
        """
    MATCH (i:Institution)-[:LOCATED_IN]->(f:Country)
    WHERE i.tlp IN $marks AND i.retracted_at IS NULL
    RETURN f.id AS id, f.name AS name, count(i) AS total ORDER BY name, id
""",
        reads=Topic.ORGANISATIONS | Topic.REFERENCE,
    ),
    "kind": Statement(
        """
    MATCH (i:Institution) WHERE i.tlp IN $marks AND i.retracted_at IS NULL
    UNWIND i.kinds AS kind
    RETURN kind AS id, kind AS name, count(i) AS total ORDER BY id
""",
        reads=Topic.ORGANISATIONS,
    ),
}

SHOWN = 50


def find(graph: Graph, audience: Audience, institution_id: str) -> tuple[Institution, str]:
    """The institution and the name of its country. Raises NotFound."""
    for row in graph.read(FIND, id=institution_id, **audience.parameters):
        found = from_properties(Institution, row["institution"], country=row["country"] or "")
        return found, row["country_name"] or ""
    raise NotFound("institution", institution_id)


def kin(graph: Graph, audience: Audience, institution_id: str) -> list[Row]:
    """Parents, children, successors and related institutions; `stated` when this one states the tie."""
    return graph.read(KIN, id=institution_id, **audience.parameters)


def people(graph: Graph, audience: Audience, institution_id: str) -> list[Row]:
    """Who works or worked here, as far as the viewer may see."""
    return graph.read(PEOPLE, id=institution_id, **audience.parameters)


def engagements(graph: Graph, audience: Audience, institution_id: str) -> list[Row]:
    """The latest engagements this institution sent, hosted, held, joined or paid for, with whose they are."""
    return graph.read(ENGAGEMENTS, id=institution_id, limit=SHOWN, **audience.parameters)


def programmes(graph: Graph, audience: Audience, institution_id: str) -> list[Row]:
    """The programmes this institution owns or supports."""
    return graph.read(PROGRAMMES, id=institution_id, **audience.parameters)
