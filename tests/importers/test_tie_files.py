"""Plain tie files in the shapes they are published in, and the sentences about those that will not do."""

import gzip
import os
from datetime import date
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidValue
from importers.tie_columns import tie_mapping
from importers.tie_files import Clock, TieFormat, TieTable, Weights, read

NUMBERS = TieFormat(clock=Clock.NUMBERS)


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def table(folder: Path, text: str, form: TieFormat | None = None) -> TieTable:
    path = folder / "ties.txt"
    path.write_bytes(text.encode())
    return read(path, form or TieFormat())


def pairs(found: TieTable) -> list[str]:
    return [f"{found.actors[one]}>{found.actors[other]}" for one, other in zip(found.source, found.target, strict=True)]


def mapped(text: str, clock: Clock = Clock.DATES) -> TieFormat:
    return TieFormat(tie_mapping(text), clock)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " ", "   "])
def test_cells_stand_apart_in_any_usual_way(tmp_path: Path, delimiter: str) -> None:
    found = table(tmp_path, f"source{delimiter}target\nana{delimiter}ben\nben{delimiter}cy\n")
    assert pairs(found) == ["ana>ben", "ben>cy"]
    assert not found.timed


def test_a_date_of_any_precision_bounds_the_tie(tmp_path: Path) -> None:
    found = table(tmp_path, "source,target,start,end\na,b,2019,2019-05\na,b,2019-02-03,2020\n")
    assert found.first.tolist() == [day("2019-01-01"), day("2019-02-03")]
    assert found.last.tolist() == [day("2019-05-31"), day("2020-12-31")]


def test_a_time_of_day_is_left_aside(tmp_path: Path) -> None:
    text = "source\ttarget\tstart\tend\na\tb\t2013-12-31 16:39:58\t2014-01-01T00:10:00.5+02:00\n"
    found = table(tmp_path, text)
    assert (found.first.tolist(), found.last.tolist()) == ([day("2013-12-31")], [day("2014-01-01")])


@pytest.mark.parametrize("moment", ["2013-12-32 16:39:58", "2013-12-31 later", "2013-12-31 16", "2013-12-31T"])
def test_what_is_no_day_is_none_with_a_time_of_day_either(tmp_path: Path, moment: str) -> None:
    with pytest.raises(InvalidValue, match=r"start in line 3: '2013-12-3.*is not"):
        table(tmp_path, f"source,target,start\na,b,2013-12-31\na,b,{moment}\n")


def test_without_an_end_column_a_tie_lasts_as_long_as_its_start_can_mean(tmp_path: Path) -> None:
    found = table(tmp_path, "source,target,start\na,b,2019-02\na,b,2019-02-03\n")
    assert found.last.tolist() == [day("2019-02-28"), day("2019-02-03")]


def test_an_empty_end_is_a_tie_that_goes_on(tmp_path: Path) -> None:
    assert table(tmp_path, "source,target,start,end\na,b,2019,\n").last.tolist() == [inf]


def test_rows_without_an_end_of_the_tie_or_a_start_are_counted_not_guessed(tmp_path: Path) -> None:
    found = table(tmp_path, "# c\nsource,target,start,end\na,b,,2019\n,b,2019,\na, ,2019,\n\na,c,2019,\n% c\n")
    assert pairs(found) == ["a>c"]
    counts = {"rows without source": 1, "rows without target": 1, "rows without start": 1, "header": 0, "comments": 2}
    assert found.ignored == counts


def test_numbers_can_tell_the_time(tmp_path: Path) -> None:
    found = table(tmp_path, "source,target,start\na,b,1082040961\nb,a,-0.5\n", NUMBERS)
    assert found.first.tolist() == found.last.tolist() == [1082040961, -0.5]


def test_a_weight_is_read_when_asked_for(tmp_path: Path) -> None:
    text = "source,target,weight\na,b,2.5\na,b,\n"
    assert table(tmp_path, text).weight.tolist() == [1, 1]
    found = table(tmp_path, text, TieFormat(weights=Weights.READ))
    assert (found.weight.tolist(), found.ignored["rows without weight"]) == ([2.5], 1)


def test_columns_are_found_by_their_names_in_any_case_or_as_the_map_says(tmp_path: Path) -> None:
    assert pairs(table(tmp_path, "START,Target,Source\n2019,a,b\n")) == ["b>a"]
    found = table(tmp_path, "who,whom,start\nana,ben,2019\n", mapped("source=who,target=whom"))
    assert pairs(found) == ["ana>ben"]
    assert found.timed


