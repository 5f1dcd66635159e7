"""What a command works with: the settings of this process, and its graph."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from webapp.commands.answers import progress
from webapp.connection import Connection
from webapp.settings import Settings

if TYPE_CHECKING:
    from graph.connection import Database


@dataclass(frozen=True, slots=True)
class Running:
    """The settings of this process, and the connection to its graph."""

    settings: Settings
    connection: Connection


def settings() -> Settings:
    """The settings of this process."""
    return _running().settings


def connection() -> Connection:
    """The connection of this process."""
    return _running().connection


def graph() -> Database:
    """The graph; while an engine starts for it, the error stream says so. Raises Unavailable."""
    return connection().get(progress)


def today() -> date:
    """The day it is, in Coordinated Universal Time."""
    return datetime.now(UTC).date()


def _running() -> Running:
    found = click.get_current_context().find_object(Running)
    if found is None:
        message = "A command runs with what it works with: command_line.main(obj=Running(...))"
        raise RuntimeError(message)
    return found
