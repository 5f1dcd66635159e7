"""Write `docs/commands.md` out of the commands themselves: `python -m tools.command_reference`."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

import click

from webapp.commands import COMMANDS, command_line

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"

_ROOT = "baton"
_HEAD = """# Commands

In a clone every command is run as `.venv/bin/python -m webapp COMMAND`; where the wheel is installed, as
`baton COMMAND`. The data folder is `instance/` in the folder you are in, or `BATON_HOME`. Settings are environment
variables; the [README](../README.md) names them.

What goes wrong ends in one sentence on the error stream and exit code 2. With `--json` a command prints one JSON
document. A command sees what a programme officer may, or with `--as` another role, and its answer says as whom it
looked; a research bundle holds what a researcher may see.

This page is written by `python -m tools.command_reference`; a test compares the two.
"""


def reference() -> str:
    """The page: a list of all commands, then each with its usage, its purpose and its options."""
    context = click.Context(command_line, info_name=_ROOT)
    names = command_line.list_commands(context)
    summary = "".join(f"- [`{name}`](#{name}): {COMMANDS[name][1]}\n" for name in names)
    sections = "".join(part for name in names for part in _sections(command_line, context, name, "##"))
    return f"{_HEAD}\n{summary}{sections}"


def _sections(group: click.Group, parent: click.Context, name: str, mark: str) -> Iterator[str]:
    """A command of a group, and those it is made of below it."""
    command = group.get_command(parent, name)
    if command is None:
        return
    context = click.Context(command, parent, info_name=name)
    called = context.command_path.removeprefix(f"{_ROOT} ")
    usage = " ".join([called, *command.collect_usage_pieces(context)])
    yield f"\n{mark} {called}\n\n```\n{usage}\n```\n\n{_purpose(command)}{_options(command, context)}"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            yield from _sections(command, context, below, f"{mark}#")


def _purpose(command: click.Command) -> str:
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    return "\n\n".join(_filled(paragraph) for paragraph in paragraphs) + "\n"


def _options(command: click.Command, context: click.Context) -> str:
    records = (param.get_help_record(context) for param in command.params if isinstance(param, click.Option))
    lines = [_filled(f"- `{names}`: {' '.join(meaning.split())}", "  ") for names, meaning in filter(None, records)]
    return "\n" + "\n".join(lines) + "\n" if lines else ""


def _filled(text: str, indent: str = "") -> str:
    return fill(text, 120, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
