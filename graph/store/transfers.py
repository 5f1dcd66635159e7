"""What moved know-how, in columns: one row of equally long lists per kind of engagement.

People count here only where they agreed to research; `agreed` says so for each engagement. An absent party is an
empty id. `first` is the first day of the start and `last` the last day of the end, empty where not known. What is over
without a known end counts for its start alone, so that it is not taken to go on for ever. What was retracted is read
where that was after the instant `known`; nothing is later than LATEST. `planned` says what is no more than that; a
publication never is. Of a scholarship `away` says that it is planned or goes on, and `returned` whether the scholar
came back, between `returned_first` and `returned_last`.
"""

from graph.cache.memory import cached_rows
from graph.connection import Graph, Row
from graph.domain.labels import Label
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

SECONDMENTS = Statement(
    """
    MATCH (n:Secondment)-[:BY]->(e:Expert), (n)-[:TO]->(host:Institution)
    WHERE n.tlp IN $marks AND (n.retracted_at IS NULL OR n.retracted_at > $known)
      AND e.retracted_at IS NULL AND n.status <> 'cancelled'
    OPTIONAL MATCH (n)-[:FROM]->(home:Institution)
    OPTIONAL MATCH (n)-[:FUNDED_BY]->(f:Institution)
    WITH n, e, host, home, f ORDER BY n.id
    RETURN collect(n.id) AS ids, collect(e.id) AS people, collect('research' IN coalesce(e.consents, [])) AS agreed,
           collect(coalesce(home.id, '')) AS sources, collect(host.id) AS targets,
           collect(coalesce(n.direction, 'teaches')) AS directions,
           collect(coalesce(f.id, '')) AS funders,
           collect(coalesce(n.start_first, '')) AS first,
           collect(CASE WHEN n.end_last IS NULL AND NOT n.status IN ['active', 'planned']
                   THEN coalesce(n.start_last, '') ELSE coalesce(n.end_last, '') END) AS last,
           collect(coalesce(n.recorded_at, '')) AS recorded, collect(n.tlp) AS tlps,
           collect(coalesce(n.retracted_at, '')) AS retracted, collect(n.status = 'planned') AS planned
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.SECONDMENTS,
)

MENTORSHIPS = Statement(
    """
    MATCH (n:Mentorship)-[:MENTOR]->(a:Expert), (n)-[:MENTEE]->(b:Expert)
    WHERE n.tlp IN $marks AND (n.retracted_at IS NULL OR n.retracted_at > $known)
      AND a.retracted_at IS NULL AND b.retracted_at IS NULL
      AND n.status <> 'cancelled'
    OPTIONAL MATCH (n)-[:FUNDED_BY]->(f:Institution)
    WITH n, a, b, f ORDER BY n.id
    RETURN collect(n.id) AS ids,
           collect('research' IN coalesce(a.consents, []) AND 'research' IN coalesce(b.consents, [])) AS agreed,
           collect(a.id) AS sources, collect(b.id) AS targets, collect(coalesce(f.id, '')) AS funders,
           collect(coalesce(n.start_first, '')) AS first,
           collect(CASE WHEN n.end_last IS NULL AND NOT n.status IN ['active', 'planned']
                   THEN coalesce(n.start_last, '') ELSE coalesce(n.end_last, '') END) AS last,
           collect(coalesce(n.recorded_at, '')) AS recorded, collect(n.tlp) AS tlps,
           collect(coalesce(n.retracted_at, '')) AS retracted, collect(n.status = 'planned') AS planned
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.MENTORSHIPS,
)

