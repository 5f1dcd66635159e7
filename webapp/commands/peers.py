"""`peers`: who shares the path of a person, and why."""

import click

from graph.services.peers.find import FoundPeer, Peers, find_peers
from webapp.commands import running
from webapp.commands.answers import as_json
from webapp.commands.audiences import as_planner, say_json_seen, say_seen, viewer


@click.command()
@click.argument("expert")
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many people to list.")
@as_planner
@as_json
def peers(expert: str, top: int, json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """List who shares a host, mentor, cohort, problem or lineage with a person, then who is near in the network."""
    found = find_peers(running.graph(), viewer(), expert, top)
    if json_:
        say_json_seen(found)
        return
    click.echo(f"{found.name}: {_answer(found)}")
    for place, peer in enumerate(found.peers, 1):
        _say(place, peer)
    say_seen()


def _answer(found: Peers) -> str:
    if not found.agreed:
        return "has not agreed to the directory, so there are no peers to show; they decide on their account page."
    if not found.recorded:
        return "nothing is on record that others could share; record a first engagement and ask again."
    if not found.peers:
        return "nobody who agreed to the directory shares anything on record."
    return f"people who share part of the path: {found.reached:,}; peers listed: {len(found.peers):,}"


def _say(place: int, peer: FoundPeer) -> None:
    about = ", ".join(filter(None, (peer.headline, peer.country)))
    click.echo(f"{place:>3}  {peer.name}{f' ({about})' if about else ''}")
    for reason in peer.reasons:
        click.echo(f"     - {reason.sentence}")


COMMANDS = (peers,)
