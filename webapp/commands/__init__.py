"""The command line, one module per group of commands."""

from flask import Flask

from webapp.commands import (
    accounts,
    bridges,
    bundle,
    cache,
    compare,
    data,
    engine,
    evolution,
    export,
    lineage,
    match,
    paths,
    peers,
    plan,
    proposals,
    relay,
    repair,
    serve,
    what_if,
    why,
)

GROUPS = (
    engine,
    cache,
    data,
    accounts,
    match,
    why,
    peers,
    plan,
    repair,
    proposals,
    evolution,
    compare,
    paths,
    lineage,
    export,
    bundle,
    what_if,
    relay,
    bridges,
    serve,
)


def install(app: Flask) -> None:
    """Register every command of every group."""
    for group in GROUPS:
        for command in group.COMMANDS:
            app.cli.add_command(command)
