"""The people a viewer may match, what they state and what they have done, in columns of equal length."""

from graph.cache.memory import cached_parts, cached_rows
from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

PEOPLE = Statement(
    """
    MATCH (e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    OPTIONAL MATCH (e)-[:BASED_IN]->(c:Country)
    WITH e, c,
         COUNT { MATCH (n:Scholarship)-[:AWARDED_TO]->(e)
                 WHERE n.status <> 'cancelled' AND n.retracted_at IS NULL AND n.tlp IN $marks } AS chances
    ORDER BY e.id
    RETURN collect(e.id) AS ids, collect(e.name) AS names, collect('matching' IN coalesce(e.consents, [])) AS consents,
           collect(coalesce(e.capacity, 0)) AS capacities,
           collect(chances) AS chances,
           collect(coalesce(c.id, '')) AS countries, collect(coalesce(e.headline, '')) AS headlines,
           collect(coalesce(e.time_zone, '')) AS zones
""",
    reads=Topic.PEOPLE | Topic.SCHOLARSHIPS | Topic.REFERENCE,
)

# Of an institution or an opening only its id is read, which never changes: a new one must not have all of this read
# again.
STATED = Statement(
    """
    MATCH (e:Expert)-[h:HAS_CAPABILITY]->(k:Capability)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    WITH e, h, k ORDER BY e.id, k.id
    WITH collect(e.id) AS people, collect(k.id) AS capabilities, collect(h.level) AS levels,
         collect(coalesce(h.confirmed_on_last, '')) AS confirmed, collect(coalesce(h.confirmed_on, '')) AS known_as,
         collect(coalesce(h.evidence, '')) AS evidence
    RETURN 'levels' AS part, {people: people, capabilities: capabilities, levels: levels, confirmed: confirmed,
                              known_as: known_as, evidence: evidence} AS columns
    UNION ALL
    MATCH (e:Expert)-[s:SPEAKS]->(l:Language)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    WITH e, s, l ORDER BY e.id, l.id
    WITH collect(e.id) AS people, collect(l.id) AS languages, collect(s.level) AS levels
    RETURN 'languages' AS part, {people: people, languages: languages, levels: levels} AS columns
    UNION ALL
    MATCH (a:Availability)-[:OF]->(e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND a.tlp IN $marks AND a.retracted_at IS NULL
    WITH e, a ORDER BY e.id, a.id
    WITH collect(a.id) AS ids, collect(e.id) AS people, collect(a.start_first) AS first,
         collect(a.end_last) AS last, collect(a.mode) AS modes, collect(a.share) AS shares
    RETURN 'windows' AS part,
           {ids: ids, people: people, first: first, last: last, modes: modes, shares: shares} AS columns
    UNION ALL
    MATCH (e:Expert)-[:CONFLICTS_WITH]->(i)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    WITH e, i ORDER BY e.id, i.id
    WITH collect(e.id) AS people, collect(i.id) AS institutions
    RETURN 'conflicts' AS part, {people: people, institutions: institutions} AS columns
    UNION ALL
    MATCH (e:Expert)-[w:WISHES]->(o)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND ($role IN ['officer', 'admin'] OR e.id = $viewer)
    WITH e, w, o ORDER BY e.id, w.rank, o.id
    WITH collect(e.id) AS people, collect(o.id) AS openings
    RETURN 'wishes' AS part, {people: people, openings: openings} AS columns
""",
    reads=Topic.PEOPLE | Topic.REFERENCE,
)

