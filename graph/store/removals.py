"""What a removal needs to know beside the transfers: who hosts a centre, and what a person or a centre takes along."""

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

HOSTS = Statement(
    """
    MATCH (x:CenterOfExcellence)-[:HOSTED_AT]->(i:Institution)
    WHERE x.tlp IN $marks AND x.retracted_at IS NULL AND i.tlp IN $marks AND i.retracted_at IS NULL
    RETURN x.id AS centre, x.name AS name, i.id AS host ORDER BY centre, host
""",
    reads=Topic.ORGANISATIONS,
)

STAFF = Statement(
    """
    MATCH (x:CenterOfExcellence)-[:HOSTED_AT]->(i:Institution)<-[:WORKS_AT]-(e:Expert)
    WHERE x.tlp IN $marks AND x.retracted_at IS NULL AND i.tlp IN $marks AND i.retracted_at IS NULL
      AND e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    RETURN x.id AS centre, x.name AS name, e.id AS host ORDER BY centre, host
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS,
)

OFFERS = Statement(
    """
    MATCH (x:CenterOfExcellence)-[:OFFERS]->(k:Capability)
    WHERE x.tlp IN $marks AND x.retracted_at IS NULL
    RETURN x.id AS centre, k.id AS capability ORDER BY centre, capability
""",
    reads=Topic.ORGANISATIONS | Topic.REFERENCE,
)

TRAININGS = Statement(
    """
    MATCH (n:Training)-[:HELD_BY]->(x:CenterOfExcellence {id: $id})
    WHERE x.tlp IN $marks AND n.tlp IN $marks AND n.retracted_at IS NULL
    RETURN n.id AS id ORDER BY id
""",
    reads=Topic.ORGANISATIONS | Topic.TRAININGS,
)

ENGAGEMENTS = Statement(
    """
    MATCH (e:Expert {id: $id})
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    OPTIONAL MATCH (n)-[:BY|MENTOR|MENTEE|AWARDED_TO|ATTENDED_BY|AUTHORED_BY]->(e)
    WHERE n.tlp IN $marks AND 'research' IN coalesce(e.consents, [])
    WITH e, n ORDER BY n.id
    RETURN e.name AS name, collect(n.id) AS engagements, collect(labels(n)[0]) AS labels
""",
    reads=Topic.PEOPLE
    | Topic.SECONDMENTS
    | Topic.MENTORSHIPS
    | Topic.SCHOLARSHIPS
    | Topic.TRAININGS
    | Topic.PUBLICATIONS,
)


def hosts(graph: Graph, audience: Audience) -> list[Row]:
    """Each centre this viewer may see with the institution that hosts it."""
    return graph.read(HOSTS, marks=audience.marks)


def offers(graph: Graph, audience: Audience) -> dict[str, list[str]]:
    """What each centre this viewer may see says that it offers."""
    found: dict[str, list[str]] = {}
    for row in graph.read(OFFERS, marks=audience.marks):
        found.setdefault(row["centre"], []).append(row["capability"])
    return found


def staff(graph: Graph, audience: Audience) -> list[Row]:
    """Each centre with the people this viewer may see who ever worked at its host, one row a person."""
    return graph.read(STAFF, **audience.parameters)


def trainings(graph: Graph, audience: Audience, centre_id: str) -> list[str]:
    """The trainings a centre held."""
    return [row["id"] for row in graph.read(TRAININGS, id=centre_id, marks=audience.marks)]


def engagements(graph: Graph, audience: Audience, expert_id: str) -> Row | None:
    """A person's name and `engagements` with their `labels`, none without consent to research; None for the unseen."""
    return next(iter(graph.read(ENGAGEMENTS, id=expert_id, **audience.parameters)), None)
