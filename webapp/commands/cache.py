"""`cache clear`: forget what is kept of the graph, for example after another program wrote to it."""

import click

from webapp.commands import running


@click.group("cache")
def group() -> None:
    """What is kept of the graph so that pages need not read it again."""


@group.command()
def clear() -> None:
    """Forget everything kept, in every running process and on disk; the next look reads the graph."""
    from graph.cache.clear import clear_caches  # imports the driver

    click.echo(f"The cache is cleared; {clear_caches(running.graph()):,} entries on disk were deleted.")


COMMANDS = (group,)
