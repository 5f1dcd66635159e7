"""Who could have learned from whom, and the generations that a person or an engagement taught."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from graph.errors import InvalidValue, NotFound
from graph.services.network.lineage import LineageQuery, trace_lineage
from graph.services.network.paths import (
    ReachedActors,
    TransferPath,
    last_day_of,
    trace_path,
    who_could_have_taught,
    whom_it_reached,
)
from graph.services.transfers.actors import Level, level_named
from graph.services.transfers.followed import LogQuery, read_followed, read_subject, share_of, subjects_of
from graph.services.transfers.log import TransferLog, read_log
from graph.store import engagements, experts
from graph.store import lineages as lineages_store
from webapp import current
from webapp.exports import small_views
from webapp.presenters import words
from webapp.presenters.choices import Choice, actor_names, choice, options
from webapp.presenters.network import lineages, paths
from webapp.presenters.network.nouns import NOUN, NOUNS
from webapp.security import open_to_members
from webapp.urls import network

blueprint = Blueprint("paths", __name__, url_prefix="/network")


@dataclass(frozen=True, slots=True)
class _PathQuery:
    """The fields of the form, as given."""

    source: Choice
    target: Choice
    by: str


@blueprint.get("/paths")
@open_to_members
def index() -> ResponseReturnValue:
    level = level_named(_given("level") or Level.PERSON.value)
    chosen = network.read_filter(_planned())
    graph, audience, log = current.graph(), current.audience(), LogQuery(level, current.today(), chosen)
    subject = read_subject(graph, [_given("about")])
    read = read_followed(graph, audience, log, subject)
    names = actor_names(read)
    source, target = (choice(_given(name), _given(f"{name}_id"), names) for name in ("from", "to"))
    query = _PathQuery(source, target, _given("by"))
    found, problem = _found(read, query)
    page = {"query": query, "level": level, "levels": tuple(Level), "words": paths, "problem": problem}
    page |= {
        "planned": chosen.planned,
        "subject": subject,
        "about": subject.ids[0] if subject.ids else "",
        "subjects": subjects_of(graph, read),
    }
    page |= {"followed": paths.followed(share_of(graph, audience, log, subject))}
    page |= {"nouns": NOUN, "forms": NOUNS}
    if found:
        page["assumed"] = paths.assumed(found) if isinstance(found, TransferPath) else paths.assumed_of(found, level)
    offered = options(read)
    body = render_template(
        "paths/index.html", found=found, is_path=isinstance(found, TransferPath), offered=offered, **page
    )
    return body, 422 if problem else 200


@blueprint.get("/lineage")
@open_to_members
def lineage() -> ResponseReturnValue:
    graph, audience = current.graph(), current.audience()
    by, found, problem = request.args.get("by", ""), None, ""
    chosen, today = network.read_filter(_planned()), current.today()
    about, read = _given("about"), read_log(graph, audience, Level.PERSON, today, chosen)
    query = choice(_given("of"), _given("of_id"), lambda id_: actor_names(read)(id_) or _name(id_))
    if query.text:
        try:
            asked = LineageQuery(query.id_or_text, last_day_of(by, today), today, chosen, _about())
            found = trace_lineage(graph, audience, asked)
            query = query if query.id else Choice(found.name or query.text, found.id)
        except (InvalidValue, NotFound) as why:
            problem = str(why)
    page = {"query": query, "by": by, "found": found, "problem": problem, "words": lineages}
    page |= {"planned": chosen.planned, "about": about, "subjects": subjects_of(graph, read)}
    page |= {"followed": paths.followed(found.subject) if found else ""}
    return render_template("paths/lineage.html", offered=options(read), **page), 422 if problem else 200


def _planned() -> dict[str, str]:
    return {"planned": _given("planned")}


def _about() -> tuple[str, ...]:
    return (_given("about"),) if _given("about") else ()


def _given(name: str) -> str:
    return request.args.get(name, "").strip()


def _name(id_: str) -> str:
    """The name of the engagement of that id, as its own page has it, or of the person; empty where there is neither."""
    graph, audience = current.graph(), current.audience()
    known = lineages_store.maybe_find(graph, audience, id_)
    if known:
        label, row = known
        return words.engagement_name(label, row["name"], engagements.parties(graph, audience, label, id_))
    try:
        return experts.find(graph, audience, id_).name
    except NotFound:
        return ""


@blueprint.get("/lineage/picture")
@open_to_members
def lineage_picture() -> ResponseReturnValue:
    """The generations from left to right, on a page of its own that can be kept."""
    today = current.today()
    day = last_day_of(request.args.get("by", ""), today)
    asked = LineageQuery(request.args.get("of", ""), day, today, network.read_filter(_planned()), _about())
    found = trace_lineage(current.graph(), current.audience(), asked)
    return small_views.answer(small_views.lineage(found))


def _found(read: TransferLog, query: _PathQuery) -> tuple[TransferPath | ReachedActors | None, str]:
    """The answer, or why there is none in a sentence."""
    source, target = query.source.id_or_text, query.target.id_or_text
    try:
        by = last_day_of(query.by, current.today())
        if source and target:
            return trace_path(read, source, target, by), ""
        if target:
            return who_could_have_taught(read, target, by), ""
        return (whom_it_reached(read, source, by) if source else None), ""
    except (InvalidValue, NotFound) as why:
        return None, str(why)
