"""The network through time: picture, table and figures of one window, moved by the year."""

from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from graph.errors import InvalidValue
from graph.services.atlases import Level
from graph.services.trace_evolution import Asked, span, trace_evolution
from webapp import current
from webapp.presenters.networks import MEASURES, network_page
from webapp.security import open_to_members

blueprint = Blueprint("network", __name__, url_prefix="/network")


@blueprint.get("")
@open_to_members
def index() -> ResponseReturnValue:
    asked = _asked()
    traced = trace_evolution(current.graph(), current.audience(), asked)
    year = _year("year", asked.to_year)
    return render_template(
        "network/index.html", page=network_page(traced, year), asked=asked, levels=tuple(Level), measures=MEASURES
    )


def _asked() -> Asked:
    """The level and years of the address; by default institutions, from the first transfer to this year."""
    this_year = datetime.now(UTC).year
    first, last = span(current.graph(), current.audience()) or (this_year, this_year)
    level = request.args.get("level", Level.INSTITUTION.value)
    if level not in {found.value for found in Level}:
        raise InvalidValue("level", level, f"is not a level; use {', '.join(Level)}")
    to_year = _year("to", min(max(last, first), this_year))
    return Asked(Level(level), _year("from", min(first, to_year)), to_year)


def _year(name: str, otherwise: int) -> int:
    text = request.args.get(name, "")
    if not text:
        return otherwise
    if not text.isdecimal() or len(text) != 4:
        raise InvalidValue(name, text, "is not a year; write four digits like 2019")
    return int(text)
