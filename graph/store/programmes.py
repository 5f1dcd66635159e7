"""Programmes, their assessments and openings as a viewer may see them."""

from collections.abc import Sequence
from datetime import date

from graph.cache.memory import cached_rows
from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.programmes import Programme
from graph.domain.properties import from_properties
from graph.domain.topics import Topic
from graph.errors import NotFound
from graph.statement import Statement
from graph.store.pages import Listing

FIND = Statement(
    """
    MATCH (p:Programme {id: $id}) WHERE p.tlp IN $marks AND p.retracted_at IS NULL
    OPTIONAL MATCH (p)-[:OWNED_BY]->(i:Institution) WHERE i.tlp IN $marks AND i.retracted_at IS NULL
    OPTIONAL MATCH (p)-[:IN]->(c:Country)
    RETURN properties(p) AS programme, i.id AS owner, i.name AS owner_name,
           c.id AS country, c.name AS country_name
""",
    reads=Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.REFERENCE,
)

SUPPORTERS = Statement(
    """
    MATCH (p:Programme {id: $id})-[t:SUPPORTED_BY]->(i:Institution)
    WHERE p.tlp IN $marks AND p.retracted_at IS NULL AND i.tlp IN $marks AND i.retracted_at IS NULL
    RETURN i.id AS id, i.name AS name, t.share AS share ORDER BY coalesce(share, -1.0) DESC, name, id
""",
    reads=Topic.ORGANISATIONS | Topic.PROGRAMMES,
)

RATINGS = Statement(
    """
    UNWIND $ids AS id MATCH (p:Programme {id: id})<-[:OF]-(a:Assessment)-[r:RATES]->(k:Capability)
    WHERE p.tlp IN $marks AND p.retracted_at IS NULL AND a.tlp IN $marks AND a.retracted_at IS NULL
    RETURN p.id AS programme, a.id AS assessment, a.framework AS framework, a.method AS method,
           a.assessed_on AS assessed_on, a.assessed_on_last AS day, k.id AS capability, k.name AS name,
           r.level AS level, r.target_level AS target, r.weight AS weight
    ORDER BY day DESC, assessment, weight DESC, name, capability
""",
    reads=Topic.PROGRAMMES | Topic.REFERENCE,
)

OPENINGS = Statement(
    """
    MATCH (o:Opening)-[:FOR]->(p:Programme {id: $id})
    WHERE p.tlp IN $marks AND p.retracted_at IS NULL AND o.tlp IN $marks AND o.retracted_at IS NULL
    RETURN o.id AS id, o.name AS name, o.kind AS kind, o.seats AS seats, o.start AS start, o.end AS end,
           o.mode AS mode, o.deadline AS deadline
    ORDER BY coalesce(o.deadline_first, o.start_first), id
""",
    reads=Topic.PROGRAMMES | Topic.OPENINGS,
)

CARRIERS = Statement(
    """
    MATCH (n)-[:FOR]->(p:Programme {id: $id})
    WHERE p.tlp IN $marks AND p.retracted_at IS NULL AND n.tlp IN $marks AND n.retracted_at IS NULL
      AND NOT n:Opening
    OPTIONAL MATCH (n)-[:BY|MENTOR]->(e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    OPTIONAL MATCH (n)-[:ABOUT]->(k:Capability)
    RETURN n.id AS id, labels(n)[0] AS label, n.status AS status, n.start AS start, n.end AS end,
           n.start_first AS first, n.end_last AS last, e.id AS expert, e.name AS name, collect(k.name) AS about
    ORDER BY coalesce(first, ''), id
""",
    reads=Topic.PEOPLE | Topic.PROGRAMMES | Topic.SECONDMENTS | Topic.MENTORSHIPS | Topic.REFERENCE,
)

REACH = Statement(
    """
    MATCH (n)-[:FOR]->(p:Programme {id: $id}), (n)-[:BY|MENTOR]->(e:Expert)-[h:HAS_CAPABILITY]->(k:Capability)
    WHERE p.tlp IN $marks AND p.retracted_at IS NULL AND n.tlp IN $marks AND n.retracted_at IS NULL
      AND n.status IN ['planned', 'active'] AND coalesce(n.end_last, $today) >= $today
      AND e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND EXISTS { MATCH (n)-[:ABOUT]->(k) }
    RETURN k.id AS capability, max(h.level) AS level ORDER BY capability
""",
    reads=Topic.PEOPLE | Topic.PROGRAMMES | Topic.SECONDMENTS | Topic.MENTORSHIPS | Topic.REFERENCE,
)

