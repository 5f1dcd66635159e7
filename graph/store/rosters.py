"""The people a viewer may match, and what the openings ask, in columns of equal length."""

from collections.abc import Sequence

from graph.cache.memory import cached_rows
from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

# What was agreed here counts from its confirmation on, also while nobody has made an engagement of it: a mentorship
# whose mentee is not named, a scholarship. An engagement has the id of its proposal and is not counted twice. Patterns
# begin at the person: the embedded engine would else go through all proposals for each.
PEOPLE = Statement(
    """
    MATCH (e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    OPTIONAL MATCH (e)-[:BASED_IN]->(c:Country)
    WITH e, c,
         COUNT { MATCH (n:Mentorship)-[:MENTOR]->(e)
                 WHERE n.status IN ['active', 'planned'] AND n.retracted_at IS NULL }
         + COUNT { MATCH (n:Secondment)-[:BY]->(e)
                   WHERE n.status IN ['active', 'planned'] AND n.retracted_at IS NULL }
         + COUNT { MATCH (q:Proposal)-[:OFFERS]->(e) WHERE q.status = 'confirmed' AND q.retracted_at IS NULL }
         - COUNT { MATCH (e)<-[:OFFERS]-(q:Proposal), (e)<-[:BY|MENTOR|AWARDED_TO]-(n)
                   WHERE q.status = 'confirmed' AND q.retracted_at IS NULL AND n.id = q.id
                     AND (NOT n:Scholarship OR NOT n.status IN ['active', 'planned']) }
         AS load
    ORDER BY e.id
    RETURN collect(e.id) AS ids, collect(e.name) AS names, collect('matching' IN coalesce(e.consents, [])) AS consents,
           collect(coalesce(e.capacity, 0)) AS capacities, collect(load) AS loads,
           collect(coalesce(c.id, '')) AS countries, collect(coalesce(e.headline, '')) AS headlines,
           collect(coalesce(e.time_zone, '')) AS zones
""",
    reads=Topic.PEOPLE | Topic.PROPOSALS | Topic.SECONDMENTS | Topic.MENTORSHIPS | Topic.SCHOLARSHIPS | Topic.REFERENCE,
)

LEVELS = Statement(
    """
    MATCH (e:Expert)-[h:HAS_CAPABILITY]->(k:Capability)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    WITH e, h, k ORDER BY e.id, k.id
    RETURN collect(e.id) AS people, collect(k.id) AS capabilities, collect(h.level) AS levels,
           collect(coalesce(h.confirmed_on_last, '')) AS confirmed, collect(coalesce(h.confirmed_on, '')) AS known_as,
           collect(coalesce(h.evidence, '')) AS evidence
""",
    reads=Topic.PEOPLE | Topic.REFERENCE,
)

LANGUAGES = Statement(
    """
    MATCH (e:Expert)-[s:SPEAKS]->(l:Language)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    WITH e, s, l ORDER BY e.id, l.id
    RETURN collect(e.id) AS people, collect(l.id) AS languages, collect(s.level) AS levels
""",
    reads=Topic.PEOPLE | Topic.REFERENCE,
)

WINDOWS = Statement(
    """
    MATCH (a:Availability)-[:OF]->(e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND a.tlp IN $marks AND a.retracted_at IS NULL
    WITH e, a ORDER BY e.id, a.id
    RETURN collect(a.id) AS ids, collect(e.id) AS people, collect(a.start_first) AS first, collect(a.end_last) AS last,
           collect(a.mode) AS modes, collect(a.share) AS shares
""",
    reads=Topic.PEOPLE,
)

