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


@pytest.fixture
def unequal(tmp_path: Path) -> dict[str, Path]:
    """Three rows by four columns of costs, what each pair takes, and what each row has."""
    tables = {
        "matrix": "5,4,7,9\n6,3,8,2\n4,8,3,6\n",
        "efforts": "3,2,4,5\n2,4,3,3\n4,3,2,2\n",
        "loads": "5\n6\n4\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return {name: tmp_path / f"{name}.csv" for name in tables}


def files(given: dict[str, Path], **other: Path) -> list[str | Path]:
    return [word for name, path in (given | other).items() for word in (f"--{name}", path)]


def test_unequal_efforts_are_planned_to_the_proved_optimum(run: Run, unequal: dict[str, Path], home: Path) -> None:
    # Row 1 takes column 3 for 2, row 2 column 2 for 3, and no other row is cheaper. That leaves them 3 of 6 and 2 of 4,
    # too little for column 1 (4 of row 1, 3 of row 2). Row 0 has 5, just enough for columns 0 and 1 (3 and 2).
    words = ("plan", *files(unequal), "--minimise")
    answer = json.loads(run(*words, "--json").out)
    assert answer["pairs"] == [[0, 0, 5], [0, 1, 4], [1, 3, 2], [2, 2, 3]]
    assert [answer[name] for name in ("total", "total_bound", "gap", "proved")] == [14, 14, 0, True]
    assert [answer[name] for name in ("unserved", "beyond_all", "count_gap")] == [[], [], 0]
    assert "No plan within these limits is better: proved." in run(*words).out
    assert not (home / "engine").exists()


def test_one_effort_a_column_and_fractions_do_as_well(run: Run, unequal: dict[str, Path], tmp_path: Path) -> None:
    efforts, loads = tmp_path / "hours.csv", tmp_path / "have.csv"
    efforts.write_text("1.5,0.5,1.5,0.75\n")
    loads.write_text("index,budget\n0,2\n1,1.5\n2,1.2\n")
    answer = json.loads(run("plan", *files(unequal, efforts=efforts, loads=loads), "--minimise", "--json").out)
    # Row 2 can take neither column 0 nor 2; rows 0 and 1 have one of them each, and row 0 room for column 1 beside it.
    assert answer["pairs"] == [[0, 1, 4], [0, 2, 7], [1, 0, 6], [2, 3, 6]]
    assert answer["total"] == 23


def test_seats_groups_locks_and_objectives_hold_beside_efforts(
    run: Run, unequal: dict[str, Path], tmp_path: Path
) -> None:
    groups, seats = tmp_path / "groups.csv", tmp_path / "seats.csv"
    groups.write_text("north\nnorth\nsouth\nsouth\n")
    seats.write_text("2,1,1,1\n")
    words = ("plan", *files(unequal, groups=groups, seats=seats), "--json")
    bounded = json.loads(run(*words, "--at-most", "north=1", "--at-least", "south=2", "--lock", "2=0").out)
    pairs = {(row, column) for row, column, _ in bounded["pairs"]}
    assert (2, 0) in pairs
    assert sorted(column for _, column in pairs) == [0, 2, 3]
    filled = json.loads(run(*words, "--objective", "fewest-unserved").out)
    # Rows 0 and 1 both have room for column 0 beside what they take above.
    assert len(filled["pairs"]) == 5
    assert filled["proved"] is True
    fair = json.loads(run(*words, "--objective", "fair").out)
    assert fair["worst"] == fair["floor_bound"]


def test_what_nobody_can_take_is_named(run: Run, unequal: dict[str, Path], tmp_path: Path) -> None:
    efforts = tmp_path / "dear.csv"
    efforts.write_text("3,7,3,3\n")
    words = ("plan", *files(unequal, efforts=efforts))
    assert "nobody can take column 1: it takes more of each row than the row has" in run(*words).out
    answer = json.loads(run(*words, "--json").out)
    assert (answer["beyond_all"], answer["unserved"]) == ([1], [1])


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("efforts", "1,2,3\n", "file: 'other.csv' has efforts for 1 by 3 where the table is 3 by 4; give one for each"),
        ("efforts", "1,-2,3,4\n", "file: 'other.csv' has -2 in row 0, column 1; give efforts of 0 or more."),
        ("efforts", "1,x,3,4\n", "file: 'other.csv' has 'x' in row 0, column 1, which is not a number"),
        (
            "efforts",
            "0.1234567,1,1,1\n",
            "efforts: '0.1234567' is not exact; give at most six digits behind the point.",
        ),
        ("efforts", "1000001,1,1,1\n", "efforts: '1,000,001' units are more than can be counted exactly"),
        ("loads", "1\n2\n", "file: 'other.csv' has 2 numbers where the table has 3 to fill; give one each."),
        ("loads", "1\n-2\n3\n", "file: 'other.csv' has '-2' in line 2; give a budget of 0 or more."),
        ("groups", "north\n", "file: 'other.csv' has 1 names where the table has 4 columns; give one each."),
    ],
)
def test_efforts_that_will_not_do_get_one_clear_sentence(
    run: Run, unequal: dict[str, Path], tmp_path: Path, name: str, text: str, sentence: str
) -> None:
    (tmp_path / "other.csv").write_text(text)
    assert run("plan", *files(unequal, **{name: tmp_path / "other.csv"})).sentence.startswith(sentence)


def test_efforts_need_their_file_and_budgets(run: Run, unequal: dict[str, Path]) -> None:
    matrix, efforts = unequal["matrix"], unequal["efforts"]
    assert "needs its file beside --matrix" in run("plan", "--matrix", matrix, "--efforts").sentence
    assert "have to be given beside --efforts" in run("plan", "--matrix", matrix, "--efforts", efforts).sentence
    assert "is missing beside --efforts, unless a table is named" in run("plan", "--efforts", efforts).sentence
    assert "not for efforts" in run("plan", *files(unequal), "--objective", "host-stable").sentence
