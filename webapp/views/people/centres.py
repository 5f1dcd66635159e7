"""Centres of excellence: the list and one centre."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from graph.store import centres
from webapp import current, listings
from webapp.listings import Column
from webapp.presenters.lists import Noun, headline
from webapp.security import open_to_members

blueprint = Blueprint("centres", __name__, url_prefix="/centres")

COLUMNS = (
    Column("name", "Name", "name"),
    Column("country_name", "Country", "country"),
    Column("since", "Since", "since"),
    Column("offers", "Offers"),
    Column("trainings", "Trainings", numeric=True),
)

NOUN = Noun("centre of excellence", "centres of excellence", {})


@blueprint.get("")
@open_to_members
def index() -> ResponseReturnValue:
    query = listings.asked(("name", "country", "since"))
    page = centres.LISTING.page(current.graph(), current.audience(), query)
    if listings.wants_csv():
        return listings.as_csv(page, COLUMNS, "centres")
    return render_template("centres/index.html", page=page, columns=COLUMNS, headline=headline(page, NOUN, {}))


@blueprint.get("/<record_id>")
@open_to_members
def show(record_id: str) -> ResponseReturnValue:
    graph, audience = current.graph(), current.audience()
    centre, row = centres.find(graph, audience, record_id)
    return render_template(
        "centres/show.html",
        centre=centre,
        row=row,
        serves=centres.serves(graph, audience, record_id),
        offers=centres.offers(graph, audience, record_id),
        trainings=centres.trainings(graph, audience, record_id),
    )
