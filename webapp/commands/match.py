"""`match`: who could fill an opening, and why."""

import click
from flask.cli import with_appcontext

from graph.domain.marks import Audience, Role
from graph.services.match_openings import OpeningMatch, match_either
from webapp import current
from webapp.commands.answers import as_json, progress, say_json, say_table

# Whoever runs a command has the data folder in hand; it answers as an officer would see it.
_OFFICER = Audience(Role.OFFICER)


@click.command()
@click.argument("record_id", metavar="PROGRAMME|OPENING")
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many people to list.")
@as_json
@with_appcontext
def match(record_id: str, top: int, json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """List the eligible people for an opening, or for every opening of a programme, with points and reasons."""
    matches = match_either(current.connection().get(progress), _OFFICER, record_id, top)
    if json_:
        say_json(matches)
        return
    if not matches:
        click.echo("This programme has no openings; add one and match again.")
    for found in matches:
        _say(found)


def _say(found: OpeningMatch) -> None:
    title = f"{found.opening.name}, {found.programme_name}: {found.eligible} of {found.roster} people are eligible"
    criteria = [part.criterion for part in found.suggestions[0].parts] if found.suggestions else []
    rows = (
        [item.rank, item.name, f"{item.points:,}", *(f"{part.points:,}" for part in item.parts), _why(item.closes)]
        for item in found.suggestions
    )
    say_table(title, ["", "Person", "Points", *criteria, "Closes"], rows)
    for rule in found.ruled_out:
        if rule.first:
            click.echo(f"  {rule.first} ruled out: {rule.sentence}")
    if found.uncovered:
        click.echo(f"  nobody eligible closes: {', '.join(found.uncovered)}")
    click.echo()


def _why(closes: tuple[str, ...]) -> str:
    return ", ".join(closes) or "-"


COMMANDS = (match,)
