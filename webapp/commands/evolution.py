"""`evolution`: the network of transfers, window by window."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click
from flask.cli import with_appcontext

from graph.domain.marks import Audience, Role
from graph.evolution.measures import WindowMeasures
from graph.evolution.windows import STEPS, date_of
from graph.services.trace_evolution import Asked, Evolution, Level, span, trace_evolution
from webapp import current
from webapp.commands.answers import as_json, progress, say_json, say_table

# Whoever runs a command has the data folder in hand; names stay as a researcher would see them.
_RESEARCHER = Audience(Role.RESEARCHER)


@click.command()
@click.option("--level", type=click.Choice([level.value for level in Level]), default=Level.INSTITUTION.value)
@click.option("--from", "from_year", type=int, help="The first year; by default that of the first transfer.")
@click.option("--to", "to_year", type=int, help="The last year; by default this one.")
@click.option("--step", type=click.Choice(list(STEPS)), default="year", show_default=True)
@as_json
@with_appcontext
def evolution(level: str, from_year: int | None, to_year: int | None, step: str, json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """Measure the network in each window from the first to the last year."""
    graph = current.connection().get(progress)
    this_year = datetime.now(UTC).year
    first, _ = span(graph, _RESEARCHER) or (this_year, this_year)
    last = this_year if to_year is None else to_year
    asked = Asked(Level(level), min(first, last) if from_year is None else from_year, last, step)
    traced = trace_evolution(graph, _RESEARCHER, asked)
    if json_:
        say_json(_answer(traced))
    else:
        _say(traced)


def _answer(traced: Evolution) -> dict[str, Any]:
    return {
        **asdict(traced.asked),
        "windows": [_window(traced, found) for found in traced.windows],
        "left_out": {reason.value: count for reason, count in traced.left_out.items()},
    }


def _window(traced: Evolution, found: WindowMeasures) -> dict[str, Any]:
    names = ("actors", "ties", "contacts", "density", "reciprocity", "components", "giant_share", "self_ties")
    brokers = [
        {"id": actor.id, "name": actor.name, "betweenness": ranked.value, "standard_error": ranked.standard_error}
        for actor, ranked in zip(traced.who(found.brokers), found.brokers, strict=True)
    ]
    first, last = date_of(found.window.first), date_of(found.window.last_exclusive)
    dates = {"window": str(found.window), "from": first.isoformat(), "to": last.isoformat()}
    return {**dates, **{name: getattr(found, name) for name in names}, "brokers": brokers}


def _say(traced: Evolution) -> None:
    rows = (
        [
            found.window,
            f"{found.actors:,}",
            f"{found.ties:,}",
            f"{found.density:.3f}",
            f"{found.reciprocity:.2f}",
            found.components,
            f"{found.giant_share:.0%}",
            ", ".join(actor.name for actor in traced.who(found.brokers[:2])) or "-",
        ]
        for found in traced.windows
    )
    columns = ("Window", "Actors", "Ties", "Density", "Reciprocity", "Components", "Giant", "Top brokers")
    say_table(f"Transfers between {traced.asked.level.value} actors", columns, rows)
    for reason, count in traced.left_out.items():
        click.echo(f"  {count:,} left out: {reason.value}")


COMMANDS = (evolution,)
