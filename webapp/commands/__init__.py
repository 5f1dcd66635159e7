"""The command line: which command lies in which module, and what each is for in one line.

A module is imported when its command is run or asked for help, so that a list of the commands costs next to nothing.
"""

from collections.abc import Mapping
from importlib import import_module

import click

COMMANDS: Mapping[str, tuple[str, str]] = {
    "account": ("accounts", "Open accounts that can sign in."),
    "answer": ("proposals", "Note the answer of one side to a proposal."),
    "bridges": ("bridges", "List programmes that a new tie between them would serve."),
    "bundle": ("bundle", "Seal a research bundle, or verify one."),
    "cache": ("cache", "Forget what is kept of the graph."),
    "compare": ("compare", "Say what changed between two windows."),
    "demo": ("serve", "Load, serve or remove the demonstration data."),
    "engine": ("engine", "Start, stop or look at the embedded engine."),
    "evolution": ("evolution", "Measure the network window by window."),
    "export": ("export", "Write the network to a file."),
    "import": ("data", "Take in a file of records."),
    "lineage": ("lineage", "List whom somebody taught, by generation."),
    "match": ("match", "List who could fill an opening, and why."),
    "paths": ("paths", "Say who could have learned from whom by a date."),
    "peers": ("peers", "List who shares the path of a person."),
    "plan": ("plan", "Plan who fills which opening."),
    "proposals": ("proposals", "List the proposals and where each stands."),
    "publish": ("proposals", "Put the drafts of a plan to both sides."),
    "reference": ("data", "Bring countries, languages and capabilities up to date."),
    "relay": ("relay", "List what ends with nobody to take over."),
    "repair": ("repair", "Mend a stored plan after somebody dropped out."),
    "serve": ("serve", "Serve the pages on this computer."),
    "what-if": ("what_if", "Say what the network loses without somebody."),
    "wishes": ("wishes", "Say which openings a person would take."),
    "why": ("why", "Say why somebody is in an opening or is not."),
}


class CommandLine(click.Group):
    """All commands, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, out of its module; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"{__name__}.{COMMANDS[cmd_name][0]}")
        found: click.Command = next(command for command in module.COMMANDS if command.name == cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list for `--help` without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=CommandLine)
def command_line() -> None:
    """Everything the pages do, and what they do not, from the command line.

    What goes wrong ends in one sentence and exit code 2.
    """
