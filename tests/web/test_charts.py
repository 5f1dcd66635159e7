"""The geometry of charts and of the network picture, by hand and as invariants; the colours they are drawn in."""

import re
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.presenters import charts
from webapp.presenters.network import pictures
from webapp.presenters.programmes.programmes import needs

STATIC = Path(charts.__file__).parent.parent / "static"
TODAY = date(2026, 7, 2)


def stint(start: date, end: date | None, channel: str = "mentorship") -> charts.Stint:
    return charts.Stint("Somebody", "Something", start, end, channel)


def test_the_parts_of_a_score_lie_end_to_end() -> None:
    score = charts.score_bar([("Gap", 4000), ("Step", 0), ("Context", 1500)])
    places = [(part.start, part.width, part.tone) for part in score.segments]
    assert places == [(0, 40, "c1"), (40, 0, "c2"), (40, 15, "c3")]
    assert (score.total, score.unknown) == (5500, None)


def test_what_is_not_known_ends_at_the_end_of_the_bar() -> None:
    unknown = charts.score_bar([("Gap", 9500)], unknown=900).unknown
    assert unknown is not None
    assert (unknown.points, unknown.start, unknown.width) == (500, 95, 5)


@given(st.lists(st.integers(0, 1000), max_size=10))
def test_a_score_never_leaves_its_bar(points: list[int]) -> None:
    score = charts.score_bar([(str(position), part) for position, part in enumerate(points)])
    assert score.total == sum(points)
    assert all(part.start >= 0 and part.start + part.width <= 100 + 1e-9 for part in score.segments)


def test_a_need_is_placed_on_the_scale_of_levels() -> None:
    chart = charts.dumbbell([charts.NeedMark("Forensics", level=1, target=3, closing=1)])
    row = chart.rows[0]
    assert (row.level_at, row.reach_at, row.target_at) == (26.5, 50.0, 73.5)
    assert [tick.at for tick in chart.ticks] == [3.0, 26.5, 50.0, 73.5, 97.0]


def test_people_on_the_way_never_close_more_than_the_gap() -> None:
    row = charts.dumbbell([charts.NeedMark("Law", level=2, target=3, closing=4)]).rows[0]
    assert row.reach_at == row.target_at


def test_the_chart_of_needs_shows_how_far_people_on_the_way_close_the_gap() -> None:
    rows = [rated(id_, 1) for id_ in ("helped", "passed", "alone", "hindered")]

    shown = needs(rows, {"helped": 2.5, "passed": 4.0, "hindered": 0.5}, date(2026, 6, 1))

    assert shown
    assert [row.need.closing for row in shown.chart.rows] == [1.5, 2.0, 0.0, 0.0]


def rated(capability: str, level: float, day: str = "2026-01-01") -> dict[str, Any]:
    """One rating of the assessment of a day, with a target of 3."""
    of_day = {"assessment": day, "framework": "own", "method": "", "assessed_on": day, "day": day}
    return {**of_day, "capability": capability, "name": capability, "level": float(level), "target": 3.0}


@pytest.mark.parametrize(
    ("ratings", "told"),
    [
        ([rated("a", 1), rated("b", 3)], ["Targets reached: 1 of 2."]),
        (
            [rated("a", 3), rated("b", 4), rated("a", 2, "2020-02-03"), rated("b", 4, "2020-02-03")],
            [
                "Every target is reached: by this assessment it is ready to stand alone.",
                "Since 3 Feb 2020: 1 level up, 0 down.",
            ],
        ),
        (
            [rated("a", 1, "2024-06-01"), rated("a", 2, "2022-05-01"), rated("a", 0, "2020-05-01")],
            [
                "Targets reached: 0 of 1.",
                "Since 1 May 2022: 0 levels up, 1 down.",
                "The assessment is 24 months old; assess again, since matching starts from these gaps.",
            ],
        ),
    ],
)
def test_assessments_tell_what_is_reached_what_rose_and_when_to_assess_again(
    ratings: list[dict[str, Any]], told: list[str]
) -> None:
    shown = needs(ratings, {}, date(2026, 6, 1))

    assert shown
    assert list(shown.sentences) == told


