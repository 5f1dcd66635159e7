"""The measures of a window as people read them: counts, shares in per cent, indices, and how much one changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.evolution.measures.definitions import DEFINITIONS, Definition
from graph.evolution.measures.measures import Ranked, WindowMeasures
from webapp.presenters import words

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


_COUNT = Scale(words.number, _difference(words.number))
_PER_CENT = Scale(words.percent, words.points)
_INDEX = Scale(words.index, _difference(words.index))


def meaning(found: Definition) -> str:
    """What a number is, in the unit in which pages show it."""
    unit = "per cent" if found.unit == _SHARE else found.unit
    return f"{found.words[0].upper()}{found.words[1:]}. Unit: {unit}. Source: {found.source}."


def _measure(key: str, scale: Scale) -> Measure:
    found = DEFINITIONS[key]
    return Measure(key, found.name, meaning(found), _PER_CENT if found.unit == _SHARE else scale)


_COUNTS = ("actors", "ties", "contacts", "components")
_SHARES = ("density", "reciprocity", "giant_share", "turnover", "ei_index", "south_south", "donor_top", "donor_hhi")

# Counts first, then shares and indices; brokers have words instead of one number.
NUMBERS = (*(_measure(key, _COUNT) for key in _COUNTS), *(_measure(key, _INDEX) for key in _SHARES))
BROKERS = Measure("brokers", "Top brokers", meaning(DEFINITIONS["brokers"]), _PER_CENT, in_words=True)


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
