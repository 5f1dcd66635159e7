"""Plans as those who plan may see them, and what becomes of their drafts."""

from datetime import date

from graph.connection import Graph, Row
from graph.domain.agreements import Plan
from graph.domain.marks import Audience
from graph.domain.properties import Properties, from_properties
from graph.domain.topics import Topic
from graph.errors import NotFound
from graph.statement import Statement
from graph.store.pages import Listing, Page, Query
from graph.store.states import open_on

FIND = Statement(
    """
    MATCH (p:Plan {id: $id})
    WHERE p.tlp IN $marks AND $role IN ['officer', 'admin'] AND p.retracted_at IS NULL
    RETURN properties(p) AS plan
""",
    reads=Topic.PLANS,
)

DECISIONS = Statement(
    """
    MATCH (p:Plan {id: $id})-[t:LOCKS|EXCLUDES]->(e:Expert)
    WHERE p.tlp IN $marks AND $role IN ['officer', 'admin'] AND p.retracted_at IS NULL
      AND e.tlp IN $marks AND $role IN e.open_to AND e.retracted_at IS NULL
    MATCH (o:Opening {id: t.opening}) WHERE o.tlp IN $marks AND o.retracted_at IS NULL
    RETURN type(t) AS decision, e.id AS expert, e.name AS expert_name, o.id AS opening, o.name AS opening_name
    ORDER BY decision DESC, expert_name, expert, opening
""",
    reads=Topic.PEOPLE | Topic.OPENINGS | Topic.PLANS,
)

LISTING = Listing(
    keys=Statement(
        """
    MATCH (p:Plan)
    WHERE p.tlp IN $marks AND $role IN ['officer', 'admin'] AND p.retracted_at IS NULL
      AND all(word IN $words WHERE coalesce(p.search, '') CONTAINS word)
    RETURN collect(p.id) AS ids,
           collect(CASE $sort WHEN 'name' THEN coalesce(p.search, '') ELSE p.created_at END) AS keys
""",
        reads=Topic.PLANS,
    ),
    rows=Statement(
        """
    MATCH (p:Plan)
    WHERE p.id IN $ids AND p.tlp IN $marks AND $role IN ['officer', 'admin'] AND p.retracted_at IS NULL
    RETURN p.id AS id, p.name AS name, p.objective AS objective, p.created_at AS created_at, p.tlp AS tlp,
           COUNT { MATCH (q:Proposal)-[:IN_PLAN]->(p) WHERE q.retracted_at IS NULL } AS proposals,
           COUNT { MATCH (q:Proposal)-[:IN_PLAN]->(p) WHERE q.retracted_at IS NULL AND q.status = 'draft' } AS drafts,
           COUNT { MATCH (q:Proposal)-[:IN_PLAN]->(p)
                   WHERE q.retracted_at IS NULL AND q.status = 'confirmed' } AS confirmed
""",
        reads=Topic.PLANS | Topic.PROPOSALS,
    ),
)

# What a plan still has to put out, and what may stand in the way: `asked` tells that another proposal of the same pair
# waits for an answer or is agreed.
DRAFTS = Statement(
    f"""
    MATCH (q:Proposal)-[:IN_PLAN]->(p:Plan {{id: $id}}), (q)-[:OF]->(o:Opening), (q)-[:OFFERS]->(e:Expert)
    WHERE q.status = 'draft' AND q.retracted_at IS NULL
    RETURN q.id AS id, e.id AS expert, e.name AS expert_name, coalesce(e.capacity, 0) AS capacity,
           o.id AS opening, o.name AS opening_name, o.kind AS kind, o.seats AS seats,
           o.start_first AS first, o.end_last AS last,
           coalesce(o.deadline_last, o.end_last) AS last_day,
           o.retracted_at IS NULL AND e.retracted_at IS NULL AND 'matching' IN coalesce(e.consents, []) AS agreed,
           COUNT {{ MATCH (r:Proposal)-[:OF]->(o) WHERE r.status = 'confirmed' AND r.retracted_at IS NULL }} AS taken,
           EXISTS {{ MATCH (e)<-[:OFFERS]-(r:Proposal)-[:OF]->(o)
                    WHERE ({open_on("r", "o")} OR r.status = 'confirmed') AND r.retracted_at IS NULL }} AS asked
    ORDER BY opening_name, opening, id
""",
    reads=Topic.PEOPLE | Topic.OPENINGS | Topic.PLANS | Topic.PROPOSALS,
)

# Who sits where as far as nobody said no.
PAIRS = Statement(
    """
    MATCH (q:Proposal)-[:IN_PLAN]->(p:Plan {id: $id}), (q)-[:OF]->(o:Opening), (q)-[:OFFERS]->(e:Expert)
    WHERE p.tlp IN $marks AND $role IN ['officer', 'admin'] AND p.retracted_at IS NULL
      AND q.retracted_at IS NULL AND NOT q.status IN ['declined', 'expired']
    RETURN e.id AS expert, o.id AS opening, q.score AS score, q.status = 'confirmed' AS confirmed
    ORDER BY expert, opening
""",
    reads=Topic.PEOPLE | Topic.OPENINGS | Topic.PLANS | Topic.PROPOSALS,
)

