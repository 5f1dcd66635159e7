"""What people can have in common, in columns: of those only who agreed to the directory and whom the viewer may see.

A cancelled engagement has brought nobody together. `start_last` and `end_first` are the days on which it has begun and
not yet ended for certain; empty where not known.
"""

from graph.cache.memory import cached_rows
from graph.connection import Graph, Row
from graph.domain.labels import Label
from graph.domain.marks import Audience
from graph.domain.topics import TOPIC_OF, Topic
from graph.statement import Statement

PEOPLE = Statement(
    """
    MATCH (e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND 'directory' IN coalesce(e.consents, [])
    OPTIONAL MATCH (e)-[:BASED_IN]->(c:Country)
    WITH e, c ORDER BY e.id
    RETURN collect(e.id) AS ids, collect(e.name) AS names, collect(coalesce(e.headline, '')) AS headlines,
           collect(coalesce(c.name, '')) AS countries
""",
    reads=Topic.PEOPLE | Topic.REFERENCE,
)

_PARTS = {
    Label.SECONDMENT: "BY",
    Label.MENTORSHIP: "MENTOR|MENTEE",
    Label.SCHOLARSHIP: "AWARDED_TO",
    Label.TRAINING: "ATTENDED_BY",
}

PARTS = {
    label: Statement(
        f"""
    MATCH (n:{label})-[part:{parts}]->(e:Expert)
    WHERE n.tlp IN $marks AND n.retracted_at IS NULL AND n.status <> 'cancelled'
      AND e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND 'directory' IN coalesce(e.consents, [])
    WITH n, part, e ORDER BY n.id, type(part), e.id
    RETURN collect(n.id) AS engagements, collect(coalesce(n.name, '')) AS names, collect(type(part)) AS parts,
           collect(e.id) AS people, collect(coalesce(n.status, '')) AS statuses,
           collect(coalesce(n.start, '')) AS starts, collect(coalesce(n.end, '')) AS ends,
           collect(coalesce(n.start_last, '')) AS start_last, collect(coalesce(n.end_first, '')) AS end_first
""",
        reads=Topic.PEOPLE | TOPIC_OF[label],
    )
    for label, parts in _PARTS.items()
}

PLACES = {
    label: Statement(
        f"""
    MATCH (n:{label})-[tie:TO|AT|HELD_BY|FROM|FOR|ABOUT]->(m)
    WHERE n.tlp IN $marks AND n.retracted_at IS NULL AND n.status <> 'cancelled'
      AND m.tlp IN $marks AND m.retracted_at IS NULL
    WITH n, tie, m ORDER BY n.id, type(tie), m.id
    RETURN collect(n.id) AS engagements, collect(type(tie)) AS ties, collect(labels(m)[0]) AS labels,
           collect(m.id) AS ids, collect(m.name) AS names
""",
        reads=TOPIC_OF[label] | Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.REFERENCE,
    )
    for label in _PARTS
}

PROFILES = Statement(
    """
    MATCH (e:Expert)-[tie:WORKS_AT|HAS_CAPABILITY]->(m)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND 'directory' IN coalesce(e.consents, []) AND m.tlp IN $marks AND m.retracted_at IS NULL
      AND coalesce(tie.level, 1.0) > 0.0
    WITH e, m ORDER BY e.id, m.id
    RETURN collect(e.id) AS people, collect(labels(m)[0]) AS labels, collect(m.id) AS ids, collect(m.name) AS names
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.REFERENCE | Topic.ACCOUNTS,
)

RATINGS = Statement(
    """
    MATCH (a:Assessment)-[:OF]->(p:Programme), (a)-[r:RATES]->(k:Capability)
    WHERE p.tlp IN $marks AND p.retracted_at IS NULL AND a.tlp IN $marks AND a.retracted_at IS NULL
    WITH a, p, r, k ORDER BY p.id, a.assessed_on_last DESC, a.id, k.id
    RETURN collect(p.id) AS programmes, collect(a.id) AS assessments, collect(k.id) AS capabilities,
           collect(r.level < r.target_level) AS lacking
""",
    reads=Topic.PROGRAMMES | Topic.REFERENCE,
)


def people(graph: Graph, audience: Audience) -> Row:
    """Columns `ids`, `names`, `headlines`, `countries`, in order of ids."""
    return cached_rows(graph, PEOPLE, **audience.parameters)[0]


def parts(graph: Graph, audience: Audience) -> dict[Label, Row]:
    """Kind of engagement -> who took part: columns `engagements`, `names`, `parts`, `people`, `statuses`, dates."""
    return {label: cached_rows(graph, statement, **audience.parameters)[0] for label, statement in PARTS.items()}


def places(graph: Graph, audience: Audience) -> dict[Label, Row]:
    """Kind of engagement -> where, for and about what: columns `engagements`, `ties`, `labels`, `ids`, `names`."""
    return {label: cached_rows(graph, statement, marks=audience.marks)[0] for label, statement in PLACES.items()}


def profiles(graph: Graph, audience: Audience) -> Row:
    """Where people work and worked and what they can do: columns `people`, `labels`, `ids`, `names`."""
    return cached_rows(graph, PROFILES, **audience.parameters)[0]


def ratings(graph: Graph, audience: Audience) -> Row:
    """Columns `programmes`, `assessments`, `capabilities`, `lacking`; of each programme the latest assessment first."""
    return cached_rows(graph, RATINGS, marks=audience.marks)[0]
