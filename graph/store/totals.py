"""How much of everything a viewer may see."""

from graph.cache.memory import cached_rows
from graph.connection import Graph
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

TOTALS = Statement(
    """
    RETURN COUNT { MATCH (n:Programme) WHERE n.tlp IN $marks AND n.retracted_at IS NULL } AS programmes,
           COUNT { MATCH (n:Expert) WHERE n.tlp IN $marks AND ($role IN n.open_to OR n.id = $viewer)
                     AND n.retracted_at IS NULL } AS experts,
           COUNT { MATCH (n:Institution) WHERE n.tlp IN $marks AND n.retracted_at IS NULL } AS institutions,
           COUNT { MATCH (n:CenterOfExcellence) WHERE n.tlp IN $marks AND n.retracted_at IS NULL } AS centres,
           COUNT { MATCH (n:Opening)-[:FOR]->(p:Programme)
                   WHERE n.tlp IN $marks AND n.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL }
           AS openings,
           COUNT { MATCH (n:Secondment) WHERE n.tlp IN $marks AND n.retracted_at IS NULL }
           + COUNT { MATCH (n:Mentorship) WHERE n.tlp IN $marks AND n.retracted_at IS NULL }
           + COUNT { MATCH (n:Scholarship) WHERE n.tlp IN $marks AND n.retracted_at IS NULL }
           + COUNT { MATCH (n:Training) WHERE n.tlp IN $marks AND n.retracted_at IS NULL }
           + COUNT { MATCH (n:JointProject) WHERE n.tlp IN $marks AND n.retracted_at IS NULL } AS engagements
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.OPENINGS | Topic.ENGAGEMENTS,
)

DEMONSTRATION = Statement(
    """
    MATCH (n:Institution) WHERE n.source = 'demonstration' AND n.tlp IN $marks RETURN n.id AS id LIMIT 1
""",
    reads=Topic.ORGANISATIONS,
)

COUNTRIES = Statement(
    """
    MATCH (p:Programme)-[:IN]->(c:Country) WHERE p.tlp IN $marks AND p.retracted_at IS NULL
    RETURN count(DISTINCT c.id) AS total
""",
    reads=Topic.PROGRAMMES | Topic.REFERENCE,
)


def totals(graph: Graph, audience: Audience) -> dict[str, int]:
    """Name of the list -> number of records on it, for this viewer; every page shows them."""
    return dict(cached_rows(graph, TOTALS, **audience.parameters)[0])


def countries(graph: Graph, audience: Audience) -> int:
    """In how many countries there are programmes this viewer may see."""
    return int(graph.read(COUNTRIES, marks=audience.marks)[0]["total"])


def holds_demonstration(graph: Graph, audience: Audience) -> bool:
    """Whether invented records are among what is shown, so that every page can say so."""
    return bool(cached_rows(graph, DEMONSTRATION, marks=audience.marks))
