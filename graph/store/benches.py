"""The openings somebody may plan for: those that still take people, for a host only those of their institution."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.records import fold
from graph.domain.topics import Topic
from graph.statement import Statement
from graph.store import experts

# Whoever plans may also name openings whose deadline has passed.
KNOWN_IDS = Statement(
    """
    MATCH (o:Opening)-[:FOR]->(p:Programme) WHERE o.id IN $ids
      AND o.tlp IN $marks AND o.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
      AND ($institution = '' OR EXISTS { (p)-[:OWNED_BY]->(:Institution {id: $institution}) }
           OR EXISTS { (o)-[:AT]->(:Institution {id: $institution}) })
    WITH o ORDER BY o.id RETURN collect(o.id) AS ids
""",
    reads=Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.OPENINGS,
)

CHOICES = Statement(
    """
    MATCH (o:Opening)-[:FOR]->(p:Programme)
    WHERE o.tlp IN $marks AND o.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
      AND ($institution = '' OR EXISTS { (p)-[:OWNED_BY]->(:Institution {id: $institution}) }
           OR EXISTS { (o)-[:AT]->(:Institution {id: $institution}) })
    OPTIONAL MATCH (p)-[:IN]->(c:Country) OPTIONAL MATCH (c)-[:IN]->(r:Region)
    WITH o, p, c, r
    WHERE o.id IN $ids OR (coalesce(o.deadline_last, o.end_last) >= $today
      AND all(word IN $words WHERE o.search CONTAINS word OR p.search CONTAINS word)
      AND ($kind = '' OR o.kind = $kind) AND ($region = '' OR r.id = $region)
      AND ($until = '' OR coalesce(o.deadline_last, o.end_last) <= $until))
    RETURN o.id AS id, o.name AS name, o.kind AS kind, o.seats AS seats, o.deadline AS deadline,
           p.id AS programme, p.name AS programme_name, c.name AS country_name, r.name AS region_name
    ORDER BY coalesce(o.deadline_last, o.end_last), id
""",
    reads=Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.OPENINGS | Topic.REFERENCE,
)

FACETS = {
    "kind": Statement(
        """
    MATCH (o:Opening)-[:FOR]->(p:Programme)
    WHERE o.tlp IN $marks AND o.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
      AND coalesce(o.deadline_last, o.end_last) >= $today
      AND ($institution = '' OR EXISTS { (p)-[:OWNED_BY]->(:Institution {id: $institution}) }
           OR EXISTS { (o)-[:AT]->(:Institution {id: $institution}) })
    RETURN o.kind AS id, o.kind AS name, count(o) AS total ORDER BY id
""",
        reads=Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.OPENINGS,
    ),
    "region": Statement(
        """
    MATCH (o:Opening)-[:FOR]->(p:Programme)-[:IN]->(:Country)-[:IN]->(r:Region)
    WHERE o.tlp IN $marks AND o.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
      AND coalesce(o.deadline_last, o.end_last) >= $today
      AND ($institution = '' OR EXISTS { (p)-[:OWNED_BY]->(:Institution {id: $institution}) }
           OR EXISTS { (o)-[:AT]->(:Institution {id: $institution}) })
    RETURN r.id AS id, r.name AS name, count(o) AS total ORDER BY name, id
""",
        reads=Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.OPENINGS | Topic.REFERENCE,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningScope:
    """What somebody may plan for: as an audience, on a day, and of which institution (empty: of every one)."""

    audience: Audience
    today: str
    institution: str = ""

    @property
    def parameters(self) -> dict[str, object]:
        """What every statement about open openings takes."""
        return {"marks": self.audience.marks, "today": self.today, "institution": self.institution}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningSearch:
    """Which openings to offer: words that must all occur, a kind, a region, a last deadline; empty is any."""

    words: str = ""
    kind: str = ""
    region: str = ""
    until: str = ""


def known_ids(graph: Graph, reach: PlanningScope, ids: Sequence[str]) -> list[str]:
    """Which of these openings there are, their deadlines aside, in order of ids."""
    asked = {"marks": reach.audience.marks, "institution": reach.institution}
    found: list[str] = graph.read(KNOWN_IDS, ids=list(ids), **asked)[0]["ids"]
    return found


def choices(graph: Graph, reach: PlanningScope, search: OpeningSearch, also: Sequence[str] = ()) -> list[Row]:
    """The openings that fit the search, and these beside, the nearest deadline first."""
    return graph.read(
        CHOICES,
        ids=list(also),
        words=fold(search.words).split(),
        kind=search.kind,
        region=search.region,
        until=search.until,
        **reach.parameters,
    )


def facets(graph: Graph, reach: PlanningScope) -> dict[str, list[Row]]:
    """Kinds and regions with how many open openings each has."""
    return {name: graph.read(statement, **reach.parameters) for name, statement in FACETS.items()}


def people(graph: Graph, audience: Audience, ids: Sequence[str]) -> list[Row]:
    """These people as the list of people shows them, by name."""
    rows = graph.read(experts.LISTING.rows, ids=list(ids), **audience.parameters) if ids else []
    return sorted(rows, key=lambda row: (row["name"], row["id"]))
