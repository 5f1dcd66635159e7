"""Proposals: whom a viewer may see proposed for what, and the few statements that move one along.

An expert sees what they are proposed for once it is published. A host sees what concerns its own institution, as
owner of the programme or as host of the opening. Drafts are for those who plan. A proposal whose last day for answers
is over reads as expired, whether or not that was written down.
"""

from dataclasses import dataclass
from datetime import date

from graph.cache.memory import cached_rows
from graph.connection import Graph, Row
from graph.domain.accounts import Account
from graph.domain.agreements import Proposal
from graph.domain.labels import Label
from graph.domain.marks import Audience, Role
from graph.domain.properties import Properties, from_properties
from graph.domain.topics import Topic
from graph.errors import NotFound
from graph.statement import Statement
from graph.store import locks
from graph.store.pages import Listing, Page, Query
from graph.store.states import last_day, open_on, overdue

# What every read of proposals starts with, after it has matched `p`: written once, so that nobody sees more in a list
# than on a page. `mine` tells that the viewer speaks for the host, `waits` that it is their turn.
_SEEN = f"""
    MATCH (p)-[:OF]->(o:Opening)-[:FOR]->(g:Programme), (p)-[:OFFERS]->(e:Expert)
    WHERE p.retracted_at IS NULL AND o.retracted_at IS NULL AND g.retracted_at IS NULL AND e.retracted_at IS NULL
    OPTIONAL MATCH (o)-[:AT]->(h:Institution) WHERE h.tlp IN $marks AND h.retracted_at IS NULL
    OPTIONAL MATCH (g)-[:OWNED_BY]->(w:Institution) WHERE w.tlp IN $marks AND w.retracted_at IS NULL
    OPTIONAL MATCH (p)-[:FOR]->(m:Expert)
    WITH p, o, g, e, h, w, m,
         $speaks_for <> '' AND (coalesce(h.id, '') = $speaks_for OR coalesce(w.id, '') = $speaks_for) AS mine,
         {last_day("p", "o")} AS last_day
    WITH p, o, g, e, h, w, m, mine, last_day,
         CASE WHEN {overdue("p", "o")} THEN 'expired' ELSE p.status END AS status
    WHERE (e.id = $viewer AND status <> 'draft')
       OR (p.tlp IN $marks AND o.tlp IN $marks AND g.tlp IN $marks AND e.tlp IN $marks AND $role IN e.open_to
           AND ($role IN ['officer', 'admin'] OR (mine AND status <> 'draft')))
    WITH p, o, g, e, h, w, m, mine, last_day, status,
         CASE WHEN status = 'draft' THEN true
              WHEN e.id = $viewer AND status IN ['proposed', 'accepted_by_host'] THEN true
              WHEN mine AND status IN ['proposed', 'accepted_by_expert'] THEN true
              WHEN mine AND status = 'confirmed' AND o.kind = 'mentorship' AND m IS NULL THEN true
              ELSE false END AS waits
"""

_READ = Topic.PEOPLE | Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.OPENINGS | Topic.PROPOSALS

FIND = Statement(
    f"""
    MATCH (p:Proposal {{id: $id}}) {_SEEN}
    OPTIONAL MATCH (p)-[:IN_PLAN]->(plan:Plan)
    OPTIONAL MATCH (g)-[:IN]->(c:Country)
    RETURN properties(p) AS proposal, status AS status, mine AS mine, waits AS waits, last_day AS last_day,
           plan.id AS plan, plan.name AS plan_name, e.id AS expert, e.name AS expert_name, e.capacity AS capacity,
           properties(o) AS opening, o.tlp IN $marks AND g.tlp IN $marks AS opened,
           g.id AS programme, g.name AS programme_name, c.id AS country, c.name AS country_name,
           h.id AS host, h.name AS host_name, w.id AS owner, w.name AS owner_name, m.id AS mentee,
           CASE WHEN $role IN m.open_to OR m.id = $viewer THEN m.name END AS mentee_name,
           COUNT {{ MATCH (q:Proposal)-[:OF]->(o)
                   WHERE q.status = 'confirmed' AND q.retracted_at IS NULL }} AS taken
""",
    reads=_READ | Topic.PLANS | Topic.REFERENCE,
)

