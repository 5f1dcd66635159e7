"""The tabs of the pages that look at the network: each leads on with what of the question the two pages share."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for

_COUNTED = ("count", "south", "regions")
_PART = ("level", "filter", "known", "planned", *_COUNTED)
_TIME = ("from", "to", "step", "window")
_VIEW = ("at", "colour", "size", "pick", "view", "show", "whole")


@dataclass(frozen=True, slots=True)
class TabPage:
    """A page about the network and the arguments of an address that say the same on others that keep them."""

    endpoint: str
    label: str
    keeps: tuple[str, ...] = ()


PLACES = (
    TabPage("network.index", "Picture", (*_PART, *_TIME, *_VIEW)),
    TabPage("flows.show", "Map", ("filter", "known", "planned", *_COUNTED)),
    TabPage("compare.show", "Compare", _PART),
    TabPage("paths.index", "Paths", ("level", "about", "planned")),
    TabPage("paths.lineage", "Lineage", ("about", "planned")),
    TabPage("watches.removal", "What if", ("level", "about", "planned")),
    TabPage("watches.relay", "Relay"),
    TabPage("watches.bridges", "Bridges", ("about",)),
    TabPage("exports.index", "Export", (*_PART, *_TIME, *_VIEW)),
)
ENDPOINTS = frozenset(place.endpoint for place in PLACES)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab as the frame draws it; a script of the page carries `keeps` along when its address changes."""

    label: str
    href: str
    keeps: tuple[str, ...]
    active: bool


def tabs() -> tuple[Tab, ...]:
    """The tabs as this request meets them."""
    here = next((place.keeps for place in PLACES if place.endpoint == request.endpoint), ())
    return tuple(_tab(place, tuple(name for name in place.keeps if name in here)) for place in PLACES)


def _tab(place: TabPage, keeps: tuple[str, ...]) -> Tab:
    pairs = list(_carried(keeps))
    href = f"{url_for(place.endpoint)}{'?' if pairs else ''}{urlencode(pairs)}"
    return Tab(place.label, href, keeps, place.endpoint == request.endpoint)


def _carried(keeps: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What the address holds of these; the day of knowledge, a field of one form, as the filter it is."""
    for name in keeps:
        for value in request.args.getlist(name):
            if value:
                yield ("filter", f"known={value}") if name == "known" else (name, value)
