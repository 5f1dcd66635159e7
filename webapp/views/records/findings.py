"""One search over everything."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from graph.store import findings
from webapp import current
from webapp.security import open_to_members

blueprint = Blueprint("findings", __name__)


@blueprint.get("/search")
@open_to_members
def search() -> ResponseReturnValue:
    words = request.args.get("q", "").strip()[:200]
    found = findings.search(current.graph(), current.audience(), words)
    return render_template("findings/index.html", words=words, found=found, shown=findings.SHOWN)
