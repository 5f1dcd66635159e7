"""`wishes`: which openings a person would take."""

import click

from graph.services.accounts.wishes import note_wishes
from graph.store import experts, wishes
from webapp.commands import running
from webapp.commands.answers import as_json, say_table
from webapp.commands.audiences import OPERATOR, say_json_seen, say_seen


@click.command("wishes")
@click.argument("person")
@click.argument("openings", nargs=-1)
@click.option("--none", "none", is_flag=True, help="Take all wishes of the person back.")
@as_json
def command(person: str, openings: tuple[str, ...], none: bool, json_: bool) -> None:  # noqa: FBT001 -- click hands flags over by name
    """Say which OPENINGS a PERSON would take, or note them for the person, the dearest first."""
    graph = running.graph()
    if none and openings:
        raise click.UsageError("Give openings, or --none, not both.")
    if none or openings:
        note_wishes(graph, OPERATOR, person, openings)
    expert = experts.find(graph, OPERATOR.audience, person)
    rows = wishes.of_person(graph, OPERATOR.audience, person)
    if json_:
        say_json_seen(rows)
        return
    cells = ([str(place), row["name"], row["programme_name"], row["opening"]] for place, row in enumerate(rows, 1))
    say_table(f"What {expert.name} would take", ["", "Opening", "Programme", "Id"], cells)
    say_seen()


COMMANDS = (command,)
