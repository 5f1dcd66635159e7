"""`plan --matrix` as a user runs it: a file in, a plan or one sentence out, and no engine started."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from tests.commands.conftest import Run


@pytest.fixture
def square(tmp_path: Path) -> Path:
    path = tmp_path / "square.csv"
    path.write_text("4,1,3\n2,0,5\n3,2,2\n")
    return path


def test_the_least_cost_is_found_and_no_engine_starts(run: Run, square: Path, home: Path) -> None:
    done = run("plan", "--matrix", square, "--minimise", "--json")
    answer = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert answer.pop("seconds") >= 0
    pairs = [[0, 1, 1], [1, 0, 2], [2, 2, 2]]
    assert answer == {"objective": "best", "total": 5, "proved": True, "pairs": pairs, "unserved": []}
    assert not (home / "engine").exists()


def test_locks_exclusions_seats_and_loads_are_kept(run: Run, square: Path, tmp_path: Path) -> None:
    seats, loads = tmp_path / "seats.csv", tmp_path / "loads.csv"
    seats.write_text("2\n1\n0\n")
    loads.write_text("0,2\n")
    words = ("plan", "--matrix", square, "--seats", seats, "--loads", loads, "--lock", "1=1", "--exclude", "0=0")
    answer = json.loads(run(*words, "--json").out)
    assert answer["pairs"] == [[1, 1, 0], [2, 0, 3]]
    assert (answer["total"], answer["unserved"]) == (3, [])
    assert "locked" in run(*words).out


def test_a_sparse_file_leaves_out_who_is_not_eligible(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sparse.csv"
    path.write_text("row,column,value\n0,0,0.25\n1,0,0.5\n1,2,0.125\n")
    answer = json.loads(run("plan", "--matrix", path, "--objective", "fewest-unserved", "--json").out)
    assert answer["pairs"] == [[0, 0, 0.25], [1, 2, 0.125]]
    assert (answer["total"], answer["unserved"]) == (0.375, [1])


def test_a_large_table_has_the_optimum_of_scipy(run: Run, tmp_path: Path) -> None:
    costs = np.random.default_rng(7).integers(1, 101, (400, 400))
    path = tmp_path / "large.csv"
    np.savetxt(path, costs, fmt="%d", delimiter=",")
    answer = json.loads(run("plan", "--matrix", path, "--minimise", "--json").out)
    rows, columns = linear_sum_assignment(costs)
    assert answer["total"] == costs[rows, columns].sum()
    assert sum(costs[row, column] for row, column, _ in answer["pairs"]) == answer["total"]


def test_over_a_million_pairs_the_best_plan_is_proved_by_its_prices(run: Run, tmp_path: Path) -> None:
    points = np.random.default_rng(7).integers(-100, 101, (2_000, 500))
    path = tmp_path / "million.csv"
    np.savetxt(path, points, fmt="%d", delimiter=",")
    answer = json.loads(run("plan", "--matrix", path, "--json").out)
    rows, columns = linear_sum_assignment(points, maximize=True)
    assert answer["proved"] is True
    assert answer["total"] == points[rows, columns].sum()
    assert "The plan is proved to be the best over all 1,000,000 pairs" in run("plan", "--matrix", path).out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--lock", "0=9"), "lock: '0=9' is not there; there are 3 people and 3 openings, from 0 on."),
        (("--lock", "0"), "lock: '0' is not a pair; write row=column, both counted from 0, such as 3=5."),
        (("--lock", "0=1", "--exclude", "0=1"), "The pair 0=1 is both locked and excluded; take one of the two back."),
        (
            ("--lock", "0=1", "--lock", "2=1", "--lock", "1=2"),
            "The locks 0=1, 2=1 cannot hold together: opening 1 has 1 seat; take one of them back.",
        ),
        (("--seats", "no.csv"), "file: 'no.csv' does not exist; check the name and the folder."),
    ],
)
def test_bad_input_gets_one_clear_sentence(run: Run, square: Path, words: tuple[str, ...], sentence: str) -> None:
    assert run("plan", "--matrix", square, *words).sentence == sentence
