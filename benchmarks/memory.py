"""Claim: one web process that has served every page to four roles stays under 1.2 GB with 105,000 records.

The demonstration data, so many times its size, on the embedded engine. A process of its own signs in as each role and
asks for every page once: all lists, one record of each kind, the planning of openings, the network at every level with
its comparison, paths, what-if and exports. `now` is what the process holds after the last page, `most` the most it
ever held, both in megabytes and as the system counts them (resident); `bare` is the process after its first page, when
only the program and its libraries are in memory. The engine is a process of its own and not counted. No peer keeps the
same pages.
"""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import psutil
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.apart.processes import alone
from graph import engine
from graph.domain.marks import Audience, Role
from graph.store import centres, experts, institutions, openings, programmes
from graph.store.pages import Listing, Query
from importers.scenario.accounts import ACCOUNTS
from tests.web.browsers import sign_in
from webapp import create_app, current
from webapp.commands.serve import load
from webapp.exports.formats import FORMATS
from webapp.settings import Settings

ROLES = (Role.OFFICER, Role.HOST, Role.ADMIN, Role.RESEARCHER)
SIZES = ((10, 4), (60, 4))  # times the demonstration data, and so many of the roles
QUICK = ((1, 1),)

_LISTS = ("experts", "institutions", "centres", "programmes", "openings", "engagements", "proposals", "plans")
_LEVELS = ("person", "institution", "country", "region")
_PAGES = (
    "/",
    *(f"/{name}" for name in _LISTS),
    "/search?q=a",
    "/match",
    "/match/left",
    "/match/people",
    "/match/choose",
    "/peers",
    "/account",
    "/network/map",
    "/network/exports",
    "/network/exports/bundle",
    *(f"/network?level={level}" for level in _LEVELS),
    *(f"/network/ties.bin?level={level}" for level in _LEVELS),
    *(f"/network/compare?level={level}&then=2020&now=2024" for level in _LEVELS),
    "/network/paths",
    "/network/lineage",
    "/network/what-if",
    "/network/relay",
    "/network/bridges",
    "/imports",
)
_RECORDS: dict[str, Listing] = {
    "experts": experts.LISTING,
    "institutions": institutions.LISTING,
    "centres": centres.LISTING,
    "programmes": programmes.LISTING,
    "openings": openings.LISTING,
}
_ALLOWED = (200, 302, 403, 404, 422)  # not every page is for every role, and not every two people have a path


@dataclass(frozen=True, slots=True)
class Held:
    """Megabytes after the first page and after the last, and how many pages there were in how many seconds."""

    bare: float
    now: float
    pages: int
    seconds: float


def loaded(folder: Path, factor: int) -> None:
    """Fill a new graph with so many times the demonstration data; its engine goes on."""
    app = _application(folder)
    # What it says meanwhile belongs to the table, not among errors.
    with app.app_context(), redirect_stderr(sys.stdout):
        load(current.graph(), factor)
        current.connection().close()


def visited(folder: Path, roles: Sequence[Role] = ROLES) -> Held:
    """Every page once for each role."""
    app, began, pages = _application(folder), time.perf_counter(), 0
    with app.app_context():
        current.graph()
    app.test_client().get("/")
    bare = _megabytes()
    for account in (account for account in ACCOUNTS if account.role in roles):
        client = app.test_client()
        status, _ = sign_in(client, account.email, account.password)
        assert status == 302, f"{account.email} cannot sign in"
        for page in _pages(app, Audience(account.role, account.expert)):
            _visit(client, page)
            pages += 1
    held = Held(bare, _megabytes(), pages, time.perf_counter() - began)
    with app.app_context():
        current.connection().close()
    return held


def _application(folder: Path) -> Flask:
    return create_app(Settings(home=folder, secret_key="benchmark"))  # noqa: S106 -- nobody signs in from outside


def _pages(app: Flask, audience: Audience) -> Iterator[str]:
    yield from _PAGES
    with app.app_context():
        graph = current.graph()
        shown = {name: listing.page(graph, audience, Query(size=40)).rows for name, listing in _RECORDS.items()}
    for name, rows in shown.items():
        yield f"/{name}/{rows[0]['id']}"
    person, other = (row["id"] for row in shown["experts"][:2])
    institution, bench = (
        shown["institutions"][0]["id"],
        urlencode([("opening", row["id"]) for row in shown["openings"]]),
    )
    yield from (f"/match?{bench}", f"/match/left?{bench}", f"/match/people?{bench}", f"/match/compare?{bench}")
    yield from (f"/peers/{person}", f"/network/paths?from={person}&to={other}", f"/network/lineage?of={person}")
    yield f"/network/what-if?without={institution}&level=institution"
    yield from (f"/network/exports/{name}?level=institution" for name in FORMATS)


def _visit(client: FlaskClient, page: str) -> None:
    answer = client.get(page, buffered=False)
    assert answer.status_code in _ALLOWED, f"{page}: {answer.status}"
    for _ in answer.iter_encoded():
        pass
    answer.close()


def _megabytes() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


def report(sizes: Iterable[tuple[int, int]]) -> None:
    """Print a line for each of so many times the demonstration data and so many roles."""
    print(f"{'times':>7} {'roles':>6} {'':<6} {'bare MB':>8} {'now MB':>8} {'most MB':>8} {'pages':>6} {'seconds':>8}")
    for factor, roles in sizes:
        with TemporaryDirectory() as folder:
            loaded(Path(folder), factor)
            held, most = alone(visited, Path(folder), ROLES[:roles])
            engine.stop(Path(folder) / "engine")
        numbers = f"{held.bare:>8,.0f} {held.now:>8,.0f} {most:>8,.0f} {held.pages:>6,} {held.seconds:>8.1f}"
        print(f"{factor:>7,} {roles:>6} baton  {numbers}")


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
