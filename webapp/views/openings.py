"""Openings: the list, and one opening with everybody who could fill it."""

from datetime import UTC, datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from graph.services.match_openings import match_opening
from graph.store import facets, openings
from webapp import current, listings
from webapp.listings import Column
from webapp.presenters.lists import Noun, headline
from webapp.presenters.matches import shortlist
from webapp.security import MATCHERS, open_to_members

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
        "openings/index.html", page=page, columns=COLUMNS, facets=narrowed, headline=headline(page, NOUN, narrowed)
    )


@blueprint.get("/<record_id>")
@open_to_members
def show(record_id: str) -> ResponseReturnValue:
    graph, audience = current.graph(), current.audience()
    opening, row = openings.find(graph, audience, record_id)
    match = match_opening(graph, audience, record_id, _SHOWN) if audience.role in MATCHERS else None
    return render_template(
        "openings/show.html",
        opening=opening,
        row=row,
        needs=openings.needs(graph, audience, record_id),
        languages=openings.languages(graph, audience, record_id),
        shortlist=shortlist(match) if match else None,
        today=datetime.now(UTC).date(),
    )
