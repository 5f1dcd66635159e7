"""`relay`: engagements that end soon with nobody to take over."""

import click

from graph.domain.dates import PartialDate
from graph.services.network.handovers import (
    LONGEST,
    HandoverQuery,
    Relay,
    watch_relays,
)
from webapp.commands import running
from webapp.commands.answers import as_json
from webapp.commands.audiences import as_anybody, say_json_seen, say_seen, viewer
from webapp.presenters.words import counted

_CANDIDATES = 3


@click.command()
@click.option(
    "--within",
    type=click.IntRange(1, LONGEST),
    default=6,
    show_default=True,
    metavar="MONTHS",
    help="How far to look ahead.",
)
@click.option("--on", metavar="DATE", help="The day to look from; by default today.")
@as_anybody
@as_json
def relay(within: int, on: str | None, json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """List what ends without an overlapping successor and without a trained local, and who might follow."""
    day = running.today() if on is None else PartialDate.parse(on, "on").first
    found = watch_relays(running.graph(), viewer(), HandoverQuery(day, within, _CANDIDATES))
    if json_:
        say_json_seen(found)
        return
    ending = counted(found.ending, "engagement for a programme ends", "engagements for a programme end")
    left = f"{len(found.relays):,} of them leave something nobody has taken over"
    click.echo(f"From {found.on} to {found.until} {ending}, {left}.")
    for each in found.relays:
        _say(each)
    say_seen()


def _say(found: Relay) -> None:
    carrier = found.carrier_name or "somebody whose name is withheld"
    click.echo(f"{found.end}  {found.programme_name}: {found.kind.lower()} by {carrier}")
    for reason in found.reasons:
        click.echo(f"     - {reason}")
    for candidate in found.candidates:
        click.echo(f"     could follow: {candidate.name}, {counted(candidate.points, 'point')}")


COMMANDS = (relay,)
