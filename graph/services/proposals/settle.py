"""From a confirmed proposal to the engagement it becomes.

The engagement has the id of its proposal, so making it again changes nothing. It is made in the transaction that
confirms; what an older version left half done is completed by command.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graph.connection import Graph, Row
from graph.domain.dates import PartialDate
from graph.domain.engagements import (
    Engagement,
    EngagementStatus,
    Mentorship,
    Scholarship,
    Secondment,
    SecondmentDirection,
)
from graph.domain.marks import Tlp
from graph.domain.programmes import OpeningKind
from graph.domain.properties import digest, to_properties, to_ties
from graph.services.clock import now
from graph.store import proposals, records


def settle_proposals(graph: Graph, today: date) -> int:
    """Make the engagement of every confirmed proposal that has none, or half of one; how many were made.

    A mentorship waits until its mentee is named.
    """
    return graph.transaction(lambda within: _settle(within, proposals.unsettled(within, today)))


def settle_proposal(graph: Graph, proposal_id: str, today: date) -> None:
    """Make the engagement of this one, as a part of a transaction."""
    _settle(graph, proposals.unsettled(graph, today, proposal_id))


def _settle(graph: Graph, rows: Sequence[Row]) -> int:
    for terms in rows:
        _save(graph, engagement(terms))
    return len(rows)


def engagement(terms: Row) -> Engagement:
    """What a row of `proposals.unsettled` becomes: planned, with the dates, needs and mark of its opening.

    A residency is a secondment to its host, an attachment one that learns there. The person comes from the post they
    hold now; where that is the host itself, from nowhere.
    """
    homes = [post.split(" ")[1] for post in sorted(terms["posts"], reverse=True)]
    home = next((employer for employer in homes if employer != terms["host"]), "")
    return _MAKERS[OpeningKind(terms["kind"])](terms, home, _common(terms))


def _common(terms: Row) -> dict[str, Any]:
    return {
        "id": terms["id"],
        "tlp": Tlp(terms["tlp"]),
        "source": terms["source"] or "",
        "start": PartialDate.parse(terms["start"]),
        "end": PartialDate.parse(terms["end"]),
        "status": EngagementStatus.PLANNED,
        "capabilities": tuple(sorted(terms["capabilities"])),
    }


def _mentorship(terms: Row, _: str, common: dict[str, Any]) -> Engagement:
    return Mentorship(mentor=terms["expert"], mentee=terms["mentee"], programme=terms["programme"], **common)


def _secondment(terms: Row, home: str, common: dict[str, Any]) -> Secondment:
    return Secondment(
        expert=terms["expert"], home=home, host=terms["host"] or "", programme=terms["programme"], **common
    )


def _attachment(terms: Row, home: str, common: dict[str, Any]) -> Engagement:
    return replace(_secondment(terms, home, common), direction=SecondmentDirection.LEARNS)


def _scholarship(terms: Row, home: str, common: dict[str, Any]) -> Engagement:
    return Scholarship(scholar=terms["expert"], place=terms["host"] or "", home=home, **common)


_MAKERS: dict[OpeningKind, Callable[[Row, str, dict[str, Any]], Engagement]] = {
    OpeningKind.MENTORSHIP: _mentorship,
    OpeningKind.SECONDMENT: _secondment,
    OpeningKind.RESIDENCY: _secondment,
    OpeningKind.SCHOLARSHIP: _scholarship,
    OpeningKind.ATTACHMENT: _attachment,
}


def _save(graph: Graph, made: Engagement) -> None:
    """The node, its ties, and last the digest that says it is whole."""
    recorded = now()
    stamped = replace(made, recorded_at=recorded)
    ties = (replace(row, properties={**row.properties, "recorded_at": recorded}) for row in to_ties(stamped))
    records.save_nodes(graph, made.label, [to_properties(stamped)])
    records.save_ties(graph, ties)
    records.seal(graph, made.label, {made.id: digest(made)})
