"""Proposals: the list, one proposal, and what the two sides and those who plan can do with it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice  # type: ignore[attr-defined]

from graph.domain.agreements import AWAITS, Party, ProposalStatus, Verdict
from graph.domain.marks import PLANNERS, Role
from graph.errors import Conflict, InvalidValue
from graph.services.proposals.answer import (
    Answer,
    answer_proposal,
    name_mentee,
    parties_of,
)
from graph.services.proposals.offer_another import offer_another
from graph.services.proposals.publish import withdraw_proposal
from graph.store import facets, proposals
from graph.store.proposals import Reader
from webapp import current, listings
from webapp.forms.proposals.proposals import AnswerForm, MenteeForm, WithdrawForm
from webapp.listings import Column
from webapp.presenters.proposals import proposals as presenter
from webapp.security import open_to, open_to_members

blueprint = Blueprint("proposals", __name__, url_prefix="/proposals")

COLUMNS = (
    Column("expert_name", "Person", "person"),
    Column("opening_name", "Opening", "opening"),
    Column("programme_name", "Programme"),
    Column("start", "When"),
    Column("score", "Points", numeric=True),
    Column("last_day", "Answer by", "day"),
    Column("status", "Status"),
)


@blueprint.get("")
@open_to_members
def index() -> ResponseReturnValue:
    graph, viewer = current.graph(), _viewer()
    query = listings.asked(("waiting", "person", "opening", "day"), proposals.LISTING.facets)
    page = proposals.search(graph, viewer, query)
    if listings.wants_csv():
        return listings.as_csv(page, COLUMNS, "proposals")
    return render_template(
        "proposals/index.html",
        page=page,
        columns=COLUMNS,
        statuses=presenter.status_rows(facets.values(graph, viewer, proposals.FACETS)["status"]),
        headline=presenter.headline(page.total, proposals.count_waiting(graph, viewer)),
        words=presenter,
        plans=viewer.role in PLANNERS,
        judges=viewer.role in (*PLANNERS, Role.HOST),
    )


@blueprint.get("/<record_id>")
@open_to_members
def show(record_id: str) -> ResponseReturnValue:
    return _show(record_id, AnswerForm())


@blueprint.post("/<record_id>/answer")
@open_to_members
def answer(record_id: str) -> ResponseReturnValue:
    form = AnswerForm()
    if not form.validate_on_submit():
        return _show(record_id, form), 422
    try:
        reached = answer_proposal(current.graph(), current.member(), record_id, _said(form), current.today())
    except InvalidValue as error:
        form.words.errors = [str(error.why).capitalize() + "."]
        return _show(record_id, form), 422
    except Conflict as error:
        return _show(record_id, form, str(error)), 409
    flash(_ANSWERED.get(reached, "Your answer is kept; the other side answers next."), "success")
    return redirect(url_for("proposals.show", record_id=record_id))


@blueprint.post("/<record_id>/mentee")
@open_to(Role.HOST, *PLANNERS)
def mentee(record_id: str) -> ResponseReturnValue:
    try:
        name_mentee(current.graph(), current.member(), record_id, request.form.get("mentee", ""), current.today())
    except (InvalidValue, Conflict) as error:
        return _show(record_id, AnswerForm(), str(error)), 409 if isinstance(error, Conflict) else 422
    flash("The mentorship is planned.", "success")
    return redirect(url_for("proposals.show", record_id=record_id))


@blueprint.post("/<record_id>/withdraw")
@open_to(*PLANNERS)
def withdraw(record_id: str) -> ResponseReturnValue:
    try:
        withdraw_proposal(current.graph(), current.member(), record_id, current.today())
    except Conflict as error:
        return _show(record_id, AnswerForm(), str(error)), 409
    flash("Taken back: it is a draft again.", "success")
    return redirect(url_for("proposals.show", record_id=record_id))


_ANSWERED = {
    ProposalStatus.CONFIRMED: "Confirmed: both sides have accepted. Their addresses stand on this page now.",
    ProposalStatus.DECLINED: "Declined. Thank you for the reason; it goes into the next plan.",
}


def _show(record_id: str, form: AnswerForm, refusal: str = "") -> str:
    graph, account, viewer = current.graph(), current.member(), _viewer()
    proposal, row = proposals.find(graph, viewer, record_id)
    answering = [party for party in parties_of(account, row) if party in AWAITS.get(proposal.status, ())]
    unnamed = proposal.status is ProposalStatus.CONFIRMED and row["opening"]["kind"] == "mentorship"
    choosing = unnamed and not proposal.mentee and Party.HOST in parties_of(account, row)
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        row=row,
        form=form,
        refusal=refusal,
        sides=presenter.sides(proposal, row),
        points=presenter.points(proposal),
        status_text=presenter.status_text(proposal, row),
        words=presenter,
        answering=answering,
        own=account.role not in PLANNERS,
        mentee_form=_mentee_form(record_id) if choosing else None,
        withdraw_form=WithdrawForm() if account.role in PLANNERS and proposal.status in AWAITS else None,
        contacts=proposals.contacts(graph, viewer, record_id),
        other=presenter.other(offer_another(graph, account, proposal, row, current.today())),
    )


def _mentee_form(record_id: str) -> MenteeForm:
    form = MenteeForm()
    people = proposals.mentees(current.graph(), _viewer(), record_id)
    form.mentee.choices = [SelectChoice(person["id"], person["name"]) for person in people]
    return form


def _said(form: AnswerForm) -> Answer:
    party, verdict = form.party.data or "", request.form.get("verdict", "")
    if party not in list(Party) or verdict not in list(Verdict):
        raise InvalidValue("answer", f"{party} {verdict}", "is none; press one of the buttons")
    return Answer(Party(party), Verdict(verdict), form.words.data or "")


def _viewer() -> Reader:
    return proposals.reader(current.member(), current.today())
