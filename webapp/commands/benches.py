"""The options that say what goes on a bench, the same for every command that plans."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from graph.domain.accounts import Account
from graph.domain.marks import Audience, Role
from graph.errors import InvalidValue
from graph.matching.scoring.points import FULL
from graph.matching.solvers.plans import Objective
from graph.services.planning.workspace import Names, PlanRequest, bounds_of

# Whoever runs a command has the data folder in hand; it answers as an officer would see it.
OFFICER = Audience(Role.OFFICER)
OPERATOR = Account(id="command-line", email="", name="Command line", role=Role.OFFICER, password_hash="")
"""By this name the trail calls whoever runs a command."""

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
    click.option("--efforts", is_flag=True, help="Nobody gives more days than they are free, for each hand they have."),
    click.option(
        "--weights", default="", metavar="gap=40,...", help="Weights instead of those kept with the openings."
    ),
)
_OF_A_GRAPH = "expert=opening, both by their ids"
_OF_A_FILE = "row=column, both counted from 0, such as 3=5"
objective = click.option(
    "--objective", type=click.Choice([one.value for one in Objective]), default=Objective.BEST.value, show_default=True
)


def bench_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options, handed over as one `request`."""

    @wraps(command)
    def with_wanted(**given: Any) -> None:
        form = _OF_A_FILE if given.get("matrix") else _OF_A_GRAPH
        request = PlanRequest(
            openings=listed("openings", given.pop("openings")),
            people=listed("people", given.pop("people")),
            locks=tuple(_pair("lock", text, form) for text in given.pop("locks")),
            exclusions=tuple(_pair("exclude", text, form) for text in given.pop("exclusions")),
            switched_off=frozenset(given.pop("off")),
            weights=parse_weights(given.pop("weights")),
            bounds=bounds_of(_bounds("at-least", given), _bounds("at-most", given)),
            floor=given.pop("floor"),
            teams=given.pop("teams"),
            efforts=given.pop("efforts"),
        )
        command(request=request, **given)

    for option in reversed(_OPTIONS):
        with_wanted = option(with_wanted)
    return with_wanted


def parse_weights(text: str) -> dict[str, int] | None:
    """ "gap=40,language=10" as weights; None for an empty text. Raises InvalidValue."""
    weights: dict[str, int] = {}
    for part in listed("weights", text):
        name, equals, number = part.partition("=")
        if not equals or not number.strip().isdecimal():
            raise InvalidValue("weights", part, "is not a weight; write criterion=number, as in gap=40")
        weights[name.strip()] = int(number)
    return weights or None


def listed(field: str, text: str) -> tuple[str, ...]:
    """ "a, b" as a and b. Raises InvalidValue for text that names nothing."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if text and not found:
        raise InvalidValue(field, text, "names nothing; separate what you name by commas, or leave the option out")
    return found


def _bounds(option: str, given: dict[str, Any]) -> list[tuple[str, int]]:
    return [_bound(option, text) for text in given.pop(option.replace("-", "_"))]


def _bound(option: str, text: str) -> tuple[str, int]:
    region, _, number = text.rpartition("=")
    if not region.strip() or not number.strip().isdecimal():
        raise InvalidValue(option, text, "is not a bound; write region=seats, as in m49-011=2")
    return region.strip(), int(number)


def _pair(option: str, text: str, form: str) -> Names:
    expert, equals, opening = text.partition("=")
    if not (expert.strip() and equals and opening.strip()):
        raise InvalidValue(option, text, f"is not a pair; write {form}")
    return expert.strip(), opening.strip()
