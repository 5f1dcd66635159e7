"""Plans that were kept: the list, one plan with its proposals, publishing it and mending it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice  # type: ignore[attr-defined]

from graph.domain.agreements import Plan, ProposalStatus
from graph.domain.dates import PartialDate
from graph.domain.marks import PLANNERS
from graph.errors import Conflict, InvalidValue, Unavailable
from graph.matching.repair.repairs import MOST
from graph.services.planning.open_workspace import reach_of
from graph.services.planning.repair import RepairRequest, repair_plan
from graph.services.proposals.publish import publish_plan
from graph.store import benches, plans, proposals
from graph.store.benches import OpeningSearch
from graph.store.pages import Page, Query, SortDirection
from webapp import current, listings
from webapp.forms.proposals.proposals import PublishForm, RepairForm
from webapp.listings import Column
from webapp.presenters.planning.repairs import RepairPage, repair_page
from webapp.presenters.proposals import proposals as presenter
from webapp.presenters.proposals.statuses import published
from webapp.security import open_to

blueprint = Blueprint("plans", __name__, url_prefix="/plans")

COLUMNS = (
    Column("name", "Plan", "name"),
    Column("objective", "Objective"),
    Column("created_at", "Drawn", "day"),
    Column("proposals", "Proposals", numeric=True),
    Column("drafts", "Drafts", numeric=True),
    Column("confirmed", "Confirmed", numeric=True),
)
_WHOLE = 5_000
_OVER = (ProposalStatus.DECLINED, ProposalStatus.EXPIRED)


@blueprint.get("")
@open_to(*PLANNERS)
def index() -> ResponseReturnValue:
    query = listings.asked(("day", "name"), direction=SortDirection.DESCENDING)
    page = plans.search(current.graph(), current.audience(), query)
    return render_template("plans/index.html", page=page, columns=COLUMNS, words=presenter)


@blueprint.get("/<record_id>")
@open_to(*PLANNERS)
def show(record_id: str) -> ResponseReturnValue:
    return _show(record_id, PublishForm())


@blueprint.post("/<record_id>/publish")
@open_to(*PLANNERS)
def publish(record_id: str) -> ResponseReturnValue:
    form = PublishForm()
    if not form.validate_on_submit():
        return _show(record_id, form), 422
    last = PartialDate.of_day(form.answer_by.data) if form.answer_by.data else None
    try:
        found = publish_plan(current.graph(), current.member(), record_id, current.today(), last)
    except (InvalidValue, Conflict) as error:
        form.answer_by.errors = [str(error)]
        return _show(record_id, form), 409 if isinstance(error, Conflict) else 422
    flash(published(found), "success")
    return redirect(url_for("plans.show", record_id=record_id))


@blueprint.get("/<record_id>/repair")
@open_to(*PLANNERS)
def repair(record_id: str) -> ResponseReturnValue:
    """The plan mended on what holds today; nothing is stored. Before anything is asked, only the questions."""
    plan, form = plans.find(current.graph(), current.audience(), record_id), RepairForm(request.args)
    _offer_choices(form, record_id)
    page, refused = None, ""
    if "most" in request.args and form.validate():
        try:
            page = _mended(plan, form)
        except (InvalidValue, Conflict, Unavailable) as error:
            refused = str(error)
    elif "most" not in request.args:
        form.most.data = MOST
    answer = render_template("plans/repair.html", plan=plan, form=form, page=page, refused=refused)
    return answer, 422 if form.errors or refused else 200


def _mended(plan: Plan, form: RepairForm) -> RepairPage:
    change = RepairRequest(plan.id, tuple(form.without.data or ()), tuple(form.opening.data or ()), form.most.data or 0)
    return repair_page(plan, change, repair_plan(current.graph(), current.audience(), change, current.today()))


def _offer_choices(form: RepairForm, plan_id: str) -> None:
    """Everybody in the plan may drop out, and every open opening that is not in it may join."""
    rows = _proposed(plan_id).rows
    people = {row["expert"]: row["expert_name"] for row in rows if row["status"] not in _OVER}
    form.without.choices = [SelectChoice(*person) for person in sorted(people.items(), key=lambda one: one[::-1])]
    reach, inside = reach_of(current.member(), current.today()), {row["opening"] for row in rows}
    found = benches.choices(current.graph(), reach, OpeningSearch())
    form.opening.choices = [
        SelectChoice(row["id"], f"{row['name']}, {row['programme_name']}") for row in found if row["id"] not in inside
    ]


def _proposed(plan_id: str) -> Page:
    query = Query(facets=(("plan", plan_id),), sort="opening", size=_WHOLE)
    return proposals.search(current.graph(), proposals.reader(current.member(), current.today()), query)


def _show(record_id: str, form: PublishForm) -> str:
    graph, viewer = current.graph(), proposals.reader(current.member(), current.today())
    plan, listed = plans.find(graph, viewer, record_id), _proposed(record_id)
    return render_template(
        "plans/show.html",
        plan=plan,
        rows=listed.rows,
        drafts=sum(row["status"] == ProposalStatus.DRAFT for row in listed.rows),
        confirmed=sum(row["status"] == ProposalStatus.CONFIRMED for row in listed.rows),
        decisions=plans.decisions(graph, viewer, record_id),
        form=form,
        words=presenter,
    )
