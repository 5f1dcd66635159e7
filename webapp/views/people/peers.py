"""Peers: one's own, and for officers those of anybody they may see."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from graph.domain.marks import PLANNERS
from graph.services.peers.find import find_peers
from graph.store import experts
from webapp import current, listings
from webapp.presenters.people.peers import groups, headline
from webapp.security import open_to, open_to_members

blueprint = Blueprint("peers", __name__, url_prefix="/peers")

_SHOWN = 12


@blueprint.get("")
@open_to_members
def index() -> ResponseReturnValue:
    account = current.account()
    if account and account.expert:
        return _peers(account.expert)
    if current.audience().role in PLANNERS:
        query = listings.asked(("name",))
        people = experts.LISTING.page(current.graph(), current.audience(), query) if query.words else None
        return render_template("peers/search.html", words=query.words, people=people)
    return render_template("peers/unconnected.html")


@blueprint.get("/<record_id>")
@open_to(*PLANNERS)
def show(record_id: str) -> ResponseReturnValue:
    if record_id == current.audience().expert_id:
        return redirect(url_for("peers.index"))
    return _peers(record_id)


def _peers(expert_id: str) -> str:
    audience = current.audience()
    found = find_peers(current.graph(), audience, expert_id, _SHOWN)
    own = expert_id == audience.expert_id
    return render_template(
        "peers/show.html",
        found=found,
        own=own,
        headline=headline(found, "your" if own else f"\u2068{found.name}\u2069’s"),
        groups=groups(found, audience.expert_id),
    )