SCHOLARSHIPS = Statement(
    """
    MATCH (n:Scholarship)-[:AWARDED_TO]->(e:Expert), (n)-[:AT]->(place:Institution)
    WHERE n.tlp IN $marks AND (n.retracted_at IS NULL OR n.retracted_at > $known)
      AND e.retracted_at IS NULL AND n.status <> 'cancelled'
    OPTIONAL MATCH (n)-[:FROM]->(home:Institution)
    OPTIONAL MATCH (n)-[:FUNDED_BY]->(f:Institution)
    WITH n, e, place, home, f ORDER BY n.id
    RETURN collect(n.id) AS ids, collect(e.id) AS people, collect('research' IN coalesce(e.consents, [])) AS agreed,
           collect(place.id) AS sources, collect(coalesce(home.id, '')) AS targets,
           collect(coalesce(n.returned, 'not_known')) AS returned,
           collect(coalesce(n.returned_on_first, '')) AS returned_first,
           collect(coalesce(n.returned_on_last, '')) AS returned_last,
           collect(n.status IN ['active', 'planned']) AS away, collect(coalesce(n.end_first, '')) AS end_first,
           collect(coalesce(f.id, '')) AS funders,
           collect(coalesce(n.start_first, '')) AS first,
           collect(CASE WHEN n.end_last IS NULL AND (NOT n.status IN ['active', 'planned'] OR n.returned = 'yes')
                   THEN coalesce(n.start_last, '') ELSE coalesce(n.end_last, '') END) AS last,
           collect(coalesce(n.recorded_at, '')) AS recorded, collect(n.tlp) AS tlps,
           collect(coalesce(n.retracted_at, '')) AS retracted, collect(n.status = 'planned') AS planned
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.SCHOLARSHIPS,
)

TRAININGS = Statement(
    """
    MATCH (n:Training)-[:ATTENDED_BY]->(e:Expert)
    WHERE n.tlp IN $marks AND (n.retracted_at IS NULL OR n.retracted_at > $known)
      AND e.retracted_at IS NULL AND n.status <> 'cancelled'
    OPTIONAL MATCH (n)-[:HELD_BY]->(organiser:Institution)
    OPTIONAL MATCH (n)-[:HELD_BY]->(:CenterOfExcellence)-[:HOSTED_AT]->(host:Institution)
    OPTIONAL MATCH (n)-[:FUNDED_BY]->(f:Institution)
    WITH n, e, coalesce(organiser.id, host.id, '') AS source, f ORDER BY n.id, e.id
    RETURN collect(n.id) AS ids, collect(e.id) AS people, collect('research' IN coalesce(e.consents, [])) AS agreed,
           collect(source) AS sources, collect(coalesce(f.id, '')) AS funders,
           collect(coalesce(n.start_first, '')) AS first,
           collect(CASE WHEN n.end_last IS NULL AND NOT n.status IN ['active', 'planned']
                   THEN coalesce(n.start_last, '') ELSE coalesce(n.end_last, '') END) AS last,
           collect(coalesce(n.recorded_at, '')) AS recorded, collect(n.tlp) AS tlps,
           collect(coalesce(n.retracted_at, '')) AS retracted, collect(n.status = 'planned') AS planned
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.TRAININGS,
)

PARTNERS = Statement(
    """
    MATCH (n:JointProject)-[:PARTNER]->(i:Institution)
    WHERE n.tlp IN $marks AND (n.retracted_at IS NULL OR n.retracted_at > $known)
      AND n.status <> 'cancelled'
    OPTIONAL MATCH (n)-[:FUNDED_BY]->(f:Institution)
    WITH n, i, f ORDER BY n.id, i.id
    RETURN collect(n.id) AS ids, collect(i.id) AS partners, collect(coalesce(f.id, '')) AS funders,
           collect(coalesce(n.start_first, '')) AS first,
           collect(CASE WHEN n.end_last IS NULL AND NOT n.status IN ['active', 'planned']
                   THEN coalesce(n.start_last, '') ELSE coalesce(n.end_last, '') END) AS last,
           collect(coalesce(n.recorded_at, '')) AS recorded, collect(n.tlp) AS tlps,
           collect(coalesce(n.retracted_at, '')) AS retracted, collect(n.status = 'planned') AS planned
""",
    reads=Topic.ORGANISATIONS | Topic.PROJECTS,
)

AUTHORS = Statement(
    """
    MATCH (n:Publication)-[:AUTHORED_BY]->(e:Expert)
    WHERE n.tlp IN $marks AND (n.retracted_at IS NULL OR n.retracted_at > $known)
      AND e.retracted_at IS NULL
    WITH n, e ORDER BY n.id, e.id
    RETURN collect(n.id) AS ids, collect(e.id) AS people, collect('research' IN coalesce(e.consents, [])) AS agreed,
           collect(coalesce(n.published_first, '')) AS first, collect(coalesce(n.published_last, '')) AS last,
           collect(coalesce(n.recorded_at, '')) AS recorded, collect(n.tlp) AS tlps,
           collect(coalesce(n.retracted_at, '')) AS retracted
""",
    reads=Topic.PEOPLE | Topic.PUBLICATIONS,
)

