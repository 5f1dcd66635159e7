"""The network of one span as a picture that stands by itself: the geometry of the page, its colours written out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import current_app

from graph.evolution.ties import OPEN
from graph.evolution.windows import day_of
from graph.services.export_network import ExportedTie, Extract
from webapp.exports import spans
from webapp.exports.documents import cleaned
from webapp.presenters.charts import TONES, tone
from webapp.presenters.networks import NOUN
from webapp.presenters.pictures import Actor, Group, Network, Picture, Tie, Window, draw

ELSEWHERE = "Elsewhere"
_GROUPS = 8
_EDGE, _GAP, _LETTER = 28.5, 26.0, 6.0  # of the key, in units of the picture
_STYLES = Path(__file__).parent.parent / "static" / "baton.css"


def network_of(extract: Extract) -> Network:
    """The extract as the picture counts it, with days in the place of years."""
    groups = _groups(extract)
    number = {group.name: place for place, group in enumerate(groups)}
    places = extract.places()
    actors = tuple(
        Actor(actor.id, actor.name, "", number.get(actor.group, len(groups) - 1), *places[actor.id])
        for actor in extract.actors
    )
    return Network(actors, tuple(found for tie in extract.ties for found in _ties(tie)), (), groups)


def picture_of(network: Network, extract: Extract) -> Picture:
    """All ties of the span drawn at once."""
    return draw(network, Window(str(extract.span), extract.span.first, extract.span.last_exclusive))


@cache
def colours() -> dict[str, str]:
    """The colour behind each tone, as the style sheet of the pages has it on a light ground."""
    written = re.findall(r"--(c\d+): (#[0-9a-f]{6});", _STYLES.read_text(encoding="utf-8"))
    return {name: colour for name, colour in reversed(written) if name in TONES}


def title_of(extract: Extract) -> str:
    """What the picture shows, in words."""
    return f"Transfers of know-how between {NOUN[extract.asked.level]}, {spans.in_words(extract.asked)}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture below its title and its key: the names of the groups, each with its place across and its colour."""

    title: str
    key: tuple[tuple[str, float, str], ...]
    picture: Picture
    head: float = 60.0

    @property
    def height(self) -> float:
        """Of all of it, in units of the picture."""
        return self.head + self.picture.height


def drawing_of(extract: Extract) -> Drawing:
    """Lay the drawing out. The cost is that of the layout."""
    network = network_of(extract)
    return Drawing(title_of(extract), tuple(_key(network.groups)), picture_of(network, extract))


def write(extract: Extract) -> bytes:
    """The picture as an SVG document. The cost is that of the layout."""
    template = current_app.jinja_env.get_template("exports/picture.svg")
    return cleaned(template.render(drawing=drawing_of(extract), colours=colours())).encode()


def _key(groups: Sequence[Group]) -> Iterator[tuple[str, float, str]]:
    across = _EDGE
    for group in groups:
        yield group.name, across, colours()[group.tone]
        across += _GAP + _LETTER * len(group.name)


def _groups(extract: Extract) -> tuple[Group, ...]:
    """The regions with most actors, in order; where there are more than colours, the last stands for the others."""
    sizes = Counter(actor.group for actor in extract.actors)
    names = sorted(sizes, key=lambda name: (-sizes[name], name))
    shown = names if len(names) <= _GROUPS else [*names[: _GROUPS - 1], ELSEWHERE]
    return tuple(Group(name, tone(place)) for place, name in enumerate(shown))


def _ties(tie: ExportedTie) -> list[Tie]:
    if tie.source == tie.target:
        return []
    end = OPEN if tie.last is None else day_of(tie.last) + 1
    ends = [(tie.source, tie.target)] + ([(tie.target, tie.source)] if tie.mutual else [])
    return [Tie(source, target, day_of(tie.first), end, tie.channel) for source, target in ends]
