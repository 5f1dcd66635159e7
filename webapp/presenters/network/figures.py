"""The measures of a window as people read them: counts, shares, indices, how much one changed, and who pays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.evolution.measures.concentration import DonorDependence
from graph.evolution.measures.counting import Count
from graph.evolution.measures.definitions import DEFINITIONS, Definition
from graph.evolution.measures.measures import Ranked, WindowMeasures
from webapp.presenters import words
from webapp.presenters.network.terms import Query, counted, much, of_shares

_SHARE = "share, 0 to 1"  # the unit of a definition whose number a page shows in per cent


@dataclass(frozen=True, slots=True)
class Scale:
    """How a number is written, and in which words two of them differ; empty where they are written alike."""

    written: Callable[[float], str]
    apart: Callable[[float, float], str]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as pages list it, its definition one click away."""

    key: str
    label: str
    meaning: str
    scale: Scale
    in_words: bool = False

    def of(self, found: WindowMeasures) -> float | None:
        """The number of a window; that of the first where it ranks."""
        value: float | Ranked | None = getattr(found, self.key)
        return value.value if isinstance(value, Ranked) else value


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure in words: the value, and what it is compared with ("up 38 on 2019")."""

    text: str
    compared: str = ""


def _difference(written: Callable[[float], str]) -> Callable[[float, float], str]:
    def apart(then: float, now: float) -> str:
        text = written(abs(now - then))
        return "" if text == written(0) else text

    return apart


_COUNT = Scale(much, _difference(much))
_PER_CENT = Scale(words.percent, words.points)
_INDEX = Scale(words.index, _difference(words.index))


def meaning(found: Definition) -> str:
    """What a number is, in the unit in which pages show it."""
    unit = "per cent" if found.unit == _SHARE else found.unit
    return f"{found.words[0].upper()}{found.words[1:]}. Unit: {unit}. Source: {found.source}."


def _measure(key: str, scale: Scale) -> Measure:
    found = DEFINITIONS[key]
    return Measure(key, found.name, meaning(found), _PER_CENT if found.unit == _SHARE else scale)


_COUNTS = ("actors", "ties", "contacts", "engagements", "person_days", "components")
_STRUCTURE = ("density", "reciprocity", "giant_share", "turnover")
_COUNTED = ("ei_index", "south_south", "donor_outside", "donor_top", "donor_hhi")  # by what the viewer chose

# Counts first, then shares and indices; brokers have words instead of one number.
NUMBERS = (
    *(_measure(key, _COUNT) for key in _COUNTS),
    *(_measure(key, _INDEX) for key in (*_STRUCTURE, *_COUNTED)),
)
BROKERS = Measure("brokers", "Top brokers", meaning(DEFINITIONS["brokers"]), _PER_CENT, in_words=True)


def defined(query: Query) -> tuple[Measure, ...]:
    """The measures with their meanings for a question: what is counted there, and by which lists."""
    return tuple(replace(each, meaning=f"{each.meaning}{_here(each.key, query)}") for each in (*NUMBERS, BROKERS))


def _here(key: str, query: Query) -> str:
    """What of the question a number depends on."""
    lists = {"ei_index": f", regions are {query.lists.regions.words}"}
    lists["south_south"] = f", the South is {query.lists.south.words}"
    return f" Here {of_shares(query).unit} are counted{lists.get(key, '')}." if key in _COUNTED else ""


def figures(found: WindowMeasures, before: WindowMeasures | None) -> Mapping[str, Figure]:
    """Every number of a window by its key, held against the window before."""
    return {measure.key: _figure(measure, found, before) for measure in NUMBERS}


def _figure(measure: Measure, found: WindowMeasures, before: WindowMeasures | None) -> Figure:
    value, former = measure.of(found), measure.of(before) if before else None
    text = written(measure, value)
    if before is None or value is None or former is None:
        return Figure(text)
    change = measure.scale.apart(former, value)
    if not change:
        return Figure(text, f"as in {before.window}")
    return Figure(text, f"{'up' if value > former else 'down'} {change} on {before.window}")


def written(measure: Measure, value: float | None) -> str:
    """The number; a dash where there is none."""
    return "–" if value is None else measure.scale.written(value)


_OF_UNIT = {count.unit: count for count in Count}


@dataclass(frozen=True, slots=True)
class DependenceRow:
    """Dependence by one unit: shares as text, a dash where there is none, and what they are shares of."""

    unit: str
    outside: str
    leading: str
    share: str
    hhi: str
    whole: str


def dependence_rows(found: Sequence[DonorDependence], names: Mapping[str, str]) -> tuple[DependenceRow, ...]:
    """A row for engagements, one for person-days, one for each currency; `names` are those of funders by id."""
    return tuple(
        DependenceRow(
            unit=each.unit.capitalize() if each.unit in _OF_UNIT else each.unit,
            outside=_percent(each.outside),
            leading=names.get(each.top_funder, each.top_funder),
            share=_percent(each.top),
            hhi="–" if each.hhi is None else words.index(each.hhi),
            whole=whole(each),
        )
        for each in found
    )


def whole(found: DonorDependence) -> str:
    """What the shares are of, and what is in none of them."""
    if not found.funded:
        return f"nothing with a known funder{_besides(found)}"
    placed = found.placed < found.funded - _ROUNDING
    outside = (
        f", the share from outside of {_much(found.placed, found.unit)} whose countries are known" if placed else ""
    )
    return f"of {_much(found.funded, found.unit)} with a known funder{outside}{_besides(found)}"


_ROUNDING = 1e-6


def _besides(found: DonorDependence) -> str:
    parts = [f"{_much(found.unknown, found.unit)} without one"] if found.unknown > _ROUNDING else []
    if found.unmeasured:
        measure = "person-days" if found.unit in _OF_UNIT else "a known amount in this currency"
        parts.append(f"{words.counted(found.unmeasured, 'contact')} without {measure}")
    return f"; besides {' and '.join(parts)}" if parts else ""


def _much(value: float, unit: str) -> str:
    if unit in _OF_UNIT:
        return counted(round(value, 6), _OF_UNIT[unit])
    return words.money(value, unit)


def _percent(value: float | None) -> str:
    return "–" if value is None else words.percent(value)
