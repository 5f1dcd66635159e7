"""What commands that write the network to a file have in common."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from graph.errors import InvalidValue
from graph.evolution.windows import STEPS
from graph.services.atlases import Level

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--level", type=click.Choice([level.value for level in Level]), help="By default institution."),
    click.option("--from", help="The first year; by default that of the first transfer."),
    click.option("--to", help="The last year; by default this one."),
    click.option("--step", type=click.Choice(list(STEPS)), help="How long a window is; by default a year."),
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
