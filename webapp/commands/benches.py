"""The options that say what goes on a bench, the same for every command that plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.errors import InvalidValue
from graph.matching.problem.regions import bounds_of
from graph.matching.scoring.points import FULL
from graph.matching.solvers.plans import Objective
from webapp.commands.parsing import listed, parse_weights

if TYPE_CHECKING:
    from graph.services.planning.workspace import PlanRequest

Pair = tuple[str, str]
Bound = tuple[str, int]

_OPTIONS = (
    click.option("--openings", default="", help="Ids separated by commas; by default all that still take people."),
    click.option("--people", default="", help="Ids separated by commas; by default everybody eligible."),
    click.option("--lock", "locks", metavar="E=O", multiple=True, help="A pair that must be; may be repeated."),
    click.option("--exclude", "exclusions", metavar="E=O", multiple=True, help="A pair that must not be."),
    click.option("--without-rule", "off", metavar="RULE", multiple=True, help="A rule of eligibility to switch off."),
    click.option("--at-least", metavar="REGION=N", multiple=True, help="Seats to fill in a region at least."),
    click.option("--at-most", metavar="REGION=N", multiple=True, help="Seats to fill in a region at most."),
    click.option("--floor", type=click.IntRange(0, FULL), default=0, metavar="N", help="No pair below so many points."),
    click.option(
        "--teams", is_flag=True, help="Count a gap once an opening: people of several free seats close it together."
    ),
    click.option(
        "--weights", default="", metavar="gap=40,...", help="Weights instead of those kept with the openings."
    ),
)
_DAYS = "Nobody gives more days than they are free, for each hand they have."
_COUNT_DAYS = click.option("--efforts", is_flag=True, help=_DAYS)
_COUNT_DAYS_OR_READ = click.option(
    "--efforts",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help=f"{_DAYS} Of a file: what each opening, column or pair takes; --loads are the budgets.",
)
_OF_A_GRAPH = "expert=opening, both by their ids"
_OF_A_FILE = "row=column, both counted from 0, such as 3=5"
objective = click.option(
    "--objective", type=click.Choice([one.value for one in Objective]), default=Objective.BEST.value, show_default=True
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchOptions:
    """What these options said, each read but none looked up: a plan of a file is made of them without a graph."""

    openings: tuple[str, ...]
    people: tuple[str, ...]
    locks: tuple[Pair, ...]
    exclusions: tuple[Pair, ...]
    switched_off: frozenset[str]
    weights: dict[str, int] | None
    at_least: tuple[Bound, ...]
    at_most: tuple[Bound, ...]
    floor: int
    teams: bool
    efforts: bool
    efforts_file: Path | None = None

    def request(self) -> PlanRequest:
        """What is asked of the graph. Raises InvalidValue for bounds that no plan can keep."""
        # Imported here: it brings the driver along, which a plan of a file starts without.
        from graph.services.planning.workspace import PlanRequest

        given = {field.name: getattr(self, field.name) for field in fields(self)}
        del given["efforts_file"]
        bounds = bounds_of(given.pop("at_least"), given.pop("at_most"))
        return PlanRequest(**given, bounds=bounds)


def bench_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options, handed over as one `request`."""
    return _with_options(command, _COUNT_DAYS)


def plan_options(command: Callable[..., None]) -> Callable[..., None]:
    """The same for a command that also plans files, whose efforts stand in one."""
    return _with_options(command, _COUNT_DAYS_OR_READ)


def _with_options(command: Callable[..., None], efforts: Callable[..., Any]) -> Callable[..., None]:
    @wraps(command)
    def with_wanted(**given: Any) -> None:
        form = _OF_A_FILE if given.get("matrix") else _OF_A_GRAPH
        request = BenchOptions(
            openings=listed("openings", given.pop("openings")),
            people=listed("people", given.pop("people")),
            locks=tuple(_pair("lock", text, form) for text in given.pop("locks")),
            exclusions=tuple(_pair("exclude", text, form) for text in given.pop("exclusions")),
            switched_off=frozenset(given.pop("off")),
            weights=parse_weights(given.pop("weights")),
            at_least=_bounds("at-least", given),
            at_most=_bounds("at-most", given),
            floor=given.pop("floor"),
            teams=given.pop("teams"),
            efforts_file=Path(counted) if (counted := given.pop("efforts")) and counted is not True else None,
            efforts=counted in (True, ""),
        )
        command(request=request, **given)

    for option in (efforts, *reversed(_OPTIONS)):
        with_wanted = option(with_wanted)
    return with_wanted


def _bounds(option: str, given: dict[str, Any]) -> tuple[Bound, ...]:
    return tuple(_bound(option, text) for text in given.pop(option.replace("-", "_")))


def _bound(option: str, text: str) -> Bound:
    region, _, number = text.rpartition("=")
    if not region.strip() or not number.strip().isdecimal():
        raise InvalidValue(option, text, "is not a bound; write region=seats, as in m49-011=2")
    return region.strip(), int(number)


def _pair(option: str, text: str, form: str) -> Pair:
    expert, equals, opening = text.partition("=")
    if not (expert.strip() and equals and opening.strip()):
        raise InvalidValue(option, text, f"is not a pair; write {form}")
    return expert.strip(), opening.strip()
