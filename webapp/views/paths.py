"""Who could have learned from whom, and the generations that a person or an engagement taught."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from graph.errors import InvalidValue, NotFound
from graph.services.atlases import Level, level_named
from graph.services.trace_lineage import trace_lineage
from graph.services.trace_path import Path, Reach, day_asked, trace_path, who_could_have_taught, whom_it_reached
from graph.services.transfer_logs import TransferLog, read_log
from webapp import current
from webapp.exports import small_views
from webapp.presenters import lineages, paths
from webapp.presenters.networks import NOUN
from webapp.security import open_to_members

blueprint = Blueprint("paths", __name__, url_prefix="/network")


@dataclass(frozen=True, slots=True)
class _Asked:
    """The fields of the form, as given."""

    source: str
    target: str
    by: str
    level: str


@blueprint.get("/paths")
@open_to_members
def index() -> ResponseReturnValue:
    asked = _Asked(*(request.args.get(name, "").strip() for name in ("from", "to", "by", "level")))
    level = level_named(asked.level or Level.PERSON.value)
    read = read_log(current.graph(), current.audience(), level)
    found, problem = _found(read, asked)
    page = {"asked": asked, "level": level, "levels": tuple(Level), "nouns": NOUN, "words": paths, "problem": problem}
    actors = [actor for actor in read.actors if actor.named]
    body = render_template("paths/index.html", found=found, is_path=isinstance(found, Path), actors=actors, **page)
    return body, 422 if problem else 200


@blueprint.get("/lineage")
@open_to_members
def lineage() -> ResponseReturnValue:
    asked, by, found, problem = request.args.get("of", "").strip(), request.args.get("by", ""), None, ""
    graph, audience = current.graph(), current.audience()
    if asked:
        try:
            found = trace_lineage(graph, audience, asked, day_asked(by, current.today()))
        except (InvalidValue, NotFound) as why:
            problem = str(why)
    actors = [] if found else [actor for actor in read_log(graph, audience, Level.PERSON).actors if actor.named]
    body = render_template(
        "paths/lineage.html", asked=asked, by=by, found=found, problem=problem, actors=actors, words=lineages
    )
    return body, 422 if problem else 200


@blueprint.get("/lineage/picture")
@open_to_members
def lineage_picture() -> ResponseReturnValue:
    """The generations from left to right, on a page of its own that can be kept."""
    day = day_asked(request.args.get("by", ""), current.today())
    found = trace_lineage(current.graph(), current.audience(), request.args.get("of", ""), day)
    return small_views.answer(small_views.lineage(found))


def _found(read: TransferLog, asked: _Asked) -> tuple[Path | Reach | None, str]:
    """The answer, or why there is none in a sentence."""
    try:
        by = day_asked(asked.by, current.today())
        if asked.source and asked.target:
            return trace_path(read, asked.source, asked.target, by), ""
        if asked.target:
            return who_could_have_taught(read, asked.target, by), ""
        return (whom_it_reached(read, asked.source, by) if asked.source else None), ""
    except (InvalidValue, NotFound) as why:
        return None, str(why)
