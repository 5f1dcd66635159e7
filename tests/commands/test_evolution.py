"""`evolution` over the small world: filters, windows and measures as a person types them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from graph.errors import InvalidValue
from graph.evolution.measures.definitions import DEFINITIONS
from graph.evolution.measures.measures import MEASURES
from webapp.commands import running

Run = Callable[..., Result]


@pytest.fixture
def run(within: Run) -> Run:
    return lambda *args: within("evolution", *args)


def windows(run: Run, *args: str) -> list[dict[str, Any]]:
    found = run("--from", "2019", "--to", "2023", *args, "--json")
    assert found.exit_code == 0, found.output
    answer: list[dict[str, Any]] = json.loads(found.stdout)["windows"]
    return answer


def test_filters_and_windows_are_options(run: Run) -> None:
    assert [window["ties"] for window in windows(run, "--filter", "channel=secondment")] == [0, 0, 0, 1, 0]
    looking_back = windows(run, "--filter", "channel=secondment", "--window", "2y")
    assert [window["ties"] for window in looking_back] == [0, 0, 0, 1, 1]
    assert looking_back[-1]["window"] == "2022-01-01 to 2023-12-31"


def test_every_measure_is_told_with_its_unit_and_source(run: Run) -> None:
    told = run("--measures", "help").output.splitlines()
    assert [line.partition(":")[0] for line in told] == list(DEFINITIONS)
    assert all(" Unit: " in line and " Source: " in line for line in told)
    assert set(json.loads(run("--measures", "help", "--json").stdout)) == set(DEFINITIONS)


def test_every_measure_can_be_asked_for_and_communities_name_their_members(run: Run) -> None:
    last = windows(run, "--measures", "all")[-1]
    assert set(MEASURES) <= set(last) & set(DEFINITIONS) | {"donor_top"}
    assert set(last["members"]) == {"academy", "cert-gh", "cert-tg"}
    assert last["events"]
    assert (last["ei_index"], last["south_south"], last["donor_hhi"]) == (-1.0, 1.0, None)
    assert set(windows(run, "--measures", "turnover")[-1]) == {"window", "from", "to", "turnover"}


def test_windows_before_all_data_and_after_it_are_empty_and_no_error(run: Run) -> None:
    for years in (("1950", "1951"), ("2150", "2151")):
        found = run("--from", years[0], "--to", years[1], "--filter", "channel=scholarship", "--planned", "--json")
        assert [window["actors"] for window in json.loads(found.stdout)["windows"]] == [0, 0]
    assert run("--from", "1950", "--to", "1951").exit_code == 0


def test_what_lies_ahead_is_measured_only_with_what_is_planned(run: Run) -> None:
    refused = run("--from", "2150", "--to", "2151")
    assert "lies ahead" in str(refused.exception)
    assert run("--from", "2150", "--to", "2151", "--planned").exit_code == 0
    this_year = str(running.today().year)
    answer = json.loads(run("--from", this_year, "--to", this_year, "--json").stdout)
    assert answer["today"] == running.today().isoformat()
    assert answer["windows"][0].get("until") in (None, answer["today"])


def test_a_leap_year_can_be_seen_day_by_day(run: Run) -> None:
    found = run("--from", "2020", "--to", "2020", "--step", "day", "--measures", "ties", "--json")
    days = json.loads(found.stdout)["windows"]
    assert (len(days), days[0]["from"], days[-1]["to"]) == (366, "2020-01-01", "2021-01-01")


def test_what_cannot_be_asked_ends_in_one_sentence(run: Run) -> None:
    for args in (("--filter", "beauty=3"), ("--window", "long"), ("--measures", "beauty"), ("--edges", "3")):
        found = run(*args)
        assert isinstance(found.exception, InvalidValue), args
