"""`serve` and `demo`: the web server, alone or with the demonstration data."""

import signal
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from types import FrameType

import click
import waitress

from graph import engine
from graph.connection import Database
from graph.domain.accounts import Account
from graph.errors import Conflict
from graph.services.accounts.passwords import new_account
from graph.services.imports.demonstration import SOURCE, load_demonstration, remove_demonstration
from graph.services.imports.ingest import ingest
from graph.services.matching.read_ahead import kept_warm
from importers import reference, scenario
from importers.scenario.accounts import ACCOUNTS, DemonstrationAccount
from importers.scenario.wishes import wishes
from webapp import create_app
from webapp.commands import running
from webapp.commands.answers import progress

_HOST = "127.0.0.1"
_THREADS = 8


@click.command()
def serve() -> None:
    """Serve the pages on 127.0.0.1, on PORT or 8000, until Ctrl-C. The engine goes on."""
    _serve()


@click.command()
@click.option("--remove", is_flag=True, help="Take the demonstration data away again and end.")
@click.option("--factor", type=click.IntRange(1, 1000), default=1, show_default=True, help="How many times the size.")
@click.option("--no-serve", is_flag=True, help="Load the data and end.")
def demo(remove: bool, factor: int, no_serve: bool) -> None:  # noqa: FBT001 -- click hands flags over by name
    """Load the demonstration data and serve it; Ctrl-C ends server and engine. Run again, it changes nothing."""
    if remove:
        click.echo(f"{remove_demonstration(running.graph()):,} demonstration records removed.")
        return
    load(running.graph(), factor)
    if not no_serve:
        for account in ACCOUNTS:
            click.echo(f"  {account.role:<11} {account.email:<28} {account.password}")
        try:
            _serve()
        finally:
            _stop_engine()


def load(graph: Database, factor: int) -> None:
    """Put the reference and demonstration records and the sign-ins into the graph."""
    progress("Loading the demonstration data ...")
    ingest(graph, "reference", reference.read())
    wished = partial(_wishes, factor)
    report = load_demonstration(graph, scenario.read(factor), map(_sign_in, ACCOUNTS), wished)
    click.echo(f"{report.read:,} demonstration records: {report.created:,} new, {report.unchanged:,} unchanged.")


def _wishes(factor: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    return wishes(scenario.read(factor))


def _sign_in(account: DemonstrationAccount) -> tuple[Account, str]:
    opened = new_account(account.email, account.name, account.role)
    return replace(opened, source=SOURCE, expert=account.expert, institution=account.institution), account.password


def _serve() -> None:
    settings, graph = running.settings(), running.graph()
    app = create_app(settings, graph)
    signal.signal(signal.SIGTERM, _end)
    try:
        server = waitress.create_server(app.wsgi_app, host=_HOST, port=settings.port, threads=_THREADS)
    except OSError as failure:
        raise Conflict(f"Port {settings.port} is taken; name a free one with PORT=.") from failure
    click.echo(f"Baton answers on http://{_HOST}:{settings.port} - Ctrl-C ends it.")
    with kept_warm(graph):
        server.run()


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit


def _stop_engine() -> None:
    if not running.settings().address:
        running.connection().close()
        engine.stop(running.settings().engine_folder)
        click.echo("The server and the engine have ended.")


COMMANDS = (serve, demo)