def test_between_tabs_a_cell_of_numbers_may_be_empty(tmp_path: Path) -> None:
    for text in ("1\t2\t3\t9\n2\t3\t4\t\n", "2\t3\t4\t\n1\t2\t3\t9\n"):
        assert sorted(table(tmp_path, text, mapped("1,2,3,4", Clock.NUMBERS)).last.tolist()) == [9, inf]


def test_empty_cells_beyond_the_first_line_are_no_cells(tmp_path: Path) -> None:
    assert pairs(table(tmp_path, "source,target\na,b\nb,c,, \n")) == ["a>b", "b>c"]
    with pytest.raises(InvalidValue, match="has 4 cells in line 3"):
        table(tmp_path, "source,target\na,b\nb,c,,d\n")


def test_without_names_the_map_gives_places(tmp_path: Path) -> None:
    text = "% sym\n7 8\t2 1082040961\n8 9 1\t1082040962\n"
    found = table(tmp_path, text, mapped("source=1,target=2,start=4", Clock.NUMBERS))
    assert (pairs(found), found.first.tolist()) == (["7>8", "8>9"], [1082040961, 1082040962])
    assert pairs(table(tmp_path, "7 8\n8 9\n", mapped("2,1"))) == ["8>7", "9>8"]
    assert pairs(table(tmp_path, "\t7\t8\n 8 9 \n", mapped("1,2"))) == ["7>8", "8>9"]


def test_a_header_over_columns_given_by_place_is_no_tie(tmp_path: Path) -> None:
    for text in ("source,target\na,b\n", "target\tSource\na\tb\n", "id_1,id_2\n7,8\n", "From, To,On\na,b,c\n"):
        found = table(tmp_path, text, mapped("1,2"))
        assert (len(pairs(found)), found.ignored["header"]) == (1, 1)


def test_a_first_tie_between_words_is_no_header_where_others_have_words_too(tmp_path: Path) -> None:
    for text in ("ana,ben\nben,3\n4,5\n", "ana,ben\n", "1,ben\n2,3\n"):
        found = table(tmp_path, text, mapped("1,2"))
        assert (len(pairs(found)), found.ignored["header"]) == (text.count("\n"), 0)


def test_the_size_line_of_a_matrix_market_file_is_no_tie(tmp_path: Path) -> None:
    text = "%%MatrixMarket matrix coordinate pattern symmetric\n% c\n3 3 2\n2 1\n3 1\n"
    assert pairs(table(tmp_path, "%%MatrixMarket x\n3 3 2\n2 1 1\n3 1 1\n", mapped("1,2"))) == ["2>1", "3>1"]
    assert pairs(table(tmp_path, text, mapped("1,2"))) == ["2>1", "3>1"]


def test_what_stands_behind_blanks_can_be_a_comment_too(tmp_path: Path) -> None:
    found = table(tmp_path, "source target\n  # by hand\na b\n")
    assert (pairs(found), found.ignored["comments"]) == (["a>b"], 1)


def test_only_columns_that_are_read_need_a_name_of_their_own(tmp_path: Path) -> None:
    text = "source,target,note,note,weight,weight\na,b,c,d,1,2\n"
    assert pairs(table(tmp_path, text)) == ["a>b"]
    weighed = TieFormat(tie_mapping("source=1,target=2,weight=6"), weights=Weights.READ)
    assert table(tmp_path, text, weighed).weight.tolist() == [2]


