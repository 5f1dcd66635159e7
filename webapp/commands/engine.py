"""`engine start|stop|status`: the embedded engine of this data folder."""

from datetime import timedelta

import click
from flask.cli import with_appcontext

from graph import engine
from graph.errors import Conflict, Unavailable
from webapp import current
from webapp.commands.answers import as_json, progress, say_json


@click.group("engine")
def group() -> None:
    """Start, stop or look at the embedded engine."""


@group.command()
@with_appcontext
def start() -> None:
    """Start the engine, or find the one that runs."""
    _only_embedded()
    with current.open_graph(current.settings(), progress):
        click.echo("The engine runs.")


@group.command()
@with_appcontext
def stop() -> None:
    """Stop the engine; the data stays."""
    _only_embedded()
    try:
        stopped = engine.stop(current.engine_folder(current.settings()))
    except engine.EngineError as failure:
        raise Unavailable(str(failure)) from failure
    click.echo("The engine is stopped." if stopped else "The engine was not running.")


@group.command()
@as_json
@with_appcontext
def status(json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """Say whether the engine runs, where, and how much it holds."""
    found = engine.status(current.engine_folder(current.settings()))
    if json_:
        say_json(found)
    elif found.running:
        since = timedelta(seconds=round(found.uptime or 0))
        click.echo(f"Running for {since} as process {found.pid} on port {found.port}, {found.size:,} bytes on disk.")
    else:
        click.echo("Not running; `python -m webapp engine start` starts it.")


def _only_embedded() -> None:
    if current.settings().address:
        raise Conflict("NEO4J_URI names a server, so the embedded engine is not used; unset it to use the engine.")


COMMANDS = (group,)
