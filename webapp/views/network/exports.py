"""The network as files to take away: what the viewer may see, and the sealed research bundle."""

import secrets

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from graph.domain.marks import PLANNERS, Role
from graph.errors import NotFound
from graph.evolution.log.windows import STEPS
from graph.services.network.export import extract
from graph.services.network.research_bundle import (
    READER,
    BundleRequest,
    Institutions,
    build_bundle,
)
from graph.services.transfers.actors import Level
from webapp import current
from webapp.exports import bundles
from webapp.exports.formats import FORMATS, file_name
from webapp.presenters.network.nouns import NOUN, NOUNS
from webapp.presenters.network.terms import seen_by
from webapp.security import open_to, open_to_members
from webapp.urls import network

blueprint = Blueprint("exports", __name__, url_prefix="/network/exports")

SEALERS = frozenset((Role.RESEARCHER, *PLANNERS))
_SALT_BYTES = 32


@blueprint.get("")
@open_to_members
def index() -> ResponseReturnValue:
    """Choose a part of the network and a format; the numbers say what the files will hold."""
    audience = current.audience()
    query = network.read_query(current.graph(), audience, request.args, request.args.getlist("filter"))
    return render_template(
        "exports/index.html",
        query=query,
        years=network.in_words(query),
        shown=network.years_shown(request.args.get("at", "")),
        found=extract(current.graph(), audience, query),
        formats=FORMATS.values(),
        nouns=NOUN,
        forms=NOUNS,
        steps=STEPS,
        levels=tuple(Level),
        may_seal=audience.role in SEALERS,
        chosen=network.chosen(query),
        seen=seen_by(audience),
    )


@blueprint.get("/<name>")
@open_to_members
def download(name: str) -> ResponseReturnValue:
    """The file in that format."""
    if name not in FORMATS:
        raise NotFound("format", name)
    audience, chosen = current.audience(), FORMATS[name]
    found = extract(
        current.graph(),
        audience,
        network.read_query(current.graph(), audience, request.args, request.args.getlist("filter")),
    )
    return _file(chosen.write(found), file_name(found.query, chosen.suffix), chosen.mimetype)


@blueprint.get("/bundle")
@open_to(*SEALERS)
def bundle() -> ResponseReturnValue:
    """A research bundle whose key is forgotten at once."""
    query = network.read_query(current.graph(), READER, request.args, request.args.getlist("filter"))
    named = Institutions.NAMED if request.args.get("institutions") == "named" else Institutions.PSEUDONYM
    drawn = build_bundle(current.graph(), BundleRequest(query, secrets.token_bytes(_SALT_BYTES), named))
    return _file(bundles.write(drawn), file_name(query, "-bundle.zip"), "application/zip")


def _file(content: bytes, name: str, mimetype: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=mimetype, headers=disposition)
