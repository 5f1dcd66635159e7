"""The command line, one module per group of commands."""

from flask import Flask

from webapp.commands import accounts, data, engine, evolution, match, peers, plan, proposals, repair, serve, why

GROUPS = (engine, data, accounts, match, why, peers, plan, repair, proposals, evolution, serve)


def install(app: Flask) -> None:
    """Register every command of every group."""
    for group in GROUPS:
        for command in group.COMMANDS:
            app.cli.add_command(command)
