"""`evolution --ties`: what a researcher sees who has a plain file and no graph."""

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from tests.commands.conftest import Run

TIES = """source,target,start,end,weight
ana,ben,2019,2020-03,1
ben,cy,2019-11-05,2019-11-05,2
cy,ana,2020,,4
cy,ana,2020,,4
cy,cy,2019,2019,8
ana,dia,,2020,1
"""


@pytest.fixture
def ties(tmp_path: Path) -> Path:
    path = tmp_path / "ties.csv"
    path.write_text(TIES)
    return path


def windows(run: Run, *words: object) -> list[dict[str, Any]]:
    answer = run("evolution", *words, "--json")
    assert (answer.code, answer.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(answer.out)["windows"]
    return found


def test_a_tie_file_is_one_window_over_everything_and_starts_no_engine(run: Run, home: Path, ties: Path) -> None:
    answer = json.loads(run("evolution", "--ties", ties, "--json").out)

    (window,) = answer["windows"]
    assert window["from"] == "2019-01-01"
    assert window["to"] == "2020-04-01"
    assert window["to_included"] is False
    assert [window[name] for name in ("actors", "ties", "contacts", "giant", "triangles")] == [3, 3, 4, 3, 1]
    assert (window["reciprocity"], window["density"], window["clustering"]) == (0.0, 0.5, 1.0)
    assert {"diameter", "weight"}.isdisjoint(window)
    assert answer["ignored"] == {
        "self_ties": 1,
        "repeats": 0,
        "merged": 0,
        "rows without source": 0,
        "rows without target": 0,
        "rows without start": 1,
        "header": 0,
        "comments": 0,
    }
    assert answer["seconds"] >= 0
    assert not (home / "engine").exists()


def test_the_flags_keep_merge_and_weigh(run: Run, ties: Path) -> None:
    flags = ("--self-ties", "keep", "--repeats", "merge", "--undirected", "--weighted", "--measures", "all")
    answer = json.loads(run("evolution", "--ties", ties, *flags, "--json").out)

    (window,) = answer["windows"]
    assert (answer["ignored"]["self_ties"], answer["ignored"]["repeats"]) == (0, 1)
    assert [window[name] for name in ("ties", "contacts", "self_ties", "diameter")] == [4, 4, 1, 1]
    assert (window["weight"], window["max_strength"], window["density"]) == (19.0, 26.0, 1.0)
    assert window["reciprocity"] is None


@pytest.mark.parametrize(
    ("cut", "ties_in"),
    [
        (("--step", "year"), {"2019-01-01": 2, "2020-01-01": 2}),
        (("--from", "2019-11-30", "--to", "2019-12", "--step", "month"), {"2019-11-01": 2, "2019-12-01": 1}),
        (("--from", "2020-03-31", "--to", "2020-04-01", "--step", "day"), {"2020-03-31": 2, "2020-04-01": 1}),
        (("--from", "2030"), {"2030-01-01": 1}),
        (("--edges", 3), {"2019-01-01": 3, "2020-01-01": 1}),
    ],
)
def test_time_is_cut_as_asked(run: Run, ties: Path, cut: tuple[object, ...], ties_in: dict[str, int]) -> None:
    found = windows(run, "--ties", ties, *cut, "--measures", "ties")
    assert {window["from"]: window["ties"] for window in found} == ties_in


def test_numeric_time_is_cut_by_width_or_by_ties(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.net"
    path.write_text("% asym\n1 2 1 100\n2 3 1 101\n3 1 1 105.5\n")
    plain = ("--ties", path, "--map", "source=1,target=2,start=4", "--numeric-time", "--measures", "ties")

    by_width = windows(run, *plain, "--width", 2)
    assert by_width[0] == {"from": 100, "to": 102, "to_included": False, "ties": 2}
    assert [window["ties"] for window in by_width] == [2, 0, 1]
    assert windows(run, *plain, "--edges", 2)[1] == {"from": 105.5, "to": 105.5, "to_included": True, "ties": 1}
    assert windows(run, *plain) == [{"from": 100, "to": 105.5, "to_included": True, "ties": 3}]
    assert "100 to below 102" in run("evolution", *plain, "--width", 2).out
    assert "100 to 105.5" in run("evolution", *plain).out


@pytest.mark.parametrize("cut", [("--width", 3), ("--edges", 3), ()])
def test_the_order_of_the_lines_changes_no_window(run: Run, tmp_path: Path, cut: tuple[object, ...]) -> None:
    lines = ["a\tb\t1\t9", "b\tc\t2\t3", "c\ta\t4\t4", "d\td\t5\t6", "c\td\t7\t8", "d\ta\t11\t12"]
    in_order, mixed = tmp_path / "in_order.tsv", tmp_path / "mixed.tsv"
    in_order.write_text("\n".join(lines))
    mixed.write_text("\n".join(lines[place] for place in (3, 5, 1, 4, 0, 2)))
    flags = ("--map", "1,2,3,4", "--numeric-time", "--self-ties", "keep", "--measures", "all", *cut)

    found = windows(run, "--ties", mixed, *flags)
    assert found == windows(run, "--ties", in_order, *flags)
    assert found[0]["triangles"] == {("--width", 3): 0, ("--edges", 3): 1, (): 2}[cut]


def test_a_published_network_has_its_published_numbers(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "karate.txt"
    path.write_text("".join(f"{one} {other}\n" for one, other in nx.karate_club_graph().edges()))

    (window,) = windows(run, "--ties", path, "--map", "1,2", "--undirected", "--measures", "all")
    assert (window["from"], window["to"]) == (None, None)
    assert [window[name] for name in ("actors", "ties", "triangles", "diameter")] == [34, 78, 45, 5]
    assert window["clustering"] == pytest.approx(0.2556818, abs=1e-7)
    assert window["assortativity"] == pytest.approx(-0.47561, abs=1e-5)


GROUPED = """source,target,start,end,mutual,weight,source_group,target_group
ana,ben,2019-01-01,2019-01-05,no,1,North,South
ana,ben,2019-01-07,2019-01-09,no,2,North,South
ben,cy,2019-01-01,2019-12-31,yes,4,South,
cy,ana,2020-01-01,2020-01-01,,8,,North
dia,dia,2020-01-01,2020-01-01,no,16,North,North
"""


@pytest.fixture
def grouped(tmp_path: Path) -> Path:
    path = tmp_path / "grouped.csv"
    path.write_text(GROUPED)
    return path


def test_a_mutual_row_is_one_contact_and_two_ties(run: Run, grouped: Path) -> None:
    found = windows(run, "--ties", grouped, "--step", "year")
    assert [(each["ties"], each["contacts"]) for each in found] == [(3, 3), (1, 1)]


def test_self_ties_that_are_dropped_are_counted_by_window(run: Run, grouped: Path) -> None:
    assert [each["self_ties"] for each in windows(run, "--ties", grouped, "--step", "year")] == [0, 1]
    assert [each["self_ties"] for each in windows(run, "--ties", grouped)] == [1]
    assert [each["self_ties"] for each in windows(run, "--ties", grouped, "--edges", 2)] == [0, 0]


def test_a_window_of_a_file_can_look_back(run: Run, grouped: Path) -> None:
    (seen,) = windows(run, "--ties", grouped, "--from", "2020", "--to", "2020", "--window", "all")
    assert (seen["from"], seen["ties"], seen["self_ties"]) == ("2020-01-01", 1, 1)
    (seen,) = windows(run, "--ties", grouped, "--from", "2020", "--to", "2020", "--window", "2y")
    assert (seen["from"], seen["ties"], seen["contacts"]) == ("2019-01-01", 4, 4)


def test_groups_have_flows_between_them(run: Run, grouped: Path) -> None:
    first, last = windows(run, "--ties", grouped, "--step", "year", "--weighted")
    assert first["flows"] == [
        {"giver": "North", "receiver": "South", "contacts": 2, "weight": 3.0},
        {"giver": None, "receiver": "South", "contacts": 1, "weight": 4.0},
        {"giver": "South", "receiver": None, "contacts": 1, "weight": 4.0},
    ]
    assert last["flows"] == [{"giver": None, "receiver": "North", "contacts": 1, "weight": 8.0}]
    (undirected,) = windows(run, "--ties", grouped, "--undirected", "--self-ties", "keep")
    assert [(each["giver"], each["receiver"], each["contacts"]) for each in undirected["flows"]] == [
        ("North", "South", 2),
        (None, "North", 1),
        (None, "South", 1),
        ("North", "North", 1),
    ]
    table = run("evolution", "--ties", grouped).out
    assert "Flows between groups" in table
    assert "not known" in table


def test_many_flows_are_counted_and_not_listed(run: Run, grouped: Path) -> None:
    told = run("evolution", "--ties", grouped, "--step", "day").out
    assert "flows between groups; --json lists them" in told
    assert "Flows between groups" not in told


def test_records_close_in_time_are_one_contact(run: Run, grouped: Path) -> None:
    for gap, contacts, merged in ((1, 4, 0), (2, 3, 1)):
        answer = json.loads(run("evolution", "--ties", grouped, "--merge-gap", gap, "--json").out)
        assert (answer["windows"][0]["contacts"], answer["ignored"]["merged"]) == (contacts, merged)
    assert "1 ignored: merged" in run("evolution", "--ties", grouped, "--merge-gap", 2).out


def test_the_values_of_every_actor_go_to_a_file(run: Run, grouped: Path, tmp_path: Path) -> None:
    path = tmp_path / "values.csv"
    run("evolution", "--ties", grouped, "--step", "year", "--weighted", "--values", path)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines == [
        "from,to,actor,degree,in_degree,out_degree,contacts,strength,triangles,local_clustering,component",
        "2019-01-01,2020-01-01,ana,1,0,1,2,3.0,0,0.0,1",
        "2019-01-01,2020-01-01,ben,2,2,1,3,7.0,0,0.0,1",
        "2019-01-01,2020-01-01,cy,1,1,1,1,4.0,0,0.0,1",
        "2020-01-01,2021-01-01,ana,1,1,0,1,8.0,0,0.0,1",
        "2020-01-01,2021-01-01,cy,1,0,1,1,8.0,0,0.0,1",
    ]


def test_values_of_times_below_zero_are_numbers_and_names_no_formulas(run: Run, tmp_path: Path) -> None:
    ties, path = tmp_path / "ties.csv", tmp_path / "values.csv"
    ties.write_text("source,target,start,end\n=1+1,-b,-3,-2\n")
    run("evolution", "--ties", ties, "--numeric-time", "--undirected", "--values", path)
    lines = path.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert lines == ["-3,-2,'-b,1,,,1,1.0,0,0.0,1", "-3,-2,'=1+1,1,,,1,1.0,0,0.0,1"]


def test_help_explains_the_measures_of_a_file(run: Run, ties: Path) -> None:
    meant = json.loads(run("evolution", "--ties", ties, "--measures", "help", "--json").out)
    (window,) = windows(run, "--ties", ties, "--weighted", "--measures", "all")

    assert {"from", "to", "to_included", *meant} == set(window)
    assert "wedges: pairs of different actors" in run("evolution", "--ties", ties, "--measures", "help").out


def test_people_get_a_table_and_what_was_ignored(run: Run, ties: Path) -> None:
    answer = run("evolution", "--ties", ties, "--step", "year")

    assert "2 windows" in answer.out
    assert [line.split()[1] for line in answer.out.splitlines() if line.startswith("│")] == ["2019", "2020"]
    assert "1 ignored: self-ties" in answer.out
    assert "1 ignored: rows without start" in answer.out
    assert "Highest degree" not in answer.out
    assert "Highest degree" in run("evolution", "--ties", ties, "--measures", "ties,max_degree").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--width", "3"), "is about numbers"),
        (("--numeric-time", "--step", "year"), "is about dates"),
        (("--numeric-time", "--from", "3"), "from: '3' is about dates"),
        (("--numeric-time",), "start in line 3: '2019-11-05' is not a number"),
        (("--edges", "3", "--step", "year"), "choose one of them"),
        (("--edges", "0"), "give at least 1"),
        (("--level", "person"), "leave it out with --ties"),
        (("--measures", "beauty"), "is not measured here"),
        (("--measures", "weight"), "is not measured here"),
        (("--map", "sauce=1"), "is not a column of a tie"),
        (("--from", "2021", "--to", "2020"), "swap the two"),
        (("--from", "soon"), "is not a date"),
        (("--window", "long"), "is no length"),
        (("--numeric-time", "--window", "3y"), "is about dates"),
        (("--as", "admin"), "leave it out with --ties"),
        (("--merge-gap", "-1"), "give a number of 0 or more"),
        (("--merge-gap", "0.5"), "is no number of days"),
        (("--merge-gap", "inf"), "is no number of days"),
        (("--map", "source_group=weight"), "has no column 'target_group'"),
        (("--map", "mutual=weight"), "mutual in line 2: '1' is neither yes nor no"),
        (("--values", "/"), "cannot be written"),
    ],
)
def test_what_a_tie_file_cannot_answer_is_told_so(run: Run, ties: Path, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in run("evolution", "--ties", ties, *words, "--json").sentence


def test_without_time_there_is_nothing_to_cut(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target\na,b\n")
    for option in ("--edges", "--merge-gap"):
        assert "--map start=NAME" in run("evolution", "--ties", path, option, 3).sentence


def test_options_for_a_file_need_a_file(run: Run, tmp_path: Path) -> None:
    assert "name one with --ties FILE" in run("evolution", "--undirected").sentence
    assert "does not exist" in run("evolution", "--ties", tmp_path / "none.csv").sentence
    assert "is not a year" in run("evolution", "--from", "2019-05").sentence
