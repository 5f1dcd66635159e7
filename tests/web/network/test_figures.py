"""The numbers of the network as people read them: shares in per cent, changes in points, a headline that matters."""

from dataclasses import replace

import pytest

from graph.domain.country_lists import SouthList
from graph.evolution.log.ties import OPEN, TieColumns, tie_log
from graph.evolution.log.windows import Window, yearly
from graph.evolution.measures.counting import Count
from graph.evolution.measures.measures import Ranked, WindowMeasures, measure
from graph.services.network.evolution import EvolutionQuery
from graph.services.transfers.actors import Level
from graph.services.transfers.lists import NetworkLists
from tests.factories import TODAY
from webapp.presenters import words
from webapp.presenters.network.briefs import headline
from webapp.presenters.network.figures import NUMBERS, defined, figures


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0 %"), (0.0004, "0.04 %"), (0.0312, "3.1 %"), (0.334, "33 %"), (0.9967, "99.6 %"), (1, "100 %")],
)
def test_a_share_is_read_in_per_cent_and_as_all_only_where_it_is(value: float, written: str) -> None:
    assert words.percent(value).replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (0.676, 0.578, "10 points"),
        (0.049, 0.052, "0.3 points"),
        (0.5, 0.511, "1 point"),
        (0.5, 0.501, ""),
        (0.0311, 0.0312, ""),
        (0.504, 0.506, "0.2 points"),
    ],
)
def test_two_shares_differ_by_points_as_exactly_as_they_are_written(then: float, now: float, told: str) -> None:
    assert words.points(then, now) == told


def test_an_index_has_a_true_minus_and_no_minus_nothing() -> None:
    assert (words.index(-0.123), words.index(-0.001)) == ("\N{MINUS SIGN}0.12", "0.00")


def seen(year: int, **given: object) -> WindowMeasures:
    """A year in which three actors hold four ties, with other numbers where given."""
    log = tie_log("abc", TieColumns(source=[0, 1, 1, 2], target=[1, 0, 2, 1], start=[0] * 4, end=[OPEN] * 4))
    (window,) = yearly(year, year)
    return replace(
        measure(log, window), **{"south_south": 0.5, "donor_hhi": 0.5, "turnover": 0.0, "unplaced": 0, **given}
    )


def test_the_unit_of_a_definition_is_that_of_the_number_beside_it() -> None:
    shown = figures(seen(2020, ei_index=-0.25, donor_outside=0.7, **donor(0.4)), None)
    in_per_cent = {each.key for each in NUMBERS if "Unit: per cent." in each.meaning}
    of_donors = {"donor_outside", "donor_top"}
    assert in_per_cent == {"density", "reciprocity", "giant_share", "turnover", "south_south", *of_donors}
    assert in_per_cent == {key for key, figure in shown.items() if "%" in figure.text}


def test_a_share_is_held_against_the_window_before_in_points() -> None:
    before = seen(2019, south_south=0.25)
    shown = figures(seen(2020, south_south=0.87), before)["south_south"]
    assert (shown.text, shown.compared) == ("87\N{NO-BREAK SPACE}%", "up 62 points on 2019")
    assert figures(before, before)["south_south"].compared == "as in 2019"


def told(*windows: WindowMeasures) -> str:
    return headline(windows, ("institution", "institutions")).replace("\N{NO-BREAK SPACE}", " ")


def donor(share: float) -> dict[str, object]:
    return {"donor_top": Ranked("fund", share), "unfunded": 0}


def test_the_headline_tells_where_know_how_moves_and_whether_it_hangs_on_a_donor() -> None:
    first, last = seen(2012, south_south=0.27, **donor(0.4)), seen(2026, south_south=0.89, **donor(0.2))
    fell = "the leading donor's share of engagements with a known funder fell from 40 % in 2012 to 20 % in 2026"
    assert told(first, last) == (
        f"Know-how now moves mostly within the South: 89 % of engagements in 2026, 27 % in 2012; {fell}"
    )
    assert told(last, first).startswith("Know-how no longer moves mostly within the South: 27 %")
    assert told(first, seen(2026, south_south=0.4)).startswith("More know-how moves within the South: 40 %")
    assert told(seen(2012, south_south=0.4), seen(2026, south_south=0.3)).startswith("Less know-how moves")
    assert told(first, seen(2026, south_south=0.3)).startswith("As much know-how moves within the South as before")
    alone = "the leading donor pays for 20 % of engagements with a known funder in 2026"
    assert told(last) == f"89 % of engagements in 2026 hold within the South; {alone}"


def test_the_headline_and_the_table_below_it_give_one_figure() -> None:
    """It said "stays at 28 %" above a table that said 32 and 28."""
    windows = [seen(year, **donor(share)) for year, share in ((2012, 0.32), (2019, 0.4), (2026, 0.28))]
    shown = [figures(window, None)["donor_top"].text.replace("\N{NO-BREAK SPACE}", " ") for window in windows]
    assert shown == ["32 %", "40 %", "28 %"]
    assert told(*windows).endswith("fell from 32 % in 2012 to 28 % in 2026")
    same = [seen(year, **donor(share)) for year, share in ((2012, 0.281), (2026, 0.279))]
    assert told(*same).endswith("with a known funder is 28 % in 2026 as in 2012")


def test_the_headline_and_the_definitions_name_what_is_counted_and_the_list() -> None:
    query = EvolutionQuery(Level.COUNTRY, 2019, 2020, count=Count.DAYS, lists=NetworkLists(SouthList.DAC), today=TODAY)
    meant = {each.key: each.meaning for each in defined(query)}
    assert "Here person-days are counted, the South is the DAC list of recipients of the year." in meant["south_south"]
    assert "Here person-days are counted, regions are the most specific regions of M49." in meant["ei_index"]
    assert meant["donor_top"].endswith("Here person-days are counted.")
    assert "Here" not in meant["density"]
    assert "Perianes-Rodriguez, Waltman and van Eck" in meant["south_south"]


def test_what_is_known_of_less_than_half_makes_no_headline() -> None:
    unknown = {"unplaced": 3, "unfunded": 3, "donor_top": Ranked("fund", 1.0)}
    assert told(seen(2012, **unknown), seen(2026, **unknown)) == "From 4 to 4 ties between institutions, 2012 to 2026"


def test_where_nothing_is_tied_the_headline_says_so() -> None:
    nothing = measure(tie_log("", TieColumns([], [], [], [])), Window(0, 0))
    assert told(nothing) == "No tie between institutions in 1970-01-01, no days"
