"""Two windows of the network side by side."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from graph.domain.country_lists import SouthList
from graph.errors import InvalidValue
from graph.evolution.log.windows import window_of
from graph.evolution.measures.counting import Count
from graph.services.network.compare import ComparisonQuery, compare_windows
from graph.services.network.evolution import span
from graph.services.transfers.actors import Level, level_named
from graph.services.transfers.filters import CHANNELS
from webapp import current
from webapp.presenters.network import briefs
from webapp.presenters.network.nouns import NOUN, NOUNS
from webapp.presenters.network.terms import seen_by
from webapp.presenters.network.window_changes import FATES, compare_page
from webapp.security import open_to_members
from webapp.urls import network

blueprint = Blueprint("compare", __name__, url_prefix="/network")


@blueprint.get("/compare")
@open_to_members
def show() -> ResponseReturnValue:
    """By default the last two years in which something began; what makes no sense is said above the form."""
    then, now = _windows()
    given = {"then": request.args.get("then") or then, "now": request.args.get("now") or now}
    page = found = None
    trouble = ""
    try:
        found = compare_windows(current.graph(), current.audience(), _query(given))
        page = compare_page(found)
    except InvalidValue as error:
        trouble = str(error)
    body = render_template(
        "compare/show.html",
        page=page,
        found=found,
        given=given,
        trouble=trouble,
        level=request.args.get("level") or Level.INSTITUTION.value,
        filters=request.args.getlist("filter"),
        planned=found.query.transfer_filter.planned if found else "planned" in request.args,
        levels=tuple(Level),
        nouns=NOUN,
        forms=NOUNS,
        channels=CHANNELS.values(),
        fates=FATES,
        chosen=network.chosen(found.query) if found else {},
        seen=seen_by(current.audience()),
        counts=tuple(Count),
        souths=tuple(SouthList),
    )
    return body, 422 if trouble else 200


@blueprint.get("/compare/telling")
@open_to_members
def sentences() -> ResponseReturnValue:
    """The few sentences that say most about two windows, for a page that shows the later one."""
    given = {name: request.args.get(name, "") for name in ("then", "now")}
    found = compare_windows(current.graph(), current.audience(), _query(given))
    return render_template("compare/sentences.html", sentences=briefs.sentences(found))


def _windows() -> tuple[str, str]:
    this_year = current.today().year
    _, last = span(current.graph(), current.audience()) or (this_year, this_year)
    latest = min(last, this_year)
    return str(latest - 1), str(latest)


def _query(given: dict[str, str]) -> ComparisonQuery:
    """The question behind the address. Raises InvalidValue."""
    level = level_named(request.args.get("level") or Level.INSTITUTION.value)
    transfer_filter = network.read_filter(request.args, request.args.getlist("filter"))
    then, now = window_of(given["then"]), window_of(given["now"])
    # Whichever is written first, time runs from the earlier window to the later one.
    count, lists = network.read_count(request.args), network.read_lists(request.args)
    return ComparisonQuery(min(then, now), max(then, now), level, transfer_filter, count, lists, today=current.today())
