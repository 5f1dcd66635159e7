"""Engagements: a list per kind, and one engagement with everybody it ties together."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from graph.domain.labels import Label
from graph.errors import NotFound
from graph.store import engagements, facets
from graph.store.pages import SortDirection
from webapp import current, listings
from webapp.listings import Column
from webapp.presenters import words
from webapp.presenters.lists import Noun, headline
from webapp.security import open_to_members

blueprint = Blueprint("engagements", __name__, url_prefix="/engagements")

COLUMNS = (
    Column("name", "Name"),
    Column("start", "When", "start"),
    Column("people", "People"),
    Column("institutions", "Institutions"),
    Column("about", "About"),
    Column("status", "Status", "status"),
)
EXPORT = (*COLUMNS[:1], Column("start", "Start"), Column("end", "End"), *COLUMNS[2:])
_NAMED = (Label.TRAINING, Label.JOINT_PROJECT)


@blueprint.get("")
@open_to_members
def index() -> ResponseReturnValue:
    label = _label(request.args.get("kind") or Label.SECONDMENT)
    listing = engagements.LISTINGS[label]
    query = listings.asked(("start", "end", "status"), listing.facets, SortDirection.DESCENDING)
    page = listing.page(current.graph(), current.audience(), query)
    if listings.wants_csv():
        return listings.as_csv(page, EXPORT, words.KINDS[label].lower().replace(" ", "-"))
    narrowed = facets.values(current.graph(), current.audience(), engagements.FACETS[label])
    noun = Noun(words.KIND[label].lower(), words.KINDS[label].lower(), {"status": "that are {}"})
    return render_template(
        "engagements/index.html",
        page=page,
        columns=COLUMNS if label in _NAMED else COLUMNS[1:],
        named=label in _NAMED,
        facets=narrowed,
        headline=headline(page, noun, narrowed),
        label=label,
        kinds=words.KINDS,
    )


@blueprint.get("/<kind>/<record_id>")
@open_to_members
def show(kind: str, record_id: str) -> ResponseReturnValue:
    graph, audience, label = current.graph(), current.audience(), _label(kind)
    engagement = engagements.find(graph, audience, label, record_id)
    parties = engagements.parties(graph, audience, label, record_id)
    return render_template(
        "engagements/show.html",
        engagement=engagement,
        name=words.engagement_name(label, engagement.get("name"), parties),
        parties=parties,
        part=words.PART,
        label=label,
        kinds=words.KINDS,
        kind=words.KIND[label],
    )


def _label(text: str) -> Label:
    for label in engagements.KINDS:
        if label == text:
            return label
    raise NotFound("kind of engagement", text)
