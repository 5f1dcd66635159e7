"""`python -m webapp COMMAND`: everything the pages do, and what they do not, from the command line."""

import sys
from contextlib import closing

import click
from flask.cli import ScriptInfo

from graph.cache.state import state_read_once
from graph.errors import GraphError
from webapp import create_app
from webapp.settings import Settings


def main() -> None:
    """Run one command. What goes wrong in our own terms is one sentence on the error stream and exit code 2."""
    try:
        app = create_app(Settings.from_environ())
        app.cli.help = __doc__
        with closing(app.extensions["baton"]), state_read_once():
            app.cli.main(prog_name="python -m webapp", obj=ScriptInfo(create_app=lambda: app), standalone_mode=False)
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
