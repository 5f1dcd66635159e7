"""Whom an engagement taught: where a lineage begins.

The statements are the same for each kind and built once over the closed list of engagements that teach a person.
"""

from graph.connection import Graph, Row
from graph.domain.labels import Label
from graph.domain.marks import Audience
from graph.domain.topics import TOPIC_OF, Topic
from graph.statement import Statement

_TAUGHT = {
    Label.MENTORSHIP: "MENTEE",
    Label.SCHOLARSHIP: "AWARDED_TO",
    Label.TRAINING: "ATTENDED_BY",
}

TAUGHT = {
    label: Statement(
        f"""
    MATCH (n:{label} {{id: $id}}) WHERE n.tlp IN $marks AND n.retracted_at IS NULL
    OPTIONAL MATCH (n)-[:{tie}]->(e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND 'research' IN coalesce(e.consents, [])
    WITH n, e ORDER BY e.id
    RETURN n.id AS id, n.name AS name, n.status AS status, n.start_first AS start_first, n.start_last AS start_last,
           n.end_last AS end_last, collect(e.id) AS people, collect(e.name) AS names, 'learns' AS direction,
           '' AS host, '' AS host_name, [(n)-[:ABOUT]->(k:Capability) | k.id] AS about
""",
        reads=Topic.PEOPLE | Topic.REFERENCE | TOPIC_OF[label],
    )
    for label, tie in _TAUGHT.items()
}


SECONDED = Statement(
    """
    MATCH (n:Secondment {id: $id}) WHERE n.tlp IN $marks AND n.retracted_at IS NULL
    OPTIONAL MATCH (n)-[:TO]->(host:Institution) WHERE host.tlp IN $marks AND host.retracted_at IS NULL
    OPTIONAL MATCH (n)-[:BY]->(e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND 'research' IN coalesce(e.consents, [])
    WITH n, host, e ORDER BY e.id
    RETURN n.id AS id, n.name AS name, n.status AS status, n.start_first AS start_first, n.start_last AS start_last,
           n.end_last AS end_last, collect(e.id) AS people, collect(e.name) AS names,
           coalesce(n.direction, 'teaches') AS direction,
           coalesce(host.id, '') AS host, coalesce(host.name, '') AS host_name,
           [(n)-[:ABOUT]->(k:Capability) | k.id] AS about
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.SECONDMENTS | Topic.REFERENCE,
)

_STATEMENTS = {**TAUGHT, Label.SECONDMENT: SECONDED}


def maybe_find(graph: Graph, audience: Audience, engagement_id: str) -> tuple[Label, Row] | None:
    """The engagement of that id with the people it taught who agreed to research and whom the viewer may see.

    Of a secondment these are the secondee, who carries what `direction` says, and the host.
    """
    for label, statement in _STATEMENTS.items():
        for row in graph.read(statement, id=engagement_id, **audience.parameters):
            return label, row
    return None
