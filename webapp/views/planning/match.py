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
from graph.domain.marks import PLANNERS
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
    NO_WISHES,
    PlanReport,
    SolvedPlan,
    report_plan,
    solve_workspace,
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
    LoadedWorkspace,
    address,
    focus_of,
    workspace_links,
    workspace_page,
)
from webapp.presenters.proposals.statuses import published
from webapp.security import MATCHERS, open_to
from webapp.urls import workspace as urls
from webapp.urls.workspace import KeepForm, WorkspaceQuery

blueprint = Blueprint("match", __name__, url_prefix="/match")

BESIDE = 5
_OFFERED = 60


@blueprint.get("")
@open_to(*MATCHERS)
def index() -> ResponseReturnValue:
    query, refused = urls.read(request.args)
    if "choose" in request.args:  # the form that chooses sends its searches along
        return redirect(address(query))
    return _bench(query, refused, KeepForm(formdata=None))


@blueprint.post("/keep")
@open_to(*PLANNERS)
def keep() -> ResponseReturnValue:
    """Keep the plan of the bench in the address as a draft, and publish it where that was asked."""
    graph, account, form = current.graph(), current.member(), KeepForm()
    query, refused = urls.read(request.args)
    if not form.validate_on_submit():
        return _bench(query, refused, form), 422
    opened = _open(query)
    if opened.workspace is None:
        return redirect(address(query))
    try:
        plan_id = save_workspace(
            graph, account, opened.workspace, report_plan(opened.workspace, query.objective), form.name.data or ""
        )
    except (InvalidValue, Conflict) as error:
        form.name.errors = [str(error)]
        return _bench(query, refused, form), 409 if isinstance(error, Conflict) else 422
    if "publish" in request.form:
        _publish(account, plan_id)
    else:
        flash("Kept as a draft. Nobody but the planners sees it until it is published.", "success")
    return redirect(url_for("plans.show", record_id=plan_id))


def _publish(account: Account, plan_id: str) -> None:
    """Publish, or say why not: the draft is kept either way, and its page is where it goes on."""
    try:
        found = publish_plan(current.graph(), account, plan_id, current.today())
    except (InvalidValue, Conflict) as error:
        flash(f"Kept as a draft, but not published. {error}", "warning")
    else:
        flash(published(found), "success")


def _bench(query: WorkspaceQuery, refused: Sequence[str], form: KeepForm) -> str:
    opened = _open(query)
    query, messages = _kept(query, opened), [*refused, *opened.left_out]
    if opened.workspace is None:
        return render_template("match/empty.html", query=query, messages=messages)
    query, solved = _solved(query, opened.workspace, messages)
    plan = to_report(solved)
    best = plan if query.objective is Objective.BEST else report_plan(solved.workspace, Objective.BEST)
    loaded = LoadedWorkspace(
        query=query, workspace=solved.workspace, plan=plan, best=best.worth.total, held=_held(query, opened, messages)
    )
    opening = focus_of(loaded)
    if query.why in solved.workspace.people.experts.index:
        names = query.why, solved.workspace.openings[opening].record.id
        loaded = replace(loaded, answer=explanation(explain(solved, names)))
    return render_template(
        "match/index.html",
        query=query,
        messages=messages,
        links=workspace_links(query),
        page=workspace_page(loaded, opening),
        counted=counted_page(query, plan),
        focus=focus(loaded, opening, shortlist(solved.workspace, opening, _also(loaded, opening))),
        form=form if current.audience().role in PLANNERS else None,
        may_weigh=bool(query.weights) and _may_weigh(solved.workspace, opening),
    )


@blueprint.get("/left")
@open_to(*MATCHERS)
def left() -> ResponseReturnValue:
    """Who and what the plan of the bench in the address leaves, and by how much."""
    query, refused = urls.read(request.args)
    opened = _open(query)
    query, messages = _kept(query, opened), [*refused, *opened.left_out]
    if opened.workspace is None:
        return render_template("match/empty.html", query=query, messages=messages)
    query, solved = _solved(query, opened.workspace, messages)
    page = left_page(query, left_over(solved), _locks(solved), priced=solved.is_priced)
    return render_template("match/left.html", messages=messages, back=address(query), page=page)


def _solved(query: WorkspaceQuery, workspace: PlanWorkspace, messages: list[str]) -> tuple[WorkspaceQuery, SolvedPlan]:
    """The plan; limits that none keeps in time, or that the objective does not know, are left out with a message.

    So is the objective by people's wishes where nobody has any.
    """
    if query.objective is Objective.EXPERT_STABLE and not workspace.knows_wishes:
        messages.append(f"{NO_WISHES} Shown is the host-stable plan.")
        query = replace(query, objective=Objective.HOST_STABLE)
    try:
        return query, solve_workspace(workspace, query.objective)
    except (Conflict, InvalidValue, Unavailable) as error:
        for without, plainer in query.plainer:
            with suppress(Conflict, InvalidValue, Unavailable):
                solved = solve_workspace(replace(workspace, request=plainer.plan_request), query.objective)
                messages.append(f"{error} This plan was made without {without}.")
                return plainer, solved
        raise


def _locks(solved: SolvedPlan) -> tuple[Why, ...]:
    return tuple(explain(solved, names) for names in solved.workspace.request.locks)


