"""Every benchmark runs through, and every contender gives the same answers."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks import __main__ as runner
from benchmarks import shortlist
from graph.matching.scoring.ranking import rank

ROOT = Path(__file__).parents[2]


def test_the_quick_run_prints_the_machine_and_a_table_for_each_benchmark() -> None:
    command = [sys.executable, "-W", "error", "-m", "benchmarks", "--quick"]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=240, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "cores" in ended.stdout.splitlines()[0]
    tables = ended.stdout.split("\n\n")[1:]
    named = [f"benchmarks.{table.partition('.')[2].partition('.')[0]}" for table in tables]
    assert named == [benchmark.__name__ for benchmark in runner.BENCHMARKS]
    assert all(" baton " in table for table in tables)


def test_no_benchmark_is_left_out_of_the_run() -> None:
    modules = {path.stem for path in (ROOT / "benchmarks").glob("*.py") if not path.stem.startswith("__")}
    assert {import_module(f"benchmarks.{name}") for name in modules} == set(runner.BENCHMARKS)


@pytest.mark.parametrize(("count", "many"), [(1, 3), (40, 60), (500, 20)])
def test_a_plain_loop_over_people_finds_the_same_shortlists(count: int, many: int) -> None:
    crowd = shortlist.people(count)
    roster = shortlist.roster_of(crowd)
    for need in shortlist.openings(many):
        found = shortlist.shortlist_of(roster, rank(roster, need, top=shortlist.TOP))
        assert found == shortlist.plain_shortlist(crowd, shortlist.spoken_by(crowd), need)
