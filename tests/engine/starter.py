"""Asks for the engine of a folder and says where it answers: one of several processes that do so at once."""

import sys
from pathlib import Path

from graph import engine

if __name__ == "__main__":
    sys.stdout.write(engine.ensure(Path(sys.argv[1]), heap="256m").uri)
