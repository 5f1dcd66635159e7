"""Where know-how went: the map of countries and the matrix of regions, for the years of the address."""

from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from graph.services.atlases import Level
from graph.services.choices import CHANNELS
from graph.services.trace_flows import trace_flows
from webapp import current
from webapp.exports import spans
from webapp.presenters.flows import COLUMNS, flow_page
from webapp.security import open_to_members

blueprint = Blueprint("flows", __name__, url_prefix="/network")

_USUAL = "-transfers"


@blueprint.get("/map")
@open_to_members
def show() -> ResponseReturnValue:
    """All years by default; `filter` as everywhere about the network."""
    audience, filters = current.audience(), [text for text in request.args.getlist("filter") if text]
    part = spans.asked(current.graph(), audience, request.args, filters)
    asked = replace(part, level=Level.COUNTRY, step="year", window="")
    found = trace_flows(current.graph(), audience, asked)
    sort = request.args.get("sort", _USUAL)
    return render_template(
        "flows/show.html",
        page=flow_page(found, spans.in_words(asked), sort),
        found=found,
        asked=asked,
        columns=COLUMNS,
        channels=CHANNELS.values(),
        sort=sort,
    )
