"""The three lists of the South, by facts that each states."""

import pytest

from graph.domain.country_lists import DAC_YEARS, SouthList, is_southern

REGIONS = {
    "gh": ("011", "202", "002"),
    "uy": ("005", "419", "019"),
    "jp": ("030", "142"),
    "cy": ("145", "142"),
    "kr": ("030", "142"),
    "mx": ("013", "419", "019"),
    "us": ("021", "019"),
    "nz": ("053", "009"),
    "ua": ("151", "150"),
    "ss": ("014", "202", "002"),
    "nr": ("057", "009"),
}


def south(chosen: SouthList, year: int = 2026) -> set[str]:
    return {country for country, regions in REGIONS.items() if is_southern(chosen, country, regions, year)}


def test_m49_had_all_but_europe_northern_america_and_five_more_as_developing() -> None:
    assert south(SouthList.M49) == {"gh", "uy", "kr", "mx", "ss", "nr"}


def test_the_dac_list_has_europeans_and_loses_who_grew_rich() -> None:
    assert south(SouthList.DAC, 2017) == {"gh", "uy", "mx", "ua", "ss", "nr"}
    assert south(SouthList.DAC, 2025) == {"gh", "mx", "ua", "ss", "nr"}
    assert south(SouthList.DAC, 2026) == {"gh", "mx", "ua", "ss"}
    assert "ss" not in south(SouthList.DAC, 2010)


@pytest.mark.parametrize(("early", "late"), [(1990, 2005), (2026, 2050)])
def test_a_year_without_a_list_has_the_nearest(early: int, late: int) -> None:
    assert south(SouthList.DAC, early) == south(SouthList.DAC, late)


def test_the_list_changes_in_the_years_it_names_and_in_no_others() -> None:
    countries = [f"{one}{other}" for one in "abcdefghijklmnopqrstuvwxyz" for other in "abcdefghijklmnopqrstuvwxyz"]

    def recipients(year: int) -> list[str]:
        return [country for country in countries if is_southern(SouthList.DAC, country, (), year)]

    changed = [year for year in range(2006, 2040) if recipients(year) != recipients(year - 1)]
    assert changed == list(DAC_YEARS[1:])
    # As many as the Committee counts for 2024 and 2025.
    assert len(recipients(2025)) == 141


def test_the_group_of_77_has_neither_mexico_nor_korea() -> None:
    assert south(SouthList.G77) == {"gh", "uy", "ss", "nr"}


def test_every_list_says_what_it_is() -> None:
    assert all(each.words and each.label for each in SouthList)
