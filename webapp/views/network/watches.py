"""What hangs by a thread: what if somebody were not there, relays with nobody to follow, bridges to build."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from graph.domain.dates import PartialDate
from graph.errors import InvalidValue
from graph.services.network.bridges import find_bridges
from graph.services.network.handovers import HandoverQuery, watch_relays
from graph.services.network.what_if import RemovalQuery, what_if
from graph.services.transfers.actors import Level, level_named
from webapp import current
from webapp.presenters.network.nouns import NOUN, NOUNS
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
    query = RemovalQuery(level, without, day, request.args.get("q", ""), chosen)
    found = what_if(current.graph(), current.audience(), query, current.today())
    return render_template(
        "watches/what_if.html",
        found=found,
        query=query,
        figures=compared(found),
        lesser=lesser(found),
        caveat=caveat(found),
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
    query = HandoverQuery(day, _months(), _CANDIDATES if audience.role in MATCHERS else 0)
    found = watch_relays(current.graph(), audience, query)
    return render_template("watches/relays.html", found=found, query=query, months=months(found.relays))


@blueprint.get("/bridges")
@open_to_members
def bridges() -> ResponseReturnValue:
    """The pairs with the most to gain."""
    found = find_bridges(current.graph(), current.audience(), _BRIDGES, current.today())
    return render_template("watches/bridges.html", found=found)


def _months() -> int:
    text = request.args.get("within", "6")
    if not text.isdecimal():
        raise InvalidValue("within", text, "is not a number of months; give 1 to 60")
    return int(text)
