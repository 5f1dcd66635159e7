"""Openings: the list, and one opening with everybody who could fill it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graph.connection import Row
from graph.domain.accounts import Account
from graph.domain.programmes import Opening
from graph.errors import InvalidValue, NotAllowed
from graph.services.matching.match import MatchQuery, match_opening
from graph.services.matching.weigh import (
    check_weigher,
    may_weigh,
    set_weights,
    weights_of,
)
from graph.services.planning.explain_fit import explain_fit
from graph.store import facets, openings, wishes
from webapp import current, listings
from webapp.forms.programmes.openings import WeightsForm, weights_form
from webapp.listings import Column
from webapp.presenters.lists import Noun, headline
from webapp.presenters.matching.kinds import KIND_WORDS
from webapp.presenters.matching.matches import shortlist
from webapp.presenters.planning.explanations import own_fit
from webapp.security import MATCHERS, open_to, open_to_members

blueprint = Blueprint("openings", __name__, url_prefix="/openings")

COLUMNS = (
    Column("name", "Opening", "name"),
    Column("kind", "Kind"),
    Column("programme_name", "Programme"),
    Column("country_name", "Country"),
    Column("start", "Start", "start"),
    Column("deadline", "Deadline", "deadline"),
    Column("seats", "Seats", numeric=True),
)
_SHOWN = 20

NOUN = Noun("opening", "openings", {"kind": "of the kind {}"})


@blueprint.get("")
@open_to_members
def index() -> ResponseReturnValue:
    query = listings.asked(("deadline", "name", "start"), openings.LISTING.facets)
    page = openings.LISTING.page(current.graph(), current.audience(), query)
    if listings.wants_csv():
        return listings.as_csv(page, COLUMNS, "openings")
    narrowed = facets.values(current.graph(), current.audience(), openings.FACETS)
    return render_template(
        "openings/index.html",
        page=page,
        columns=COLUMNS,
        facets=narrowed,
        headline=headline(page, NOUN, narrowed),
        today=current.today(),
    )


@blueprint.get("/<record_id>")
@open_to_members
def show(record_id: str) -> ResponseReturnValue:
    opening, row = openings.find(current.graph(), current.audience(), record_id)
    return _page(opening, row, weights_form(opening.kind, weights_of(opening)))


@blueprint.post("/<record_id>/weights")
@open_to(*MATCHERS)
def weigh(record_id: str) -> ResponseReturnValue:
    graph, account = current.graph(), current.account()
    if account is None:
        raise NotAllowed("Sign in to weigh what counts for an opening.")
    form = weights_form(check_weigher(graph, account, record_id).kind)
    if "usual" in request.form:
        set_weights(graph, account, record_id, None)
    elif form.validate():
        try:
            set_weights(graph, account, record_id, form.weights)
        except InvalidValue as refused:
            form.refuse(str(refused))
    if form.errors and "usual" not in request.form:
        return _page(*openings.find(graph, account.audience, record_id), form), 422
    flash("Saved. The list below is ordered by these weights, and so is every plan.", "success")
    return redirect(url_for("openings.show", record_id=record_id))


def _page(opening: Opening, row: Row, form: WeightsForm) -> str:
    graph, audience, account = current.graph(), current.audience(), current.account()
    today = current.today()
    fit = explain_fit(graph, account, opening.id, today) if account else None
    match = match_opening(graph, audience, opening.id, MatchQuery(_SHOWN, today)) if audience.role in MATCHERS else None
    return render_template(
        "openings/show.html",
        opening=opening,
        kind=KIND_WORDS[opening.kind],
        row=row,
        needs=row["needs"],
        languages=row["languages"],
        shortlist=shortlist(match) if match else None,
        fit=own_fit(fit) if fit else (),
        wish=_wish(account, opening.id) if account and account.expert else 0,
        form=form if account and may_weigh(graph, account, opening.id) else None,
        today=today,
    )


def _wish(account: Account, opening_id: str) -> int:
    """At which place of their own list the account has the opening; 0 where it is not there."""
    ranked = [row["opening"] for row in wishes.of_person(current.graph(), account.audience, account.expert)]
    return ranked.index(opening_id) + 1 if opening_id in ranked else 0
