"""Plans that were kept: the list, one plan with its proposals, and publishing it."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from graph.domain.agreements import ProposalStatus
from graph.domain.dates import PartialDate
from graph.domain.marks import Role
from graph.errors import Conflict, InvalidValue
from graph.services.publish_plan import publish_plan
from graph.store import plans, proposals
from graph.store.pages import Direction, Query
from webapp import current, listings
from webapp.forms.proposals import PublishForm
from webapp.listings import Column
from webapp.presenters import proposals as presenter
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
_PLANNERS = (Role.OFFICER, Role.ADMIN)
_WHOLE = 5_000


@blueprint.get("")
@open_to(*_PLANNERS)
def index() -> ResponseReturnValue:
    query = listings.asked(("day", "name"), direction=Direction.DESCENDING)
    page = plans.search(current.graph(), current.audience(), query)
    return render_template("plans/index.html", page=page, columns=COLUMNS, words=presenter)


@blueprint.get("/<record_id>")
@open_to(*_PLANNERS)
def show(record_id: str) -> ResponseReturnValue:
    return _show(record_id, PublishForm())


@blueprint.post("/<record_id>/publish")
@open_to(*_PLANNERS)
def publish(record_id: str) -> ResponseReturnValue:
    form = PublishForm()
    if not form.validate_on_submit():
        return _show(record_id, form), 422
    last = PartialDate.of_day(form.answer_by.data) if form.answer_by.data else None
    try:
        count = publish_plan(current.graph(), current.member(), record_id, last)
    except (InvalidValue, Conflict) as error:
        form.answer_by.errors = [str(error)]
        return _show(record_id, form), 409 if isinstance(error, Conflict) else 422
    flash(f"{count} {'proposal waits' if count == 1 else 'proposals wait'} for both sides now.", "success")
    return redirect(url_for("plans.show", record_id=record_id))


def _show(record_id: str, form: PublishForm) -> str:
    graph, viewer = current.graph(), proposals.reader(current.member(), datetime.now(UTC).date())
    plan = plans.find(graph, viewer, record_id)
    listed = proposals.search(graph, viewer, Query(facets=(("plan", record_id),), sort="opening", size=_WHOLE))
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
