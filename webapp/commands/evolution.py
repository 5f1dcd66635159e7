"""`evolution`: the network of transfers, window by window."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import click

from graph.errors import InvalidValue
from graph.evolution.log.windows import date_of
from graph.evolution.measures.communities import ALONE, CommunityGeneration
from graph.evolution.measures.concentration import DonorDependence
from graph.evolution.measures.definitions import DEFINITIONS, STRUCTURE_DEFINITIONS, Definition
from graph.evolution.measures.measures import (
    MEASURES,
    Ranked,
    WindowMeasures,
    chosen_measures,
)
from graph.evolution.plain_ties import CALENDAR
from graph.services.network.evolution import USUAL, Evolution, trace_evolution
from graph.services.transfers.actors import Level
from webapp.commands import running, tie_files
from webapp.commands.answers import as_json, say_json, say_table
from webapp.commands.audiences import as_anybody, asked_role, say_json_seen, say_seen, viewer
from webapp.commands.outputs import (
    count_option,
    filter_option,
    own_regions,
    planned_option,
    regions_option,
    south_option,
    window_option,
)
from webapp.commands.tie_files import Calendar, tie_file_options
from webapp.presenters.network.terms import plain_terms, terms
from webapp.urls import network

# What fits a terminal of eighty columns; --json and --measures give the others.
_NARROW = ("actors", "ties", "density", "reciprocity", "components", "giant_share", "brokers")
_HEADINGS = {"reciprocity": "Recipr.", "components": "Parts", "giant_share": "Giant", "brokers": "Top broker"}


@click.command()
@click.option("--level", type=click.Choice([level.value for level in Level]), help="By default institution.")
@click.option("--from", "first", help="The first year; by default that of the first engagement.")
@click.option("--to", "last", help="The last year; by default this one.")
@click.option("--step", type=click.Choice(CALENDAR), help="By default year.")
@window_option
@filter_option
@planned_option
@count_option
@south_option
@regions_option
@tie_file_options
@as_anybody
@as_json
def evolution(  # noqa: PLR0913 -- one parameter an option of the command line
    level: str | None,
    first: str | None,
    last: str | None,
    step: str | None,
    window: str | None,
    filters: tuple[str, ...],
    planned: str,
    count: str | None,
    south: str | None,
    regions: str | None,
    json_: bool,  # noqa: FBT001 -- click hands a flag over by name
    **of_file: Any,
) -> None:
    """Measure the network in each window from the first to the last year.

    With --ties FILE the network is that of a plain table source,target[,start[,end]][,weight], first and last day
    both included, and --from and --to may be days; without any of --from, --to, --step, --window, --edges and --width
    it is one window over everything. A column `mutual` of yes and no says which ties carry both ways.
    """
    steps = Calendar(first, last, step, window)
    if of_file["measures"] == "help":
        _define(STRUCTURE_DEFINITIONS if of_file["ties"] else DEFINITIONS, json_=json_)
        return
    if of_file["ties"]:
        about_graph = {"level": level, "filter": ", ".join(filters), "planned": planned, "as": asked_role()}
        for name, value in {**about_graph, "count": count, "south": south, "regions": regions}.items():
            if value:
                raise InvalidValue(name, value, "is about the graph; leave it out with --ties")
        file_options = tie_files.TieFileOptions(**of_file)
        measured = tie_files.measure_file(of_file["ties"], file_options, steps)
        (say_json if json_ else tie_files.say)(measured)
        return
    measures = chosen_measures(of_file.pop("measures") or ",".join(name for name in MEASURES if name in USUAL))
    tie_files.TieFileOptions(**of_file).file()
    options = {"level": level, "from": first, "to": last, "step": step, "window": window, "planned": planned}
    options |= {"count": count, "south": south, "regions": regions}
    given = {name: value for name, value in options.items() if value}
    network.check(given, filters)
    own = own_regions(regions)
    graph = running.graph()
    part = network.read_query(graph, viewer(), given, filters, own)
    traced = trace_evolution(graph, viewer(), part, measures)
    if json_:
        say_json_seen(_answer(traced, measures))
    else:
        _say(traced, measures)
        say_seen()


def _define(definitions: Mapping[str, Definition], *, json_: bool) -> None:
    """What every measure means."""
    if json_:
        say_json(dict(definitions))
        return
    for name, meant in definitions.items():
        click.echo(f"{name}: {meant.words}. Unit: {meant.unit}. Source: {meant.source}.")


def _answer(traced: Evolution, measures: Sequence[str]) -> dict[str, Any]:
    query = {name: getattr(traced.query, name) for name in ("level", "from_year", "to_year", "step", "window")}
    query["today"] = traced.query.today.isoformat()
    return {
        **query,
        **plain_terms(traced.query),
        "chosen": traced.query.transfer_filter.to_texts(),
        "windows": [_window(traced, found, measures) for found in traced.windows],
        "left_out": {reason.value: count for reason, count in traced.left_out.items()},
    }


def _window(traced: Evolution, found: WindowMeasures, measures: Sequence[str]) -> dict[str, Any]:
    first, last = date_of(found.window.first), date_of(found.window.last_exclusive)
    dates = {"window": str(found.window), "from": first.isoformat(), "to": last.isoformat()}
    if network.until(found.window, traced.query):
        dates["until"] = traced.query.today.isoformat()
    values = {**dates, **{name: _plain(traced, name, getattr(found, name)) for name in measures}}
    return values | _communities(traced, found.generation) if found.generation else values


def _communities(traced: Evolution, found: CommunityGeneration) -> dict[str, Any]:
    """What became of the communities since the window before, and who is in which, by the ids that last."""
    members = zip(traced.log.actors, found.member.tolist(), strict=True)
    return {"events": found.events, "members": {id_: number for id_, number in members if number != ALONE}}


def _plain(traced: Evolution, name: str, value: Any) -> Any:
    """A measure without our types; the value of somebody ranked is called by what it is."""
    if isinstance(value, Ranked):
        return {"id": value.actor, "share": value.value}
    if name == "donors":
        return [asdict(each) for each in value]
    if not isinstance(value, tuple):
        return value
    called = "betweenness" if name == "brokers" else "value"
    return [
        {"id": actor.id, "name": actor.name, called: ranked.value, "standard_error": ranked.standard_error}
        for actor, ranked in zip(traced.who(value), value, strict=True)
    ]


def _say(traced: Evolution, measures: Sequence[str]) -> None:
    shown = [name for name in (_NARROW if set(measures) == USUAL else measures) if name in measures]
    rows = (
        [found.window, *(_cell(traced, DEFINITIONS[name], getattr(found, name)) for name in shown)]
        for found in traced.windows
    )
    columns = ("Window", *(_HEADINGS.get(name, DEFINITIONS[name].name) for name in shown))
    say_table(f"Transfers between {traced.query.level.value} actors", columns, rows)
    for sentence in terms(traced.query):
        click.echo(f"  {sentence}")
    running = traced.windows[-1].window
    if counted := network.until(running, traced.query):
        click.echo(f"  {running} is counted {counted}")
    for reason, count in traced.left_out.items():
        click.echo(f"  {count:,} left out: {reason.value}")


def _cell(traced: Evolution, meant: Definition, value: Any) -> str:
    if value is None or value == ():
        return "-"
    if isinstance(value, Ranked):
        return f"{value.actor} {value.value:.0%}"
    if isinstance(value, tuple) and isinstance(value[0], DonorDependence):
        return "; ".join(f"{each.unit} {each.outside:.0%}" for each in value if each.outside is not None) or "-"
    if isinstance(value, tuple):
        return traced.who(value[:1])[0].name
    if meant.unit.startswith("share"):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


COMMANDS = (evolution,)
