"""`cache clear`: forget what is kept of the graph, for example after another program wrote to it."""

import click
from flask.cli import with_appcontext

from graph.cache.clear import clear_caches
from webapp import current
from webapp.commands.answers import progress


@click.group("cache")
def group() -> None:
    """What is kept of the graph so that pages need not read it again."""


@group.command()
@with_appcontext
def clear() -> None:
    """Forget everything kept, in every running process and on disk; the next look reads the graph."""
    deleted = clear_caches(current.connection().get(progress))
    click.echo(f"The cache is cleared; {deleted:,} entries on disk were deleted.")


COMMANDS = (group,)
