"""Tables of numbers for planning, and the sentence for each that will not do."""

import re
from pathlib import Path

import pytest

from graph.errors import InvalidValue
from importers import matrices
from importers.files import Unreadable


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def test_numbers_alone_are_a_dense_table(file: Path) -> None:
    file.write_text("1,2.5,-3\n\n4, 5 ,6e2\n")
    table = matrices.read(file)
    assert (table.shape, table.limit) == ((2, 3), (2, 3))
    assert table.value.tolist() == [1, 2.5, -3, 4, 5, 600]
    assert (table.row.tolist(), table.column.tolist()) == ([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2])


def test_the_header_makes_a_sparse_table(file: Path) -> None:
    file.write_text("Row;Column;Value\n3;1;7\n0;2;1\n")
    table = matrices.read(file)
    assert table.shape == (4, 3)
    assert list(zip(table.row.tolist(), table.column.tolist(), table.value.tolist(), strict=True)) == [
        (3, 1, 7.0),
        (0, 2, 1.0),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,2\n3,nan\n", "has 'nan' in row 1, column 1; give finite numbers"),
        ("1,inf\n", "has 'inf' in row 0, column 1"),
        ("1,2\n3,x\n", "has 'x' in row 1, column 1, which is not a number"),
        ("1,2\n,3\n", "has an empty cell in row 1, column 0"),
        ("1,2\n3\n", "has 1 cells in row 1 and 2 in row 0"),
        ("1_0,2\n", "has an underscore in line 1"),
        ("row,column,value\n", "has no line under its header"),
        ("row,column,value\n0,1\n", "has 2 cells in line 2"),
        ("row,column,value\n-1,0,3\n", "has '-1' in line 2; give a whole number"),
        ("row,column,value\n1.5,0,3\n", "has '1.5' in line 2"),
        ("row,column,value\n99999999999,0,3\n", "has '99999999999' in line 2"),
        ("row,column,value\n0,1,3\n0,1,4\n", "states row 0, column 1 again in line 3"),
        ("row,column,value\n0,1,NaN\n", "has 'NaN' in row 0, column 1"),
        ("", "is empty"),
        ("\u00a0\n", "has no number; write one row a line"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(file: Path, text: str, sentence: str) -> None:
    file.write_text(text)
    with pytest.raises(Unreadable) as error:
        matrices.read(file)
    assert sentence in str(error.value)


def test_quotas_are_one_a_line_or_named(file: Path) -> None:
    file.write_text("2\n0\n3\n")
    assert matrices.read_quotas(file, 3, 3) == [2, 0, 3]
    file.write_text("1,4\n")
    assert matrices.read_quotas(file, 3, 3) == [1, 4, 1]


@pytest.mark.parametrize("text", ["2,1,0\n", "seats\n2\n1\n0\n", "Index;Value\n0;2\n2;0\n", "seats\n2\t1\t0\n"])
def test_quotas_may_stand_in_one_line_and_under_a_header(file: Path, text: str) -> None:
    file.write_text(text)
    assert matrices.read_quotas(file, 3, 3) == [2, 1, 0]


def test_quotas_may_name_columns_that_a_sparse_table_does_not_mention(file: Path) -> None:
    file.write_text("4,2\n")
    assert matrices.read_quotas(file, 3, 100) == [1, 1, 1, 1, 2]
    file.write_text("2\n2\n2\n2\n")
    assert matrices.read_quotas(file, 3, 100) == [2, 2, 2, 2]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1\n-2\n1\n", "has '-2' in line 2"),
        ("1\n2\n", "has 2 numbers where the table has 3"),
        ("0,1\n2\n", "mixes kinds of lines"),
        ("0,1,2\n1,1,1\n", "mixes kinds of lines"),
        ("1,1,1,1\n", "has 4 numbers where the table has 3"),
        ("seats\n", "has no number; write one a line"),
        ("\u00a0\n", "has no number; write one a line"),
        ("places\n1\n1\n1\n", "has 'places' in line 1"),
        ("3,1\n", "names 3 in line 1; the table has 0 to 2"),
        ("0,1\n0,2\n", "names 0 again in line 2"),
        ("1.5\n1\n1\n", "has '1.5' in line 1"),
    ],
)
def test_quotas_that_will_not_do_are_refused(file: Path, text: str, sentence: str) -> None:
    file.write_text(text)
    with pytest.raises(Unreadable) as error:
        matrices.read_quotas(file, 3, 3)
    assert sentence in str(error.value)


