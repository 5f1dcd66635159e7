"""The first page: for the public what is achieved, for everybody signed in what needs them today."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from graph.connection import Row
from graph.domain.accounts import Account
from graph.domain.labels import TieType
from graph.domain.marks import Role
from graph.services.clock import silence
from graph.services.network.handovers import HandoverQuery, watch_programme, watch_relays
from graph.store import batches, experts, facets, institutions, openings, programmes, proposals, totals
from graph.store.pages import Query
from webapp import current
from webapp.presenters import today
from webapp.presenters.programmes.programmes import RelayGap, gaps, gaps_ahead
from webapp.security import open_to_all

blueprint = Blueprint("home", __name__)

# A public number below this could point at single people or institutions.
SMALLEST_PUBLIC_GROUP = 5
_NEAREST = 6


@blueprint.get("/")
@open_to_all
def index() -> ResponseReturnValue:
    account = current.account()
    return _landing() if account is None else _today(account)


def _landing() -> str:
    graph, audience = current.graph(), current.audience()
    numbers = totals.totals(graph, audience) | {"countries": totals.countries(graph, audience)}
    shown = {name: number for name, number in numbers.items() if number >= SMALLEST_PUBLIC_GROUP}
    return render_template("home/landing.html", numbers=shown)


def _today(account: Account) -> str:
    graph, audience = current.graph(), account.audience
    day = current.today()
    viewer = proposals.reader(account, day)
    owned = institutions.programmes(graph, audience, account.institution) if account.institution else []
    desk = today.Desk(
        closing=today.Closing(
            nearest=openings.ahead(graph, audience, day, _NEAREST),
            **openings.how_many_ahead(graph, audience, day, today.end_of_month(day)),
        ),
        history=experts.history(graph, audience, account.expert) if account.expert else [],
        programmes=owned,
        imports=today.imports(batches.latest(graph, audience, silence(), 5)) if account.role is Role.ADMIN else [],
        numbers=totals.totals(graph, audience),
        stages=facets.values(graph, audience, programmes.FACETS)["stage"],
        proposals=[row for row in proposals.search(graph, viewer, Query(sort="waiting")).rows if row["waits"]],
        waiting=proposals.count_waiting(graph, viewer),
        relays=_relays(account, day, owned),
    )
    return render_template(
        "home/index.html",
        account=account,
        role=account.role.value,
        headline=today.headline(account.role, desk),
        desk=desk,
        expert=experts.find(graph, audience, account.expert) if account.expert else None,
    )


def _relays(account: Account, day: date, owned: Sequence[Row]) -> tuple[RelayGap, ...]:
    """Relays that nobody takes over: for an officer all of the months ahead, for a host those of its own programmes.

    A host sees those that were dropped in the year behind, too, as long as nobody has taken them up.
    """
    graph, audience = current.graph(), account.audience
    if account.role is Role.OFFICER:
        return gaps_ahead(watch_relays(graph, audience, HandoverQuery(day)).relays, day)
    if account.role is not Role.HOST:
        return ()
    return tuple(
        gap
        for row in owned
        if row["part"] == TieType.OWNED_BY
        for gap in gaps(
            watch_programme(graph, audience, row["id"], day), programmes.carriers(graph, audience, row["id"]), day
        )
    )
