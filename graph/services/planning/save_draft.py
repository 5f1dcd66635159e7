"""Keep a plan as a draft: the plan, a draft proposal for each of its pairs, and the trail of it, all at once."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.agreements import PairTie, Plan, Proposal, ProposalStatus
from graph.domain.identifiers import RecordId
from graph.domain.labels import Label
from graph.domain.marks import Tlp
from graph.domain.properties import digest, to_properties, to_ties
from graph.domain.records import Record
from graph.errors import Conflict, InvalidValue, NotFound
from graph.services import audit
from graph.services.clock import now
from graph.services.matching.match import PartOfScore
from graph.services.planners import check_planner
from graph.store import plans, records

_MOST = 10_000


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


def parts_text(parts: Iterable[PartOfScore]) -> str:
    """The parts of a score as a proposal keeps them: criterion -> points, value, low, high and weight, in order."""
    return json.dumps({part.criterion: {k: v for k, v in asdict(part).items() if k != "criterion"} for part in parts})


def save_draft(graph: Graph, account: Account, draft: DraftPlan) -> str:
    """Store the plan with a draft proposal for each pair, marked AMBER; its id.

    The id is a digest of what the plan says, so the same draft saved twice is one plan. Raises NotAllowed,
    InvalidValue, NotFound for an unknown or hidden expert or opening, and Conflict when this very plan is published.
    """
    check_planner(account)
    _check_draft(draft)
    inputs = _json_text("inputs", draft.inputs)
    return graph.transaction(lambda within: _keep(within, account, draft, inputs))


def _keep(graph: Graph, account: Account, draft: DraftPlan, inputs: str) -> str:
    sources = _check_pairs(graph, account, draft.pairs)
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


def _is_kept(graph: Graph, plan_id: str) -> bool:
    """Whether this very plan is stored already."""
    if set(plans.statuses(graph, plan_id)) - {ProposalStatus.DRAFT.value}:
        raise Conflict("This very plan is published already; give the new one another name.")
    return any(row["digest"] for row in records.known(graph, Label.PLAN, [plan_id]).values())


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
