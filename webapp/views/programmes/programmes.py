"""Programmes: the list, and one programme with its needs, openings and those who could serve them."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from graph.services.matching.match import MatchQuery, match_programme
from graph.services.network.handovers import watch_programme
from graph.store import facets, programmes
from webapp import current, listings
from webapp.listings import Column
from webapp.presenters import words
from webapp.presenters.lists import Noun, headline
from webapp.presenters.matching.matches import shortlist
from webapp.presenters.programmes import programmes as presenter
from webapp.security import MATCHERS, open_to_members

blueprint = Blueprint("programmes", __name__, url_prefix="/programmes")

COLUMNS = (
    Column("name", "Name", "name"),
    Column("stage", "Stage", "stage"),
    Column("country_name", "Country", "country"),
    Column("owner_name", "Owner"),
    Column("start", "Start", "start"),
    Column("end", "End"),
    Column("openings", "Openings", numeric=True),
)
_SHOWN = 3
NOUN = Noun("programme", "programmes", {"country": "in {}", "stage": "at the stage “{}”"})


@blueprint.get("")
@open_to_members
def index() -> ResponseReturnValue:
    query = listings.asked(("name", "country", "stage", "start"), programmes.LISTING.facets)
    page = programmes.LISTING.page(current.graph(), current.audience(), query)
    if listings.wants_csv():
        return listings.as_csv(page, COLUMNS, "programmes")
    narrowed = facets.values(current.graph(), current.audience(), programmes.FACETS)
    return render_template(
        "programmes/index.html", page=page, columns=COLUMNS, facets=narrowed, headline=headline(page, NOUN, narrowed)
    )


@blueprint.get("/<record_id>")
@open_to_members
def show(record_id: str) -> ResponseReturnValue:
    graph, audience = current.graph(), current.audience()
    programme, row = programmes.find(graph, audience, record_id)
    today = current.today()
    matches = (
        match_programme(graph, audience, record_id, MatchQuery(_SHOWN, today)) if audience.role in MATCHERS else ()
    )
    openings = programmes.openings(graph, audience, record_id)
    carriers = programmes.carriers(graph, audience, record_id)
    followers = _SHOWN if audience.role in MATCHERS else 0
    relays = watch_programme(graph, audience, record_id, today, followers)
    waiting = {row["id"] for row in openings if not words.is_over(row["deadline"], today)}
    return render_template(
        "programmes/show.html",
        programme=programme,
        row=row,
        supporters=programmes.supporters(graph, audience, record_id),
        needs=presenter.needs(
            programmes.ratings(graph, audience, [record_id]),
            programmes.reach(graph, audience, record_id, today),
            today,
        ),
        openings=sorted(openings, key=lambda row: words.is_over(row["deadline"], today)),
        gaps=presenter.gaps(relays, carriers, today),
        carriers=presenter.carriers(carriers, today),
        matches={match.opening.id: shortlist(match) for match in matches if match.opening.id in waiting},
        today=today,
    )
