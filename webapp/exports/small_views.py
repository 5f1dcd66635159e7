"""Small networks to take apart by hand: an actor among its partners, a lineage. pyvis draws them at places of ours.

The page stands by itself: it asks no computer for anything, and no name is ever markup in it. pyvis writes headings and
titles as they are given, so neither is used.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from flask import Response
from pyvis.network import Network

from graph.evolution.log.windows import Window
from graph.services.network.lineage import Lineage, LineageMember
from graph.services.network.window_ties import WindowTie, ties_in
from graph.services.transfers.actors import Actor
from graph.services.transfers.log import TransferLog
from webapp.exports.pictures import colours
from webapp.presenters.network.groups import grouped
from webapp.presenters.network.lineages import title

AT_MOST = 300
POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
)
_ELSEWHERE = re.compile(
    r"<link[^>]*(?:https?:|\.\./)[^>]*>|<script[^>]*src=[^>]*>\s*</script>|<center>.*?</center>", re.S
)
_ROOM, _GENERATION = 110, 220  # between two names and two generations, in units of the picture
_DOT = 10
# Names break into lines and grow until they can be read on a phone; a name has its size once it is drawn.
_NAMES = """<script>
const named = (size) => {
  const font = { size, color: "#17211f", strokeWidth: 4 };
  network.setOptions({ nodes: { font, widthConstraint: { maximum: 190 } } });
  network.redraw();
  network.fit();
};
const legible = () => {
  named(14);
  named(Math.min(30, Math.max(14, 11 / network.getScale())));
};
legible();
window.addEventListener("resize", legible);
</script>
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A name at its place, in a colour."""

    name: str
    x: float
    y: float
    colour: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between the nodes at two positions, as broad as its contacts."""

    source: int
    target: int
    contacts: int = 1


def around(found: TransferLog, window: Window, id_: str) -> bytes:
    """An actor in the middle of those it is tied to in a window, with the ties between these; HTML.

    Of more than AT_MOST actors those with most contacts are drawn. Raises NotFound for who is in no contact.
    """
    middle, ties = found.position(id_), ties_in(found.log, window)
    partners = _partners(ties, middle)[: AT_MOST - 1]
    shown = [middle, *sorted(partners, key=lambda actor: (found.actors[actor].group, found.actors[actor].name))]
    number = {actor: place for place, actor in enumerate(shown)}
    edges = [
        Edge(number[tie.giver], number[tie.receiver], tie.contacts)
        for tie in ties
        if tie.giver in number and tie.receiver in number
    ]
    return write(_ring([found.actors[actor] for actor in shown]), edges)


def lineage(found: Lineage) -> bytes:
    """A lineage from left to right, generation by generation; HTML. The first AT_MOST people are drawn."""
    members = found.members[: AT_MOST - 1]
    number = {member.actor.id: place for place, member in enumerate(members, 1)}
    heights: dict[int, int] = {}
    nodes = [Node(title(found), 0.0, 0.0, colours()["c2"])]
    for member in members:
        place = heights[member.generation] = heights.get(member.generation, -1) + 1
        nodes.append(Node(member.actor.name, _GENERATION * member.generation, _ROOM * place, colours()["c1"]))
    edges = [Edge(_giver(member, number), number[member.actor.id]) for member in members]
    return write(nodes, edges)


def write(nodes: Sequence[Node], edges: Sequence[Edge]) -> bytes:
    """The page of pyvis, without what it would fetch from elsewhere."""
    network = Network(height="100vh", width="100%", directed=True, cdn_resources="in_line")
    network.toggle_physics(status=False)
    network.set_edge_smooth("curvedCW")
    for number, node in enumerate(nodes):
        network.add_node(number, label=node.name, x=node.x, y=node.y, color=node.colour, size=_DOT, physics=False)
    for edge in edges:
        network.add_edge(edge.source, edge.target, width=min(1 + edge.contacts / 2, 6))
    page = _ELSEWHERE.sub("", network.generate_html(notebook=False))
    head = (
        '<head><title>Baton</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY.partition("; ")[2]}">'
    )
    return ("<!doctype html>" + page.replace("<head>", head, 1).replace("</body>", f"{_NAMES}</body>", 1)).encode()


def answer(page: bytes) -> Response:
    """The page as a server sends it: its scripts run apart from everything else of ours."""
    return Response(page, mimetype="text/html", headers={"Content-Security-Policy": POLICY})


def _partners(ties: Sequence[WindowTie], middle: int) -> list[int]:
    """Those tied to the one in the middle, most contacts first."""
    contacts: dict[int, int] = {}
    for tie in ties:
        if middle in (tie.giver, tie.receiver):
            other = tie.receiver if tie.giver == middle else tie.giver
            contacts[other] = contacts.get(other, 0) + tie.contacts
    return sorted(contacts, key=lambda actor: (-contacts[actor], actor))


def _ring(actors: Sequence[Actor]) -> list[Node]:
    """The first actor in the middle, the others around it with room for their names."""
    grouping = grouped([actor.group for actor in actors])
    others = len(actors) - 1
    reach = max(3.0 * _ROOM, _ROOM * others / pi)
    nodes = []
    for place, actor in enumerate(actors):
        angle, far = 2 * pi * place / max(others, 1), reach if place else 0.0
        nodes.append(Node(actor.name, far * cos(angle), far * sin(angle), colours()[grouping.group(place).tone]))
    return nodes


def _giver(member: LineageMember, number: dict[str, int]) -> int:
    """Who taught them, the root where it did itself."""
    return number.get(member.step.giver.id, 0) if member.step else 0