LISTING = Listing(
    keys=Statement(
        f"""
    MATCH (p:Proposal) {_SEEN}
    OPTIONAL MATCH (p)-[:IN_PLAN]->(plan:Plan)
    WITH p, o, g, e, last_day, status, waits, plan
    WHERE ($status = '' OR status = $status) AND ($plan = '' OR coalesce(plan.id, '') = $plan)
      AND all(word IN $words WHERE e.search CONTAINS word OR o.search CONTAINS word OR g.search CONTAINS word)
    RETURN collect(p.id) AS ids,
           collect(CASE $sort WHEN 'person' THEN e.search WHEN 'opening' THEN o.search WHEN 'day' THEN last_day
                   WHEN 'waiting' THEN CASE WHEN waits THEN '0' ELSE '1' END + last_day END) AS keys
""",
        reads=_READ | Topic.PLANS,
    ),
    rows=Statement(
        f"""
    MATCH (p:Proposal) WHERE p.id IN $ids {_SEEN}
    RETURN p.id AS id, status AS status, waits AS waits, last_day AS last_day, p.score AS score, p.tlp AS tlp,
           e.id AS expert, e.name AS expert_name, o.id AS opening, o.name AS opening_name, o.kind AS kind,
           o.start AS start, o.end AS end, g.id AS programme, g.name AS programme_name,
           o.tlp IN $marks AND g.tlp IN $marks AS opened
""",
        reads=_READ,
    ),
    facets=("status", "plan"),
)

FACETS = {
    "status": Statement(
        f"""
    MATCH (p:Proposal) {_SEEN} RETURN status AS id, status AS name, count(p) AS total ORDER BY id
""",
        reads=_READ,
    ),
}

WAITING = Statement(
    f"""
    MATCH (p:Proposal) {_SEEN} WITH p WHERE waits RETURN count(p) AS total
""",
    reads=_READ,
)

MENTEES = Statement(
    f"""
    MATCH (p:Proposal {{id: $id}}) {_SEEN}
    MATCH (x:Expert)-[t:WORKS_AT]->(i:Institution)
    WHERE (i.id = coalesce(h.id, '') OR i.id = coalesce(w.id, '')) AND x.id <> e.id
      AND x.tlp IN $marks AND ($role IN x.open_to OR x.id = $viewer) AND x.retracted_at IS NULL
      AND coalesce(t.start_first, '') <= $today AND coalesce(t.end_last, '9999') >= $today
    RETURN DISTINCT x.id AS id, x.name AS name ORDER BY name, id
""",
    reads=_READ,
)

# Addresses leave the graph only for what both sides agreed to: the statement itself asks for the confirmation.
CONTACTS = Statement(
    f"""
    MATCH (p:Proposal {{id: $id}}) {_SEEN}
    MATCH (a:Account)-[:OF|WORKS_AT]->(x)
    WHERE status = 'confirmed' AND a.retracted_at IS NULL
      AND (x.id = e.id OR (a.role = 'host' AND (x.id = coalesce(h.id, '') OR x.id = coalesce(w.id, ''))))
    RETURN DISTINCT CASE WHEN x.id = e.id THEN 'expert' ELSE 'host' END AS party, a.name AS name, a.email AS email
    ORDER BY party, name, email
""",
    reads=_READ | Topic.ACCOUNTS,
)

CHANGE = Statement(
    """
    MATCH (p:Proposal {id: $id}) SET p.answered_at = $instant, p += $changes
""",
    changes=Topic.PROPOSALS,
)

ROOM = Statement(
    """
    MATCH (p:Proposal {id: $id})-[:OF]->(o:Opening), (p)-[:OFFERS]->(e:Expert)
    RETURN e.id AS expert, coalesce(e.capacity, 0) AS capacity, o.id AS opening, o.kind AS kind,
           o.start_first AS first, o.end_last AS last,
           o.seats - COUNT { MATCH (q:Proposal)-[:OF]->(o)
               WHERE q.status = 'confirmed' AND q.id <> p.id AND q.retracted_at IS NULL } AS seats,
           EXISTS { MATCH (e)<-[:OFFERS]-(q:Proposal)-[:OF]->(o)
               WHERE q.status = 'confirmed' AND q.id <> p.id AND q.retracted_at IS NULL } AS held
""",
    reads=Topic.PEOPLE | Topic.OPENINGS | Topic.PROPOSALS,
)

