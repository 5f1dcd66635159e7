"""Engagements of every kind as a viewer may see them.

The statements are the same for each kind and built once over the closed list of engagement labels.
"""

from graph.connection import Graph, Row
from graph.domain.engagements import JointProject, Mentorship, Scholarship, Secondment, Training
from graph.domain.labels import Label
from graph.domain.marks import Audience
from graph.domain.topics import TOPIC_OF, Topic
from graph.errors import NotFound
from graph.statement import Statement
from graph.store.pages import Listing

KINDS: tuple[Label, ...] = tuple(kind.label for kind in (Secondment, Mentorship, Scholarship, Training, JointProject))

# The parties of an engagement, whatever they are.
_NAMED = Topic.PEOPLE | Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.REFERENCE

FIND = {
    label: Statement(
        f"""
    MATCH (n:{label} {{id: $id}}) WHERE n.tlp IN $marks AND n.retracted_at IS NULL
    RETURN properties(n) AS engagement
""",
        reads=TOPIC_OF[label],
    )
    for label in KINDS
}

PARTIES = {
    label: Statement(
        f"""
    MATCH (n:{label} {{id: $id}})-[t]->(m)
    WHERE n.tlp IN $marks AND n.retracted_at IS NULL AND m.retracted_at IS NULL
      AND m.tlp IN $marks AND (NOT m:Expert OR $role IN m.open_to OR m.id = $viewer)
    RETURN type(t) AS part, labels(m)[0] AS label, m.id AS id, m.name AS name, t.role AS role
    ORDER BY part, name, id
""",
        reads=TOPIC_OF[label] | _NAMED,
    )
    for label in KINDS
}

LISTINGS = {
    label: Listing(
        keys=Statement(
            f"""
    MATCH (n:{label}) WHERE n.tlp IN $marks AND n.retracted_at IS NULL
      AND ($status = '' OR n.status = $status)
      AND all(word IN $words WHERE coalesce(n.search, '') CONTAINS word OR EXISTS {{
          MATCH (n)-[]->(m) WHERE m.search CONTAINS word AND m.tlp IN $marks AND m.retracted_at IS NULL
            AND (NOT m:Expert OR $role IN m.open_to OR m.id = $viewer) }})
    RETURN collect(n.id) AS ids,
           collect(CASE $sort WHEN 'end' THEN coalesce(n.end_last, '') WHEN 'status' THEN n.status
                   ELSE coalesce(n.start_first, '') END) AS keys
""",
            reads=TOPIC_OF[label] | _NAMED,
        ),
        rows=Statement(
            f"""
    MATCH (n:{label}) WHERE n.id IN $ids AND n.tlp IN $marks AND n.retracted_at IS NULL
    RETURN n.id AS id, n.name AS name, n.status AS status, n.start AS start, n.end AS end, n.tlp AS tlp,
           [(n)-[t]->(e:Expert) WHERE e.tlp IN $marks AND e.retracted_at IS NULL
               AND ($role IN e.open_to OR e.id = $viewer) | {{part: type(t), id: e.id, name: e.name}}] AS people,
           [(n)-[t]->(i:Institution) WHERE i.tlp IN $marks AND i.retracted_at IS NULL
               | {{part: type(t), id: i.id, name: i.name}}] AS institutions,
           [(n)-[:ABOUT]->(k:Capability) | k.name] AS about
""",
            reads=TOPIC_OF[label] | _NAMED,
        ),
        facets=("status",),
    )
    for label in KINDS
}

FACETS = {
    label: {
        "status": Statement(
            f"""
    MATCH (n:{label}) WHERE n.tlp IN $marks AND n.retracted_at IS NULL
    RETURN n.status AS id, n.status AS name, count(n) AS total ORDER BY id
""",
            reads=TOPIC_OF[label],
        )
    }
    for label in KINDS
}


def find(graph: Graph, audience: Audience, label: Label, engagement_id: str) -> Row:
    """The properties of the engagement. Raises NotFound."""
    for row in graph.read(FIND[label], id=engagement_id, marks=audience.marks):
        found: Row = row["engagement"]
        return found
    raise NotFound("engagement", engagement_id)


def parties(graph: Graph, audience: Audience, label: Label, engagement_id: str) -> list[Row]:
    """Everybody and everything the engagement ties together, as far as the viewer may see."""
    return graph.read(PARTIES[label], id=engagement_id, **audience.parameters)
