"""What hangs by a thread: what if somebody were not there, relays with nobody to follow, bridges to build."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from graph.domain.dates import PartialDate
from graph.errors import InvalidValue
from graph.services.network.bridges import HORIZON, LONGEST, BridgeQuery, find_bridges
from graph.services.network.handovers import HandoverQuery, watch_relays
from graph.services.network.what_if import RemovalQuery, what_if
from graph.services.transfers.actors import Level, level_named
from graph.services.transfers.followed import subjects_of
from graph.services.transfers.log import read_log
from webapp import current
from webapp.presenters.network.nouns import NOUN, NOUNS
from webapp.presenters.network.paths import across, followed
from webapp.presenters.network.watches import (
    caveat,
    compared,
    lesser,
    months,
)
from webapp.security import MATCHERS, open_to_members
from webapp.urls import network

blueprint = Blueprint("watches", __name__, url_prefix="/network")

_BRIDGES = 25
_CANDIDATES = 3


@blueprint.get("/what-if")
@open_to_members
def removal() -> ResponseReturnValue:
    """The address holds the whole question, so that an answer can be shared."""
    level = level_named(request.args.get("level", Level.INSTITUTION.value))
    without = tuple(id_ for id_ in request.args.getlist("without") if id_)
    passing = request.args.get("pass", "")
    day = PartialDate.parse(passing, "pass").last if passing else None
    chosen = network.read_filter({"planned": request.args.get("planned", "")})
    query = RemovalQuery(level, without, day, request.args.get("q", ""), chosen, request.args.get("about", ""))
    found = what_if(current.graph(), current.audience(), query, current.today())
    read = read_log(current.graph(), current.audience(), level, current.today(), chosen)
    subjects = subjects_of(current.graph(), read)
    return render_template(
        "watches/what_if.html",
        found=found,
        query=query,
        figures=compared(found),
        lesser=lesser(found),
        caveat=caveat(found),
        followed=followed(found.subject),
        assumes=across(level),
        subjects=subjects,
        levels=tuple(Level),
        nouns=NOUN,
        forms=NOUNS,
    )


@blueprint.get("/relay")
@open_to_members
def relay() -> ResponseReturnValue:
    """Relays by month; candidates are for those who decide on openings."""
    audience = current.audience()
    on = request.args.get("on", "")
    day = PartialDate.parse(on, "on").first if on else current.today()
    ahead, candidates = _number("within", 6, "months; give 1 to 60"), _CANDIDATES if audience.role in MATCHERS else 0
    query = HandoverQuery(day, ahead, candidates)
    found = watch_relays(current.graph(), audience, query)
    on_the_way = sum(each.on_the_way for each in found.relays)
    page = {"found": found, "query": query, "on_the_way": on_the_way, "months": months(found.relays)}
    return render_template("watches/relays.html", **page)


@blueprint.get("/bridges")
@open_to_members
def bridges() -> ResponseReturnValue:
    """The pairs with the most to gain."""
    graph, audience, today = current.graph(), current.audience(), current.today()
    horizon, about = _number("horizon", HORIZON, f"years; give 1 to {LONGEST}"), request.args.get("about", "")
    found = find_bridges(graph, audience, BridgeQuery(_BRIDGES, today, horizon, about))
    subjects = subjects_of(graph, read_log(graph, audience, Level.INSTITUTION, today))
    return render_template(
        "watches/bridges.html", found=found, subjects=subjects, followed=followed(found.subject), longest=LONGEST
    )


def _number(name: str, otherwise: int, what: str) -> int:
    text = request.args.get(name, str(otherwise))
    if not text.isdecimal():
        raise InvalidValue(name, text, f"is not a number of {what}")
    return int(text)
