"""Who carries what for which programme, and what the programme's own people can do, as a viewer may see it."""

from collections.abc import Sequence
from datetime import date

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

LEGS = Statement(
    """
    MATCH (n)-[:FOR]->(p:Programme)
    WHERE (n:Mentorship OR n:Secondment) AND n.tlp IN $marks AND n.retracted_at IS NULL AND n.status <> 'cancelled'
      AND p.tlp IN $marks AND p.retracted_at IS NULL AND n.start_first IS NOT NULL
      AND ($programme = '' OR p.id = $programme)
    OPTIONAL MATCH (p)-[:OWNED_BY]->(w:Institution) WHERE w.tlp IN $marks AND w.retracted_at IS NULL
    OPTIONAL MATCH (p)-[:IN]->(c:Country)
    OPTIONAL MATCH (n)-[:BY|MENTOR]->(e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    OPTIONAL MATCH (n)-[:ABOUT]->(k:Capability)
    RETURN n.id AS id, labels(n)[0] AS label, n.status AS status, n.start_first AS first,
           coalesce(n.end_last, '') AS last, p.id AS programme, p.name AS programme_name,
           coalesce(p.summary, '') AS summary, w.id AS owner, w.name AS owner_name, c.id AS country,
           coalesce(c.languages, []) AS tongues, e.id AS expert, e.name AS name, collect(k.id) AS capabilities
    ORDER BY last, id
""",
    reads=Topic.PEOPLE
    | Topic.ORGANISATIONS
    | Topic.PROGRAMMES
    | Topic.SECONDMENTS
    | Topic.MENTORSHIPS
    | Topic.REFERENCE,
)

HELD = Statement(
    """
    MATCH (p:Programme)-[:OWNED_BY]->(i:Institution)<-[w:WORKS_AT]-(e:Expert)-[h:HAS_CAPABILITY]->(k:Capability)
    WHERE p.id IN $ids AND p.tlp IN $marks AND p.retracted_at IS NULL AND i.tlp IN $marks AND i.retracted_at IS NULL
      AND e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND coalesce(w.start_first, $today) <= $today AND coalesce(w.end_last, $today) >= $today
    RETURN DISTINCT p.id AS programme, e.id AS person, k.id AS capability, h.level AS level,
           coalesce(h.confirmed_on_last, '') AS confirmed, coalesce(h.evidence, '') AS evidence
    ORDER BY programme, person, capability
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.REFERENCE,
)

# The people first: asked for in one pattern with what they did, the embedded engine begins at all engagements.
DONE = Statement(
    """
    UNWIND $ids AS id
    MATCH (p:Programme {id: id})-[:OWNED_BY]->(i:Institution)<-[w:WORKS_AT]-(e:Expert)
    WHERE p.tlp IN $marks AND p.retracted_at IS NULL AND i.tlp IN $marks AND i.retracted_at IS NULL
      AND e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND coalesce(w.start_first, $today) <= $today AND coalesce(w.end_last, $today) >= $today
    WITH DISTINCT p, e
    MATCH (n)-[part:BY|MENTOR|MENTEE|AWARDED_TO|ATTENDED_BY]->(e)
    WHERE n.tlp IN $marks AND n.retracted_at IS NULL AND NOT n.status IN ['cancelled', 'planned']
      AND n.start_first IS NOT NULL
    MATCH (n)-[:ABOUT]->(k:Capability)
    RETURN DISTINCT p.id AS programme, k.id AS capability, n.id AS engagement, labels(n)[0] AS label, n.kind AS kind,
           type(part) AS part, e.id AS person, e.name AS name, n.status AS status, n.start_first AS first,
           coalesce(n.end_last, '') AS last
    ORDER BY programme, capability, engagement, person, part
""",
    reads=Topic.PEOPLE
    | Topic.ORGANISATIONS
    | Topic.PROGRAMMES
    | Topic.SECONDMENTS
    | Topic.MENTORSHIPS
    | Topic.SCHOLARSHIPS
    | Topic.TRAININGS
    | Topic.REFERENCE,
)

CAPABILITIES = Statement(
    """
    MATCH (k:Capability) WHERE k.id IN $ids RETURN k.id AS id, k.name AS name ORDER BY id
""",
    reads=Topic.REFERENCE,
)


def legs(graph: Graph, audience: Audience, programme: str = "") -> list[Row]:
    """The mentorships and secondments for one programme or for all, by their end; an unknown one comes first."""
    return graph.read(LEGS, programme=programme, **audience.parameters)


def held(graph: Graph, audience: Audience, ids: Sequence[str], today: date) -> list[Row]:
    """What the people who work at the owner of each programme on that day state they can do, one row a capability."""
    return graph.read(HELD, ids=list(ids), today=today.isoformat(), **audience.parameters)


def done(graph: Graph, audience: Audience, ids: Sequence[str], today: date) -> list[Row]:
    """The engagements in which these people took or take part, a row for each capability and part."""
    return graph.read(DONE, ids=list(ids), today=today.isoformat(), **audience.parameters)


def capability_names(graph: Graph, ids: Sequence[str]) -> dict[str, str]:
    """Id -> name."""
    return {row["id"]: row["name"] for row in graph.read(CAPABILITIES, ids=list(ids))}
