"""What every page needs beside its own subject: the navigation, the viewer, the badge for demonstration data."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request

from graph.domain.accounts import Account
from graph.domain.marks import Role
from graph.errors import Unavailable
from graph.services.planning.open_workspace import count_open
from graph.store import proposals, totals
from webapp import current
from webapp.presenters import words
from webapp.presenters.links import record_page
from webapp.presenters.network.terms import much
from webapp.security import MATCHERS, roles_of
from webapp.urls import tabs


@dataclass(frozen=True, slots=True)
class NavigationPlace:
    """A place of the main navigation; `counts` names the total that stands behind it."""

    endpoint: str
    label: str
    group: int
    phone: bool = False
    counts: str = ""


PLACES = (
    NavigationPlace("home.index", "Home", 1, phone=True),
    NavigationPlace("match.index", "Match", 1, phone=True, counts="open"),
    NavigationPlace("openings.index", "Openings", 1, counts="openings"),
    NavigationPlace("proposals.index", "Proposals", 1, counts="waiting"),
    NavigationPlace("programmes.index", "Programmes", 2, phone=True, counts="programmes"),
    NavigationPlace("experts.index", "People", 2, phone=True, counts="experts"),
    NavigationPlace("institutions.index", "Institutions", 2, counts="institutions"),
    NavigationPlace("centres.index", "Centres", 2, counts="centres"),
    NavigationPlace("peers.index", "Peers", 3),
    NavigationPlace("network.index", "Network", 3, phone=True),
    NavigationPlace("engagements.index", "Engagements", 3, counts="engagements"),
    NavigationPlace("imports.index", "Imports", 4),
    NavigationPlace("accounts.profile", "Account", 4),
)

_TABS = 4  # beside "More": a sixth does not fit a phone


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A link of the main navigation as the layout draws it."""

    endpoint: str
    label: str
    count: int | None
    active: bool
    phone: bool
    group: int


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The viewer as the header shows them."""

    name: str
    role_label: str


def install(app: Flask) -> None:
    """Make the frame of the page and the words of the presenters known to every template."""
    app.context_processor(_frame)
    app.jinja_env.filters.update(words.FILTERS)
    app.jinja_env.filters["much"] = much
    app.jinja_env.globals["record_page"] = record_page
    app.jinja_env.globals["network_tabs"] = tabs.tabs


def _frame() -> dict[str, Any]:
    """The frame; without a graph a page still has one, so that it can say what is wrong."""
    try:
        account = current.account()
        role = account.role if account else Role.PUBLIC
        return {
            "may_import": role in roles_of(current_app, "imports.index"),
            "viewer": SignedIn(account.name, words.ROLE[account.role]) if account else None,
            "navigation": _navigation(account) if account else [],
            "demonstration": totals.holds_demonstration(current.graph(), current.audience()),
        }
    except Unavailable:
        return {"viewer": None, "navigation": [], "demonstration": False, "may_import": False}


def _room(endpoint: str) -> str:
    """The place of the navigation in which a page stands: looks at the network in one, plans with proposals."""
    room = "network" if endpoint in tabs.ENDPOINTS else endpoint.partition(".")[0]
    return "proposals" if room == "plans" else room


def _navigation(account: Account) -> list[NavigationItem]:
    waiting = proposals.count_waiting(current.graph(), proposals.reader(account, current.today()))
    # Nothing that waits is no number: it would draw the eye to nothing.
    numbers = totals.totals(current.graph(), account.audience) | ({"waiting": waiting} if waiting else {})
    if account.role in MATCHERS:
        numbers["open"] = count_open(current.graph(), account, current.today())
    here = _room(request.endpoint or "")
    places = [place for place in PLACES if account.role in roles_of(current_app, place.endpoint)]
    tabs = [place for place in places if place.phone][:_TABS]
    return [
        NavigationItem(
            endpoint=place.endpoint,
            label=place.label,
            count=numbers.get(place.counts),
            active=place.endpoint.partition(".")[0] == here,
            phone=place in tabs,
            group=place.group,
        )
        for place in places
    ]
