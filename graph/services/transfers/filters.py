"""Which transfers count: by channel, capability, region, funder and TLP mark."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, fields
from datetime import date
from typing import Self

from graph.domain.dates import PartialDate
from graph.domain.marks import Tlp
from graph.errors import InvalidValue
from graph.services.transfers.transfers import Transfer
from graph.store.transfers import OF_KIND

CHANNELS = {kind.value.casefold(): kind for kind in OF_KIND}


@dataclass(frozen=True, slots=True)
class TransferFilter:
    """What a transfer must be: for each key at least one of its values; a key without values asks nothing.

    `channel` names kinds of engagements, `capability` ids with everything narrower, `region` M49 regions and
    countries by id or name around either end, `funder` ids of institutions,
    `mark` TLP marks. `known` is one day: as the records stood then, what was retracted since included. `planned` is yes
    where what is only planned, or begins after today, counts too.
    """

    channel: tuple[str, ...] = ()
    capability: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    funder: tuple[str, ...] = ()
    mark: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> Self:
        """What "channel=Secondment", "funder=who" and others say together. Raises InvalidValue for what says nothing.

        >>> TransferFilter.from_texts(["channel=secondment", "channel=training"]).to_texts()
        ['channel=Secondment', 'channel=Training']
        """
        found: dict[str, list[str]] = {each.name: [] for each in fields(cls)}
        for text in texts:
            key, equals, value = (part.strip() for part in text.partition("="))
            if key not in found or not (equals and value):
                why = f"is no filter; write key=value with one of the keys {', '.join(found)}"
                raise InvalidValue("filter", text, why)
            found[key].append(_READ.get(key, str)(value))
        if len({*found["known"]}) > 1:
            raise InvalidValue("known", ", ".join(found["known"]), "are several days; ask for one at a time")
        return cls(**{key: tuple(dict.fromkeys(values)) for key, values in found.items()})

    @property
    def day(self) -> date | None:
        """The day whose knowledge is asked for; None for today's."""
        return date.fromisoformat(self.known[0]) if self.known else None

    def to_texts(self) -> list[str]:
        """What `from_texts` reads."""
        return [f"{each.name}={value}" for each in fields(self) for value in getattr(self, each.name)]

    def admits(self, transfer: Transfer, around: Set[str], above: Mapping[str, Set[str]]) -> bool:
        """Whether the transfer is one of these.

        `around` are the ids and names of the countries and regions around both of its ends, `above` gives capability ->
        everything broader.
        """
        about = {reached for capability in transfer.about for reached in (capability, *above.get(capability, ()))}
        conditions: tuple[tuple[tuple[str, ...], Set[str]], ...] = (
            (self.channel, {transfer.kind.value}),
            (self.capability, about),
            (self.region, around),
            (self.funder, {transfer.funder}),
            (self.mark, {transfer.mark}),
        )
        return all(not values or not there.isdisjoint(values) for values, there in conditions)


ALL = TransferFilter()
"""Every transfer that has begun."""

WITH_PLANNED = TransferFilter(planned=("yes",))
"""What is planned, too."""


def _channel(text: str) -> str:
    if text.casefold() not in CHANNELS:
        raise InvalidValue("channel", text, f"is no channel; use {', '.join(CHANNELS.values())}")
    return CHANNELS[text.casefold()].value


def _mark(text: str) -> str:
    if text.upper() not in Tlp.__members__:
        raise InvalidValue("mark", text, f"is no TLP mark; use {', '.join(Tlp.__members__)}")
    return text.upper()


def _known(text: str) -> str:
    return PartialDate.parse(text, "known").last.isoformat()


def _planned(text: str) -> str:
    if text.casefold() not in {"yes", "1"}:
        raise InvalidValue("planned", text, "does not fit; write planned=yes, or leave it out")
    return "yes"


_READ: Mapping[str, Callable[[str], str]] = {
    "channel": _channel,
    "mark": _mark,
    "known": _known,
    "planned": _planned,
}
