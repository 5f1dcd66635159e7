"""`evolution`: the network of transfers, window by window."""

import re
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click
from flask.cli import with_appcontext

from graph.domain.marks import Audience, Role
from graph.errors import InvalidValue
from graph.evolution.measures import WindowMeasures
from graph.evolution.plain_ties import CALENDAR
from graph.evolution.windows import date_of
from graph.services.atlases import Level
from graph.services.trace_evolution import Asked, Evolution, span, trace_evolution
from webapp import current
from webapp.commands import tie_files
from webapp.commands.answers import as_json, progress, say_json, say_table
from webapp.commands.tie_files import Calendar, tie_file_options

# Whoever runs a command has the data folder in hand; names stay as a researcher would see them.
_RESEARCHER = Audience(Role.RESEARCHER)


@click.command()
@click.option("--level", type=click.Choice([level.value for level in Level]), help="By default institution.")
@click.option("--from", "first", help="The first year; by default that of the first transfer.")
@click.option("--to", "last", help="The last year; by default this one.")
@click.option("--step", type=click.Choice(CALENDAR), help="By default year; day for tie files only.")
@tie_file_options
@as_json
@with_appcontext
def evolution(
    level: str | None,
    first: str | None,
    last: str | None,
    step: str | None,
    json_: bool,  # noqa: FBT001 -- click hands a flag over by name
    **of_file: Any,
) -> None:
    """Measure the network in each window from the first to the last year.

    With --ties FILE the network is that of a plain table source,target[,start[,end]][,weight], first and last day
    both included, and --from and --to may be days; without any of --from, --to, --step, --edges and --width it is
    one window over everything.
    """
    asked = tie_files.Asked(**of_file)
    if path := asked.file():
        if level:
            raise InvalidValue("level", level, "is about the graph; leave it out with --ties")
        measured = tie_files.measure_file(path, asked, Calendar(first, last, step))
        (say_json if json_ else tie_files.say)(measured)
        return
    traced = _traced(Level(level or Level.INSTITUTION), Calendar(first, last, step))
    if json_:
        say_json(_answer(traced))
    else:
        _say(traced)


def _traced(level: Level, steps: Calendar) -> Evolution:
    """The transfers of the graph, from the first year of any to this one unless other years are asked for."""
    given, until = _year("from", steps.first), _year("to", steps.last)
    graph = current.connection().get(progress)
    this_year = datetime.now(UTC).year
    begun, _ = span(graph, _RESEARCHER) or (this_year, this_year)
    closes = this_year if until is None else until
    opens = min(begun, closes) if given is None else given
    return trace_evolution(graph, _RESEARCHER, Asked(level, opens, closes, steps.step or "year"))


def _year(field: str, text: str | None) -> int | None:
    if text is None or re.fullmatch(r"[0-9]{4}", text):
        return int(text) if text else None
    raise InvalidValue(field, text, "is not a year; write one like 2019")


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