def test_a_level_past_its_target_is_met_and_has_nothing_to_close() -> None:
    row = charts.dumbbell([charts.NeedMark("Exercises", level=4, target=3, closing=1)]).rows[0]
    assert row.is_met
    assert row.reach_at == row.level_at


def test_stints_spread_over_the_years_they_touch() -> None:
    chart = charts.gantt([stint(date(2025, 1, 1), date(2026, 1, 1), "secondment")], date(2025, 7, 2))
    row = chart.rows[0]
    assert row.start == 0
    assert row.width == 100
    assert row.tone == "c3"
    assert not row.is_open
    assert [tick.label for tick in chart.ticks] == ["2025"]
    assert chart.today == pytest.approx(100 * 182 / 365)


def test_a_stint_without_a_known_end_runs_to_the_edge() -> None:
    chart = charts.gantt([stint(date(2025, 1, 1), None)], TODAY)
    assert chart.rows[0].is_open
    assert chart.rows[0].width == 100
    assert [tick.label for tick in chart.ticks] == ["2025", "2026"]


def test_today_is_left_out_where_it_does_not_lie_within() -> None:
    assert charts.gantt([stint(date(2020, 1, 1), date(2021, 1, 1))], TODAY).today is None
    assert charts.gantt([], TODAY) == charts.Gantt((), (), None)


@given(st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 4000)), min_size=1))
def test_no_stint_leaves_the_picture(starts: list[tuple[date, int]]) -> None:
    stints = [stint(start, date.fromordinal(start.toordinal() + days)) for start, days in starts]
    chart = charts.gantt(stints, TODAY)
    assert all(row.start >= 0 and row.width >= 0 and row.start + row.width <= 100 + 1e-9 for row in chart.rows)
    assert len(chart.ticks) <= 8


def test_the_highest_count_fills_the_track_and_one_still_shows() -> None:
    bars = charts.histogram([("2020", 0), ("2021", 1), ("2022", 1000), ("2023", 500)], height=40).bars
    assert [(bar.top, bar.height) for bar in bars] == [(40, 0), (39, 1), (0, 40), (20, 20)]
    assert [(bar.at, bar.width) for bar in bars] == [(0, 25), (25, 25), (50, 25), (75, 25)]


def test_a_phone_shows_every_third_of_fifteen_labels() -> None:
    bars = charts.histogram([(str(year), 1) for year in range(2012, 2027)]).bars
    assert [bar.label for bar in bars if not bar.label_class] == ["2012", "2015", "2018", "2021", "2024"]
    assert {bar.label_class for bar in bars} == {"", "wide"}


def test_a_histogram_without_bars_is_empty() -> None:
    assert charts.histogram([]).bars == ()


def test_a_missing_value_breaks_the_sparkline() -> None:
    line = charts.sparkline([0, 10, None, 5, 10], chosen=3)
    assert line.stretches == ("3.0,23.0 20.5,3.0", "55.5,13.0 73.0,3.0")
    assert line.chosen == (55.5, 13.0)


def test_a_sparkline_of_equal_values_lies_in_the_middle() -> None:
    assert charts.sparkline([7, 7]).stretches == ("3.0,13.0 73.0,13.0",)
    assert charts.sparkline([None]).stretches == ()


SPOTS = (
    pictures.Spot("dakar", "Dakar", 0, 0, "c1"),
    pictures.Spot("lome", "Lomé", 1, 0, "c1"),
    pictures.Spot("apia", "Apia", 0, 1, "c2"),
    pictures.Spot("riga", "Riga", 1, 1, "c2"),
)
PAIRS = {("dakar", "lome"): 1, ("lome", "apia"): 1}


def test_the_most_tied_actor_comes_first_and_the_untied_stand_back() -> None:
    picture = pictures.draw(SPOTS, PAIRS)
    assert [(dot.actor.id, dot.degree) for dot in picture.ranking] == [("lome", 2), ("apia", 1), ("dakar", 1)]
    assert {dot.actor.id: dot.radius for dot in picture.dots}["riga"] == 1.8
    assert [(curve.tone, curve.width) for curve in picture.curves] == [("c1", 1.3), ("c1", 1.3)]