ASKED = Statement(
    f"""
    MATCH (e:Expert {{id: $id}})<-[:OFFERS]-(p:Proposal)-[:OF]->(o:Opening)
    WHERE ({open_on("p", "o")} OR p.status = 'confirmed') AND p.retracted_at IS NULL
    RETURN DISTINCT o.id AS opening ORDER BY opening
""",
    reads=Topic.PEOPLE | Topic.OPENINGS | Topic.PROPOSALS,
)

TAKEN = Statement(
    """
    MATCH (q:Proposal)-[:OF]->(o:Opening) WHERE q.status = 'confirmed' AND q.retracted_at IS NULL
    RETURN o.id AS opening, count(q) AS taken ORDER BY opening
""",
    reads=Topic.OPENINGS | Topic.PROPOSALS,
)

NAME_MENTEE = Statement(
    """
    MATCH (p:Proposal {id: $id}), (m:Expert {id: $mentee}) SET p.answered_at = $instant
    MERGE (p)-[:FOR {key: ''}]->(m)
""",
    changes=Topic.PROPOSALS,
)

EXPIRE = Statement(
    f"""
    MATCH (p:Proposal)-[:OF]->(o:Opening)
    WHERE p.retracted_at IS NULL AND {overdue("p", "o")}
    SET p.answered_at = $instant
    WITH p, o WHERE {overdue("p", "o")} SET p.status = 'expired'
    RETURN p.id AS id ORDER BY id
""",
    changes=Topic.PROPOSALS,
)

# What was agreed and has no whole engagement yet, with all that one is made of.
UNSETTLED = Statement(
    """
    MATCH (p:Proposal)-[:OF]->(o:Opening)-[:FOR]->(g:Programme), (p)-[:OFFERS]->(e:Expert)
    WHERE ($id = '' OR p.id = $id) AND p.status = 'confirmed' AND p.retracted_at IS NULL
      AND NOT EXISTS { MATCH (n)-[:BY|MENTOR|AWARDED_TO]->(e) WHERE n.id = p.id AND n.digest IS NOT NULL }
    OPTIONAL MATCH (p)-[:FOR]->(m:Expert)
    WITH p, o, g, e, m WHERE o.kind <> 'mentorship' OR m IS NOT NULL
    OPTIONAL MATCH (o)-[:AT]->(h:Institution)
    OPTIONAL MATCH (g)-[:OWNED_BY]->(w:Institution)
    RETURN p.id AS id, p.source AS source, o.kind AS kind, o.start AS start, o.end AS end, o.tlp AS tlp,
           e.id AS expert, m.id AS mentee, g.id AS programme, coalesce(h.id, w.id) AS host,
           [(o)-[:NEEDS]->(k:Capability) | k.id] AS capabilities,
           [(e)-[t:WORKS_AT]->(i:Institution)
               WHERE coalesce(t.start_first, '') <= $today AND coalesce(t.end_last, '9999') >= $today
               | coalesce(t.start_first, '') + ' ' + i.id] AS posts
    ORDER BY id
""",
    reads=Topic.PEOPLE
    | Topic.ORGANISATIONS
    | Topic.PROGRAMMES
    | Topic.OPENINGS
    | Topic.PROPOSALS
    | Topic.SECONDMENTS
    | Topic.MENTORSHIPS
    | Topic.SCHOLARSHIPS
    | Topic.REFERENCE,
)


@dataclass(frozen=True, slots=True)
class Reader(Audience):
    """A viewer of proposals: also the institution a host speaks for, and the day on which open ones may be over."""

    speaks_for: str = ""
    today: str = ""

    @property
    def parameters(self) -> dict[str, object]:
        """What every statement about proposals takes beside its own."""
        seen = {"marks": self.marks, "role": self.role.value, "viewer": self.expert_id}
        return {**seen, "speaks_for": self.speaks_for, "today": self.today}


