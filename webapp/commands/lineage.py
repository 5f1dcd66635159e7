"""`lineage`: whom a person or an engagement taught, whom those taught, and where it came from."""

import click

from graph.services.network.lineage import LineageQuery, trace_lineage
from graph.services.network.paths import last_day_of
from webapp.commands import running
from webapp.commands.answers import as_json
from webapp.commands.audiences import as_anybody, say_json_seen, say_seen, viewer
from webapp.commands.outputs import about_option, planned_option
from webapp.presenters.network.lineages import answer, generation, taught
from webapp.presenters.network.paths import followed
from webapp.urls import network


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--by", default="", metavar="DATE", help="What it had reached by the end of that day; by default today.")
@about_option
@planned_option
@as_anybody
@as_json
def lineage(id_: str, by: str, about: str, planned: str, json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """List the generations that a scholarship, secondment, mentorship, training or person taught, and its origins."""
    today = running.today()
    chosen, subject = network.read_filter({"planned": planned}), (about,) if about else ()
    asked = LineageQuery(id_, last_day_of(by, today), today, chosen, subject)
    found = trace_lineage(running.graph(), viewer(), asked)
    if json_:
        say_json_seen(found)
        return
    click.echo(answer(found))
    for row in found.generations:
        click.echo(f"{generation(row)}")
        for member in found.members:
            if member.generation == row.number:
                click.echo(f"  {member.actor.name}  ({taught(member)})")
    if found.origins:
        click.echo("It could have come from:")
    for member in found.origins:
        click.echo(f"  {member.generation} back: {member.actor.name}  ({taught(member)})")
    if sentence := followed(found.subject):
        click.echo(sentence)
    say_seen()


COMMANDS = (lineage,)
