"""`compare`: two windows of the network side by side."""

from dataclasses import asdict
from typing import Any

import click

from graph.evolution.log.windows import date_of, window_of
from graph.services.network.compare import ComparisonQuery, WindowComparison, compare_windows
from graph.services.transfers.actors import Level
from webapp.commands import running
from webapp.commands.answers import as_json, say_table
from webapp.commands.audiences import as_anybody, say_json_seen, say_seen, viewer
from webapp.commands.outputs import (
    count_option,
    filter_option,
    own_regions,
    planned_option,
    regions_option,
    south_option,
)
from webapp.presenters.network.briefs import brief
from webapp.presenters.network.terms import plain_terms, terms
from webapp.urls import network


@click.command()
@click.argument("then")
@click.argument("now")
@click.option("--level", type=click.Choice([level.value for level in Level]), default="institution", show_default=True)
@filter_option
@planned_option
@count_option
@south_option
@regions_option
@as_anybody
@as_json
def compare(  # noqa: PLR0913 -- one parameter an option of the command line
    then: str,
    now: str,
    level: str,
    filters: tuple[str, ...],
    planned: str,
    json_: bool,  # noqa: FBT001 -- click hands a flag over by name
    **given: str | None,
) -> None:
    """Say what changed between two windows: 2019, 2019-Q2, 2019-05, 2019-05-03 or 2019-01-01..2019-06-30.

    The two clocks of a record, when it held and when it was entered, tell news from late entry. Whichever window is
    given first, time runs from the earlier to the later one.
    """
    windows = sorted((window_of(then), window_of(now)))
    chosen = network.read_filter({"planned": planned}, filters)
    named = {name: value for name, value in given.items() if value}
    lists = network.read_lists(named, own_regions(given["regions"]))
    count = network.read_count(named)
    query = ComparisonQuery(windows[0], windows[1], Level(level), chosen, count, lists, today=running.today())
    found = compare_windows(running.graph(), viewer(), query)
    if json_:
        say_json_seen(_answer(found))
    else:
        _say(found)
        say_seen()


def _say(found: WindowComparison) -> None:
    for sentence in brief(found):
        click.echo(sentence)
    then, now = (str(each.window) for each in found.measures)
    rows = ((name, *(len(getattr(part, name)) for part in (found.actors, found.ties))) for name in _PARTS)
    say_table(f"{found.query.level.value.capitalize()} level, {then} to {now}", ("", "Actors", "Ties"), rows)
    for sentence in terms(found.query):
        click.echo(f"  {sentence}")


_PARTS = ("gained", "kept", "lost")


def _answer(found: WindowComparison) -> dict[str, Any]:
    entered = asdict(found.entered)
    if found.entered.late:
        entered |= {name: date_of(entered[name]).isoformat() for name in ("first", "last")}
    then, now = ({**asdict(each), "window": str(each.window)} for each in found.measures)
    return {
        "level": found.query.level,
        "filter": found.query.transfer_filter.to_texts(),
        **plain_terms(found.query),
        "brief": brief(found),
        "then": then,
        "now": now,
        "actors": {name: [actor.id for actor in getattr(found.actors, name)] for name in _PARTS},
        "ties": {name: [[tie.giver.id, tie.receiver.id] for tie in getattr(found.ties, name)] for name in _PARTS},
        "brokers": found.brokers,
        "communities": found.communities,
        "donors": found.donors,
        "flows": {"then": found.flows[0], "now": found.flows[1]},
        "entered": {**entered, "verdict": found.verdict},
        "recorded_until": found.recorded_until,
        "left_out": {reason.value: count for reason, count in found.left_out.items()},
    }


COMMANDS = (compare,)
