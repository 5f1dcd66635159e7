"""Keep a plan as a draft, put it to both sides, and take a proposal back."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from graph.connection import Graph, Row
from graph.domain.accounts import Account
from graph.domain.agreements import PairTie, Plan, Proposal, ProposalStatus, Step, after
from graph.domain.dates import PartialDate
from graph.domain.identifiers import RecordId
from graph.domain.labels import Label
from graph.domain.marks import Role, Tlp
from graph.domain.properties import Properties, digest, to_properties, to_ties
from graph.domain.records import Record
from graph.errors import Conflict, InvalidValue, NotAllowed, NotFound
from graph.services import audit
from graph.services.clock import now
from graph.services.matching.match import PartOfScore
from graph.services.planning.workspace import PlanRequest, load_workspace
from graph.services.proposals.expire import expire_proposals
from graph.store import plans, proposals, records

_MOST = 10_000
_VETOES = {"refused_before", "conflict"}  # the rules by which people themselves say no


@dataclass(frozen=True, slots=True)
class DraftPair:
    """An expert for an opening, with 0 to 10,000 points and their parts as `parts_text` writes them."""

    expert: str
    opening: str
    score: float
    parts: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlan:
    """A plan to be kept: under which name and objective, from what, and whom it puts where."""

    name: str
    objective: str
    seed: int = 0
    inputs: Mapping[str, object]
    pairs: tuple[DraftPair, ...]
    locks: tuple[PairTie, ...] = ()
    excludes: tuple[PairTie, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """How many proposals were put to both sides, and how many stay drafts because their pair is asked already."""

    put: int
    kept: int


def parts_text(parts: Iterable[PartOfScore]) -> str:
    """The parts of a score as a proposal keeps them: criterion -> points, value, low, high and weight, in order."""
    return json.dumps({part.criterion: {k: v for k, v in asdict(part).items() if k != "criterion"} for part in parts})


def save_draft(graph: Graph, account: Account, draft: DraftPlan) -> str:
    """Store the plan with a draft proposal for each pair, marked AMBER; its id.

    The id is a digest of what the plan says, so the same draft saved twice is one plan. Raises NotAllowed,
    InvalidValue, NotFound for an unknown or hidden expert or opening, and Conflict when this very plan is published.
    """
    _check_planner(account)
    _check_draft(draft)
    sources = _check_pairs(graph, account, draft.pairs)
    inputs = _json_text("inputs", draft.inputs)
    plan_id = _plan_id(draft, inputs)
    if _is_kept(graph, plan_id):
        return plan_id
    instant, shared = now(), set(sources.values())
    plan = Plan(
        id=plan_id,
        name=draft.name.strip(),
        objective=draft.objective,
        seed=draft.seed,
        inputs=inputs,
        locks=draft.locks,
        excludes=draft.excludes,
        tlp=Tlp.AMBER,
        source=shared.pop() if len(shared) == 1 else account.source,
        created_at=instant,
        recorded_at=instant,
    )
    _save(graph, [plan])
    _save(graph, [_proposal(plan, pair, sources[pair.opening]) for pair in draft.pairs])
    records.seal(graph, Label.PLAN, {plan_id: digest(plan)})
    audit.note(graph, account, "plan saved", [plan_id])
    return plan_id


def publish_plan(graph: Graph, account: Account, plan_id: str, answer_by: PartialDate | None = None) -> Published:
    """Put every draft of the plan to both sides. Again, it finds none and changes nothing.

    Open proposals take no seat, so that an officer can ask a second person while the first thinks; confirmed ones do.
    Nobody is asked twice for one opening: a draft stays one while another proposal of its pair is open or confirmed.
    Refused is a plan that asks more people for an opening than it has seats not yet confirmed, or one whose last day
    for answers is over: `answer_by`, else the deadline of each opening, or that asks somebody who has declared a
    conflict or refused since, unless the plan switched that rule off. Raises NotAllowed, NotFound, InvalidValue and
    Conflict.
    """
    _check_planner(account)
    plan = plans.find(graph, account.audience, plan_id)
    today = datetime.now(UTC).date()
    if answer_by and answer_by.last < today:
        raise InvalidValue("answer by", answer_by.text, "is over; give a day that is still to come")
    expire_proposals(graph, account)
    drafts = plans.drafts(graph, plan_id)
    new = [row for row in drafts if not row["asked"]]
    _check_seats(new)
    _check_drafts(new, answer_by, today)
    if new:
        _check_vetoes(graph, account, plan, new)
    published = plans.publish(graph, [row["id"] for row in new], _published(answer_by), audit.instant())
    audit.note(graph, account, "proposal published", published)
    return Published(len(published), len(drafts) - len(new))


def withdraw_proposal(graph: Graph, account: Account, proposal_id: str) -> None:
    """Take an open proposal back: it is a draft again and nobody outside the planners sees it.

    It is no refusal and rules nobody out. Raises NotAllowed, NotFound, and Conflict for one that is decided.
    """
    _check_planner(account)
    viewer = proposals.reader(account, datetime.now(UTC).date())
    proposal, _ = proposals.find(graph, viewer, proposal_id)
    changes = {"status": after(proposal.status, Step.WITHDRAW).value, "host_said": "", "expert_said": ""}
    if proposal.status is ProposalStatus.DRAFT:
        return
    if not proposals.move(graph, proposal_id, proposal.status.value, changes, audit.instant()):
        raise Conflict("Somebody answered at the same time; look at the proposal again.")
    audit.note(graph, account, "proposal taken back", [proposal_id])


def _is_kept(graph: Graph, plan_id: str) -> bool:
    """Whether this very plan is stored as a whole; one that died half way is written again."""
    if set(plans.statuses(graph, plan_id)) - {ProposalStatus.DRAFT.value}:
        raise Conflict("This very plan is published already; give the new one another name.")
    return any(row["digest"] for row in records.known(graph, Label.PLAN, [plan_id]).values())


def _published(answer_by: PartialDate | None) -> Properties:
    """What changes in a draft. Without a day of its own it loses the one it may have had before it was taken back."""
    return {
        "status": after(ProposalStatus.DRAFT, Step.PUBLISH).value,
        "proposed_at": now(),
        "answer_by": answer_by.text if answer_by else None,
        "answer_by_first": answer_by.first.isoformat() if answer_by else None,
        "answer_by_last": answer_by.last.isoformat() if answer_by else None,
    }


def _check_planner(account: Account) -> None:
    if account.role not in (Role.OFFICER, Role.ADMIN):
        raise NotAllowed("Plans are kept and published by programme officers; ask one of them.")


def _check_draft(draft: DraftPlan) -> None:
    if not draft.name.strip():
        raise InvalidValue("name", draft.name, "is empty; give the plan a name by which others find it")
    if not draft.pairs:
        raise InvalidValue("pairs", "", "are none; a plan without anybody is no plan")
    twice = [pair for pair, times in Counter((p.expert, p.opening) for p in draft.pairs).items() if times > 1]
    if twice:
        raise InvalidValue("pairs", " for ".join(twice[0]), "is there twice; keep one")
    for pair in draft.pairs:
        _check_pair(pair)


def _check_pair(pair: DraftPair) -> None:
    if not 0 <= pair.score <= _MOST:
        raise InvalidValue("score", pair.score, f"is no score; give 0 to {_MOST:,} points")
    try:
        readable = isinstance(json.loads(pair.parts), dict)
    except ValueError:
        readable = False
    if not readable:
        raise InvalidValue("parts", pair.parts, "are not a JSON object of criteria")


def _check_pairs(graph: Graph, account: Account, pairs: tuple[DraftPair, ...]) -> dict[str, str]:
    """Opening -> its source. Raises NotFound for an expert or an opening that the account may not see."""
    asked = [{"expert": pair.expert, "opening": pair.opening} for pair in pairs]
    rows = plans.known_pairs(graph, account.audience, asked)
    for row in rows:
        if not row["found_expert"]:
            raise NotFound("expert", row["expert"])
        if not row["found_opening"]:
            raise NotFound("opening", row["opening"])
    return {row["opening"]: row["source"] or "" for row in rows}


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


def _check_vetoes(graph: Graph, account: Account, plan: Plan, drafts: list[Row]) -> None:
    """Raise Conflict for a pair that somebody has ruled out since the plan was drawn."""
    vetoes = _VETOES - set(json.loads(plan.inputs or "{}").get("switched_off", ()))
    asked = PlanRequest(openings=tuple(sorted({row["opening"] for row in drafts})))
    bench = load_workspace(graph, account.audience, asked, datetime.now(UTC).date())
    for row in drafts:
        person, place = bench.people.experts.index.get(row["expert"]), bench.openings[bench.opening(row["opening"])]
        reasons = () if person is None else place.scored.eligibility.reasons(person)
        for reason in reasons:
            if reason.name in vetoes:
                pair = bench.in_words((row["expert"], row["opening"]))
                raise Conflict(f"{pair} is no longer to be asked: the person {reason.sentence}; draw the plan again.")


def _proposal(plan: Plan, pair: DraftPair, source: str) -> Proposal:
    return Proposal(
        id=f"proposal-{_digest(plan.id, pair.opening, pair.expert)}",
        tlp=Tlp.AMBER,
        source=source,
        recorded_at=plan.recorded_at,
        score=float(pair.score),
        parts=pair.parts,
        opening=pair.opening,
        expert=pair.expert,
        plan=plan.id,
    )


def _plan_id(draft: DraftPlan, inputs: str) -> str:
    pairs = sorted(f"{pair.expert} {pair.opening} {pair.score} {pair.parts}" for pair in draft.pairs)
    decisions = sorted(f"{kind} {tie.target} {tie.opening}" for kind, tie in _decisions(draft))
    said = (draft.name.strip(), draft.objective, str(draft.seed), inputs, *pairs, *decisions)
    return RecordId.from_words("plan", draft.name.strip()[:60], _digest(*said))


def _decisions(draft: DraftPlan) -> list[tuple[str, PairTie]]:
    return [*(("lock", tie) for tie in draft.locks), *(("exclude", tie) for tie in draft.excludes)]


def _digest(*words: str) -> str:
    return hashlib.blake2b(json.dumps(words).encode(), digest_size=10).hexdigest()


def _json_text(field: str, stated: Mapping[str, object]) -> str:
    try:
        return json.dumps(stated, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError):
        raise InvalidValue(field, stated, "cannot be kept; give numbers, texts, lists and objects only") from None


def _save(graph: Graph, found: Sequence[Record]) -> None:
    records.save_nodes(graph, found[0].label, map(to_properties, found))
    records.save_ties(graph, (row for record in found for row in to_ties(record)))
