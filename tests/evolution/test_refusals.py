"""What evolution refuses, word for word: people read these sentences and do what they say."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from graph.errors import GraphError, InvalidValue
from graph.evolution.log.ties import OPEN, TieColumns, tie_log
from graph.evolution.log.windows import Window, rolling, snapshot, window_of, yearly
from graph.evolution.measures.brokers import betweenness
from graph.evolution.measures.measures import MEASURES, chosen_measures
from graph.evolution.measures.structures import measures_named
from graph.evolution.paths.backward_paths import latest_departure, path_from
from graph.evolution.paths.lineages import lineage
from graph.evolution.paths.paths import earliest_arrival, path_to
from graph.evolution.plain_ties import PlainTies, by_count, by_width, calendar

LOG = tie_log("ab", TieColumns([0], [1], [2], [5]))
FULL = TieColumns(
    *([0, 1], [1, 0], [2, 3], [5, 6]),
    channel=[0, 1],
    mutual=[False, True],
    weight=[1.0, 2.0],
    funder=[0, -1],
    recorded=[1, 2],
    retracted=[8, 9],
    about=[[0], []],
    origin=[4, 5],
)
PLAIN = PlainTies(
    np.array([0, 1], np.int32), np.array([1, 0], np.int32), np.array([0.0, 4.0]), np.array([2.0, 4.0]), np.ones(2)
)
NO_LENGTH = "is no length; write one like 3y, 2q, 6m or 90d, or all"
NO_WINDOW = "is no window; write one like 2019, 2019-Q2, 2019-05, 2019-05-03 or 2019-01-01..2019-06-30"
MEASURES_THERE = ", ".join(MEASURES)


@pytest.mark.parametrize(
    ("asked", "field", "text", "why"),
    [
        (lambda: Window(5, 4), "window", 4, "comes before the first day 5; swap the two"),
        (lambda: window_of("May"), "window", "May", NO_WINDOW),
        (lambda: window_of("2019-01-01 to May"), "window", "2019-01-01 to May", NO_WINDOW),
        (lambda: window_of("2019-Q5"), "window", "2019-Q5", NO_WINDOW),
        (lambda: window_of("9999"), "window", "9999", NO_WINDOW),
        (
            lambda: window_of("2019-01-01..2019-02-01..2019-03-01"),
            *("window", "2019-01-01..2019-02-01..2019-03-01", NO_WINDOW),
        ),
        (
            lambda: window_of("2019-01-01 to 2019-02-01 to x"),
            *("window", "2019-01-01 to 2019-02-01 to x", NO_WINDOW),
        ),
        (
            lambda: window_of("2019-02-01..2019-01-31"),
            *("window", "2019-02-01..2019-01-31", "ends before it begins; write the earlier day first"),
        ),
        (lambda: rolling(yearly(2019, 2019), "soon"), "window", "soon", NO_LENGTH),
        (lambda: rolling(yearly(2019, 2019), "0d"), "window", "0d", NO_LENGTH),
        (
            lambda: rolling(yearly(2019, 2019), "201y"),
            *("window", "201y", "is longer than two hundred years; write a shorter one, or all"),
        ),
        (
            lambda: yearly(2020, 2019),
            *("to_year", 2019, "does not close a span that opens in 2020; give years in order"),
        ),
        (
            lambda: yearly(2020, 9999),
            *("to_year", 9999, "does not close a span that opens in 2020; give years in order"),
        ),
        (lambda: yearly(0, 2019), "to_year", 2019, "does not close a span that opens in 0; give years in order"),
        (
            lambda: tie_log("aba", TieColumns([0], [1], [2], [5])),
            *("actors", "a", "is listed twice; give every actor one id of its own"),
        ),
        (
            lambda: tie_log("ab", TieColumns([0], [2], [2], [5])),
            *("target", 2, "in tie 0 is not one of the 2 actors, counted from 0"),
        ),
        (
            lambda: tie_log("ab", TieColumns([0, -1], [1, 1], [2, 2], [5, 5])),
            *("source", -1, "in tie 1 is not one of the 2 actors, counted from 0"),
        ),
        (
            lambda: tie_log("ab", TieColumns([0, 0], [1, 1], [2, 5], [5, 5])),
            *("end", 5, "in tie 1 is not after its start 5; a day is the least"),
        ),
        (
            lambda: tie_log("ab", TieColumns([0, 0], [1, 1], [2, 2], [5, 5], weight=[0.0, -0.5])),
            *("weight", -0.5, "in tie 1 is not a finite number of at least zero"),
        ),
        (
            lambda: tie_log("ab", TieColumns([0], [1], [2], [5], weight=[1e39])),
            *("weight", np.inf, "in tie 0 is not a finite number of at least zero"),
        ),
        (
            lambda: tie_log("ab", TieColumns([0], [1], [2], [5], about=[])),
            *("about", 0, "is how many it has; give the subjects of each of the 1 ties"),
        ),
        (
            lambda: chosen_measures("densty"),
            *("measures", "densty", f"is no measure; perhaps density is meant; choose from {MEASURES_THERE}"),
        ),
        (
            lambda: chosen_measures("ties,qqqq"),
            *(
                "measures",
                "qqqq",
                f"is no measure; `--measures help` tells what each means; choose from {MEASURES_THERE}",
            ),
        ),
        (
            lambda: measures_named("ties,size", ("ties", "density")),
            *("measures", "size", "is not measured here; use all, or some of ties, density"),
        ),
        (
            lambda: measures_named(" ,", ("ties", "density")),
            *("measures", " ,", "names none; use all, or some of ties, density"),
        ),
        (
            lambda: betweenness(snapshot(LOG, Window(0, 9)), pivots=1),
            *("pivots", 1, "is too few to know the error; give at least 2"),
        ),
        (lambda: earliest_arrival(LOG, 2, 0), "source", 2, "is not one of the 2 actors, counted from 0"),
        (lambda: earliest_arrival(LOG, -1, 0), "source", -1, "is not one of the 2 actors, counted from 0"),
        (lambda: lineage(LOG, {0: 1, 2: 1}), "root", 2, "is not one of the 2 actors, counted from 0"),
        (lambda: lineage(LOG, {-1: 1}), "root", -1, "is not one of the 2 actors, counted from 0"),
        (lambda: by_width(PLAIN, 0), "width", 0, "is no length of time; give a number above zero"),
        (lambda: by_width(PLAIN, np.inf), "width", np.inf, "is no length of time; give a number above zero"),
        (
            lambda: by_width(replace(PLAIN, last=np.array([2.0, 1e20])), 1),
            *("width", 1, "is too short to tell apart beside 1e+20; give a larger one"),
        ),
        (lambda: by_width(PLAIN, 2.0**-20), "width", 2.0**-20, "makes 4,194,305 windows; ask for 100,000 or fewer"),
        (lambda: next(by_count(PLAIN, 0)), "edges", 0, "is too few; give at least 1"),
        (
            lambda: calendar(date(2019, 2, 3), date(2019, 2, 2), "year"),
            *("to", date(2019, 2, 2), "lies before 2019-02-03; swap the two"),
        ),
        (
            lambda: calendar(date(2019, 2, 3), date(2019, 2, 3), "week"),
            *("step", "week", "is not a step; use year, quarter, month, day"),
        ),
        (
            lambda: calendar(date(1, 1, 1), date(2019, 2, 3), "day"),
            *("step", "day", "makes 737,093 windows; ask for 100,000 or fewer"),
        ),
    ],
)
def test_the_sentence_names_what_was_given_and_what_to_give(
    asked: Callable[[], object], field: str, text: object, why: str
) -> None:
    with pytest.raises(InvalidValue) as error:
        asked()
    assert (error.value.field, error.value.text, error.value.why) == (field, text, why)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (lambda: path_to(LOG, earliest_arrival(LOG, 1, 0), 0), "path to 'a'"),
        (lambda: path_from(LOG, latest_departure(LOG, 0, 9), 1), "path from 'b'"),
    ],
)
def test_a_path_that_is_not_there_is_named_by_its_end(asked: Callable[[], object], sentence: str) -> None:
    with pytest.raises(GraphError) as error:
        asked()
    assert str(error.value) == f"There is no {sentence} that you may see; check the id or search for the name."


@pytest.mark.parametrize(
    "name", ["target", "start", "end", "channel", "mutual", "weight", "funder", "recorded", "retracted", "origin"]
)
def test_a_column_of_another_length_is_named_with_its_shape(name: str) -> None:
    with pytest.raises(InvalidValue) as error:
        tie_log("ab", replace(FULL, **{name: [1]}))
    why = "is the shape of this column; give one entry for each of the 2 ties"
    assert (error.value.field, error.value.text, error.value.why) == (name, (1,), why)


@pytest.mark.parametrize(
    ("name", "kind", "beyond"),
    [
        ("source", "int32", [0, 2**31]),
        ("target", "int32", [-(2**31) - 1, 0]),
        ("start", "int32", [0.5, 1.5]),
        ("end", "int32", [5, OPEN + 1]),
        ("channel", "int8", [0, 128]),
        ("channel", "int8", [-129, 0]),
        ("funder", "int32", [0, 2**31]),
        ("recorded", "int32", [0, 2**31]),
        ("retracted", "int32", [0, 2**31]),
        ("origin", "int32", [0, 2**31]),
    ],
)
def test_a_number_too_large_for_its_column_is_named_with_the_kind(name: str, kind: str, beyond: list[float]) -> None:
    with pytest.raises(InvalidValue) as error:
        tie_log("ab", replace(FULL, **{name: beyond}))
    given, why = np.asarray(beyond).dtype, f"does not fit; give whole numbers that fit {kind}"
    assert (error.value.field, error.value.text, error.value.why) == (name, given, why)


def test_the_least_and_the_most_that_a_column_holds_are_kept() -> None:
    edge = replace(FULL, channel=[127, -128], funder=[2**31 - 1, -1], recorded=[-(2**31), 0], retracted=[OPEN, 1])
    log = tie_log("ab", edge)
    assert (log.channel.tolist(), log.funder.tolist()) == ([127, -128], [2**31 - 1, -1])
    assert (log.recorded.tolist(), log.retracted.tolist()) == ([-(2**31), 0], [OPEN, 1])
    assert log.channel.dtype == np.int8
    assert log.weight.dtype == np.float32


def test_the_longest_answers_are_given() -> None:
    assert len(calendar(date(1745, 3, 18), date(2018, 12, 31), "day")) == 100_000
    assert len(list(by_width(PLAIN, 0.5))) == 9
    assert rolling(yearly(2019, 2019), "200y")[0].last_exclusive == 18_262
    assert len(rolling(yearly(2019, 2019), "73200d")) == 1
