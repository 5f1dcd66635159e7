"""Match: the bench of openings and people, its shortlist, its plan, and what stands side by side.

A bench is all in its address, so that it can be kept, shared and gone back to; nothing of it is in the session.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graph.connection import Row
from graph.domain.accounts import Account
from graph.domain.marks import Role
from graph.errors import Conflict, InvalidValue, NotFound, Unavailable
from graph.matching.solvers.plans import Objective
from graph.services.matching.weigh import may_weigh
from graph.services.planning.compare import compare_plans
from graph.services.planning.explain import Why, explain
from graph.services.planning.open_workspace import (
    OpenWorkspace,
    open_workspace,
    reach_of,
    vary,
)
from graph.services.planning.plan import (
    Draft,
    PlanReport,
    draw,
    make_draft,
    to_report,
)
from graph.services.planning.save_workspace import save_workspace
from graph.services.planning.shortlist import shortlist, side_by_side
from graph.services.planning.unplaced import left_over
from graph.services.planning.workspace import PlanWorkspace
from graph.services.proposals.publish import publish_plan
from graph.store import benches, experts, facets
from graph.store.pages import Page, Query
from webapp import current
from webapp.presenters.matching.shortlists import focus
from webapp.presenters.planning.comparisons import comparison_page, people_table
from webapp.presenters.planning.counted import counted_page, unlike
from webapp.presenters.planning.explanations import explanation
from webapp.presenters.planning.unplaced import left_page
from webapp.presenters.planning.workspaces import (
    Laid,
    address,
    focus_of,
    workspace_links,
    workspace_page,
)
from webapp.presenters.proposals.statuses import published
from webapp.security import MATCHERS, open_to
from webapp.urls import workspace
from webapp.urls.workspace import KeepForm, WorkspaceQuery

blueprint = Blueprint("match", __name__, url_prefix="/match")

BESIDE = 5
PLANNERS = (Role.OFFICER, Role.ADMIN)
_OFFERED = 60


@blueprint.get("")
@open_to(*MATCHERS)
def index() -> ResponseReturnValue:
    asked, refused = workspace.read(request.args)
    if "choose" in request.args:  # the form that chooses sends its searches along
        return redirect(address(asked))
    return _bench(asked, refused, KeepForm(formdata=None))


@blueprint.post("/keep")
@open_to(*PLANNERS)
def keep() -> ResponseReturnValue:
    """Keep the plan of the bench in the address as a draft, and publish it where that was asked."""
    graph, account, form = current.graph(), current.member(), KeepForm()
    asked, refused = workspace.read(request.args)
    if not form.validate_on_submit():
        return _bench(asked, refused, form), 422
    opened = _open(asked)
    if opened.bench is None:
        return redirect(address(asked))
    try:
        plan_id = save_workspace(
            graph, account, opened.bench, draw(opened.bench, asked.objective), form.name.data or ""
        )
    except (InvalidValue, Conflict) as error:
        form.name.errors = [str(error)]
        return _bench(asked, refused, form), 409 if isinstance(error, Conflict) else 422
    if "publish" in request.form:
        _publish(account, plan_id)
    else:
        flash("Kept as a draft. Nobody but the planners sees it until it is published.", "success")
    return redirect(url_for("plans.show", record_id=plan_id))


def _publish(account: Account, plan_id: str) -> None:
    """Publish, or say why not: the draft is kept either way, and its page is where it goes on."""
    try:
        found = publish_plan(current.graph(), account, plan_id)
    except (InvalidValue, Conflict) as error:
        flash(f"Kept as a draft, but not published. {error}", "warning")
    else:
        flash(published(found), "success")


def _bench(asked: WorkspaceQuery, refused: Sequence[str], form: KeepForm) -> str:
    opened = _open(asked)
    asked, told = _kept(asked, opened), [*refused, *opened.left_out]
    if opened.bench is None:
        return render_template("match/empty.html", asked=asked, told=told)
    asked, draft = _drafted(asked, opened.bench, told)
    plan = to_report(draft)
    best = plan if asked.objective is Objective.BEST else draw(draft.bench, Objective.BEST)
    laid = Laid(asked=asked, bench=draft.bench, plan=plan, best=best.worth.total, held=_held(asked, opened, told))
    place = focus_of(laid)
    if asked.why in draft.bench.people.experts.index:
        names = asked.why, draft.bench.places[place].opening.id
        laid = replace(laid, answer=explanation(explain(draft, names)))
    return render_template(
        "match/index.html",
        asked=asked,
        told=told,
        links=workspace_links(asked),
        page=workspace_page(laid, place),
        counted=counted_page(asked, plan),
        focus=focus(laid, place, shortlist(draft.bench, place, _also(laid, place))),
        form=form if current.audience().role in PLANNERS else None,
        may_weigh=bool(asked.weights) and _may_weigh(draft.bench, place),
    )


@blueprint.get("/left")
@open_to(*MATCHERS)
def left() -> ResponseReturnValue:
    """Who and what the plan of the bench in the address leaves, and by how much."""
    asked, refused = workspace.read(request.args)
    opened = _open(asked)
    asked, told = _kept(asked, opened), [*refused, *opened.left_out]
    if opened.bench is None:
        return render_template("match/empty.html", asked=asked, told=told)
    asked, draft = _drafted(asked, opened.bench, told)
    page = left_page(asked, left_over(draft), _locks(draft), priced=draft.is_priced)
    return render_template("match/left.html", told=told, back=address(asked), page=page)


def _drafted(asked: WorkspaceQuery, bench: PlanWorkspace, told: list[str]) -> tuple[WorkspaceQuery, Draft]:
    """The plan; limits that none keeps in time, or that the objective does not know, are told and left out."""
    try:
        return asked, make_draft(bench, asked.objective)
    except (Conflict, InvalidValue, Unavailable) as error:
        for without, plainer in asked.plainer:
            with suppress(Conflict, InvalidValue, Unavailable):
                draft = make_draft(replace(bench, wanted=plainer.wanted), asked.objective)
                told.append(f"{error} This plan was made without {without}.")
                return plainer, draft
        raise


def _locks(draft: Draft) -> tuple[Why, ...]:
    return tuple(explain(draft, names) for names in draft.bench.wanted.locks)


def _drawn(asked: WorkspaceQuery, bench: PlanWorkspace, told: list[str]) -> tuple[WorkspaceQuery, PlanReport]:
    asked, draft = _drafted(asked, bench, told)
    return asked, to_report(draft)


@blueprint.get("/people")
@open_to(*MATCHERS)
def people() -> ResponseReturnValue:
    asked, told = _bench_of("bench")
    opening = request.args.get("opening", "")
    opened = _open(replace(asked, openings=(opening,)))
    if opened.bench is None:
        raise NotFound("opening", opening)
    bench, place = opened.bench, opened.bench.place(opening)
    named = dict.fromkeys(request.args.getlist("person"))
    chosen = [bench.people.experts.index[one] for one in named if one in bench.people.experts.index]
    if len(chosen) > BESIDE:
        told.append(f"{BESIDE} people fit side by side; the first {BESIDE} of those chosen are shown.")
    found = side_by_side(bench, place, chosen[:BESIDE])
    graph, audience = current.graph(), current.audience()
    free = [experts.availability(graph, audience, item.expert) for item in found.match.suggestions]
    return render_template(
        "match/people.html",
        opening=bench.places[place].opening,
        back=address(replace(asked, focus=opening), anchor="shortlist"),
        told=[*told, *opened.left_out, *found.missing],
        table=people_table(asked, opening, found, free),
    )


@blueprint.get("/compare")
@open_to(*MATCHERS)
def compare() -> ResponseReturnValue:
    (one, told), (other, more) = _bench_of("a"), _bench_of("b")
    first = _open(one)
    second = vary(first, other.wanted) or _open(other)
    told += [*more, *first.left_out, *second.left_out]
    if first.bench is None or second.bench is None:
        return render_template("match/empty.html", asked=other, told=told)
    one, draft = _drafted(_kept(one, first), first.bench, told)
    other, rival = _drafted(_kept(other, second), second.bench, told)
    told += unlike(one, other)
    plan, beside = to_report(draft), to_report(rival)
    return render_template(
        "match/compare.html",
        told=told,
        back=address(other),
        swapped=url_for("match.compare", a=other.plan.query, b=one.plan.query),
        page=comparison_page((one, other), (plan, beside), compare_plans(plan, beside), (_locks(draft), _locks(rival))),
    )


@blueprint.get("/choose")
@open_to(*MATCHERS)
def choose() -> ResponseReturnValue:
    asked, refused = workspace.read(request.args)
    search, told = workspace.read_search(request.args)
    graph, audience, reach = current.graph(), current.audience(), reach_of(current.member(), current.today())
    narrowed = tuple((name, _text(name)) for name in experts.LISTING.facets if _text(name))
    found = experts.LISTING.page(graph, audience, Query(words=_text("who"), facets=narrowed, size=_OFFERED))
    return render_template(
        "match/choose.html",
        asked=asked,
        back=address(asked),
        shown=_OFFERED,
        told=[*refused, *told],
        openings=benches.choices(graph, reach, search, asked.openings),
        people=[*_chosen_people(asked, found), *found.rows],
        total=found.total,
        take=_text("take"),
        narrows=benches.facets(graph, reach),
        facets=facets.values(graph, audience, experts.FACETS),
    )


def _chosen_people(asked: WorkspaceQuery, found: Page) -> list[Row]:
    """The people on the bench whom the search did not find: they stay on the list, so that nobody is lost unseen."""
    there = {row["id"] for row in found.rows}
    return benches.people(current.graph(), current.audience(), [one for one in asked.people if one not in there])


def _text(name: str) -> str:
    return request.args.get(name, "")[:200].strip()


def _may_weigh(bench: PlanWorkspace, place: int) -> bool:
    return may_weigh(current.graph(), current.member(), bench.places[place].opening.id)


def _open(asked: WorkspaceQuery) -> OpenWorkspace:
    return open_workspace(current.graph(), current.member(), asked.wanted, current.today())


def _kept(asked: WorkspaceQuery, opened: OpenWorkspace) -> WorkspaceQuery:
    """The address without what was left out, so that no link carries it on."""
    wanted = opened.wanted
    return replace(
        asked, openings=wanted.openings, people=wanted.people, locks=wanted.locks, exclusions=wanted.exclusions
    )


def _held(asked: WorkspaceQuery, opened: OpenWorkspace, told: list[str]) -> PlanReport | None:
    """The plan held for comparison; what is wrong about its address is told."""
    if not asked.held:
        return None
    other, refused = workspace.read_query(asked.held)
    told += refused
    beside = vary(opened, other.wanted) or _open(other)
    told += unlike(asked, other)
    return _drawn(other, beside.bench, told)[1] if beside.bench else None


def _bench_of(argument: str) -> tuple[WorkspaceQuery, list[str]]:
    asked, refused = workspace.read_query(request.args.get(argument, ""))
    return asked, list(refused)


def _also(laid: Laid, place: int) -> list[int]:
    """Whoever is planned for, locked to or kept from the opening is on its shortlist, whatever their rank."""
    opening, people = laid.bench.places[place].opening.id, laid.bench.people.experts.index
    planned = [found.expert for found in laid.plan.placements if found.opening == opening]
    kept_from = [expert for expert, there in laid.asked.exclusions if there == opening]
    return [people[expert] for expert in (*planned, *kept_from)]
