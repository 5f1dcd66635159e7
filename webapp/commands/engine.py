"""`engine start|stop|status`: the embedded engine of this data folder."""

from datetime import timedelta

import click

from graph import engine
from graph.errors import Conflict, Unavailable
from webapp.commands import running
from webapp.commands.answers import as_json, progress, say_json
from webapp.connection import open_graph


@click.group("engine")
def group() -> None:
    """Start, stop or look at the embedded engine."""


@group.command()
def start() -> None:
    """Start the engine, or find the one that runs."""
    _only_embedded()
    with open_graph(running.settings(), progress):
        click.echo("The engine runs.")


@group.command()
def stop() -> None:
    """Stop the engine; the data stays."""
    _only_embedded()
    try:
        stopped = engine.stop(running.settings().engine_folder)
    except engine.EngineError as failure:
        raise Unavailable(str(failure)) from failure
    click.echo("The engine is stopped." if stopped else "The engine was not running.")


@group.command()
@as_json
def status(json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """Say whether the engine runs, where, and how much it holds."""
    found = engine.status(running.settings().engine_folder)
    if json_:
        say_json(found)
    elif found.running:
        since = timedelta(seconds=round(found.uptime or 0))
        click.echo(f"Running for {since} as process {found.pid} on port {found.port}, {found.size:,} bytes on disk.")
    else:
        click.echo("Not running; `python -m webapp engine start` starts it.")


def _only_embedded() -> None:
    if running.settings().address:
        raise Conflict("NEO4J_URI names a server, so the embedded engine is not used; unset it to use the engine.")


COMMANDS = (group,)
