"""`export`: the network as a file of another tool, a picture, or a page that plays by itself."""

from pathlib import Path
from typing import Any

import click

from graph.services.network.export import Extract, extract
from webapp.commands import running
from webapp.commands.answers import as_json
from webapp.commands.audiences import as_anybody, say_json_seen, say_seen, viewer
from webapp.commands.outputs import own_regions, save, span_options
from webapp.exports.formats import FORMATS, format_of
from webapp.presenters.words import counted
from webapp.urls import network


@click.command()
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), help="By default as the file is called.")
@span_options
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The file to write.")
@as_anybody
@as_json
def export(format_: str | None, output: Path, json_: bool, **given: Any) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """Write the contacts that hold on any day from the first to the last year, with their true dates, to a file."""
    chosen = format_of(format_, output)
    graph = running.graph()
    found = extract(
        graph, viewer(), network.read_query(graph, viewer(), given, given.pop("filters"), own_regions(given["regions"]))
    )
    content = chosen.write(found)
    save(output, content)
    left_out = {reason.value: count for reason, count in found.left_out.items()}
    if json_:
        sizes = {**_sizes(found), "bytes": len(content)}
        say_json_seen({"file": str(output), "format": chosen.name, **sizes, "left_out": left_out})
        return
    years = network.in_words(found.query)
    size = ", ".join(counted(number, name.removesuffix("s")) for name, number in _sizes(found).items())
    click.echo(f"{output}: {chosen.label}, {size}, {years}")
    for reason, count in left_out.items():
        click.echo(f"  {count:,} left out: {reason}")
    say_seen()


def _sizes(found: Extract) -> dict[str, int]:
    return {"actors": len(found.actors), "contacts": len(found.contacts), "engagements": found.engagements}


COMMANDS = (export,)
