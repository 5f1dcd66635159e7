"""`python -m webapp COMMAND`: everything the pages do, and what they do not, from the command line."""

import sys

import click
from flask.cli import FlaskGroup

from graph.errors import GraphError
from webapp import create_app
from webapp.settings import Settings


def main() -> None:
    """Run one command. What goes wrong in our own terms is one sentence on the error stream and exit code 2."""
    try:
        group = FlaskGroup(create_app=lambda: create_app(Settings.from_environ()), add_default_commands=False)
        group(prog_name="python -m webapp", standalone_mode=False)
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
