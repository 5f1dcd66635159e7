"""`make mutants`: how many small changes of matching and evolution the tests notice. mutmut makes and judges them.

mutmut changes what stands in functions and methods. Each change is judged in a process of its own, with a limit of
time, by those tests beside its module that reach the function (`tests.mutants`); `--every-test` asks the other tests,
too. Properties, other decorated functions and what stands outside functions are left out.

The verdicts lie in the folder mutants/: the same command goes on where it was stopped, and judges again what no test
noticed. Remove the folder to begin afresh.
"""

import argparse
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.mutants import EVERY_TEST

ROOT = Path(__file__).parents[1]
MUTMUT = Path(sys.executable).with_name("mutmut")
SMALLEST = "graph.evolution.measures.turnover.*"
"""A module of few mutants: whatever mutmut is asked for, it first writes down the mutants of all modules."""

NOTICED = ("killed", "timeout", "segfault")


def verdicts() -> dict[str, str]:
    """Every mutant by name with its verdict, as "killed" or "survived"."""
    told = _mutmut("results", "--all", "true", capture=True)
    parts = (line.strip().rpartition(": ") for line in told.splitlines() if "__mutmut_" in line)
    return {name: verdict for name, _, verdict in parts}


def chosen(names: Sequence[str], only: str, sample: int, seed: int) -> list[str]:
    """The mutants of a folder or module, or so many of them by lot; the same seed gives the same ones."""
    module = only.rstrip("/").removesuffix(".py").replace("/", ".")
    within = sorted(name for name in names if name.startswith(f"{module}."))
    if not sample:
        return within
    return sorted(random.Random(seed).sample(within, min(sample, len(within))))


def report(found: dict[str, str]) -> str:
    """The mutants no test noticed, how many there are of each verdict, and the share noticed."""
    left = [f"{verdict}: {name}" for name, verdict in sorted(found.items()) if verdict not in NOTICED]
    counts = Counter(found.values())
    noticed = sum(counts[verdict] for verdict in NOTICED)
    share = f"{noticed} of {len(found)} mutants noticed: {100 * noticed / max(len(found), 1):.1f} %"
    return "\n".join([*left, ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common()), share])


def _say(line: str) -> None:
    """Before what mutmut prints, also where the output is a file."""
    print(line, flush=True)


def _mutmut(*words: str, capture: bool = False) -> str:
    ran = subprocess.run([MUTMUT, *words], cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE if capture else None)
    return ran.stdout or ""


def main() -> None:
    """Make the mutants, judge those asked for that no test noticed yet, and print the share."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("--only", default="graph", help="a folder or module, such as graph/matching/scoring")
    parser.add_argument("--sample", type=int, default=0, help="so many of them by lot; 0 for all")
    parser.add_argument("--seed", type=int, default=1, help="another number draws another sample")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--every-test", action="store_true", help="ask every test that reaches a changed function")
    asked = parser.parse_args()
    if asked.every_test:
        os.environ[EVERY_TEST] = "yes"
    judge = ("run", "--max-children", str(asked.processes))
    _say("Writing down all mutants and seeing which test reaches which: some minutes the first time.")
    _mutmut(*judge, SMALLEST)
    found = verdicts()
    names = chosen(list(found), asked.only, asked.sample, asked.seed)
    waiting = [name for name in names if found[name] not in NOTICED]
    if waiting:
        _say(
            f"Judging {len(waiting)} of {len(names)} mutants; mutmut counts all {len(found)} and what it judged before."
        )
        _mutmut(*judge, *waiting)
    found = verdicts()
    print(report({name: found[name] for name in names}))
    print(f"{MUTMUT} show NAME prints one of them")


if __name__ == "__main__":
    main()
