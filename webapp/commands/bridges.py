"""`bridges`: pairs of programmes that a new tie would serve."""

import click

from graph.services.network.bridges import HORIZON, LONGEST, Bridge, BridgeQuery, find_bridges
from webapp.commands import running
from webapp.commands.answers import as_json
from webapp.commands.audiences import as_anybody, say_json_seen, say_seen, viewer
from webapp.commands.outputs import about_option
from webapp.presenters.network.paths import followed
from webapp.presenters.words import counted


@click.command()
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many pairs to list.")
@click.option(
    "--horizon",
    type=click.IntRange(1, LONGEST),
    default=HORIZON,
    show_default=True,
    metavar="YEARS",
    help="How long after its end a tie still makes a short path.",
)
@about_option
@as_anybody
@as_json
def bridges(top: int, horizon: int, about: str, json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """List programmes of different regions with the same gap at different stages and no short path between them."""
    found = find_bridges(running.graph(), viewer(), BridgeQuery(top, running.today(), horizon, about))
    if json_:
        say_json_seen(found)
        return
    click.echo(f"{counted(found.pairs, 'pair has', 'pairs have')} no short path; the first {len(found.bridges):,}:")
    for place, each in enumerate(found.bridges, 1):
        _say(place, each)
    if sentence := followed(found.subject):
        click.echo(sentence)
    say_seen()


def _say(place: int, found: Bridge) -> None:
    gain = found.gain
    ends = (f"{side.programme_name} ({side.region_name})" for side in (found.giver, found.receiver))
    click.echo(f"{place:>3}  {' to '.join(ends)}")
    for gap in found.gaps:
        newly = f"newly reached by {gap.newly:,}"
        click.echo(f"     - {gap.name}: at {gap.level:g} of {gap.target:g}, the giver at {gap.giver:g}; {newly}")
    shares = f"{gain.giant_share_before:.1%} to {gain.giant_share_after:.1%}"
    click.echo(f"     largest component {shares}")


COMMANDS = (bridges,)
