"""The network of one span as a picture that stands by itself: the geometry of the page, its colours written out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.services.network.export import ExportedContact, Extract
from webapp.exports.documents import cleaned, drawings
from webapp.presenters.charts import TONES
from webapp.presenters.network.groups import ActorGroup, Grouping, grouped
from webapp.presenters.network.nouns import NOUN
from webapp.presenters.network.pictures import Picture, Spot, draw
from webapp.urls import network

_EDGE, _GAP, _LETTER = 28.5, 26.0, 6.0  # of the key, in units of the picture
_STYLES = Path(__file__).parent.parent / "static" / "baton.css"


def grouping_of(extract: Extract) -> Grouping:
    """The actors of the extract by region."""
    return grouped([actor.group for actor in extract.actors])


def picture_of(extract: Extract) -> Picture:
    """All ties of the span drawn at once. The cost is that of the layout."""
    grouping, places = grouping_of(extract), extract.places()
    spots = [
        Spot(actor.id, actor.name, *places[actor.id], grouping.group(position).tone)
        for position, actor in enumerate(extract.actors)
    ]
    begun = {pair for tie in extract.contacts if not tie.planned for pair in _pairs(tie)}
    pairs = Counter(pair for tie in extract.contacts for pair in _pairs(tie))
    return draw(spots, pairs, planned=pairs.keys() - begun)


@cache
def colours() -> dict[str, str]:
    """The colour behind each tone, as the style sheet of the pages has it on a light ground."""
    written = re.findall(r"--(c\d+): (#[0-9a-f]{6});", _STYLES.read_text(encoding="utf-8"))
    return {name: colour for name, colour in reversed(written) if name in TONES}


def title_of(extract: Extract) -> str:
    """What the picture shows, in words."""
    return f"Transfers of know-how between {NOUN[extract.query.level]}, {network.in_words(extract.query)}"


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
    return Drawing(title_of(extract), tuple(_key(grouping_of(extract).groups)), picture_of(extract))


def write(extract: Extract) -> bytes:
    """The picture as an SVG document. The cost is that of the layout."""
    template = drawings().get_template("exports/picture.svg")
    return cleaned(template.render(drawing=drawing_of(extract), colours=colours())).encode()


def _key(groups: Sequence[ActorGroup]) -> Iterator[tuple[str, float, str]]:
    across = _EDGE
    for group in groups:
        yield group.name, across, colours()[group.tone]
        across += _GAP + _LETTER * len(group.name)


def _pairs(tie: ExportedContact) -> list[tuple[str, str]]:
    back = [(tie.target, tie.source)] if tie.mutual else []
    return [(tie.source, tie.target), *back]