# Of what is written, what has not happened, or is only planned, says nothing of somebody yet.
ENGAGED = Statement(
    """
    MATCH (n)-[:BY|MENTOR]->(e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND n.tlp IN $marks AND n.retracted_at IS NULL AND n.status <> 'cancelled'
      AND coalesce(n.direction, 'teaches') <> 'learns'
    OPTIONAL MATCH (n)-[:TO]->(i:Institution)
    OPTIONAL MATCH (n)-[:FOR]->(p:Programme)
    WITH n, e, i, p ORDER BY coalesce(n.start_first, ''), n.id
    WITH collect(n.id) AS ids, collect(labels(n)[0]) AS labels, collect(e.id) AS people,
         collect(coalesce(i.id, '')) AS hosts, collect(coalesce(p.id, '')) AS programmes,
         collect(n.status) AS statuses, collect(coalesce(n.outcome, '')) AS outcomes,
         collect(coalesce(n.start, '')) AS starts, collect(coalesce(n.end, '')) AS ends
    RETURN 'given' AS part, {ids: ids, labels: labels, people: people, hosts: hosts, programmes: programmes,
                             statuses: statuses, outcomes: outcomes, starts: starts, ends: ends} AS columns
    UNION ALL
    MATCH (n)-[:BY|MENTOR|MENTEE|AWARDED_TO|ATTENDED_BY|AUTHORED_BY]->(e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND n.tlp IN $marks AND n.retracted_at IS NULL AND NOT coalesce(n.status, '') IN ['cancelled', 'planned']
    WITH n, e ORDER BY n.id, e.id
    WITH collect(n.id) AS ids, collect(e.id) AS people,
         collect(coalesce(n.title, n.name, n.degree, '')) AS names, collect(coalesce(n.outcome, '')) AS outcomes
    RETURN 'written' AS part, {ids: ids, people: people, names: names, outcomes: outcomes} AS columns
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.NETWORK,
)

SUBJECTS = Statement(
    """
    MATCH (n)-[:ABOUT]->(k:Capability) WHERE n.tlp IN $marks AND n.retracted_at IS NULL
    RETURN collect(n.id) AS engagements, collect(labels(n)[0]) AS labels, collect(k.id) AS capabilities
""",
    reads=Topic.AGREEMENTS | Topic.ENGAGEMENTS | Topic.REFERENCE,
)


def people(graph: Graph, audience: Audience) -> Row:
    """Columns `ids`, `names`, `consents` (to matching), `capacities`, `chances`, `countries`, `headlines` and `zones`,
    in order of ids.
    """
    return cached_rows(graph, PEOPLE, **audience.parameters)[0]


def levels(graph: Graph, audience: Audience) -> Row:
    """Columns `people`, `capabilities`, `levels`, `confirmed` (a day or empty), `known_as` (as stated), `evidence`."""
    return cached_parts(graph, STATED, **audience.parameters)["levels"]


def languages(graph: Graph, audience: Audience) -> Row:
    """Columns `people`, `languages`, `levels` (CEFR)."""
    return cached_parts(graph, STATED, **audience.parameters)["languages"]


def windows(graph: Graph, audience: Audience) -> Row:
    """Columns `ids`, `people`, `first`, `last` (ISO days, both included), `modes`, `shares`."""
    return cached_parts(graph, STATED, **audience.parameters)["windows"]


def conflicts(graph: Graph, audience: Audience) -> Row:
    """Columns `people`, `institutions`: who declared a conflict of interest with whom."""
    return cached_parts(graph, STATED, **audience.parameters)["conflicts"]


def wishes(graph: Graph, audience: Audience) -> Row:
    """Columns `people`, `openings`: what each person would take, the dearest first; only for those who plan."""
    return cached_parts(graph, STATED, **audience.parameters)["wishes"]


def past_engagements(graph: Graph, audience: Audience) -> Row:
    """Engagements in which people gave, earliest first: `ids`, `labels`, `people`, `hosts`, `programmes`, `statuses`,
    `outcomes`, `starts` and `ends`; what is not stated is empty.
    """
    return cached_parts(graph, ENGAGED, **audience.parameters)["given"]


def written(graph: Graph, audience: Audience) -> Row:
    """Engagements and publications of people, whatever their part: `ids`, `people`, `names` (a title, a degree) and
    `outcomes`; what is not stated is empty.
    """
    return cached_parts(graph, ENGAGED, **audience.parameters)["written"]


def subjects(graph: Graph, audience: Audience) -> Row:
    """Columns `engagements`, `labels`, `capabilities`: what every engagement, of any kind, was about."""
    return cached_rows(graph, SUBJECTS, marks=audience.marks)[0]
