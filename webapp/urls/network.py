"""What an address or a command asks to be exported, out of its texts."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.errors import InvalidValue
from graph.evolution.log.windows import Window, day_of
from graph.evolution.measures.counting import Count, count_named
from graph.services.network.evolution import EvolutionQuery, span
from graph.services.transfers.actors import Level, level_named
from graph.services.transfers.filters import TransferFilter
from graph.services.transfers.lists import USUAL_LISTS, NetworkLists, RegionList, south_named
from webapp.presenters.words import day

if TYPE_CHECKING:
    from graph.services.network.compare import ComparisonQuery


def read_query(
    graph: Graph,
    audience: Audience,
    given: Mapping[str, str],
    filters: Iterable[str] = (),
    own: RegionList | None = None,
) -> EvolutionQuery:
    """The question behind `level`, `from`, `to`, `step`, `window`, `count`, `south`, `regions` and the filters.

    `known` and `planned` are the filters of these names as a form has them; `own` is a list of regions in place of
    `regions`. By default institutions, all years until this one, a window a year and every transfer that has begun.

    Raises InvalidValue.
    """
    from webapp import current  # brings Flask along, which `check` does without

    level, transfer_filter = check(given, filters)
    this_year = current.today().year
    begun, last = span(graph, audience) or (this_year, this_year)
    closes = _year("to", given, max(last, this_year) if transfer_filter.planned else this_year)
    return EvolutionQuery(
        level=level,
        from_year=_year("from", given, min(begun, closes)),
        to_year=closes,
        step=given.get("step") or "year",
        window=given.get("window") or "",
        transfer_filter=transfer_filter,
        count=read_count(given),
        lists=read_lists(given, own),
        today=current.today(),
    )


def check(given: Mapping[str, str], filters: Iterable[str] = ()) -> tuple[Level, TransferFilter]:
    """The level and the filters, the years looked at too, before a graph is opened. Raises InvalidValue."""
    level = level_named(given.get("level") or Level.INSTITUTION.value)
    for name in ("from", "to"):
        _year(name, given, 0)
    read_count(given)
    return level, read_filter(given, filters)


def read_filter(given: Mapping[str, str], filters: Iterable[str] = ()) -> TransferFilter:
    """The filters, `known` and `planned` as fields of a form among them. Raises InvalidValue."""
    fields = [f"{name}={given[name]}" for name in ("known", "planned") if given.get(name)]
    return TransferFilter.from_texts([*(text for text in filters if text), *fields])


def read_count(given: Mapping[str, str]) -> Count | None:
    """What is to be counted, None for what is usual for each number. Raises InvalidValue."""
    return count_named(given["count"]) if given.get("count") else None


def read_lists(given: Mapping[str, str], own: RegionList | None = None) -> NetworkLists:
    """The lists of the South and of regions, by `south` and `regions`. Raises InvalidValue."""
    south = south_named(given["south"]) if given.get("south") else USUAL_LISTS.south
    regions = RegionList.named(given["regions"]) if given.get("regions") and not own else USUAL_LISTS.regions
    return NetworkLists(south, own or regions)


def chosen(query: "EvolutionQuery | ComparisonQuery") -> dict[str, str]:
    """The count and the lists as an address names them; what is usual is left out."""
    lists = query.lists
    found = {"count": query.count.value} if query.count else {}
    found |= {"south": lists.south.value} if lists.south is not USUAL_LISTS.south else {}
    return found | ({"regions": lists.regions.name} if lists.regions != USUAL_LISTS.regions else {})


def in_words(query: EvolutionQuery) -> str:
    """The years asked for: "2019", "2012 to 2026 until 28 Nov 2026" while the last is not over."""
    first, last = query.from_year, query.to_year
    years = str(first) if first == last else f"{first} to {last}"
    if query.transfer_filter.planned:
        return f"{years} with what is planned"
    return f"{years} until {day(query.today.isoformat())}" if last >= query.today.year else years


def until(window: Window, query: "EvolutionQuery | ComparisonQuery") -> str:
    """Until when a window is counted, "until 28 Nov 2026"; empty where it is over or what is planned is counted."""
    if query.transfer_filter.planned or not window.first <= day_of(query.today) < window.last_exclusive - 1:
        return ""
    return f"until {day(query.today.isoformat())}"


def named(window: Window, query: "EvolutionQuery | ComparisonQuery") -> str:
    """The window with the day until which it is counted, "2026 until 28 Nov 2026"."""
    return f"{window} {until(window, query)}".rstrip()


def years_shown(at: str) -> tuple[int, int] | None:
    """The first and last year of the window that an address names, if it names one."""
    years = [int(year) for year in re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", at)]
    return (years[0], years[-1]) if years else None


def _year(name: str, given: Mapping[str, str], otherwise: int) -> int:
    text = given.get(name) or f"{otherwise:04}"
    if not re.fullmatch(r"[0-9]{4}", text):
        raise InvalidValue(name, text, "is not a year; write four digits like 2019")
    return int(text)
