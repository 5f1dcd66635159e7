"""Numbers and the words that belong to them."""

import pytest

from graph.domain.counted import counted, form_of


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 countries"),
        (1, "1 country"),
        (-1, "-1 country"),
        (2, "2 countries"),
        (11, "11 countries"),
        (21, "21 countries"),
        (101, "101 countries"),
        (1_000, "1,000 countries"),
        (1_001, "1,001 countries"),
        (10**9 + 1, "1,000,000,001 countries"),
    ],
)
def test_only_a_single_thing_has_the_singular(number: int, text: str) -> None:
    assert counted(number, "country", "countries") == text


def test_a_plural_that_is_not_given_ends_in_s() -> None:
    assert [form_of(number, "seat") for number in (0, 1, 2)] == ["seats", "seat", "seats"]


def test_a_verb_follows_its_number() -> None:
    assert [counted(number, "opening closes", "openings close") for number in (1, 3)] == [
        "1 opening closes",
        "3 openings close",
    ]
