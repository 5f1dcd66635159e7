"""The evolution of a network as its page shows it: figures in words, a picture, sparklines and a headline."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flask import url_for
from numpy.typing import NDArray

from graph.errors import InvalidValue
from graph.evolution.log.windows import Window, date_of, day_of
from graph.evolution.measures.communities import ALONE, Members
from graph.evolution.measures.measures import WindowMeasures
from graph.services.network.evolution import Evolution, EvolutionQuery
from graph.services.network.window_ties import WindowTie
from graph.services.transfers.actors import NOWHERE, Level
from webapp.presenters import words
from webapp.presenters.charts import Histogram, Sparkline, histogram, sparkline, tone
from webapp.presenters.network.briefs import headline
from webapp.presenters.network.figures import (
    BROKERS,
    NUMBERS,
    Figure,
    figures,
)
from webapp.presenters.network.groups import AT_MOST, Grouping, grouped
from webapp.presenters.network.nouns import NOUN, NOUNS
from webapp.presenters.network.pictures import Picture, Spot, draw
from webapp.presenters.network.terms import of_shares, terms
from webapp.urls.network import chosen, until

DRAWN_AT_MOST = 1_500  # actors of the still picture, which is part of the page
_INSIDE = {Level.COUNTRY: Level.INSTITUTION, Level.REGION: Level.COUNTRY}


@dataclass(frozen=True, slots=True)
class Moment:
    """A window as the page names it, with its figures by measure key, and until when it is counted."""

    label: str
    window: Window
    figures: Mapping[str, Figure]
    until: str = ""

    def block(self) -> dict[str, object]:
        """What `network.js` reads; days since 1970, `to` not included."""
        figures = {key: {"text": figure.text, "compared": figure.compared} for key, figure in self.figures.items()}
        return {
            "label": self.label,
            "until": self.until,
            "from": self.window.first,
            "to": self.window.last_exclusive,
            "figures": figures,
        }


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """Everything the network page places beside the ties of its window; `actors` are ids, names and addresses."""

    query: EvolutionQuery
    noun: str
    headline: str
    actors: tuple[tuple[str, str, str], ...]
    windows: tuple[Moment, ...]
    colourings: Mapping[str, Grouping]
    communities: Mapping[str, object] | None
    picture: Picture
    position: int
    track: Histogram
    sparklines: Mapping[str, Sparkline]
    terms: tuple[str, ...]
    left_out: tuple[str, ...]

    def block(self) -> dict[str, object]:
        """The JSON block of the page; its ties and places follow in a file of their own."""
        texts = self.query.transfer_filter.to_texts()
        asked: dict[str, Any] = {"level": self.query.level.value, "filter": texts, **chosen(self.query)}
        inside = _INSIDE.get(self.query.level)
        return {
            "level": self.query.level.value,
            "ties": url_for("network.ties", **asked),
            "window": url_for("network.window"),
            "around": url_for("network.around", step=self.query.step, **asked),
            "inside": inside and f"{url_for('network.index', **{**asked, 'level': inside.value})}&filter=region%3D",
            "actors": [{"id": id_, "label": name, "href": href} for id_, name, href in self.actors],
            "windows": [moment.block() for moment in self.windows],
            "colourings": {key: grouping.block() for key, grouping in self.colourings.items()},
            "communities": self.communities,
        }


def network_page(traced: Evolution, position: int, ties: Sequence[WindowTie]) -> NetworkPage:
    """Lay the evolution out, with the window at that position and its ties in front."""
    actors, level = traced.actors, traced.query.level
    colourings = {"region": grouped([actor.group for actor in actors])}
    if level is Level.INSTITUTION:
        colourings["kind"] = grouped([_kind(actor.kind) for actor in actors])
    return NetworkPage(
        query=traced.query,
        noun=NOUN[level],
        headline=_headline(traced) if actors else "No transfer of know-how yet",
        actors=tuple((actor.id, actor.name, href_of(level, actor.id, named=actor.named)) for actor in actors),
        windows=moments(traced),
        colourings=colourings,
        communities=_communities(traced),
        picture=_picture(traced, colourings["region"], ties),
        position=position,
        track=histogram([(str(found.window), found.ties) for found in traced.windows], ahead=_ahead(traced)),
        sparklines={each.key: sparkline([each.of(found) for found in traced.windows], position) for each in NUMBERS},
        terms=terms(traced.query),
        left_out=tuple(f"{count:,} left out: {reason.value}" for reason, count in traced.left_out.items()),
    )


def _headline(traced: Evolution) -> str:
    return headline(traced.windows, NOUNS[traced.query.level], of_shares(traced.query))


def position_of(windows: Sequence[Window], at: str) -> int:
    """The window an address names by its label, else the last that closes by the end of the year it names.

    Without a name the last of all, for a year before all windows the first. Raises InvalidValue for what names no year.
    """
    labels = [str(window) for window in windows]
    if not at or at in labels:
        return labels.index(at) if at else len(labels) - 1
    years = re.findall(r"[0-9]{4}", at)
    if not years:
        raise InvalidValue("at", at, "is no window; write one like 2019, 2019-Q2 or 2019-05")
    closed = [
        place for place, window in enumerate(windows) if date_of(window.last_exclusive - 1).year <= int(years[-1])
    ]
    return closed[-1] if closed else 0


def regions_of(names: Sequence[str]) -> list[str]:
    """The regions one can choose, in order."""
    return sorted({*names} - {NOWHERE})


def _ahead(traced: Evolution) -> int:
    """How many of the windows, the last ones, begin after today."""
    return sum(found.window.first > day_of(traced.query.today) for found in traced.windows)


def _picture(traced: Evolution, regions: Grouping, ties: Sequence[WindowTie]) -> Picture:
    places, actors = traced.places().tolist(), traced.actors
    spots = [
        Spot(actor.id, actor.name, x, y, regions.group(position).tone)
        for position, (actor, (x, y)) in enumerate(zip(actors, places, strict=True))
    ]
    pairs = {(actors[tie.giver].id, actors[tie.receiver].id): tie.contacts for tie in ties}
    planned = {(actors[tie.giver].id, actors[tie.receiver].id) for tie in ties if tie.planned}
    return draw(spots, pairs, DRAWN_AT_MOST, planned)


def _kind(kind: str) -> str:
    return words.plain(kind).capitalize() or "Kind not known"


def _communities(traced: Evolution) -> dict[str, object] | None:
    """Who is in which community in every window, where they were counted; the largest over all windows have colours."""
    members = [found.generation.member for found in traced.windows if found.generation]
    if not members:
        return None
    sizes = Counter(int(id_) for member in members for id_ in member[member != ALONE])
    shown = [id_ for id_, _ in sizes.most_common(AT_MOST - 1)]
    groups = [{"name": _about(traced, members, id_), "tone": tone(place)} for place, id_ in enumerate(shown)]
    return {
        "groups": [*groups, {"name": "Smaller communities", "tone": tone(AT_MOST - 1)}],
        "of": [_numbered(member, shown).tolist() for member in members],
    }


def _about(traced: Evolution, members: Sequence[Members], id_: int) -> str:
    """A community by the actor that was longest in it, the first of equal ones."""
    windows = np.sum([member == id_ for member in members], axis=0)
    return f"Around {words.apart(traced.actors[int(windows.argmax())].name)}"


def _numbered(member: Members, shown: Sequence[int]) -> NDArray[np.int64]:
    found = np.full(len(member), len(shown))
    for place, id_ in enumerate(shown):
        found[member == id_] = place
    return found


def href_of(level: Level, id_: str, *, named: bool = True) -> str:
    """The page of an actor, or the list in which it stands."""
    if level is Level.PERSON:
        return url_for("experts.show", record_id=id_) if named else url_for("experts.index")
    if level is Level.INSTITUTION:
        return url_for("institutions.show", record_id=id_)
    return url_for("institutions.index", country=id_) if level is Level.COUNTRY else url_for("institutions.index")


def moments(traced: Evolution) -> tuple[Moment, ...]:
    """Every window with its figures."""
    before = (None, *traced.windows)
    return tuple(
        Moment(str(found.window), found.window, _figures(traced, found, former), until(found.window, traced.query))
        for found, former in zip(traced.windows, before, strict=False)
    )


def _figures(traced: Evolution, found: WindowMeasures, before: WindowMeasures | None) -> Mapping[str, Figure]:
    names = ", ".join(words.apart(actor.name) for actor in traced.who(found.brokers[:3]))
    return {**figures(found, before), BROKERS.key: Figure(names or "–")}
