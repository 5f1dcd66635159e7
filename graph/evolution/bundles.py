"""What a research bundle states: contacts between pseudonyms, the numbers of every window, and whether both agree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from math import isclose
from typing import Any

import numpy as np

from graph.evolution.log.quantities import Quantities, quantities
from graph.evolution.log.ties import (
    OPEN,
    TieColumns,
    TieLog,
    TieNames,
    tie_log,
)
from graph.evolution.log.windows import Window, date_of
from graph.evolution.measures.concentration import DonorDependence
from graph.evolution.measures.counting import Count
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
    """An actor of a bundle. `region` is empty where it is not known.

    `south` is "yes", "no" or empty where that is not known; where the list of the South changes with the years, these
    for each of its versions, apart by commas.
    """

    id: str
    region: str = ""
    south: str = ""


@dataclass(frozen=True, slots=True)
class BundledContact:
    """A contact of a bundle: days since 1970, `end` exclusive and OPEN where there is none; no funder is empty.

    `engagement` is the record it is of, empty where it is one by itself. What is not known of the others is None.
    """

    start: int
    end: int
    source: str
    target: str
    channel: str = ""
    funder: str = ""
    mutual: bool = False
    weight: float = 1.0
    engagement: str = ""
    fraction: float = 1.0
    share: float | None = None
    outside: float | None = None
    amount: float | None = None
    currency: str = ""

    @property
    def order(self) -> tuple[Any, ...]:
        """By what contacts stand one after the other: None before all else."""
        return tuple((value is not None, value) for value in astuple(self))


@dataclass(frozen=True, slots=True)
class BundleTerms:
    """How the numbers of a bundle count: what, until which day, and the days on which lists of the South begin."""

    count: Count | None = None
    until: int = OPEN
    since: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """The contacts of a bundle and whose they are, both in the order of their values: nothing else shows in it."""

    actors: tuple[BundledActor, ...]
    contacts: tuple[BundledContact, ...]

    def numbers(self, windows: Sequence[Window], terms: BundleTerms = BundleTerms()) -> list[dict[str, Any]]:
        """Every measure of every window, as plain values. The cost is that of `measure_all`.

        Raises InvalidValue for contacts that make no log.
        """
        sheet = Sheet(groups=self._ground(terms.since), count=terms.count, until=terms.until)
        return [_plain(found) for found in measure_all(self._log(), windows, sheet)]

    def _log(self) -> TieLog:
        position = {actor.id: place for place, actor in enumerate(self.actors)}
        channels, code = _codes(one.channel for one in self.contacts)
        funders, payer = _codes(one.funder for one in self.contacts if one.funder)
        columns = TieColumns(
            source=np.array([position.get(one.source, -1) for one in self.contacts], np.int64),
            target=np.array([position.get(one.target, -1) for one in self.contacts], np.int64),
            start=np.array([one.start for one in self.contacts], np.int64),
            end=np.array([one.end for one in self.contacts], np.int64),
            channel=np.array([code[one.channel] for one in self.contacts], np.int64),
            funder=np.array([payer.get(one.funder, -1) for one in self.contacts], np.int64),
            mutual=np.array([one.mutual for one in self.contacts], np.bool_),
            weight=np.array([one.weight for one in self.contacts], np.float64),
            quantities=self._quantities(),
        )
        names = TieNames(channels, funders, currencies=_codes(self._currencies())[0])
        return tie_log([actor.id for actor in self.actors], columns, names)

    def _currencies(self) -> list[str]:
        return [one.currency for one in self.contacts if one.currency]

    def _quantities(self) -> Quantities:
        _, record = _codes(one.engagement for one in self.contacts if one.engagement)
        _, currency = _codes(self._currencies())
        alone = len(record)
        return quantities(
            len(self.contacts),
            engagement=[record.get(one.engagement, alone + place) for place, one in enumerate(self.contacts)],
            fraction=[one.fraction for one in self.contacts],
            currency=[currency.get(one.currency, -1) for one in self.contacts],
            **{
                name: np.array([getattr(one, name) for one in self.contacts], np.float64)
                for name in ("share", "outside", "amount")
            },
        )

    def _ground(self, since: Sequence[int]) -> ActorGroups:
        regions = sorted({actor.region for actor in self.actors} - {""})
        number = {"": UNKNOWN} | {name: place for place, name in enumerate(regions)}
        side = {"": UNKNOWN, "yes": 1, "no": 0}
        region = np.array([number[actor.region] for actor in self.actors], np.int32)
        south = np.array([[side[part] for part in actor.south.split(",")] for actor in self.actors], np.int8)
        if not since:
            return ActorGroups(region, south.reshape(-1))
        return ActorGroups(region, south.reshape(-1, len(since)).T, np.array(since, np.int32))


def _codes(names: Iterable[str]) -> tuple[tuple[str, ...], dict[str, int]]:
    """Names in order, and the place of each."""
    ordered = tuple(sorted({*names}))
    return ordered, {name: place for place, name in enumerate(ordered)}


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
    if isinstance(value, DonorDependence):
        return asdict(value)
    return [_value(each) for each in value] if isinstance(value, tuple) else value


def _day(day: int) -> str:
    return date_of(day).isoformat()


def last_day(end: int) -> str:
    """The last day on which a tie holds that ends then, as ISO text; empty for OPEN."""
    return "" if end == OPEN else _day(end - 1)