POSTS = Statement(
    """
    MATCH (e:Expert)-[w:WORKS_AT]->(i:Institution)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND coalesce(w.start_first, '') <= $today AND coalesce(w.end_last, '9999') >= $today
    WITH DISTINCT e, i ORDER BY e.id, i.id
    RETURN collect(e.id) AS people, collect(i.id) AS institutions
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS,
)

DEEDS = Statement(
    """
    MATCH (n)-[:BY|MENTOR]->(e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND n.tlp IN $marks AND n.retracted_at IS NULL AND n.status <> 'cancelled'
    OPTIONAL MATCH (n)-[:TO]->(i:Institution)
    OPTIONAL MATCH (n)-[:FOR]->(p:Programme)
    WITH n, e, i, p ORDER BY coalesce(n.start_first, ''), n.id
    RETURN collect(n.id) AS ids, collect(labels(n)[0]) AS labels, collect(e.id) AS people,
           collect(coalesce(i.id, '')) AS hosts, collect(coalesce(p.id, '')) AS programmes,
           collect(n.status) AS statuses, collect(coalesce(n.outcome, '')) AS outcomes,
           collect(coalesce(n.start, '')) AS starts, collect(coalesce(n.end, '')) AS ends
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.SECONDMENTS | Topic.MENTORSHIPS,
)

SUBJECTS = Statement(
    """
    MATCH (n)-[:ABOUT]->(k:Capability) WHERE n.tlp IN $marks AND n.retracted_at IS NULL
    RETURN collect(n.id) AS engagements, collect(labels(n)[0]) AS labels, collect(k.id) AS capabilities
""",
    reads=Topic.AGREEMENTS | Topic.ENGAGEMENTS | Topic.REFERENCE,
)

CONFLICTS = Statement(
    """
    MATCH (e:Expert)-[:CONFLICTS_WITH]->(i:Institution)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    WITH e, i ORDER BY e.id, i.id
    RETURN collect(e.id) AS people, collect(i.id) AS institutions
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS,
)

PARTS = Statement(
    """
    MATCH (i:Institution)-[:PART_OF]->(whole:Institution)
    WHERE i.retracted_at IS NULL AND whole.retracted_at IS NULL
    RETURN collect(i.id) AS parts, collect(whole.id) AS wholes
""",
    reads=Topic.ORGANISATIONS,
)

OFFERED = Statement(
    """
    MATCH (c:CenterOfExcellence)-[:OFFERS]->(k:Capability), (c)-[:HOSTED_AT]->(i:Institution)
    WHERE c.tlp IN $marks AND c.retracted_at IS NULL
    RETURN collect(k.id) AS capabilities, collect(i.id) AS institutions
""",
    reads=Topic.ORGANISATIONS | Topic.REFERENCE,
)

CAPABILITIES = Statement(
    """
    MATCH (k:Capability) WITH k ORDER BY k.id
    RETURN collect(k.id) AS ids, collect(k.name) AS names
""",
    reads=Topic.REFERENCE,
)

BROADER = Statement(
    """
    MATCH (k:Capability)-[:BROADER]->(b:Capability)
    RETURN collect(k.id) AS ids, collect(b.id) AS broader
""",
    reads=Topic.REFERENCE,
)

TONGUES = Statement(
    """
    MATCH (l:Language) WITH l ORDER BY l.id RETURN collect(l.id) AS ids, collect(l.name) AS names
""",
    reads=Topic.REFERENCE,
)

REFUSED = Statement(
    """
    UNWIND $ids AS id MATCH (o:Opening {id: id})<-[:OF]-(p:Proposal)-[:OFFERS]->(e:Expert)
    WHERE p.status = 'declined' AND p.retracted_at IS NULL AND p.tlp IN $marks
    RETURN DISTINCT o.id AS opening, e.id AS person ORDER BY opening, person
""",
    reads=Topic.PEOPLE | Topic.OPENINGS | Topic.PROPOSALS,
)


def people(graph: Graph, audience: Audience) -> Row:
    """Columns `ids`, `names`, `consents` (to matching), `capacities`, `loads`, `countries`, `headlines` and `zones`,
    in order of ids.
    """
    return cached_rows(graph, PEOPLE, **audience.parameters)[0]


def levels(graph: Graph, audience: Audience) -> Row:
    """Columns `people`, `capabilities`, `levels`, `confirmed` (a day or empty), `known_as` (as stated), `evidence`."""
    return cached_rows(graph, LEVELS, **audience.parameters)[0]


def languages(graph: Graph, audience: Audience) -> Row:
    """Columns `people`, `languages`, `levels` (CEFR)."""
    return cached_rows(graph, LANGUAGES, **audience.parameters)[0]


def windows(graph: Graph, audience: Audience) -> Row:
    """Columns `ids`, `people`, `first`, `last` (ISO days, both included), `modes`, `shares`."""
    return cached_rows(graph, WINDOWS, **audience.parameters)[0]


def posts(graph: Graph, audience: Audience, today: str) -> Row:
    """Columns `people`, `institutions`: who works where on that day."""
    return cached_rows(graph, POSTS, today=today, **audience.parameters)[0]


def deeds(graph: Graph, audience: Audience) -> Row:
    """Engagements in which people gave, earliest first: `ids`, `labels`, `people`, `hosts`, `programmes`, `statuses`,
    `outcomes`, `starts` and `ends`; what is not stated is empty.
    """
    return cached_rows(graph, DEEDS, **audience.parameters)[0]


def subjects(graph: Graph, audience: Audience) -> Row:
    """Columns `engagements`, `labels`, `capabilities`: what every engagement, of any kind, was about."""
    return cached_rows(graph, SUBJECTS, marks=audience.marks)[0]


def conflicts(graph: Graph, audience: Audience) -> Row:
    """Columns `people`, `institutions`: who declared a conflict of interest with whom."""
    return cached_rows(graph, CONFLICTS, **audience.parameters)[0]


def parts(graph: Graph) -> Row:
    """Columns `parts`, `wholes` of institutions. Used to judge, never shown: it holds what the viewer may not see."""
    return cached_rows(graph, PARTS)[0]


def offered(graph: Graph, audience: Audience) -> Row:
    """Columns `capabilities`, `institutions`: where a centre of excellence offers what."""
    return cached_rows(graph, OFFERED, marks=audience.marks)[0]


def capabilities(graph: Graph) -> Row:
    """Columns `ids`, `names` of every capability there is."""
    return cached_rows(graph, CAPABILITIES)[0]


def broader(graph: Graph) -> Row:
    """Columns `ids`, `broader`: every step up the capability trees."""
    return cached_rows(graph, BROADER)[0]


def tongues(graph: Graph) -> Row:
    """Columns `ids`, `names` of every language there is."""
    return cached_rows(graph, TONGUES)[0]


def refused(graph: Graph, audience: Audience, ids: Sequence[str]) -> list[Row]:
    """Who declined, or was declined for, these openings: `opening` and `person`."""
    return graph.read(REFUSED, ids=list(ids), marks=audience.marks)
