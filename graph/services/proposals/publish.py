"""Put a plan to both sides, and take a proposal back."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import Graph, Row
from graph.domain.accounts import Account
from graph.domain.agreements import Plan, ProposalStatus, Step, after
from graph.domain.dates import PartialDate
from graph.domain.labels import Label
from graph.domain.programmes import LEARNING
from graph.domain.properties import Properties
from graph.errors import Conflict, InvalidValue
from graph.matching.scoring.rules import SENTENCES
from graph.services import audit
from graph.services.clock import now
from graph.services.institution_families import InstitutionFamilies
from graph.services.matching.promises import as_promise, has_place, no_place
from graph.services.planners import check_planner
from graph.services.proposals.expire import write_expired
from graph.store import commitments, locks, organisations, plans, proposals

_VETOES = ("refused_before", "conflict")  # the rules by which people themselves say no


@dataclass(frozen=True, slots=True)
class Published:
    """How many proposals were put to both sides, and how many stay drafts because their pair is asked already."""

    put: int
    kept: int


def publish_plan(
    graph: Graph, account: Account, plan_id: str, today: date, answer_by: PartialDate | None = None
) -> Published:
    """Put every draft of the plan to both sides. Again, it finds none and changes nothing.

    Open proposals take no seat, so that an officer can ask a second person while the first thinks; confirmed ones do.
    Nobody is asked twice for one opening: a draft stays one while another proposal of its pair is open or confirmed,
    also where two plans are published in the same instant. Refused is a plan that asks more people for an opening than
    it has seats not yet confirmed, or one whose last day for answers is over: `answer_by`, else the deadline of each
    opening, or that asks somebody who has declared a conflict or refused since, or who is asked for or carries as much
    as they take at once in these days by now, unless the plan switched that rule off.
    Raises NotAllowed, NotFound, InvalidValue and Conflict.
    """
    check_planner(account)
    if answer_by and answer_by.last < today:
        raise InvalidValue("answer by", answer_by.text, "is over; give a day that is still to come")
    return graph.transaction(lambda within: _publish(within, account, plan_id, today, answer_by))


def _publish(graph: Graph, account: Account, plan_id: str, today: date, answer_by: PartialDate | None) -> Published:
    plan = plans.find(graph, account.audience, plan_id)
    write_expired(graph, account, today)
    _lock(graph, plans.drafts(graph, plan_id, today))
    drafts = plans.drafts(graph, plan_id, today)
    new = [row for row in drafts if not row["asked"]]
    _check_seats(new)
    _check_drafts(new, answer_by, today)
    _check_vetoes(graph, account, plan, new)
    _check_promises(graph, plan, new, today)
    published = plans.publish(graph, [row["id"] for row in new], _published(answer_by), audit.instant())
    audit.note(graph, account, "proposal published", published)
    return Published(len(published), len(drafts) - len(new))


def _lock(graph: Graph, drafts: Sequence[Row]) -> None:
    named = ((Label.OPENING, "opening"), (Label.EXPERT, "expert"), (Label.PROPOSAL, "id"))
    locks.take(graph, {label: {row[column] for row in drafts} for label, column in named})


def withdraw_proposal(graph: Graph, account: Account, proposal_id: str, today: date) -> None:
    """Take an open proposal back: it is a draft again and nobody outside the planners sees it.

    It is no refusal and rules nobody out. Raises NotAllowed, NotFound, and Conflict for one that is decided.
    """
    check_planner(account)
    viewer = proposals.reader(account, today)
    graph.transaction(lambda within: _withdraw(within, account, viewer, proposal_id))


def _withdraw(graph: Graph, account: Account, viewer: proposals.Reader, proposal_id: str) -> None:
    proposal, _ = proposals.hold(graph, viewer, proposal_id)
    changes = {"status": after(proposal.status, Step.WITHDRAW).value, "host_said": "", "expert_said": ""}
    if proposal.status is not ProposalStatus.DRAFT:
        proposals.change(graph, proposal_id, changes, audit.instant())
        audit.note(graph, account, "proposal taken back", [proposal_id])


def _published(answer_by: PartialDate | None) -> Properties:
    """What changes in a draft. Without a day of its own it loses the one it may have had before it was taken back."""
    return {
        "status": after(ProposalStatus.DRAFT, Step.PUBLISH).value,
        "proposed_at": now(),
        "answer_by": answer_by.text if answer_by else None,
        "answer_by_first": answer_by.first.isoformat() if answer_by else None,
        "answer_by_last": answer_by.last.isoformat() if answer_by else None,
    }


def _check_seats(drafts: list[Row]) -> None:
    asked = Counter(row["opening"] for row in drafts)
    for row in drafts:
        free, people = row["seats"] - row["taken"], asked[row["opening"]]
        if people > free:
            raise Conflict(
                f"{row['opening_name']} has {free} of {row['seats']} seats left and the plan asks "
                f"{people} {'person' if people == 1 else 'people'} for it; draw the plan again."
            )


def _check_drafts(drafts: list[Row], answer_by: PartialDate | None, today: date) -> None:
    for row in drafts:
        if not row["agreed"]:
            raise Conflict(
                f"Somebody planned for {row['opening_name']} no longer agrees to be suggested, or the opening is gone; "
                "draw the plan again."
            )
        if not answer_by and row["last_day"] < today.isoformat():
            raise Conflict(f"The deadline of {row['opening_name']} is over; give a day by which both sides answer.")


def _check_promises(graph: Graph, plan: Plan, drafts: Sequence[Row], today: date) -> None:
    """Raise Conflict for somebody who would be asked for more than they take at once, these drafts included."""
    switched_off = _switched_off(plan)
    promises = commitments.of_people(graph, {row["expert"] for row in drafts}, today)
    together = [*promises, *map(as_promise, drafts)]
    for row in drafts:
        rule = "away" if row["kind"] in LEARNING else "capacity"
        if rule not in switched_off and not has_place(together, row):
            why = f"{row['expert_name']}, with what waits for an answer, {no_place(row)}"
            raise Conflict(f"{why}, so {row['opening_name']} cannot be asked of them too; draw the plan again.")


def _switched_off(plan: Plan) -> set[str]:
    return set(json.loads(plan.inputs or "{}").get("switched_off", ()))


def _check_vetoes(graph: Graph, account: Account, plan: Plan, drafts: Sequence[Row]) -> None:
    """Raise Conflict for a pair that somebody has ruled out since the plan was drawn."""
    switched_off = _switched_off(plan)
    families = InstitutionFamilies.of(organisations.parts(graph))
    for row in plans.vetoes(graph, account.audience, [draft["id"] for draft in drafts]):
        said = {"refused_before": row["refused"], "conflict": families.around(row["own"]) & set(row["conflicts"])}
        for rule in _VETOES:
            if said[rule] and rule not in switched_off:
                pair = f"{row['expert_name']} for {row['opening_name']}"
                raise Conflict(f"{pair} is no longer to be asked: the person {SENTENCES[rule]}; draw the plan again.")