def test_the_picture_keeps_the_shape_of_the_layout() -> None:
    places = {dot.actor.id: (dot.x, dot.y) for dot in pictures.draw(SPOTS, PAIRS).dots}
    assert places == {"dakar": (286, 36), "lome": (674, 36), "apia": (286, 424), "riga": (674, 424)}


def test_a_light_picture_draws_the_most_tied_and_ranks_all() -> None:
    picture = pictures.draw(SPOTS, PAIRS, at_most=2)
    assert [dot.actor.id for dot in picture.dots] == ["lome", "apia"]
    assert len(picture.curves) == 1
    assert len(picture.ranking) == 3


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=40))
def test_dots_stay_in_the_frame_and_names_never_meet(places: list[tuple[float, float]]) -> None:
    spots = [pictures.Spot(str(number), f"Institution {number}", x, y, "c1") for number, (x, y) in enumerate(places)]
    picture = pictures.draw(spots, {("0", spot.id): 1 for spot in spots if spot.id != "0"})
    assert all(0 <= dot.x <= picture.width and 0 <= dot.y <= picture.height for dot in picture.dots)
    boxes = [box_of(label) for label in picture.labels]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))


def test_a_phone_gets_a_closer_picture_with_fewer_names_as_large_as_on_a_wide_page() -> None:
    spots = [pictures.Spot(str(n), f"Institution with the number {n}", n % 5, n // 5, "c1") for n in range(25)]
    picture = pictures.draw(spots, {("0", spot.id): 1 for spot in spots if spot.id != "0"})
    close = picture.close_up
    left, top, wide, high = close.frame
    pixels = min(358 / wide, 340 / high)  # of a unit
    assert wide < picture.width / 1.5
    assert 0 < len(close.labels) <= 6 < len(picture.labels)
    assert pixels * close.scale * 12 >= 11
    assert all(left <= dot.x <= left + wide and top <= dot.y <= top + high for dot in picture.ranking)
    assert all(left <= label.x <= left + wide for label in close.labels)
    assert pictures.draw([], {}).close_up.labels == ()


def box_of(label: pictures.ActorLabel) -> tuple[float, float, float, float]:
    long = pictures.LETTER * len(label.text)
    left = label.x - {"start": 0.0, "middle": long / 2, "end": long}[label.anchor]
    top = label.y - (pictures.LINE if label.anchor == "middle" else pictures.LINE / 2 + 4)
    return left, top, left + long, top + pictures.LINE


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes share more than an edge; a hair is left to rounding."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1e-6 and down > 1e-6


def tokens(sheet: str) -> dict[str, str]:
    """The colour tokens a style sheet sets."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (STATIC / sheet).read_text(encoding="utf-8")))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("sheet", ["baton.css", "dark.css"])
def test_words_are_readable_on_every_ground(sheet: str) -> None:
    colour = tokens(sheet)
    pairs = [
        (ink, ground)
        for ink in ("ink", "ink-2", "ink-3", "baton")
        for ground in ("paper", "card", "baton-wash", "ember-wash")
    ]
    pairs += [
        (news, ground) for news in ("good", "bad", "warn", "ember") for ground in (f"{news}-wash", "card", "paper")
    ]
    pairs += [("baton-ink", "baton-wash"), ("card", "baton"), ("card", "baton-ink"), ("card", "bad")]
    faint = {pair: contrast(colour[pair[0]], colour[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("sheet", ["baton.css", "dark.css"])
def test_shapes_and_edges_stand_out_from_their_card(sheet: str) -> None:
    colour = tokens(sheet)
    shapes = [*charts.TONES, "edge", "ember", "baton"]
    assert [shape for shape in shapes if contrast(colour[shape], colour["card"]) < 3] == []


def test_dark_and_light_name_the_same_colours() -> None:
    assert tokens("dark.css").keys() == tokens("baton.css").keys()