STATUSES = Statement(
    """
    MATCH (q:Proposal)-[:IN_PLAN]->(p:Plan {id: $id}) RETURN DISTINCT q.status AS status ORDER BY status
""",
    reads=Topic.PLANS | Topic.PROPOSALS,
)

KNOWN_PAIRS = Statement(
    """
    UNWIND $pairs AS pair
    OPTIONAL MATCH (e:Expert {id: pair.expert})
    WHERE e.tlp IN $marks AND $role IN e.open_to AND e.retracted_at IS NULL
    OPTIONAL MATCH (o:Opening {id: pair.opening}) WHERE o.tlp IN $marks AND o.retracted_at IS NULL
    RETURN pair.expert AS expert, pair.opening AS opening, e.id AS found_expert, o.id AS found_opening,
           o.source AS source
""",
    reads=Topic.PEOPLE | Topic.OPENINGS,
)

# Whom somebody has ruled out for an opening: a refusal, or conflicts with institutions; `own` are those of the opening.
VETOES = Statement(
    """
    UNWIND $ids AS id MATCH (p:Proposal {id: id})-[:OF]->(o:Opening)-[:FOR]->(g:Programme)
    MATCH (p)-[:OFFERS]->(e:Expert)
    RETURN e.name AS expert_name, o.name AS opening_name,
           EXISTS { MATCH (e)<-[:OFFERS]-(r:Proposal)-[:OF]->(o)
                    WHERE r.status = 'declined' AND r.retracted_at IS NULL AND r.tlp IN $marks } AS refused,
           [(e)-[:CONFLICTS_WITH]->(i:Institution) WHERE i.tlp IN $marks | i.id] AS conflicts,
           [(o)-[:AT]->(h:Institution) | h.id] + [(g)-[:OWNED_BY]->(w:Institution) | w.id] AS own
    ORDER BY opening_name, expert_name
""",
    reads=Topic.PROPOSALS | Topic.OPENINGS | Topic.PROGRAMMES | Topic.PEOPLE | Topic.ORGANISATIONS,
)

PUBLISH = Statement(
    """
    UNWIND $ids AS id MATCH (p:Proposal {id: id}) SET p.answered_at = $instant
    WITH p WHERE p.status = 'draft' SET p += $changes
    RETURN p.id AS id ORDER BY id
""",
    changes=Topic.PROPOSALS,
)


def find(graph: Graph, audience: Audience, plan_id: str) -> Plan:
    """The plan. Raises NotFound, also for those who do not plan."""
    for row in graph.read(FIND, id=plan_id, marks=audience.marks, role=audience.role.value):
        return from_properties(Plan, row["plan"])
    raise NotFound("plan", plan_id)


def search(graph: Graph, audience: Audience, query: Query) -> Page:
    """One page of the plans, with how many proposals each has."""
    return LISTING.page(graph, audience, query)


def decisions(graph: Graph, audience: Audience, plan_id: str) -> list[Row]:
    """What the planner decided: LOCKS first, then EXCLUDES."""
    return graph.read(DECISIONS, id=plan_id, marks=audience.marks, role=audience.role.value)


def drafts(graph: Graph, plan_id: str, today: date) -> list[Row]:
    """The proposals of the plan that are not published, with the seats, days and other proposals they meet."""
    return graph.read(DRAFTS, id=plan_id, today=today.isoformat())


def pairs(graph: Graph, audience: Audience, plan_id: str) -> list[Row]:
    """Who the plan has where: `expert`, `opening`, `score`, whether both sides agreed and an engagement stands."""
    return graph.read(PAIRS, id=plan_id, marks=audience.marks, role=audience.role.value)


def vetoes(graph: Graph, audience: Audience, ids: list[str]) -> list[Row]:
    """For each of these proposals whether its pair was `refused` before, the `conflicts` of its person and whose `own`
    the opening is, both as ids of institutions.
    """
    return graph.read(VETOES, ids=ids, marks=audience.marks)


def statuses(graph: Graph, plan_id: str) -> list[str]:
    """The statuses its proposals have; none for a plan that is not there."""
    return [row["status"] for row in graph.read(STATUSES, id=plan_id)]


def known_pairs(graph: Graph, audience: Audience, pairs: list[Properties]) -> list[Row]:
    """For each pair of ids what of it the viewer may see: `found_expert`, `found_opening` and its `source`."""
    return graph.read(KNOWN_PAIRS, pairs=pairs, marks=audience.marks, role=audience.role.value)


def publish(graph: Graph, ids: list[str], changes: Properties, instant: str) -> list[str]:
    """Change those of the proposals that are still drafts; their ids."""
    return [row["id"] for row in graph.write(PUBLISH, ids=ids, changes=changes, instant=instant)]
