"""As whom a command reads and writes: whoever runs one has the data folder in hand, and sees what an officer does.

`--as ROLE` looks as somebody else, and every answer says as whom it looked.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from graph.domain.accounts import Account
from graph.domain.marks import PLANNERS, Audience, Role
from webapp.commands.answers import plain, say_json

OPERATOR = Account(id="command-line", email="", name="Command line", role=Role.OFFICER, password_hash="")
"""By this name the trail calls whoever runs a command."""

Command = TypeVar("Command", bound=Callable[..., Any])

_CHOSEN = f"{__name__}.role"


def _looking_as(*roles: Role) -> Callable[[Command], Command]:
    return click.option(
        "--as",
        "role",
        type=click.Choice([role.value for role in roles]),
        expose_value=False,
        callback=lambda context, _, role: context.meta.update({_CHOSEN: role}),
        help=f"Look as this role does; by default {OPERATOR.role.value}.",
    )


as_anybody = _looking_as(*Role)
"""The option of a command whose answer anybody may have, each as far as they may see."""
as_planner = _looking_as(*PLANNERS)
"""The option of a command whose answer is for those who plan."""


def viewer() -> Audience:
    """As whom the command that runs looks: as was asked, else as whoever runs commands."""
    return Audience(Role(asked_role() or OPERATOR.role))


def asked_role() -> str:
    """What `--as` says, empty where it was not given."""
    role: str | None = click.get_current_context().meta.get(_CHOSEN)
    return role or ""


def say_seen() -> None:
    """Print as whom the command looked, below its answer for people."""
    click.echo(f"Seen as {viewer().role.value}.")


def say_json_seen(answer: object) -> None:
    """Print one JSON document that says as whom the command looked; of a list, every entry does."""
    found = plain(answer)
    say_json([_seen(each) for each in found] if isinstance(found, list) else _seen(found))


def _seen(answer: dict[str, Any]) -> dict[str, Any]:
    return {"as": viewer().role, **answer}
