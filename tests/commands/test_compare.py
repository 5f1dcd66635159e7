"""`compare` over the small world, as a person types it."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from graph.errors import InvalidValue

Run = Callable[..., Result]


@pytest.fixture
def run(within: Run) -> Run:
    return lambda *args: within("compare", *args)


def test_a_comparison_is_told_in_words_and_in_json(run: Run) -> None:
    told = run("2018", "2020")
    assert told.exit_code == 0, told.output
    assert told.output.startswith("Ties between institutions rose, from 0 in 2018 to ")

    answer = json.loads(run("2018", "2020", "--json").stdout)
    assert answer["ties"]["kept"] == answer["ties"]["lost"] == []
    assert len(answer["ties"]["gained"]) == answer["now"]["ties"] > 0
    assert set(answer["actors"]["gained"]) == {end for tie in answer["ties"]["gained"] for end in tie}
    assert answer["entered"]["verdict"] in ("late entry", "a real change")


def test_time_runs_from_the_earlier_window_whichever_is_written_first(run: Run) -> None:
    assert run("2020", "2018").output == run("2018", "2020").output


@pytest.mark.parametrize("window", ["soon", "2019-Q5", "2019-13", "2019-05-03..2019-05-01", "0000", "9999"])
def test_what_is_no_window_is_refused_in_a_sentence(run: Run, window: str) -> None:
    found = run(window, "2020")
    assert isinstance(found.exception, InvalidValue)
    assert window in str(found.exception)
