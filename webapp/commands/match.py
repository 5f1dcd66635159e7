"""`match`: who could fill an opening, and why."""

from collections.abc import Sequence

import click

from graph.services.matching.match import MatchQuery, OpeningMatch, Suggestion, match_either
from webapp.commands import running
from webapp.commands.answers import as_json, is_narrow, say_table
from webapp.commands.audiences import as_planner, say_json_seen, say_seen, viewer
from webapp.commands.parsing import parse_weights
from webapp.presenters.words import counted


@click.command()
@click.argument("record_id", metavar="PROGRAMME|OPENING")
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many people to list.")
@click.option("--weights", default="", metavar="gap=40,...", help="Try these weights; nothing is saved.")
@as_planner
@as_json
def match(record_id: str, top: int, weights: str, json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """List the eligible people for an opening, or for every opening of a programme, with points and reasons."""
    query = MatchQuery(top, running.today(), parse_weights(weights))
    matches = match_either(running.graph(), viewer(), record_id, query)
    if json_:
        say_json_seen(matches)
        return
    if not matches:
        click.echo("This programme has no openings; add one and match again.")
    for found in matches:
        _say(found)
    say_seen()


def _say(found: OpeningMatch) -> None:
    eligible = f"{found.eligible} of {counted(found.roster, 'person is eligible', 'people are eligible')}"
    title = f"{found.opening.name}, {found.programme_name}: {eligible}"
    criteria = [] if is_narrow() or not found.suggestions else [part.criterion for part in found.suggestions[0].parts]
    say_table(
        title, ["", "Person", "Points", *criteria, "Closes"], [_cells(item, criteria) for item in found.suggestions]
    )
    if found.opening.deadline and found.opening.deadline.last < running.today():
        click.echo(f"  its deadline was {found.opening.deadline.text}; a plan takes it in only where it is named")
    for rule in found.ruled_out:
        if rule.first:
            click.echo(f"  {rule.first} ruled out: {rule.sentence}")
    from webapp.presenters.matching.matches import outweighed_in_words, what_moved

    if found.outweighed:
        click.echo(f"  {outweighed_in_words(found.outweighed)}")
    for sentence in what_moved(found.influences):
        click.echo(f"  {sentence}")
    if found.uncovered:
        click.echo(f"  nobody eligible closes: {', '.join(found.uncovered)}")
    click.echo()


def _cells(item: Suggestion, criteria: Sequence[str]) -> list[object]:
    points = [f"{part.points:,}" for part in item.parts if part.criterion in criteria]
    return [item.rank, item.name, f"{item.points:,}", *points, _why(item.closes)]


def _why(closes: tuple[str, ...]) -> str:
    return ", ".join(closes) or "-"


COMMANDS = (match,)
