"""What an address or a command asks to be exported, out of its texts."""

import re
from collections.abc import Iterable, Mapping

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.errors import InvalidValue
from graph.services.network.evolution import EvolutionQuery, span
from graph.services.transfers.actors import Level, level_named
from graph.services.transfers.filters import TransferFilter


def read_query(
    graph: Graph, audience: Audience, given: Mapping[str, str], filters: Iterable[str] = ()
) -> EvolutionQuery:
    """The question behind `level`, `from`, `to`, `step`, `window`, `known` and the filters.

    `known` is the filter of that name as a field of a form has it. By default institutions, all years, a window a
    year and every transfer.

    Raises InvalidValue.
    """
    from webapp import current  # brings Flask along, which `check` does without

    level, transfer_filter = check(given, filters)
    this_year = current.today().year
    begun, _ = span(graph, audience) or (this_year, this_year)
    closes = _year("to", given, this_year)
    return EvolutionQuery(
        level=level,
        from_year=_year("from", given, min(begun, closes)),
        to_year=closes,
        step=given.get("step") or "year",
        window=given.get("window") or "",
        transfer_filter=transfer_filter,
    )


def check(given: Mapping[str, str], filters: Iterable[str] = ()) -> tuple[Level, TransferFilter]:
    """The level and the filters, the years looked at too, before a graph is opened. Raises InvalidValue."""
    level = level_named(given.get("level") or Level.INSTITUTION.value)
    for name in ("from", "to"):
        _year(name, given, 0)
    known = [f"known={given['known']}"] if given.get("known") else []
    return level, TransferFilter.from_texts([*filters, *known])


def in_words(query: EvolutionQuery) -> str:
    """The years asked for: "2019", "2012 to 2026"."""
    first, last = query.from_year, query.to_year
    return str(first) if first == last else f"{first} to {last}"


def years_shown(at: str) -> tuple[int, int] | None:
    """The first and last year of the window that an address names, if it names one."""
    years = [int(year) for year in re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", at)]
    return (years[0], years[-1]) if years else None


def _year(name: str, given: Mapping[str, str], otherwise: int) -> int:
    text = given.get(name) or f"{otherwise:04}"
    if not re.fullmatch(r"[0-9]{4}", text):
        raise InvalidValue(name, text, "is not a year; write four digits like 2019")
    return int(text)
