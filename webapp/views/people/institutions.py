"""Institutions: the list and one institution."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from graph.store import facets, institutions
from webapp import current, listings
from webapp.listings import Column
from webapp.presenters import words
from webapp.presenters.lists import Noun, headline
from webapp.presenters.people import institutions as presenter
from webapp.security import open_to_members

blueprint = Blueprint("institutions", __name__, url_prefix="/institutions")

COLUMNS = (
    Column("name", "Name", "name"),
    Column("kinds", "Kind"),
    Column("country_name", "Country", "country"),
    Column("founded", "Founded"),
    Column("ror", "ROR"),
)

NOUN = Noun("institution", "institutions", {"country": "in {}", "kind": "of the kind {}"})


@blueprint.get("")
@open_to_members
def index() -> ResponseReturnValue:
    query = listings.asked(("name", "country"), institutions.LISTING.facets)
    page = institutions.LISTING.page(current.graph(), current.audience(), query)
    if listings.wants_csv():
        return listings.as_csv(page, COLUMNS, "institutions")
    narrowed = facets.values(current.graph(), current.audience(), institutions.FACETS)
    return render_template(
        "institutions/index.html", page=page, columns=COLUMNS, facets=narrowed, headline=headline(page, NOUN, narrowed)
    )


@blueprint.get("/<record_id>")
@open_to_members
def show(record_id: str) -> ResponseReturnValue:
    graph, audience = current.graph(), current.audience()
    institution, country = institutions.find(graph, audience, record_id)
    engagements = presenter.engagements(institutions.engagements(graph, audience, record_id))
    return render_template(
        "institutions/show.html",
        institution=institution,
        country=country,
        kin_words=words.KIN,
        kin=institutions.kin(graph, audience, record_id),
        people=institutions.people(graph, audience, record_id),
        engagements=engagements,
        at=presenter.year_of(engagements),
        programmes=institutions.programmes(graph, audience, record_id),
    )
