"""How much of everything a viewer may see."""

from collections.abc import Mapping

from graph.cache.memory import Cache
from graph.connection import Graph
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

TOTALS = {
    "programmes": Statement(
        "MATCH (n:Programme) WHERE n.tlp IN $marks AND n.retracted_at IS NULL RETURN count(n) AS total",
        reads=Topic.PROGRAMMES,
    ),
    "experts": Statement(
        """
    MATCH (n:Expert) WHERE n.tlp IN $marks AND ($role IN n.open_to OR n.id = $viewer) AND n.retracted_at IS NULL
    RETURN count(n) AS total
""",
        reads=Topic.PEOPLE,
    ),
    "institutions": Statement(
        "MATCH (n:Institution) WHERE n.tlp IN $marks AND n.retracted_at IS NULL RETURN count(n) AS total",
        reads=Topic.ORGANISATIONS,
    ),
    "centres": Statement(
        "MATCH (n:CenterOfExcellence) WHERE n.tlp IN $marks AND n.retracted_at IS NULL RETURN count(n) AS total",
        reads=Topic.ORGANISATIONS,
    ),
    "openings": Statement(
        """
    MATCH (n:Opening)-[:FOR]->(p:Programme)
    WHERE n.tlp IN $marks AND n.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
    RETURN count(n) AS total
""",
        reads=Topic.PROGRAMMES | Topic.OPENINGS,
    ),
    "engagements": Statement(
        """
    MATCH (n) WHERE (n:Secondment OR n:Mentorship OR n:Scholarship OR n:Training OR n:JointProject)
      AND n.tlp IN $marks AND n.retracted_at IS NULL
    RETURN count(n) AS total
""",
        reads=Topic.ENGAGEMENTS,
    ),
}

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


_CACHE: Cache[Audience, Mapping[str, int]] = Cache()  # every page shows them


def totals(graph: Graph, audience: Audience) -> dict[str, int]:
    """Name of the list -> number of records on it, for this viewer."""
    return dict(_CACHE.fetch(graph, audience, lambda: _counted(graph, audience)))


def countries(graph: Graph, audience: Audience) -> int:
    """In how many countries there are programmes this viewer may see."""
    return _total(graph, audience, COUNTRIES)


def holds_demonstration(graph: Graph, audience: Audience) -> bool:
    """Whether invented records are among what is shown, so that every page can say so."""
    return bool(graph.read(DEMONSTRATION, marks=audience.marks))


def _counted(graph: Graph, audience: Audience) -> Mapping[str, int]:
    return {name: _total(graph, audience, statement) for name, statement in TOTALS.items()}


def _total(graph: Graph, audience: Audience, statement: Statement) -> int:
    asked = {name: audience.parameters[name] for name in statement.parameters}
    return int(graph.read(statement, **asked)[0]["total"])
