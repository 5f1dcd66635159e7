"""People: the list and one person."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from graph.store import experts, facets
from webapp import current, listings
from webapp.listings import Column
from webapp.presenters.lists import Noun, headline
from webapp.security import open_to_members, roles_of

blueprint = Blueprint("experts", __name__, url_prefix="/experts")

COLUMNS = (
    Column("name", "Name", "name"),
    Column("headline", "What they do"),
    Column("country_name", "Country", "country"),
    Column("languages", "Languages"),
    Column("capabilities", "Capabilities"),
)

NOUN = Noun(
    "person",
    "people",
    {"country": "based in {}", "capability": "skilled in {}", "language": "speaking {}"},
)


@blueprint.get("")
@open_to_members
def index() -> ResponseReturnValue:
    query = listings.asked(("name", "country"), experts.LISTING.facets)
    page = experts.LISTING.page(current.graph(), current.audience(), query)
    if listings.wants_csv():
        return listings.as_csv(page, COLUMNS, "people")
    narrowed = facets.values(current.graph(), current.audience(), experts.FACETS)
    return render_template(
        "experts/index.html", page=page, columns=COLUMNS, facets=narrowed, headline=headline(page, NOUN, narrowed)
    )


@blueprint.get("/<record_id>")
@open_to_members
def show(record_id: str) -> ResponseReturnValue:
    graph, audience = current.graph(), current.audience()
    return render_template(
        "experts/show.html",
        expert=experts.find(graph, audience, record_id),
        posts=experts.posts(graph, audience, record_id),
        languages=experts.languages(graph, audience, record_id),
        capabilities=experts.capabilities(graph, audience, record_id),
        availability=experts.availability(graph, audience, record_id),
        history=experts.history(graph, audience, record_id),
        may_see_peers=audience.role in roles_of(current_app, "peers.show") and record_id != audience.expert_id,
        today=current.today(),
    )
