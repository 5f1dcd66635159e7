"""The network through time: picture, table and figures of one window, moved through the years."""

from dataclasses import replace

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from graph.domain.country_lists import SouthList
from graph.evolution.layout import kept_layout
from graph.evolution.log.windows import STEPS
from graph.evolution.measures.counting import Count
from graph.services.network.evolution import (
    USUAL,
    Evolution,
    EvolutionQuery,
    busiest,
    trace_evolution,
)
from graph.services.network.window_ties import WindowTie, ties_in
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import CHANNELS
from graph.services.transfers.log import TransferLog, read_log
from graph.store.pages import SortDirection
from webapp import current, listings
from webapp.exports import small_views
from webapp.presenters.network import columns
from webapp.presenters.network.figures import defined
from webapp.presenters.network.nouns import NOUN
from webapp.presenters.network.pages import network_page, position_of, regions_of
from webapp.presenters.network.terms import seen_by
from webapp.presenters.network.window_lists import ACTORS, TIES
from webapp.presenters.network.window_pages import Form, WindowPage, window_page
from webapp.security import open_to_members
from webapp.urls import network

blueprint = Blueprint("network", __name__, url_prefix="/network")

LISTS = {Form.ACTORS: ACTORS, Form.TIES: TIES}
LIVE_AT_MOST = 20_000
"""Ties of one window that a picture can tell apart; beyond them it opens by country."""


@blueprint.get("")
@open_to_members
def index() -> ResponseReturnValue:
    """The window that `at` names, by default the last; `whole` asks for all actors however many they are."""
    requested = _query()
    query = _distinguishable(requested)
    traced, position, ties = _traced(query)
    window = _window(traced, position, ties)
    if window.listed and listings.wants_csv():
        return listings.as_csv(window.listed, LISTS[window.form].columns, window.form)
    everybody = read_log(current.graph(), current.audience(), query.level, query.today, lists=query.lists)
    return render_template(
        "network/index.html",
        page=network_page(traced, position, ties),
        window=window,
        query=query,
        too_many=NOUN[requested.level] if query.level is not requested.level else "",
        levels=tuple(Level),
        steps=STEPS,
        channels=CHANNELS.values(),
        regions=regions_of([actor.group for actor in everybody.actors]),
        measures=defined(query),
        lists=LISTS,
        seen=seen_by(current.audience()),
        counts=tuple(Count),
        souths=tuple(SouthList),
    )


@blueprint.get("/window")
@open_to_members
def window() -> ResponseReturnValue:
    """What changes on the page with the window, but for the picture: the brief, what changed, and the form shown."""
    query = _query()
    window = _window(*_traced(query))
    return render_template("network/window.html", window=window, measures=defined(query), lists=LISTS)


@blueprint.get("/ties.bin")
@open_to_members
def ties() -> ResponseReturnValue:
    """All ties of the level that pass the filters, and the place of every actor, for the picture."""
    query = _query()
    log = _read(query).log
    answer = Response(columns.written(log, kept_layout(log)), mimetype="application/octet-stream")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.get("/around")
@open_to_members
def around() -> ResponseReturnValue:
    """One actor among its partners, on a page of its own that can be kept."""
    query = _query()
    windows = query.windows()
    found = _read(query)
    window = windows[position_of(windows, request.args.get("at", ""))]
    return small_views.answer(small_views.around(found, window, request.args.get("of", "")))


def _query() -> EvolutionQuery:
    filters = [text for text in request.args.getlist("filter") if text]
    return network.read_query(current.graph(), current.audience(), request.args, filters)


def _read(query: EvolutionQuery) -> TransferLog:
    graph, audience = current.graph(), current.audience()
    return read_log(graph, audience, query.level, query.today, query.transfer_filter, query.lists)


def _distinguishable(query: EvolutionQuery) -> EvolutionQuery:
    """The question itself, or by country where more ties hold at once than anybody could tell apart."""
    if query.level in (Level.COUNTRY, Level.REGION) or "whole" in request.args:
        return query
    many = busiest(current.graph(), current.audience(), query) > LIVE_AT_MOST
    return replace(query, level=Level.COUNTRY) if many else query


def _traced(query: EvolutionQuery) -> tuple[Evolution, int, tuple[WindowTie, ...]]:
    measures = USUAL | {"communities"} if request.args.get("colour") == "community" else USUAL
    traced = trace_evolution(current.graph(), current.audience(), query, measures)
    position = position_of(query.windows(), request.args.get("at", ""))
    return traced, position, ties_in(traced.log, traced.windows[position].window, query.until)


def _window(traced: Evolution, position: int, ties: tuple[WindowTie, ...]) -> WindowPage:
    form = _form()
    sorts = LISTS[form].sorts if form in LISTS else ()
    return window_page(traced, position, ties, form, listings.asked(sorts, direction=SortDirection.DESCENDING))


def _form() -> Form:
    """The form asked for; a file holds the ties where none is."""
    usual = Form.TIES if listings.wants_csv() else Form.OUTLINE
    named = request.args.get("show", usual)
    return Form(named) if named in {*Form} else usual