def test_an_instant_may_be_start_and_end(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b,2019-05\n", mapped("1,2,3,3"))
    assert (found.first.tolist(), found.last.tolist()) == ([day("2019-05-01")], [day("2019-05-31")])


def test_names_may_stand_in_quotes_between_blanks(tmp_path: Path) -> None:
    text = '"source" "target" "start"\n"Ray, Ana" "Ben Oduya"  2019\n"Cy" "Ray, Ana" 2020 \n'
    assert pairs(table(tmp_path, text)) == ["Ray, Ana>Ben Oduya", "Cy>Ray, Ana"]
    assert pairs(table(tmp_path, '"Ray; Ana" "Ben; Oduya"\n', mapped("1,2"))) == ["Ray; Ana>Ben; Oduya"]


def packed(content: bytes) -> bytes:
    """Compressed without the time, so that every process that collects the tests gives them the same names."""
    return gzip.compress(content, mtime=0)


def test_a_file_may_be_compressed_with_gzip(tmp_path: Path) -> None:
    path = tmp_path / "ties.txt.gz"
    whole = gzip.compress("\ufeff# c\nsource,target\n\u00e9,b\n".encode())
    path.write_bytes(whole)
    assert pairs(read(path, TieFormat())) == ["\u00e9>b"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (packed(b"source,target\na,b\n" * 99)[:-9], "cannot be unpacked with gzip; fetch it again"),
        (b"\x1f\x8b\x08 and no more than words", "cannot be unpacked with gzip; fetch it again"),
        (packed(packed(b"source,target\n")), "is compressed with gzip; unpack it first"),
        (packed(b"source,target\na,\0\n"), "is not text"),
        (packed(b"source,target\na,\xff\n"), "is not UTF-8 text"),
        (packed(b""), "holds comments only"),
    ],
)
def test_what_was_compressed_and_will_not_do_is_told_so(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "ties.txt.gz"
    path.write_bytes(content)
    with pytest.raises(InvalidValue, match=sentence):
        read(path, TieFormat())


def test_a_pipe_is_told_from_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InvalidValue, match="read only once; write it to a file"):
        read(tmp_path / "pipe", TieFormat())


@pytest.mark.parametrize(
    "text", ["% bip unweighted\n1 1\n2 1\n", "%%MatrixMarket matrix coordinate\n% c\n3 2 2\n1 1\n3 2\n"]
)
def test_a_file_between_two_kinds_of_actors_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidValue, match="share their numbers; write a1 and b1"):
        table(tmp_path, text, mapped("1,2"))


def test_names_may_hold_delimiters_in_quotes_and_blanks_between_tabs(tmp_path: Path) -> None:
    assert pairs(table(tmp_path, 'source,target\n"Ray, Ana",Ben\n')) == ["Ray, Ana>Ben"]
    assert pairs(table(tmp_path, "source\ttarget\nAna Ray\tBen Oduya\n")) == ["Ana Ray>Ben Oduya"]


def test_only_a_header_is_a_network_without_ties(tmp_path: Path) -> None:
    assert pairs(table(tmp_path, "source,target,start\n")) == []


@pytest.mark.parametrize(
    ("text", "form", "sentence"),
    [
        ("source,target,start\na,b,2019\na,b,soon\n", TieFormat(), "start in line 3: 'soon' is not a date"),
        ("source,target,start\na,b,1082040961\n", TieFormat(), "add --numeric-time"),
        ("source,target,start,end\n# c\na,b,2019,2018\n", TieFormat(), "end in line 3: '2018' lies before the start"),
        ("source,target,start,end\na,b,,\na,b,2019,x\n", TieFormat(), "end in line 3: 'x' is not a date"),
        ("source,target,start\na,b,2019-02-30\n", TieFormat(), "is not in the calendar"),
        ("source,target,start\na,b,nan\n", NUMBERS, "start in line 2: 'nan' is not a number"),
        ("source,target,weight\na,b,-1\n", TieFormat(weights=Weights.READ), "weight in line 2: '-1' is below zero"),
        ("source,target,weight\na,b,1e308\n", TieFormat(weights=Weights.READ), "weight in line 2: '1e308' is above"),
        ("source,target,start\na,b,12345678901234567\n", NUMBERS, "count in larger units"),
        ("source,target,start,end\na,b,2019,9999-12-31\n", TieFormat(), "leave the cell empty if the tie goes on"),
        ("giver,taker,day\na,b,2019\n", mapped("1,2,3"), "if that line names the columns, map them by those names"),
        ("Source,source,target\na,b,c\n", TieFormat(), "has 2 columns called 'source'; rename all but one"),
        ("x,x,y\na,b,c\n", mapped("source=X,target=y"), "has 2 columns called 'x'; rename all but one"),
        ("1 2\n2 3\n", mapped("1,2,2", Clock.NUMBERS), "cannot have target and start in one column; name two"),
        ("who,to\na,b\n", mapped("source=who,target=2"), "map every column by its name, or every one by its place"),
        ("BZh91AY", TieFormat(), "compressed with bzip2; unpack it first"),
        ("source,target\na,b,c\n", TieFormat(), "has 3 cells in line 2 where its first line has 2"),
        ("a,b\nb,c\n", TieFormat(), "has no column 'source'; say which one it is"),
        ('c,"a\nb\x1b"\n', TieFormat(), "(the first line is: c | a b)"),
        ("source,target\na,b\n", TieFormat(weights=Weights.READ), "has no column 'weight'"),
        ("source,target,end\na,b,2019\n", TieFormat(), "has no column 'start'"),
        ("who,to\na,b\n", mapped("source=whom,target=to"), "has no column 'whom' for source"),
        ("who,to\na,b\n", mapped("source=who,target=who"), "cannot have source and target in one column; name two"),
        ("1 2\n2 3\n", mapped("1,2,3"), "has no column '3' for start"),
        ("1 2\n2 3\n", mapped("0,2"), "has no column '0' for source"),
        ("# only\n", TieFormat(), "holds comments only"),
        ("", TieFormat(), "is empty"),
        ('source,target\n"a,b\n', TieFormat(), "is no longer a table at line 2"),
        ("PK\x03\x04", TieFormat(), "Excel workbook"),
    ],
)
def test_a_file_that_will_not_do_is_told_so_in_a_sentence(
    tmp_path: Path, text: str, form: TieFormat, sentence: str
) -> None:
    with pytest.raises(InvalidValue) as told:
        table(tmp_path, text, form)
    assert sentence in str(told.value)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize("text", ["source", "from=a", "1", "1,2,3,4,5,6", "source=1,source=2"])
