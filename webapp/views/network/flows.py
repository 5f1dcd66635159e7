"""Where know-how went: the map of countries and the matrix of regions, for the years of the address."""

from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from graph.domain.country_lists import SouthList
from graph.evolution.measures.counting import Count
from graph.services.network.evolution import EvolutionQuery, span
from graph.services.network.flows import trace_flows
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import CHANNELS
from graph.store.pages import SortDirection
from webapp import current, listings
from webapp.presenters.network.flows import (
    SORTS,
    columns,
    flow_page,
    listed,
)
from webapp.presenters.network.terms import seen_by
from webapp.security import open_to_members
from webapp.urls import network

blueprint = Blueprint("flows", __name__, url_prefix="/network")


@blueprint.get("/map")
@open_to_members
def show() -> ResponseReturnValue:
    """The year of the last beginnings by default; `filter` as everywhere about the network."""
    audience, query = current.audience(), _query()
    found = trace_flows(current.graph(), audience, query)
    flows = listed(found, listings.asked(SORTS, direction=SortDirection.DESCENDING))
    if listings.wants_csv():
        return listings.as_csv(flows, columns(found.count), "flows")
    return render_template(
        "flows/show.html",
        page=flow_page(found, query, network.in_words(query)),
        flows=flows,
        found=found,
        query=query,
        columns=columns(found.count),
        channels=CHANNELS.values(),
        seen=seen_by(audience),
        counts=tuple(Count),
        souths=tuple(SouthList),
    )


def _query() -> EvolutionQuery:
    graph, audience = current.graph(), current.audience()
    filters = [text for text in request.args.getlist("filter") if text]
    given = {name: request.args[name] for name in ("from", "to") if request.args.get(name)}
    kept = ("known", "planned", "count", "south", "regions")
    fields = {name: request.args[name] for name in kept if request.args.get(name)}
    query = replace(network.read_query(graph, audience, given | fields, filters), level=Level.COUNTRY)
    begun = span(graph, audience)
    if given or not begun:
        return query
    latest = min(max(begun), query.to_year)
    return replace(query, from_year=latest, to_year=latest)
