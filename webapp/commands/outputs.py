"""What commands that write the network to a file have in common."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from graph.domain.country_lists import SouthList
from graph.errors import InvalidValue
from graph.evolution.log.windows import STEPS
from graph.evolution.measures.counting import Count
from graph.services.transfers.actors import Level
from graph.services.transfers.lists import CONTINENTS, LEAVES, RegionList
from importers import region_lists

Command = TypeVar("Command", bound=Callable[..., Any])

window_option = click.option(
    "--window",
    metavar="3y|6m|90d|all",
    help="Look back so far from the end of each step, or to the first day of the first.",
)
filter_option = click.option(
    "--filter",
    "filters",
    metavar="KEY=VALUE",
    multiple=True,
    help="Only these: channel, capability, region, funder or mark; repeat a key for any of its values. "
    "known=DAY takes the records as they stood on a day.",
)
planned_option = click.option(
    "--planned",
    flag_value="yes",
    default="",
    help="Take in what is only planned, or begins after today.",
)
count_option = click.option(
    "--count",
    type=click.Choice([count.value for count in Count]),
    help="What to count; by default engagements for shares, donors and flows, contacts for what is about structure.",
)
south_option = click.option(
    "--south",
    type=click.Choice([each.value for each in SouthList]),
    help="Which list says what the South is: M49 as published until 2021 (usual), DAC recipients of the year, or G77.",
)
regions_option = click.option(
    "--regions",
    metavar=f"{LEAVES}|{CONTINENTS}|FILE",
    help="Regions as the most specific of M49 (usual), as continents, or as a table country,region says.",
)


def own_regions(given: str | None) -> RegionList | None:
    """The list in the file that `--regions` names; None where it names none. Raises InvalidValue or Unreadable."""
    if not given or given in (LEAVES, CONTINENTS):
        return None
    path = Path(given)
    return RegionList.own(path.name, region_lists.read(path))


about_option = click.option(
    "--about",
    metavar="CAPABILITY",
    default="",
    help="Follow know-how of this alone, by id or name, with what is narrower and broader; any for all there is.",
)
_OPTIONS = (
    click.option("--level", type=click.Choice([level.value for level in Level]), help="By default institution."),
    click.option("--from", help="The first year; by default that of the first engagement."),
    click.option("--to", help="The last year; by default this one."),
    click.option("--step", type=click.Choice(list(STEPS)), help="How long a window is; by default a year."),
    window_option,
    filter_option,
    planned_option,
    count_option,
    south_option,
    regions_option,
)


def span_options(command: Command) -> Command:
    """Give a command the options that say which part of the network is meant."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def save(path: Path, content: bytes) -> None:
    """Write the file. Raises InvalidValue where that does not work."""
    try:
        path.write_bytes(content)
    except OSError as error:
        why = f"cannot be written ({error.strerror}); check the folder and who may write there"
        raise InvalidValue("output", path.name, why) from None
