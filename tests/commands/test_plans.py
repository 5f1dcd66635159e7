"""`plan`, `why` and `repair` on a graph, run within this process: each command in one of its own takes seconds."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from graph.connection import Graph
from graph.services.imports.ingest import ingest
from tests import factories
from tests.commands.conftest import invoking
from tests.conftest import WIPE
from tests.factories import day
from tests.services.bench_world import able, bench_world, ready, seated

Invoke = Callable[..., Result]
BENCH = ("--openings", "togo-mentor,accra-mentor", "--weights", "gap=1")


@pytest.fixture
def invoke(embedded: Graph, tmp_path: Path) -> Invoke:
    embedded.write(WIPE)
    bench_world(embedded)
    return invoking(embedded, tmp_path)


def test_a_plan_is_drawn_kept_explained_and_mended(invoke: Invoke) -> None:
    drawn = json.loads(invoke("plan", *BENCH, "--save", "Round", "--json").output)

    assert (drawn["objective"], drawn["total"], drawn["unserved"]) == ("best", 19_500, [])
    assert drawn["pairs"] == [["xena", "accra-mentor", 10_000], ["yves", "togo-mentor", 9_500]]
    assert (drawn["worst"], drawn["gini"]) == (9_500, 0.0128)
    assert drawn["by_region"][0]["points"] == 19_500
    assert [one["expert"] for one in drawn["left_out"]["people"]] == ["zoe"]
    assert 0 < drawn["seconds"] < 60
    assert [found["expert"] for found in drawn["drawn"]["placements"]] == ["xena", "yves"]
    why = json.loads(invoke("why", "zoe", "togo-mentor", *BENCH, "--json").output)
    assert (why["verdict"], why["needed"]) == ("left_out", 2_001)
    mended = json.loads(invoke("repair", drawn["plan"], "--without", "yves", "--json").output)
    assert (mended["total"], mended["ended"]) == (17_500, 0)


def test_whoever_locks_keep_out_stands_in_the_json(invoke: Invoke) -> None:
    locks = ("--lock", "xena=accra-mentor", "--lock", "zoe=togo-mentor")
    left = json.loads(invoke("plan", *BENCH, *locks, "--json").output)["left_out"]

    assert [(one["expert"], one["holders"][0]["expert"]) for one in left["locked_out"]] == [("yves", "zoe")]


def test_for_people_the_answers_are_sentences(invoke: Invoke) -> None:
    said = invoke("plan", *BENCH, "--exclude", "xena=accra-mentor", "--save", "Round").output
    plan = said.split("kept as ")[1].split(";")[0]

    assert "2 of 2 openings served (best)" in said
    assert "Zoe is 2,000 points short of Accra mentor behind Yves" in said
    why = invoke("why", "zoe", "togo-mentor", *BENCH).output
    assert "2,001 points more would put them in for certain." in why
    assert "The smallest change that would do: Zoe holds Digital forensics at level 3 (now 2.5)." in why
    assert (
        "next for the seat: Zoe, for 2,000 points less in total." in invoke("why", "yves", "togo-mentor", *BENCH).output
    )
    closed = invoke("why", "zoe", "togo-mentor", *BENCH, "--lock", "xena=togo-mentor").output
    assert "Zoe could be in this opening, but every seat of it is locked" in closed
    assert "the seat is held by Xena, 10,000 points here." in closed
    assert "without the lock" in invoke("why", "zoe", "togo-mentor", *BENCH, "--lock", "zoe=togo-mentor").output
    assert "Xena leaves Forensics mentor" in invoke("repair", plan, "--without", "xena").output


def test_bounds_and_a_floor_are_kept_and_said(invoke: Invoke) -> None:
    drawn = json.loads(invoke("plan", *BENCH, "--at-most", "m49-011=1", "--objective", "fair", "--json").output)[
        "drawn"
    ]
    below = invoke("why", "zoe", "togo-mentor", *BENCH, "--floor", "8000").output
    impossible = invoke("plan", *BENCH, "--at-least", "m49-011=2", "--floor", "9600", "--json")

    low = invoke("plan", *BENCH, "--people", "zoe", "--floor", "8000").output
    assert "Accra mentor (nobody reaches the floor; 1 could but for it)" in low
    assert "Zoe is nearest to the floor in Forensics mentor: 500 below it" in low
    assert (drawn["worth"]["total"], drawn["proof"]["floor_bound"]) == (10_000, 10_000)
    assert "brings fewer points than the floor of this plan" in below
    assert "The smallest change that would do: Zoe holds Digital forensics" in below
    told = json.loads(impossible.output)["contradiction"]
    assert (told["floor"], [bound["group"] for bound in told["bounds"]]) == (9_600, ["m49-011"])
    assert str(impossible.exception) == told["sentence"]


def test_a_pair_that_only_a_rule_switched_off_admits_says_so(invoke: Invoke, embedded: Graph) -> None:
    ingest(embedded, "y", ready(able("full", 4, capacity=0)))
    off = ("--openings", "togo-mentor", "--weights", "gap=1", "--people", "full", "--without-rule", "capacity")

    (pair,) = json.loads(invoke("plan", *off, "--json").output)["drawn"]["placements"]

    assert (pair["expert"], pair["admitted"]) == ("full", ["capacity"])
    assert "only without the rule capacity" in " ".join(invoke("plan", *off).output.split())


def test_a_match_for_an_opening_whose_deadline_is_over_says_so(invoke: Invoke, embedded: Graph) -> None:
    ingest(embedded, "y", [factories.opening(id="late", programme="accra", deadline=day("2020-03-01"))])

    late, on_time = invoke("match", "late").output, invoke("match", "accra-mentor").output

    assert "its deadline was 2020-03-01; a plan takes it in only where it is named" in late
    assert "its deadline was" not in on_time


def test_hours_of_pairs_are_read_from_files_and_kept_with_the_plan(invoke: Invoke, tmp_path: Path) -> None:
    efforts, loads = tmp_path / "efforts.csv", tmp_path / "hours.csv"
    # Accra takes 40 hours of everybody and 20 of Zoe; Togo 30. Xena, the best for either, has too few for both.
    efforts.write_text("opening,hours\naccra-mentor,40\nzoe,accra-mentor,20\ntogo-mentor,30\n")
    loads.write_text("expert,hours\nxena,35.5\nzoe,25\n")
    words = ("plan", *BENCH, "--efforts", str(efforts), "--loads", str(loads))
    drawn = json.loads(invoke(*words, "--save", "Hours", "--json").output)

    # Xena can only take Togo, Zoe only Accra, and Yves states no hours.
    assert drawn["pairs"] == [["zoe", "accra-mentor", 2_500], ["xena", "togo-mentor", 10_000]]
    assert drawn["proved"] is True
    mended = json.loads(invoke("repair", drawn["plan"], "--without", "zoe", "--json").output)
    assert [one["expert"] for one in mended["placements"]] == ["xena"]

    loads.write_text("nobody,10\n")
    assert "is nobody who can be planned" in str(invoke(*words).exception)
    loads.write_text("xena,10\n")
    efforts.write_text("togo-mentor,30\n")
    assert "'accra-mentor' is not in the file" in str(invoke(*words).exception)


def test_teams_and_days_are_counted_where_asked(invoke: Invoke, embedded: Graph) -> None:
    seated(embedded)
    drawn = json.loads(invoke("plan", *BENCH, "--teams", "--efforts", "--save", "Both", "--json").output)
    said = invoke("plan", *BENCH, "--teams", "--efforts").output

    (team,) = drawn["drawn"]["teams"]
    assert (team["experts"], [gap["share"] for gap in team["gaps"]]) == (["yves", "zoe"], [0.9875])
    assert [(one["expert"], one["days"], one["free"]) for one in drawn["drawn"]["days"]] == [
        ("xena", 150, 150),
        ("yves", 150, 150),
        ("zoe", 150, 150),
    ]
    assert "Yves and Zoe together 9,875 points; Digital forensics 99%" in said
    assert "nobody gives more days than they have; the fullest: Xena 150 of 150" in said
    without = invoke("why", "yves", "togo-mentor", *BENCH, "--teams").output
    assert "without this pair the best plan is worth" in without
    assert "1 pair ended by the change" in invoke("repair", drawn["plan"], "--without", "zoe").output


def test_the_order_of_the_input_changes_nothing(invoke: Invoke) -> None:
    usual, *shuffled = [
        json.loads(invoke("plan", *BENCH, *order, "--json").output)
        for order in ((), *(("--seed-order", str(seed)) for seed in range(3)))
    ]

    assert all(plan | {"seconds": 0} == usual | {"seconds": 0} for plan in shuffled)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("plan", "--openings", "nowhere"), "no opening 'nowhere'"),
        (("plan", "--openings", ","), "names nothing; separate what you name by commas"),
        (("plan", "--lock", "xena"), "write expert=opening"),
        (("plan", "--at-least", "m49-011"), "write region=seats"),
        (("plan", "--at-most", "m49-011=1", "--at-most", "m49-011=2"), "is stated twice"),
        (
            ("plan", *BENCH, "--at-most", "Narnia=1"),
            "has no opening on this bench; choose from Western Africa (m49-011)",
        ),
        (("plan", *BENCH, "--at-least", "m49-011=2", "--at-most", "m49-011=1"), "turn the two round"),
        (("plan", "--matrix", "x.csv", "--floor", "3"), "leave it out with --matrix"),
        (("plan", "--matrix", "x.csv", "--teams"), "leave it out with --matrix"),
        (("plan", "--weights", "gap"), "write criterion=number"),
        (("plan", "--weights", "charm=3"), "is not a criterion"),
        (("plan", "--without-rule", "consent"), "stays on"),
        (("plan", "--minimise"), "name it with --matrix"),
        (("plan", "--matrix", "x.csv", "--people", "xena"), "leave it out with --matrix"),
        (("why", "nobody", "togo-mentor"), "no expert 'nobody'"),
        (("repair", "nowhere", "--without", "xena"), "no plan 'nowhere'"),
    ],
)
def test_what_cannot_be_is_one_sentence(invoke: Invoke, words: tuple[str, ...], says: str) -> None:
    said = str(invoke(*words).exception)

    assert says in said
    assert len(said.splitlines()) == 1