def _reported(
    query: WorkspaceQuery, workspace: PlanWorkspace, messages: list[str]
) -> tuple[WorkspaceQuery, PlanReport]:
    query, solved = _solved(query, workspace, messages)
    return query, to_report(solved)


@blueprint.get("/people")
@open_to(*MATCHERS)
def people() -> ResponseReturnValue:
    query, messages = _bench_of("bench")
    opening = request.args.get("opening", "")
    opened = _open(replace(query, openings=(opening,)))
    if opened.workspace is None:
        raise NotFound("opening", opening)
    workspace, index = opened.workspace, opened.workspace.opening(opening)
    named = dict.fromkeys(request.args.getlist("person"))
    chosen = [workspace.people.experts.index[one] for one in named if one in workspace.people.experts.index]
    if len(chosen) > BESIDE:
        messages.append(f"{BESIDE} people fit side by side; the first {BESIDE} of those chosen are shown.")
    found = side_by_side(workspace, index, chosen[:BESIDE])
    graph, audience = current.graph(), current.audience()
    free = [experts.availability(graph, audience, item.expert) for item in found.match.suggestions]
    return render_template(
        "match/people.html",
        opening=workspace.openings[index].record,
        back=address(replace(query, focus=opening), anchor="shortlist"),
        messages=[*messages, *opened.left_out, *found.missing],
        table=people_table(query, opening, found, free),
    )


@blueprint.get("/compare")
@open_to(*MATCHERS)
def compare() -> ResponseReturnValue:
    (one, messages), (other, more) = _bench_of("a"), _bench_of("b")
    first = _open(one)
    second = vary(first, other.plan_request) or _open(other)
    messages += [*more, *first.left_out, *second.left_out]
    if first.workspace is None or second.workspace is None:
        return render_template("match/empty.html", query=other, messages=messages)
    one, solved = _solved(_kept(one, first), first.workspace, messages)
    other, rival = _solved(_kept(other, second), second.workspace, messages)
    messages += unlike(one, other)
    plan, beside = to_report(solved), to_report(rival)
    return render_template(
        "match/compare.html",
        messages=messages,
        back=address(other),
        swapped=url_for("match.compare", a=other.plan.encoded, b=one.plan.encoded),
        page=comparison_page(
            (one, other), (plan, beside), compare_plans(plan, beside), (_locks(solved), _locks(rival))
        ),
    )


@blueprint.get("/choose")
@open_to(*MATCHERS)
def choose() -> ResponseReturnValue:
    query, refused = urls.read(request.args)
    search, messages = urls.read_search(request.args)
    graph, audience, reach = current.graph(), current.audience(), reach_of(current.member(), current.today())
    narrowed = tuple((name, _text(name)) for name in experts.LISTING.facets if _text(name))
    found = experts.LISTING.page(graph, audience, Query(words=_text("who"), facets=narrowed, size=_OFFERED))
    return render_template(
        "match/choose.html",
        query=query,
        back=address(query),
        shown=_OFFERED,
        messages=[*refused, *messages],
        openings=benches.choices(graph, reach, search, query.openings),
        people=[*_chosen_people(query, found), *found.rows],
        total=found.total,
        take=_text("take"),
        narrows=benches.facets(graph, reach),
        facets=facets.values(graph, audience, experts.FACETS),
    )


def _chosen_people(query: WorkspaceQuery, found: Page) -> list[Row]:
    """The people on the bench whom the search did not find: they stay on the list, so that nobody is lost unseen."""
    there = {row["id"] for row in found.rows}
    return benches.people(current.graph(), current.audience(), [one for one in query.people if one not in there])


def _text(name: str) -> str:
    return request.args.get(name, "")[:200].strip()


def _may_weigh(workspace: PlanWorkspace, opening: int) -> bool:
    return may_weigh(current.graph(), current.member(), workspace.openings[opening].record.id)


def _open(query: WorkspaceQuery) -> OpenWorkspace:
    return open_workspace(current.graph(), current.member(), query.plan_request, current.today())


def _kept(query: WorkspaceQuery, opened: OpenWorkspace) -> WorkspaceQuery:
    """The address without what was left out, so that no link carries it on."""
    kept = opened.request
    return replace(query, openings=kept.openings, people=kept.people, locks=kept.locks, exclusions=kept.exclusions)


def _held(query: WorkspaceQuery, opened: OpenWorkspace, messages: list[str]) -> PlanReport | None:
    """The plan held for comparison; what is wrong about its address becomes a message."""
    if not query.held:
        return None
    other, refused = urls.read_query(query.held)
    messages += refused
    beside = vary(opened, other.plan_request) or _open(other)
    messages += unlike(query, other)
    return _reported(other, beside.workspace, messages)[1] if beside.workspace else None


def _bench_of(argument: str) -> tuple[WorkspaceQuery, list[str]]:
    query, refused = urls.read_query(request.args.get(argument, ""))
    return query, list(refused)


def _also(loaded: LoadedWorkspace, index: int) -> list[int]:
    """Whoever is planned for, locked to or kept from the opening is on its shortlist, whatever their rank."""
    opening, people = loaded.workspace.openings[index].record.id, loaded.workspace.people.experts.index
    planned = [found.expert for found in loaded.plan.placements if found.opening == opening]
    kept_from = [expert for expert, there in loaded.query.exclusions if there == opening]
    return [people[expert] for expert in (*planned, *kept_from)]
