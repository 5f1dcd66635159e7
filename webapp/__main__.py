"""`python -m webapp COMMAND`, or `baton COMMAND` where Baton is installed."""

import sys
from contextlib import closing

import click

from graph.cache.once import state_read_once
from graph.errors import GraphError
from webapp.commands import command_line
from webapp.commands.running import Running
from webapp.connection import Connection
from webapp.settings import Settings


def main() -> None:
    """Run one command. What goes wrong in our own terms is one sentence on the error stream and exit code 2."""
    try:
        settings = Settings.from_environ()
        with closing(Connection.to(settings)) as connection, state_read_once():
            command_line.main(obj=Running(settings, connection), standalone_mode=False)
    except GraphError as error:
        _end(str(error))
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        _end("Stopped.")
    except BrokenPipeError:
        sys.stderr.close()


def _end(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
