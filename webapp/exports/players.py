"""The network as one HTML file that plays without a server.

Script, style and content are inside, and the page's own policy forbids it to ask any other computer for anything.
Every word of the content becomes a text node.
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

from graph import VERSION
from graph.evolution.log.windows import day_of
from graph.services.network.export import ExportedContact, Extract
from webapp.exports.documents import drawings
from webapp.exports.pictures import colours, grouping_of, picture_of, title_of
from webapp.presenters.words import kind

_STATIC = Path(__file__).parent.parent / "static"


def write(extract: Extract) -> bytes:
    """The extract as an HTML document. The cost is that of the layout."""
    script, style = ((_STATIC / name).read_text(encoding="utf-8") for name in ("player.js", "player.css"))
    template = drawings().get_template("exports/player.html")
    # Both are files of ours; as markup they stay what their hashes say.
    text = template.render(
        title=title_of(extract),
        script=Markup(script),  # noqa: S704
        style=Markup(style),  # noqa: S704
        script_hash=_hash(script),
        style_hash=_hash(style),
        network=_network(extract),
        left_out=[f"{count:,} left out: {reason.value}." for reason, count in extract.left_out.items()],
        version=VERSION,
    )
    return text.encode()


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _network(extract: Extract) -> dict[str, Any]:
    """What `player.js` reads: actors at their places in the frame, ties by positions, days since 1970."""
    grouping, picture = grouping_of(extract), picture_of(extract)
    position = {actor.id: place for place, actor in enumerate(extract.actors)}
    return {
        "width": picture.width,
        "height": picture.height,
        "groups": [{"name": group.name, "colour": colours()[group.tone]} for group in grouping.groups],
        "actors": [
            {"name": dot.actor.label, "group": group, "x": dot.x, "y": dot.y}
            for dot, group in zip(picture.dots, grouping.of, strict=True)
        ],
        "ties": [_tie(tie, position) for tie in extract.contacts],
        "windows": [
            {"label": str(window), "from": window.first, "to": window.last_exclusive}
            for window in extract.query.windows()
        ],
    }


def _tie(tie: ExportedContact, position: dict[str, int]) -> dict[str, Any]:
    return {
        "source": position[tie.source],
        "target": position[tie.target],
        "start": day_of(tie.first),
        "end": day_of(tie.last) + 1 if tie.last else None,
        "first": tie.first.isoformat(),
        "last": tie.last.isoformat() if tie.last else "",
        "channel": kind(tie.channel),
    }