def test_a_map_that_names_no_columns_of_ours_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        tie_mapping(text)


names = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=6)


@given(st.lists(st.tuples(names, names), max_size=40), st.sampled_from([",", "\t", " "]))
def test_every_tie_written_is_a_tie_read(
    tmp_path_factory: pytest.TempPathFactory, ties: list[tuple[str, str]], delimiter: str
) -> None:
    text = "".join(f"{one}{delimiter}{other}\n" for one, other in [("source", "target"), *ties])
    assert pairs(table(tmp_path_factory.mktemp("ties"), text)) == [f"{one}>{other}" for one, other in ties]


words = ["source", "target", "start", "a", "1", "2019", "nan", "#", "% bip", "\x1b"]
pieces = st.sampled_from([*words, ",", ";", "\t", " ", "|", "\n", "\r\n", '"'])
forms = st.sampled_from([TieFormat(), NUMBERS, mapped("1,2"), mapped("1,2,3")])


@given(st.lists(pieces, max_size=40).map("".join), forms)
def test_any_text_is_a_table_of_ties_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, text: str, form: TieFormat
) -> None:
    refusals: list[str] = []
    try:
        found = table(tmp_path_factory.mktemp("ties"), text, form)
        assert len(found.source) == len(found.target) == len(found.first) == len(found.last) == len(found.weight)
    except InvalidValue as refusal:
        refusals.append(str(refusal))
    assert all(map(str.isprintable, refusals))


def test_our_own_exports_need_no_map(tmp_path: Path) -> None:
    text = (
        "source,target,first_day,last_day,mutual\na,b,2019-01-01,2019-01-02,yes\nb,c,2019-01-01,,no\nc,a,2019-01-01,,\n"
    )
    found = table(tmp_path, text)
    assert (found.first.tolist(), found.last.tolist()) == ([day("2019-01-01")] * 3, [day("2019-01-02"), inf, inf])
    assert found.mutual is not None
    assert found.mutual.tolist() == [True, False, False]
    # Where a file calls its days as everybody does, or has only one of ours, they stay what they are.
    assert table(tmp_path, "source,target,start,first_day,last_day\na,b,2019,x,y\n").last.tolist() == [
        day("2019-12-31")
    ]
    assert not table(tmp_path, "source,target,last_day\na,b,x\n").timed


def test_groups_are_places_in_a_list_of_their_own(tmp_path: Path) -> None:
    found = table(tmp_path, "source,target,source_group,target_group\na,b,x,y\nb,c,y,\n")
    assert found.groups == ("x", "y")
    assert found.source_group is not None
    assert found.target_group is not None
    assert (found.source_group.tolist(), found.target_group.tolist()) == ([0, 1], [1, -1])
    bare = table(tmp_path, "source,target\na,b\n")
    assert (bare.mutual, bare.source_group, bare.target_group, bare.groups) == (None, None, None, ())


def test_a_group_of_one_end_needs_that_of_the_other(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="has no column 'target_group'"):
        table(tmp_path, "source,target,source_group\na,b,x\n")


def test_what_says_neither_yes_nor_no_is_not_mutual(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="mutual in line 3: '7' is neither yes nor no"):
        table(tmp_path, "source,target,mutual\na,b,Yes\na,b,7\n")
