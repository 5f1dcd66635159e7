"""What people state they can do, and what that says about broader capabilities."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.services.indexes import Axis
from graph.store import reference, rosters

Above = Mapping[str, Set[str]]
"""Capability -> everything broader, at any height of its tree."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated capability: itself or, where it lies deeper in a tree, the one that speaks for the area.

    `confirmed_on` is the last day that `confirmed_as` ("2026-01") can mean; both are empty where never confirmed.
    """

    capability: str
    name: str
    level: float
    confirmed_on: str
    confirmed_as: str
    evidence: str


def read_stated(graph: Graph, audience: Audience, names: Axis, above: Above) -> dict[tuple[str, str], Stated]:
    """What people state, and for every broader capability of which they state nothing the highest narrower level."""
    columns = rosters.levels(graph, audience)
    found: dict[tuple[str, str], Stated] = {}
    order = ("people", "capabilities", "levels", "confirmed", "known_as", "evidence")
    for person, capability, *said in zip(*(columns[name] for name in order), strict=True):
        stated = Stated(capability, names.names[names.index[capability]], *said)
        found[person, capability] = stated
        for reached in above.get(capability, ()):
            known = found.get((person, reached))
            if known is None or (known.capability != reached and known.level < stated.level):
                found[person, reached] = stated
    return found


def read_above(graph: Graph) -> Above:
    """What lies above each capability that lies in a tree. O(steps of the trees)."""
    parents: dict[str, list[str]] = defaultdict(list)
    columns = reference.broader(graph)
    for capability, broader in zip(columns["ids"], columns["broader"], strict=True):
        parents[capability].append(broader)
    above: dict[str, set[str]] = defaultdict(set)
    for capability in list(parents):
        rest = list(parents[capability])
        while rest:
            broader = rest.pop()
            if broader not in above[capability]:
                above[capability].add(broader)
                rest.extend(parents.get(broader, ()))
    return above
