"""Income groups and traditions of law: what the tables hold, each country once, and their words."""

from collections import Counter
from itertools import chain

import pytest

from graph.domain import country_context
from graph.domain.country_context import INCOME, LAW, Income, Law


def test_each_country_stands_once_and_by_its_two_letters() -> None:
    for table in (country_context._GROUPS, country_context._TRADITIONS):
        stated = Counter(chain.from_iterable(countries.split() for countries in table.values()))
        assert [country for country, times in stated.items() if times > 1] == []
        assert all(len(country) == 2 and country.isalpha() and country.islower() for country in stated)
    assert {len(INCOME), len(LAW)} == {215, 200}


@pytest.mark.parametrize(
    ("country", "income", "law"),
    [
        ("tg", "low income", "civil law"),
        ("gh", "lower middle income", "common and customary law"),
        ("to", "upper middle income", "common law"),
        ("ee", "high income", "civil law"),
        ("ke", "lower middle income", "common and customary and Muslim law"),
    ],
)
def test_the_words_of_a_country(country: str, income: str, law: str) -> None:
    assert (INCOME[country].words, LAW[country].words) == (income, law)


def test_what_is_not_classed_is_not_guessed() -> None:
    assert "et" not in INCOME
    assert INCOME["tg"] is Income.LOW
    assert LAW["ee"] is Law.CIVIL
