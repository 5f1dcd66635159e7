"""Who is tied to whom in one window of the network, as an outline for the keyboard: regions, actors, partners."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.services.network.evolution import Evolution
from graph.services.network.window_ties import WindowTie
from webapp.presenters import words
from webapp.presenters.network.nouns import NOUNS
from webapp.presenters.network.pages import href_of

OUTLINED, PARTNERS = 150, 20

Around = Mapping[int, Mapping[int, Sequence[int]]]
"""For every actor its partners, how much it gave to each and received from each, and the ties that have begun."""


@dataclass(frozen=True, slots=True)
class OutlinePartner:
    """The other end of a tie as the outline has it, and what went there or came from there."""

    name: str
    href: str
    summary: str


@dataclass(frozen=True, slots=True)
class OutlineActor:
    """An actor of the outline with its partners, `more` of which are left to the table."""

    id: str
    name: str
    href: str
    summary: str
    partners: tuple[OutlinePartner, ...]
    more: int


@dataclass(frozen=True, slots=True)
class OutlineRegion:
    """The actors of a region in the outline, most partners first; `more` of them are left to the table."""

    name: str
    summary: str
    entries: tuple[OutlineActor, ...]
    more: int


def around(ties: Sequence[WindowTie]) -> Around:
    """Everybody tied in a window with their partners. O(ties)."""
    found: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for tie in ties:
        found[tie.giver][tie.receiver][0] += tie.contacts
        found[tie.receiver][tie.giver][1] += tie.contacts
        found[tie.giver][tie.receiver][2] += not tie.planned
        found[tie.receiver][tie.giver][2] += not tie.planned
    return found


def outline(traced: Evolution, ties: Sequence[WindowTie]) -> tuple[OutlineRegion, ...]:
    """Regions with most actors first, in each the actors with most partners, in each its partners."""
    met = around(ties)
    ranking = sorted(met, key=lambda actor: (-len(met[actor]), traced.actors[actor].name))
    shown = {*ranking[:OUTLINED]}
    regions: dict[str, list[int]] = defaultdict(list)
    for actor in ranking:
        regions[traced.actors[actor].group].append(actor)
    return tuple(
        OutlineRegion(
            name=name,
            summary=words.counted(len(actors), *NOUNS[traced.query.level]),
            entries=tuple(_entry(traced, actor, met[actor]) for actor in actors if actor in shown),
            more=len(actors) - len(shown.intersection(actors)),
        )
        for name, actors in sorted(regions.items(), key=lambda found: (-len(found[1]), found[0]))
    )


def _entry(traced: Evolution, actor: int, partners: Mapping[int, Sequence[int]]) -> OutlineActor:
    found = traced.actors[actor]
    ordered = sorted(partners, key=lambda other: (-sum(partners[other][:2]), traced.actors[other].name))
    return OutlineActor(
        id=found.id,
        name=found.name,
        href=href_of(traced.query.level, found.id, named=found.named),
        summary=words.counted(len(partners), "partner"),
        partners=tuple(_partner(traced, other, *partners[other]) for other in ordered[:PARTNERS]),
        more=max(0, len(ordered) - PARTNERS),
    )


def _partner(traced: Evolution, other: int, given: int, received: int, begun: int) -> OutlinePartner:
    found = traced.actors[other]
    counts = [
        f"{words.counted(count, 'contact')} {way}" for count, way in ((given, "given"), (received, "received")) if count
    ]
    counts += [] if begun else ["only planned"]
    return OutlinePartner(found.name, href_of(traced.query.level, found.id, named=found.named), ", ".join(counts))