def test_budgets_may_have_fractions_and_each_row_has_one(file: Path) -> None:
    file.write_text("2.5\n0\n3\n")
    assert matrices.read_budgets(file, 3, 3) == [2.5, 0, 3]
    file.write_text("index,budget\n1,4.5\n0,2\n")
    assert matrices.read_budgets(file, 2, 2) == [2, 4.5]
    file.write_text("0,1\n1,1\n3,7\n")
    assert matrices.read_budgets(file, 2, 100) == [1, 1, 0, 7]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1\n-2\n1\n", "has '-2' in line 2; give a budget of 0 or more"),
        ("1\nnan\n1\n", "has 'nan' in line 2; give finite numbers"),
        ("1\nmuch\n1\n", "has 'much' in line 2, which is not a number"),
        ("1\n2\n", "has 2 numbers where the table has 3 to fill; give one each"),
        ("0,1\n1,2\n", "names no budget for row 2; give one for each row"),
        ("0,1\n1,2\n3,2\n", "names 3 in line 3; the table has 0 to 2"),
    ],
)
def test_budgets_that_will_not_do_are_refused(file: Path, text: str, sentence: str) -> None:
    file.write_text(text)
    with pytest.raises(Unreadable) as error:
        matrices.read_budgets(file, 3, 3)
    assert sentence in str(error.value)


def table_of(file: Path, text: str) -> matrices.Matrix:
    file.write_text(text)
    return matrices.read(file)


DENSE, SPARSE = "7,8,9\n4,5,6\n", "row,column,value\n0,2,9\n1,0,4\n"


@pytest.mark.parametrize(
    ("text", "dense", "sparse"),
    [
        ("1,2,3\n", [1, 2, 3, 1, 2, 3], [3, 1]),
        ("1\n2\n3\n", [1, 2, 3, 1, 2, 3], [3, 1]),
        ("1,2,3\n4,5.5,6\n", [1, 2, 3, 4, 5.5, 6], [3, 4]),
        ("row,column,value\n1,2,6\n1,1,5\n1,0,4\n0,2,3\n0,1,2\n0,0,1\n", [1, 2, 3, 4, 5, 6], [3, 4]),
    ],
)
def test_efforts_are_one_a_column_or_a_table_or_named_by_pair(
    file: Path, text: str, dense: list[float], sparse: list[float]
) -> None:
    for table, found in ((table_of(file, DENSE), dense), (table_of(file, SPARSE), sparse)):
        file.write_text(text)
        assert matrices.read_efforts(file, table).tolist() == found


def test_a_square_table_of_one_column_has_an_effort_a_row(file: Path) -> None:
    table = table_of(file, "5\n6\n")
    file.write_text("1\n2\n")
    assert matrices.read_efforts(file, table).tolist() == [1, 2]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "1,2\n",
            "has efforts for 1 by 2 where the table is 2 by 3; give one for each of the 3 columns",
        ),
        ("1,2,3\n4,5,6\n7,8,9\n", "has efforts for 3 by 3 where the table is 2 by 3"),
        ("1,-2,3\n", "has -2 in row 0, column 1; give efforts of 0 or more"),
        ("1,two,3\n", "has 'two' in row 0, column 1, which is not a number"),
        ("1,inf,3\n", "has 'inf' in row 0, column 1"),
        ("row,column,value\n0,0,1\n0,1,1\n", "states no effort for row 0, column 2; give one for every pair"),
    ],
)
def test_efforts_that_will_not_do_are_refused(file: Path, text: str, sentence: str) -> None:
    table = table_of(file, DENSE)
    file.write_text(text)
    with pytest.raises(Unreadable) as error:
        matrices.read_efforts(file, table)
    assert sentence in str(error.value)


def test_efforts_and_budgets_may_be_named_by_ids(file: Path) -> None:
    file.write_text("opening,hours\ntogo_mentor;40\nzoe; togo_mentor;20.5\n\n")
    assert matrices.read_named(file, 2) == [(["", "togo_mentor"], 40.0), (["zoe", "togo_mentor"], 20.5)]
    file.write_text("7\nzoe\t3\n")
    assert matrices.read_named(file, 1) == [([""], 7.0), (["zoe"], 3.0)]
    for text, sentence in (
        ("a,b,c,1\n", "has 4 cells in line 1; write 2 or 3"),
        ("a,-1\n", "has '-1' in line 1; give a budget of 0 or more"),
        ("a,b\n", "has 'b' in line 1, which is not a number"),
    ):
        file.write_text(text)
        with pytest.raises(Unreadable, match=re.escape(sentence)):
            matrices.read_named(file, 2)


def test_groups_are_a_name_a_column(file: Path) -> None:
    for text in ("north\n\nsouth\n", "north,,south\n"):
        file.write_text(text)
        assert matrices.read_groups(file, 3) == ["north", "", "south"]
    file.write_text("north\nsouth\n")
    with pytest.raises(Unreadable, match="has 2 names where the table has 3 columns"):
        matrices.read_groups(file, 3)


@pytest.mark.parametrize("text", ["3", "a=1", "1=", "=2", "-1=2", "1=2=3"])
def test_a_pair_is_row_and_column(text: str) -> None:
    assert matrices.parse_pair("lock", " 3 = 5 ") == (3, 5)
    with pytest.raises(InvalidValue):
        matrices.parse_pair("lock", text)