TERMS = Statement(
    """
    MATCH (n) WHERE (n:Secondment OR n:Mentorship OR n:Scholarship OR n:Training OR n:JointProject)
      AND n.tlp IN $marks AND (n.share IS NOT NULL OR n.amount IS NOT NULL)
    WITH n, labels(n)[0] AS label ORDER BY label, n.id
    RETURN collect(label) AS labels, collect(n.id) AS ids, collect(coalesce(n.share, -1.0)) AS shares,
           collect(coalesce(n.amount, -1)) AS amounts, collect(coalesce(n.currency, '')) AS currencies,
           collect(coalesce(n.start, '')) AS starts, collect(coalesce(n.end, '')) AS ends,
           collect(n.status = 'active') AS active
""",
    reads=Topic.ENGAGEMENTS,
)

OWNERS = Statement(
    """
    MATCH (n)-[:FOR]->(p:Programme)-[:OWNED_BY]->(i:Institution)
    WHERE (n:Secondment OR n:Mentorship) AND n.tlp IN $marks AND p.tlp IN $marks AND p.retracted_at IS NULL
    WITH n, labels(n)[0] AS label, i ORDER BY label, n.id, i.id
    RETURN collect(label) AS labels, collect(n.id) AS ids, collect(i.id) AS owners
""",
    reads=Topic.SECONDMENTS | Topic.MENTORSHIPS | Topic.PROGRAMMES | Topic.ORGANISATIONS,
)

POSTS = Statement(
    """
    MATCH (e:Expert)-[w:WORKS_AT]->(i:Institution)
    WITH e, w, i ORDER BY e.id, coalesce(w.start_first, ''), i.id
    RETURN collect(e.id) AS people, collect(i.id) AS institutions,
           collect(coalesce(w.start_first, '')) AS first, collect(coalesce(w.end_last, '')) AS last
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS,
)

BASES = Statement(
    """
    MATCH (e:Expert)-[:BASED_IN]->(c:Country) WITH e, c ORDER BY e.id
    RETURN collect(e.id) AS people, collect(c.id) AS countries
""",
    reads=Topic.PEOPLE | Topic.REFERENCE,
)

PERSON_NAMES = Statement(
    """
    MATCH (e:Expert) WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    WITH e ORDER BY e.id
    RETURN collect(e.id) AS ids, collect(e.name) AS names
""",
    reads=Topic.PEOPLE,
)

YEARS = Statement(
    """
    MATCH (n) WHERE (n:Secondment OR n:Mentorship OR n:Scholarship OR n:Training OR n:JointProject OR n:Publication)
      AND n.tlp IN $marks AND n.retracted_at IS NULL AND coalesce(n.status, '') <> 'cancelled'
    WITH coalesce(n.start_first, n.published_first) AS began WHERE began IS NOT NULL
    RETURN DISTINCT left(began, 4) AS year ORDER BY year
""",
    reads=Topic.NETWORK,
)

OF_KIND = {
    Label.SECONDMENT: SECONDMENTS,
    Label.MENTORSHIP: MENTORSHIPS,
    Label.SCHOLARSHIP: SCHOLARSHIPS,
    Label.TRAINING: TRAININGS,
    Label.JOINT_PROJECT: PARTNERS,
    Label.PUBLICATION: AUTHORS,
}


LATEST = "9999"
"""Later than any instant."""


def columns(graph: Graph, audience: Audience, kind: Label, known: str = LATEST) -> Row:
    """The columns of one kind of engagement (see the statements); lists of one length in the order of ids."""
    return cached_rows(graph, OF_KIND[kind], marks=audience.marks, known=known)[0]


def terms(graph: Graph, audience: Audience) -> Row:
    """Columns `labels`, `ids`, `shares`, `amounts`, `currencies`, `starts`, `ends`, `active` of what states any.

    A share or an amount that is not stated is -1.
    """
    return cached_rows(graph, TERMS, marks=audience.marks)[0]


def owners(graph: Graph, audience: Audience) -> Row:
    """Columns `labels`, `ids`, `owners`: for whose programme an engagement is."""
    return cached_rows(graph, OWNERS, marks=audience.marks)[0]


def posts(graph: Graph) -> Row:
    """Who worked where and when. Used to place a transfer, never shown: it holds people the viewer may not see."""
    return cached_rows(graph, POSTS)[0]


def bases(graph: Graph) -> Row:
    """Who is based in which country. Used to place a transfer, never shown."""
    return cached_rows(graph, BASES)[0]


def person_names(graph: Graph, audience: Audience) -> dict[str, str]:
    """Id -> name of the people this viewer may see."""
    row = cached_rows(graph, PERSON_NAMES, **audience.parameters)[0]
    return dict(zip(row["ids"], row["names"], strict=True))


def years(graph: Graph, audience: Audience) -> list[int]:
    """The years in which an engagement began, in order."""
    return [int(row["year"]) for row in cached_rows(graph, YEARS, marks=audience.marks)]
