"""`account add`: opening accounts."""

import click

from graph.domain.marks import Role
from graph.services.accounts.passwords import new_account, open_account
from webapp.commands import running

_ROLES = [role.value for role in Role if role is not Role.PUBLIC]


@click.group("account")
def group() -> None:
    """Accounts that can sign in."""


@group.command()
@click.argument("email")
@click.option("--name", default="", help="The name to show; by default the address.")
@click.option("--role", type=click.Choice(_ROLES), default=Role.MEMBER.value, show_default=True)
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
def add(email: str, name: str, role: str, password: str) -> None:
    """Open an account for EMAIL; the password is asked for."""
    account = open_account(running.graph(), new_account(email, name, Role(role)), password)
    click.echo(f"{account.email} can sign in as {role}.")


COMMANDS = (group,)
