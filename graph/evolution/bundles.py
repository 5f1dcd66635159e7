"""What a research bundle states: ties between pseudonyms, the numbers of every window, and whether the two agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Any

import numpy as np

from graph.evolution.log.ties import (
    OPEN,
    TieColumns,
    TieLog,
    TieNames,
    tie_log,
)
from graph.evolution.log.windows import Window, date_of
from graph.evolution.measures.measures import (
    MEASURES,
    Ranked,
    Sheet,
    WindowMeasures,
    measure_all,
)
from graph.evolution.measures.mixing import UNKNOWN, ActorGroups

CLOSE = 1e-9
"""The relative difference up to which two fractions are one: machines differ in the last digits they print."""


@dataclass(frozen=True, slots=True, order=True)
class BundledActor:
    """An actor of a bundle. `region` is empty where it is not known; `south` is "yes", "no" or empty with it."""

    id: str
    region: str = ""
    south: str = ""


@dataclass(frozen=True, slots=True, order=True)
class BundledTie:
    """A tie of a bundle: days since 1970, `end` exclusive and OPEN where there is none; no funder is empty."""

    start: int
    end: int
    source: str
    target: str
    channel: str = ""
    funder: str = ""
    mutual: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Contents:
    """The ties of a bundle and those they tie, both in the order of their values, so that nothing else shows in it."""

    actors: tuple[BundledActor, ...]
    ties: tuple[BundledTie, ...]

    def numbers(self, windows: Sequence[Window]) -> list[dict[str, Any]]:
        """Every measure of every window, as plain values. The cost is that of `measure_all`.

        Raises InvalidValue for ties that make no log.
        """
        sheet = Sheet(groups=self._ground())
        return [_plain(found) for found in measure_all(self._log(), windows, sheet)]

    def _log(self) -> TieLog:
        position = {actor.id: place for place, actor in enumerate(self.actors)}
        channels = sorted({tie.channel for tie in self.ties})
        funders = sorted({tie.funder for tie in self.ties} - {""})
        code = {name: place for place, name in enumerate(channels)}
        payer = {"": -1} | {name: place for place, name in enumerate(funders)}
        columns = TieColumns(
            source=np.array([position.get(tie.source, -1) for tie in self.ties], np.int64),
            target=np.array([position.get(tie.target, -1) for tie in self.ties], np.int64),
            start=np.array([tie.start for tie in self.ties], np.int64),
            end=np.array([tie.end for tie in self.ties], np.int64),
            channel=np.array([code[tie.channel] for tie in self.ties], np.int64),
            funder=np.array([payer[tie.funder] for tie in self.ties], np.int64),
            mutual=np.array([tie.mutual for tie in self.ties], np.bool_),
            weight=np.array([tie.weight for tie in self.ties], np.float64),
        )
        return tie_log([actor.id for actor in self.actors], columns, TieNames(tuple(channels), tuple(funders)))

    def _ground(self) -> ActorGroups:
        regions = sorted({actor.region for actor in self.actors} - {""})
        number = {"": UNKNOWN} | {name: place for place, name in enumerate(regions)}
        side = {"": UNKNOWN, "yes": 1, "no": 0}
        return ActorGroups(
            np.array([number[actor.region] for actor in self.actors], np.int32),
            np.array([side[actor.south] for actor in self.actors], np.int8),
        )


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A number that is not what the ties say: in which window, which, as stated, and as counted again."""

    window: str
    number: str
    stated: object
    counted: object


def differences(stated: Sequence[Mapping[str, Any]], counted: Sequence[Mapping[str, Any]]) -> Iterator[Discrepancy]:
    """Where two lists of numbers differ, window by window; fractions may differ by `CLOSE`.

    Complexity: O(numbers).

    >>> stated, counted = {"window": "2019", "ties": 3}, {"window": "2019", "ties": 2}
    >>> [(found.window, found.number) for found in differences([stated], [counted])]
    [('2019', 'ties')]
    """
    if len(stated) != len(counted):
        yield Discrepancy("all", "windows", len(stated), len(counted))
    for said, found in zip(stated, counted, strict=False):
        for name in sorted(found.keys() | said.keys()):
            if not _same(said.get(name), found.get(name)):
                yield Discrepancy(str(said.get("window", "")), name, said.get(name), found.get(name))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return isclose(one, other, rel_tol=CLOSE, abs_tol=CLOSE)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    return bool(one == other)


def _plain(found: WindowMeasures) -> dict[str, Any]:
    span = {"window": str(found.window), "from": _day(found.window.first), "to": _day(found.window.last_exclusive)}
    return span | {name: _value(getattr(found, name)) for name in MEASURES}


def _value(value: Any) -> Any:
    if isinstance(value, Ranked):
        return {"actor": value.actor, "value": value.value, "standard_error": value.standard_error}
    return [_value(each) for each in value] if isinstance(value, tuple) else value


def _day(day: int) -> str:
    return date_of(day).isoformat()


def last_day(end: int) -> str:
    """The last day on which a tie holds that ends then, as ISO text; empty for OPEN."""
    return "" if end == OPEN else _day(end - 1)
