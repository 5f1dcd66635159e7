"""`repair`: a stored plan after somebody dropped out, moving as few people as asked."""

import click

from graph.matching.repair.repairs import MOST
from graph.services.planning.repair import Repaired, RepairRequest, repair_plan
from webapp.commands import running
from webapp.commands.answers import as_json, solving
from webapp.commands.audiences import as_planner, say_json_seen, say_seen, viewer
from webapp.commands.parsing import listed
from webapp.presenters.planning.explanations import turn_in_words
from webapp.presenters.planning.repair_sentences import anew_in_words, offer_in_words
from webapp.presenters.words import counted


@click.command()
@click.argument("plan_id", metavar="PLAN")
@click.option("--without", "without", metavar="EXPERT", multiple=True, help="Who drops out; may be repeated.")
@click.option("--openings", default="", help="Openings that join the plan: ids separated by commas.")
@click.option("--most", type=click.IntRange(0), default=MOST, show_default=True, help="How many pairs may end for it.")
@as_planner
@as_json
def repair(plan_id: str, without: tuple[str, ...], openings: str, most: int, json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """Mend the stored PLAN on what holds today, and say what a full plan would gain. Nothing is stored."""
    change = RepairRequest(plan_id, without, listed("openings", openings), most)
    graph = running.graph()
    with solving():
        found = repair_plan(graph, viewer(), change, running.today())
    if json_:
        say_json_seen(found)
    else:
        _say(found)
        say_seen()


def _say(found: Repaired) -> None:
    click.echo(f"{found.name or found.plan}: {counted(found.before, 'point')} before, {found.total:,} after.")
    if not found.turns:
        click.echo("  Nobody moves.")
    for turn in found.turns:
        click.echo(f"  {turn_in_words(turn)}")
    for offer in found.offers:
        click.echo(f"  {offer_in_words(offer)}")
    click.echo(
        f"  {counted(found.gone, 'pair')} ended by the change, {found.ended} of at most {found.most} for its sake."
    )
    click.echo(f"  {anew_in_words(found)}")


COMMANDS = (repair,)