def reader(account: Account, today: date) -> Reader:
    """The account as a viewer of proposals on that day."""
    speaks_for = account.institution if account.role is Role.HOST else ""
    return Reader(account.role, account.expert, speaks_for, today.isoformat())


def find(graph: Graph, viewer: Reader, proposal_id: str) -> tuple[Proposal, Row]:
    """The proposal with the status it has today, and the row of what stands around it. Raises NotFound."""
    for row in graph.read(FIND, id=proposal_id, **viewer.parameters):
        known = {**row["proposal"], "status": row["status"]}
        ends = {name: row[name] or "" for name in ("expert", "plan", "mentee")}
        return from_properties(Proposal, known, opening=row["opening"]["id"], **ends), row
    raise NotFound("proposal", proposal_id)


def search(graph: Graph, viewer: Reader, query: Query) -> Page:
    """One page of the proposals of this viewer; by default those that wait for them first, the nearest day first."""
    return LISTING.page(graph, viewer, query)


def count_waiting(graph: Graph, viewer: Reader) -> int:
    """How many proposals wait for this viewer; every page shows it."""
    return int(cached_rows(graph, WAITING, **viewer.parameters)[0]["total"])


def mentees(graph: Graph, viewer: Reader, proposal_id: str) -> list[Row]:
    """Who works at the owner of the programme or at the host of the opening, and could be mentored."""
    return graph.read(MENTEES, id=proposal_id, **viewer.parameters)


def contacts(graph: Graph, viewer: Reader, proposal_id: str) -> list[Row]:
    """How both sides reach each other; nothing unless the proposal is confirmed."""
    return graph.read(CONTACTS, id=proposal_id, **viewer.parameters)


def taken(graph: Graph) -> dict[str, int]:
    """Opening -> how many of its seats are confirmed; openings without any are left out."""
    return {row["opening"]: row["taken"] for row in cached_rows(graph, TAKEN)}


def openings_asked(graph: Graph, expert_id: str, today: date) -> list[str]:
    """The openings for which a person is asked on that day or was taken."""
    return [row["opening"] for row in graph.read(ASKED, id=expert_id, today=today.isoformat())]


def hold(graph: Graph, viewer: Reader, proposal_id: str) -> tuple[Proposal, Row]:
    """The same as `find`, with the person, the opening and the proposal locked before it is read; in a transaction."""
    proposal, _ = find(graph, viewer, proposal_id)
    wanted = {Label.EXPERT: proposal.expert, Label.OPENING: proposal.opening, Label.PROPOSAL: proposal.id}
    locks.take(graph, {label: [id_] for label, id_ in wanted.items()})
    return find(graph, viewer, proposal_id)


def room(graph: Graph, proposal_id: str) -> Row:
    """What the person takes at once (`capacity`) and the `first` and `last` day of the opening; how many `seats` of it
    other confirmed proposals leave to this one, and whether the person has `held` one of them already.
    """
    (row,) = graph.read(ROOM, id=proposal_id)
    return row


def change(graph: Graph, proposal_id: str, changes: Properties, instant: str) -> None:
    """Change a proposal that was held."""
    graph.write(CHANGE, id=proposal_id, changes=changes, instant=instant)


def name_mentee(graph: Graph, proposal_id: str, mentee_id: str, instant: str) -> None:
    """Name the mentee of a confirmed proposal."""
    graph.write(NAME_MENTEE, id=proposal_id, mentee=mentee_id, instant=instant)


def expire(graph: Graph, today: date, instant: str) -> list[str]:
    """Write down that the last day for answers is over; the ids for which it was."""
    return [row["id"] for row in graph.write(EXPIRE, today=today.isoformat(), instant=instant)]


def unsettled(graph: Graph, today: date, proposal_id: str = "") -> list[Row]:
    """The confirmed proposals without a whole engagement, or that one; mentorships only once their mentee is named."""
    return graph.read(UNSETTLED, today=today.isoformat(), id=proposal_id)