LISTING = Listing(
    keys=Statement(
        """
    MATCH (p:Programme)
    WHERE p.tlp IN $marks AND p.retracted_at IS NULL AND all(word IN $words WHERE p.search CONTAINS word)
      AND ($country = '' OR EXISTS { (p)-[:IN]->(:Country {id: $country}) })
      AND ($stage = '' OR p.stage = $stage)
    OPTIONAL MATCH (p)-[:IN]->(c:Country)
    RETURN collect(p.id) AS ids,
           collect(CASE $sort WHEN 'country' THEN coalesce(c.search, '')
                   WHEN 'stage' THEN CASE p.stage WHEN 'nascent' THEN '1' WHEN 'developing' THEN '2'
                                                  WHEN 'established' THEN '3' ELSE '4' END
                   WHEN 'start' THEN coalesce(p.start_first, '') ELSE p.search END) AS keys
""",
        reads=Topic.PROGRAMMES | Topic.REFERENCE,
    ),
    rows=Statement(
        """
    MATCH (p:Programme) WHERE p.id IN $ids AND p.tlp IN $marks AND p.retracted_at IS NULL
    OPTIONAL MATCH (p)-[:IN]->(c:Country)
    OPTIONAL MATCH (p)-[:OWNED_BY]->(i:Institution) WHERE i.tlp IN $marks AND i.retracted_at IS NULL
    RETURN p.id AS id, p.name AS name, p.stage AS stage, p.tlp AS tlp, p.start AS start, p.end AS end,
           c.id AS country, c.name AS country_name, i.id AS owner, i.name AS owner_name,
           COUNT { MATCH (o:Opening)-[:FOR]->(p) WHERE o.tlp IN $marks AND o.retracted_at IS NULL } AS openings
""",
        reads=Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.OPENINGS | Topic.REFERENCE,
    ),
    facets=("country", "stage"),
)

FACETS = {
    "country": Statement(
        """
    MATCH (p:Programme)-[:IN]->(f:Country) WHERE p.tlp IN $marks AND p.retracted_at IS NULL
    RETURN f.id AS id, f.name AS name, count(p) AS total ORDER BY name, id
""",
        reads=Topic.PROGRAMMES | Topic.REFERENCE,
    ),
    "stage": Statement(
        """
    MATCH (p:Programme) WHERE p.tlp IN $marks AND p.retracted_at IS NULL
    RETURN p.stage AS id, p.stage AS name, count(p) AS total ORDER BY id
""",
        reads=Topic.PROGRAMMES,
    ),
}


def find(graph: Graph, audience: Audience, programme_id: str) -> tuple[Programme, Row]:
    """The programme, and the row with the names of its owner, blank where hidden, and country. Raises NotFound."""
    for row in graph.read(FIND, id=programme_id, **audience.parameters):
        found = from_properties(Programme, row["programme"], owner=row["owner"] or "", country=row["country"] or "")
        return found, row
    raise NotFound("programme", programme_id)


def supporters(graph: Graph, audience: Audience, programme_id: str) -> list[Row]:
    """Who carries the cost, largest share first."""
    return graph.read(SUPPORTERS, id=programme_id, **audience.parameters)


def ratings(graph: Graph, audience: Audience, ids: Sequence[str]) -> list[Row]:
    """Every rating of every assessment of each `programme`, the latest assessment first."""
    return graph.read(RATINGS, ids=list(ids), **audience.parameters)


def latest_ratings(graph: Graph, audience: Audience, ids: Sequence[str]) -> list[Row]:
    """The same of the latest assessment of each `programme` alone."""
    latest: dict[str, str] = {}
    rows = cached_rows(graph, RATINGS, ids=list(ids), **audience.parameters)
    return [row for row in rows if latest.setdefault(row["programme"], row["assessment"]) == row["assessment"]]


def openings(graph: Graph, audience: Audience, programme_id: str) -> list[Row]:
    """The openings of the programme, the nearest deadline first."""
    return graph.read(OPENINGS, id=programme_id, **audience.parameters)


def carriers(graph: Graph, audience: Audience, programme_id: str) -> list[Row]:
    """The engagements that carry the programme, with the expert where the viewer may see them."""
    return graph.read(CARRIERS, id=programme_id, **audience.parameters)


def reach(graph: Graph, audience: Audience, programme_id: str, today: date) -> dict[str, float]:
    """How far the people on the way can bring the programme: the highest level held, by capability.

    On the way are those of its planned or running engagements, for the capability the engagement is about.
    """
    rows = graph.read(REACH, id=programme_id, today=today.isoformat(), **audience.parameters)
    return {row["capability"]: row["level"] for row in rows}
