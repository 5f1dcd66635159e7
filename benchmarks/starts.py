"""Claim: a command is at its own work in less than a second of processor time.

Processor seconds of a whole process, the fastest of several, so that files are in memory. `baton help` prints the list
of commands, `baton plan` plans a table of 100 by 100 in a file to its end; the others import a command and stop there.
The peers are an empty interpreter and the libraries that commands stand on, imported by themselves.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

import numpy as np

from webapp.commands import COMMANDS

ROOT = Path(__file__).parents[1]
SIDE = 100
REPEATS = 5
PEERS = ("pass", "import numpy", "import scipy.optimize", "import neo4j")
SIZES = tuple(sorted({module for module, _ in COMMANDS.values()}))
QUICK = ("plan", "why")


def seconds(*words: str) -> float:
    """Processor time of a Python with these arguments."""
    times = []
    for _ in range(REPEATS):
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True)
        after = getrusage(RUSAGE_CHILDREN)
        times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return min(times)


def planned() -> float:
    """Processor time of a plan out of a file."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "points.csv"
        np.savetxt(file, np.random.default_rng(1).integers(0, 101, (SIDE, SIDE)), fmt="%d", delimiter=",")
        return seconds("-m", "webapp", "plan", "--matrix", str(file), "--json")


def report(modules: Iterable[str]) -> None:
    """Print a line a command and a line a peer."""
    print(f"{'':<34} {'CPU s':>6}")
    print(f"{' baton help':<34} {seconds('-m', 'webapp', '--help'):>6.2f}")
    print(f"{' baton plan --matrix 100 x 100':<34} {planned():>6.2f}")
    for module in modules:
        print(f"{f' baton {module}, imported':<34} {seconds('-c', f'import webapp.commands.{module}'):>6.2f}")
    for peer in PEERS:
        print(f"{f' python -c {peer!r}':<34} {seconds('-c', peer):>6.2f}")


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
