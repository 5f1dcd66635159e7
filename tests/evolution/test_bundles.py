"""What a bundle states: its numbers are those of the window sheets, and every difference is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidValue
from graph.evolution.bundles import BundledActor, BundledContact, Contents, Discrepancy, differences, last_day
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import Window
from graph.evolution.measures.measures import MEASURES

YEARS = (Window(0, 365), Window(365, 730))


def contents(*ties: BundledContact, regions: str = "") -> Contents:
    """Actors a, b, c and d, in as many regions as letters are given."""
    actors = tuple(BundledActor(id_, region, "no") for id_, region in zip("abcd", regions, strict=False))
    return Contents(actors or tuple(map(BundledActor, "abcd")), tuple(sorted(ties, key=lambda one: one.order)))


def test_the_numbers_of_a_bundle_by_hand() -> None:
    held = contents(
        BundledContact(0, 100, "a", "b", "Secondment", "x"),
        BundledContact(0, OPEN, "b", "a", "Mentorship", "y", mutual=True),
        BundledContact(400, 500, "a", "c", "Mentorship"),
        regions="WWEE",
    )

    first, second = held.numbers(YEARS)
    assert (first["actors"], first["ties"], first["contacts"], first["reciprocity"]) == (2, 2, 2, 1.0)
    assert (first["donor_hhi"], first["unfunded"], first["ei_index"]) == (0.5, 0, -1.0)
    assert (second["ties"], second["ei_index"], second["turnover"]) == (3, 0.0, pytest.approx(1 / 3))
    assert (second["from"], second["to"], second["brokers"][0]["actor"]) == ("1971-01-01", "1972-01-01", "a")


def test_whoever_leads_is_told_with_value_and_error_and_days_as_text() -> None:
    held = contents(
        BundledContact(0, 100, "a", "b", "Mentorship", "x", weight=2.5),
        BundledContact(0, 100, "b", "c", funder="y"),
        regions="WWEE",
    )
    (found,) = held.numbers(YEARS[:1])
    assert (found["window"], found["from"], found["to"]) == ("1970", "1970-01-01", "1971-01-01")
    assert found["givers"] == [
        {"actor": "a", "value": 2.5, "standard_error": 0.0},
        {"actor": "b", "value": 1.0, "standard_error": 0.0},
    ]
    assert found["brokers"] == [{"actor": "b", "value": 0.5, "standard_error": 0.0}]
    assert found["donor_top"] == {"actor": "x", "value": 0.5, "standard_error": 0.0}
    assert list(found) == ["window", "from", "to", *MEASURES]


def test_a_difference_names_window_number_and_both_values() -> None:
    stated = [{"window": "2019", "ties": 3, "density": 0.5}, {"window": "2020", "actors": [1, {"a": 2}]}]
    counted = [{"window": "2019", "ties": 2, "extra": None}, {"window": "2020", "actors": [1, {"a": 3}]}]
    assert list(differences(stated, counted)) == [
        Discrepancy("2019", "density", 0.5, None),
        Discrepancy("2019", "ties", 3, 2),
        Discrepancy("2020", "actors", [1, {"a": 2}], [1, {"a": 3}]),
    ]
    assert list(differences(stated, stated)) == []
    assert list(differences(stated, stated[:1])) == [Discrepancy("all", "windows", 2, 1)]
    assert list(differences([{"ties": 1.0}], [{"ties": 1.1}])) == [Discrepancy("", "ties", 1.0, 1.1)]
    assert [found.number for found in differences([{"leads": {"a": 1}}], [{"leads": 1}])] == ["leads"]
    assert [last_day(365), last_day(OPEN)] == ["1970-12-31", ""]


def test_a_tie_of_somebody_who_is_not_listed_is_refused() -> None:
    for ends in (("a", "zoe"), ("zoe", "a")):
        with pytest.raises(InvalidValue):
            contents(BundledContact(0, 9, *ends)).numbers(YEARS)


@given(
    st.lists(st.tuples(st.integers(0, 700), st.integers(1, 90), st.sampled_from("abcd"), st.sampled_from("abcd"))),
    st.integers(0, 1),
    st.data(),
)
def test_no_changed_number_goes_unnoticed(
    ties: list[tuple[int, int, str, str]], window: int, data: st.DataObject
) -> None:
    counted = contents(*(BundledContact(start, start + days, *ends) for start, days, *ends in ties)).numbers(YEARS)
    name = data.draw(st.sampled_from(sorted(counted[window])))
    stated = [dict(found) for found in counted]
    stated[window][name] = "another"

    assert list(differences(counted, counted)) == []
    assert [found.number for found in differences(stated, counted)] == [name]


def test_fractions_may_differ_in_their_last_digits_and_windows_may_not_be_missing() -> None:
    assert list(differences([{"density": 1 / 3}], [{"density": 1 / 3 + 1e-12}])) == []
    assert [found.number for found in differences([{}], [])] == ["windows"]
    assert [found.number for found in differences([{"ties": True}], [{"ties": 2}])] == ["ties"]
