"""`what-if`: what the network loses without somebody, or once ties have run out."""

import click

from graph.domain.dates import PartialDate
from graph.errors import InvalidValue
from graph.services.network import what_if as service
from graph.services.network.what_if import RemovalQuery, WhatIf
from graph.services.transfers.actors import Actor, Level
from webapp.commands import running
from webapp.commands.answers import as_json, say_table
from webapp.commands.audiences import as_anybody, say_json_seen, say_seen, viewer
from webapp.commands.outputs import about_option, planned_option
from webapp.presenters.network.paths import across, followed
from webapp.presenters.network.watches import caveat, compared
from webapp.presenters.words import counted
from webapp.urls import network


@click.command("what-if")
@click.option("--without", multiple=True, metavar="ID", help="A person, institution, centre or funder; may repeat.")
@click.option("--pass", "passing", metavar="DATE", help="Take away the ties that end from today to that day.")
@click.option("--level", type=click.Choice([level.value for level in Level]), default="institution", show_default=True)
@about_option
@planned_option
@as_anybody
@as_json
def what_if(  # noqa: PLR0913 -- one parameter an option of the command line
    without: tuple[str, ...],
    passing: str | None,
    level: str,
    about: str,
    planned: str,
    json_: bool,  # noqa: FBT001 -- click hands a flag over by name
) -> None:
    """Say who loses the last path from or to a centre of excellence, and what holds together.

    Paths respect time: know-how leaves when a tie starts and arrives when it ends.
    """
    if not without and passing is None:
        raise InvalidValue("without", "", "names nobody; give --without ID or --pass DATE")
    day = PartialDate.parse(passing, "pass").last if passing is not None else None
    chosen = network.read_filter({"planned": planned})
    asked = RemovalQuery(Level(level), without, day, transfer_filter=chosen, about=about)
    graph = running.graph()
    found = service.what_if(graph, viewer(), asked, running.today())
    if json_:
        say_json_seen(found)
    else:
        _say(found)
        say_seen()


def _say(found: WhatIf) -> None:
    for each in found.removed:
        click.echo(f"Without {each.name} ({each.kind}): {counted(each.ties, 'contact falls', 'contacts fall')} away.")
    if found.passing:
        click.echo(f"Contacts that end by {found.passing} are taken as over.")
    rows = ((each.label, each.before, each.after) for each in compared(found))
    say_table(f"{found.level.value.capitalize()} level, all years", ("", "Before", "After"), rows)
    if sentence := caveat(found):
        click.echo(sentence)
    for sentence in filter(None, (across(found.level), followed(found.subject))):
        click.echo(sentence)
    if not found.hubs:
        click.echo("No centre of excellence has a host on this network, so no path to one can be lost.")
        return
    click.echo(f"Last path from a centre lost by {_names(found.lost_from)}.")
    click.echo(f"Last path to a centre lost by {_names(found.lost_to)}.")


def _names(actors: tuple[Actor, ...]) -> str:
    return ", ".join(actor.name for actor in actors) or "nobody"


COMMANDS = (what_if,)
