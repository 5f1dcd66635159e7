"""Experts as a viewer may see them."""

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.people import Expert
from graph.domain.properties import from_properties
from graph.domain.topics import Topic
from graph.errors import NotFound
from graph.statement import Statement
from graph.store.pages import Listing

FIND = Statement(
    """
    MATCH (e:Expert {id: $id})
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    OPTIONAL MATCH (e)-[:BASED_IN]->(c:Country)
    RETURN properties(e) AS expert, c.id AS country
""",
    reads=Topic.PEOPLE | Topic.REFERENCE,
)

POSTS = Statement(
    """
    MATCH (e:Expert {id: $id})-[w:WORKS_AT]->(i:Institution)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND i.tlp IN $marks AND i.retracted_at IS NULL
    RETURN i.id AS institution, i.name AS name, w.role AS role, w.start AS start, w.end AS end
    ORDER BY coalesce(w.start_first, '') DESC, institution
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS,
)

LANGUAGES = Statement(
    """
    MATCH (e:Expert {id: $id})-[s:SPEAKS]->(l:Language)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    RETURN l.id AS language, l.name AS name, s.level AS level ORDER BY level DESC, language
""",
    reads=Topic.PEOPLE | Topic.REFERENCE,
)

CAPABILITIES = Statement(
    """
    MATCH (e:Expert {id: $id})-[h:HAS_CAPABILITY]->(c:Capability)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    RETURN c.id AS capability, c.name AS name, h.level AS level, h.evidence AS evidence,
           h.confirmed_on AS confirmed_on
    ORDER BY level DESC, name, capability
""",
    reads=Topic.PEOPLE | Topic.REFERENCE,
)

CONFIRM = Statement(
    """
    MATCH (e:Expert {id: $id})-[h:HAS_CAPABILITY]->(:Capability)
    SET h.confirmed_on = $today, h.confirmed_on_first = $today, h.confirmed_on_last = $today
    RETURN count(h) AS total
""",
    changes=Topic.PEOPLE,
)

AVAILABILITY = Statement(
    """
    MATCH (a:Availability)-[:OF]->(e:Expert {id: $id})
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND a.tlp IN $marks AND a.retracted_at IS NULL
    RETURN a.id AS id, a.start AS start, a.end AS end, a.mode AS mode, a.share AS share ORDER BY a.start_first, id
""",
    reads=Topic.PEOPLE,
)

HISTORY = Statement(
    """
    MATCH (n)-[part:BY|MENTOR|MENTEE|AWARDED_TO|ATTENDED_BY]->(e:Expert {id: $id})
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND n.tlp IN $marks AND n.retracted_at IS NULL
    OPTIONAL MATCH (n)-[host:TO|AT|HELD_BY]->(i) WHERE i.tlp IN $marks AND i.retracted_at IS NULL
      AND (type(host) <> 'AT' OR NOT n:Training)
    OPTIONAL MATCH (n)-[:MENTOR|MENTEE]->(o:Expert)
    WHERE o.id <> e.id AND o.tlp IN $marks AND ($role IN o.open_to OR o.id = $viewer) AND o.retracted_at IS NULL
    OPTIONAL MATCH (n)-[:FOR]->(p:Programme) WHERE p.tlp IN $marks AND p.retracted_at IS NULL
    RETURN n.id AS id, labels(n)[0] AS label, type(part) AS part, n.name AS name, n.status AS status,
           n.start AS start, n.end AS end, n.start_first AS first, n.end_last AS last,
           i.name AS place, o.id AS other, o.name AS other_name, p.id AS programme, p.name AS programme_name
    ORDER BY coalesce(n.start_first, '') DESC, id
""",
    reads=Topic.PEOPLE
    | Topic.ORGANISATIONS
    | Topic.PROGRAMMES
    | Topic.SECONDMENTS
    | Topic.MENTORSHIPS
    | Topic.SCHOLARSHIPS
    | Topic.TRAININGS,
)

LISTING = Listing(
    keys=Statement(
        """
    MATCH (e:Expert)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND all(word IN $words WHERE e.search CONTAINS word)
      AND ($country = '' OR EXISTS { (e)-[:BASED_IN]->(:Country {id: $country}) })
      AND ($capability = '' OR EXISTS { (e)-[:HAS_CAPABILITY]->(:Capability {id: $capability}) })
      AND ($language = '' OR EXISTS { (e)-[:SPEAKS]->(:Language {id: $language}) })
    OPTIONAL MATCH (e)-[:BASED_IN]->(c:Country)
    RETURN collect(e.id) AS ids,
           collect(CASE $sort WHEN 'country' THEN coalesce(c.search, '') ELSE e.search END) AS keys
""",
        reads=Topic.PEOPLE | Topic.REFERENCE,
    ),
    rows=Statement(
        """
    MATCH (e:Expert) WHERE e.id IN $ids
      AND e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    OPTIONAL MATCH (e)-[:BASED_IN]->(c:Country)
    RETURN e.id AS id, e.name AS name, e.headline AS headline, e.tlp AS tlp, c.id AS country, c.name AS country_name,
           [(e)-[h:HAS_CAPABILITY]->(k:Capability) | {name: k.name, level: h.level}] AS capabilities,
           [(e)-[s:SPEAKS]->(l:Language) | {code: l.code, level: s.level}] AS languages
""",
        reads=Topic.PEOPLE | Topic.REFERENCE,
    ),
    facets=("country", "capability", "language"),
)

FACETS = {
    "country": Statement(
        """
    MATCH (e:Expert)-[:BASED_IN]->(f:Country)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    RETURN f.id AS id, f.name AS name, count(e) AS total ORDER BY name, id
""",
        reads=Topic.PEOPLE | Topic.REFERENCE,
    ),
    "capability": Statement(
        """
    MATCH (e:Expert)-[:HAS_CAPABILITY]->(f:Capability)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    RETURN f.id AS id, f.name AS name, count(e) AS total ORDER BY name, id
""",
        reads=Topic.PEOPLE | Topic.REFERENCE,
    ),
    "language": Statement(
        """
    MATCH (e:Expert)-[:SPEAKS]->(f:Language)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
    RETURN f.id AS id, f.name AS name, count(e) AS total ORDER BY name, id
""",
        reads=Topic.PEOPLE | Topic.REFERENCE,
    ),
}


def find(graph: Graph, audience: Audience, expert_id: str) -> Expert:
    """The person, with their country; what they state beside that has functions of its own. Raises NotFound."""
    for row in graph.read(FIND, id=expert_id, **audience.parameters):
        return from_properties(Expert, row["expert"], country=row["country"] or "")
    raise NotFound("expert", expert_id)


def posts(graph: Graph, audience: Audience, expert_id: str) -> list[Row]:
    """Where the person works and worked, latest first."""
    return graph.read(POSTS, id=expert_id, **audience.parameters)


def languages(graph: Graph, audience: Audience, expert_id: str) -> list[Row]:
    """The languages of the person, best first."""
    return graph.read(LANGUAGES, id=expert_id, **audience.parameters)


def capabilities(graph: Graph, audience: Audience, expert_id: str) -> list[Row]:
    """What the person can do, with the evidence and its age, highest level first."""
    return graph.read(CAPABILITIES, id=expert_id, **audience.parameters)


def confirm(graph: Graph, expert_id: str, today: str) -> int:
    """Write that the person confirmed every capability of theirs on this day; how many there are."""
    return int(graph.write(CONFIRM, id=expert_id, today=today)[0]["total"])


def availability(graph: Graph, audience: Audience, expert_id: str) -> list[Row]:
    """When the person is free, earliest first."""
    return graph.read(AVAILABILITY, id=expert_id, **audience.parameters)


def history(graph: Graph, audience: Audience, expert_id: str) -> list[Row]:
    """The engagements of the person, latest first; parties the viewer may not see are left blank."""
    return graph.read(HISTORY, id=expert_id, **audience.parameters)
