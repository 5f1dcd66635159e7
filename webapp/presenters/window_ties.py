"""One window of the network for reading: a brief, every tie in a table, and an outline for the keyboard."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from graph.connection import Row
from graph.evolution.measures import WindowMeasures
from graph.services.atlases import Level
from graph.services.trace_evolution import Asked, Evolution
from graph.services.window_ties import PairTie
from graph.store.pages import Page, Query
from webapp.listings import Column, paged
from webapp.presenters import words
from webapp.presenters.networks import NOUN, href_of

SORTS = ("contacts", "giver", "receiver", "first", "last")
COLUMNS = (
    Column("giver", "From", "giver"),
    Column("receiver", "To", "receiver"),
    Column("channels", "As"),
    Column("contacts", "Contacts", "contacts", numeric=True),
    Column("first", "Since", "first"),
    Column("last", "Until", "last"),
)
OUTLINED, PARTNERS = 150, 20


@dataclass(frozen=True, slots=True)
class Partner:
    """The other end of a tie as the outline has it, and what went there or came from there."""

    name: str
    href: str
    told: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor of the outline with its partners, `more` of which are left to the table."""

    id: str
    name: str
    href: str
    told: str
    partners: tuple[Partner, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Region:
    """The actors of a region in the outline, most partners first; `more` of them are left to the table."""

    name: str
    told: str
    entries: tuple[Entry, ...]
    more: int


@dataclass(frozen=True, slots=True)
class WindowPage:
    """What there is to read about a window, and where it is compared with the one before, empty for the first."""

    label: str
    noun: str
    brief: str
    since: str
    compared: str
    outline: tuple[Region, ...]
    ties: Page


def window_page(traced: Evolution, position: int, ties: Sequence[PairTie], query: Query) -> WindowPage:
    """Lay the window at that position out. O(ties log ties)."""
    found = traced.windows[position]
    since = str(traced.windows[position - 1].window) if position else ""
    return WindowPage(
        label=str(found.window),
        noun=NOUN[traced.asked.level],
        brief=_brief(traced, found, ties),
        since=since,
        compared=_compared(traced.asked, since, str(found.window)) if since else "",
        outline=_outline(traced, ties),
        ties=_listed(traced, ties, query),
    )


def _compared(asked: Asked, then: str, now: str) -> str:
    return url_for("compare.show", then=then, now=now, level=asked.level.value, filter=asked.chosen.to_texts())


def _brief(traced: Evolution, found: WindowMeasures, ties: Sequence[PairTie]) -> str:
    """The window in at most three sentences."""
    noun = NOUN[traced.asked.level]
    if not ties:
        return f"No ties between {noun} hold in {found.window}."
    given, received = _strengths(ties)
    counts = f"{words.counted(found.ties, 'tie')} out of {words.counted(found.contacts, 'contact')}"
    first = f"In {found.window}, {found.actors:,} {noun} hold {counts}."
    ends = f"{_most(traced, given)} gave most, {_most(traced, received)} received most."
    if traced.asked.level is Level.REGION:
        return f"{first} {ends}"
    abroad = sum(traced.actors[tie.giver].group != traced.actors[tie.receiver].group for tie in ties)
    return f"{first} {ends} {words.percent(abroad / len(ties))} of the ties lead from one region to another."


def _strengths(ties: Sequence[PairTie]) -> tuple[Counter[int], Counter[int]]:
    """The contacts given and received by actor."""
    given, received = Counter[int](), Counter[int]()
    for tie in ties:
        given[tie.giver] += tie.contacts
        received[tie.receiver] += tie.contacts
    return given, received


def _most(traced: Evolution, strength: Counter[int]) -> str:
    most = max(strength.values())
    names = sorted(traced.actors[actor].name for actor, value in strength.items() if value == most)
    others = f" and {words.counted(len(names) - 1, 'other')}" if len(names) > 1 else ""
    return f"{words.apart(names[0])}{others} ({words.counted(most, 'contact')}{' each' if others else ''})"


def _listed(traced: Evolution, ties: Sequence[PairTie], query: Query) -> Page:
    return paged(sorted((_row(traced, tie) for tie in ties), key=lambda row: (row["giver"], row["receiver"])), query)


def _row(traced: Evolution, tie: PairTie) -> Row:
    level, giver, receiver = traced.asked.level, traced.actors[tie.giver], traced.actors[tie.receiver]
    return {
        "giver_id": giver.id,
        "giver": giver.name,
        "giver_href": href_of(level, giver.id, named=giver.named),
        "receiver": receiver.name,
        "receiver_href": href_of(level, receiver.id, named=receiver.named),
        "channels": ", ".join(words.kind(channel) for channel in tie.channels),
        "contacts": tie.contacts,
        "first": tie.first.isoformat(),
        "last": tie.last.isoformat() if tie.last else "",
    }


def _outline(traced: Evolution, ties: Sequence[PairTie]) -> tuple[Region, ...]:
    """Regions with most actors first, in each the actors with most partners, in each its partners."""
    around: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for tie in ties:
        around[tie.giver][tie.receiver][0] += tie.contacts
        around[tie.receiver][tie.giver][1] += tie.contacts
    ranking = sorted(around, key=lambda actor: (-len(around[actor]), traced.actors[actor].name))
    shown = {*ranking[:OUTLINED]}
    regions: dict[str, list[int]] = defaultdict(list)
    for actor in ranking:
        regions[traced.actors[actor].group].append(actor)
    return tuple(
        Region(
            name=name,
            told=f"{len(actors):,} {NOUN[traced.asked.level]}" if len(actors) > 1 else "1",
            entries=tuple(_entry(traced, actor, around[actor]) for actor in actors if actor in shown),
            more=len(actors) - len(shown.intersection(actors)),
        )
        for name, actors in sorted(regions.items(), key=lambda found: (-len(found[1]), found[0]))
    )


def _entry(traced: Evolution, actor: int, partners: dict[int, list[int]]) -> Entry:
    found = traced.actors[actor]
    ordered = sorted(partners, key=lambda other: (-sum(partners[other]), traced.actors[other].name))
    return Entry(
        id=found.id,
        name=found.name,
        href=href_of(traced.asked.level, found.id, named=found.named),
        told=words.counted(len(partners), "partner"),
        partners=tuple(_partner(traced, other, *partners[other]) for other in ordered[:PARTNERS]),
        more=max(0, len(ordered) - PARTNERS),
    )


def _partner(traced: Evolution, other: int, given: int, received: int) -> Partner:
    found = traced.actors[other]
    told = [f"{count:,} {way}" for count, way in ((given, "given"), (received, "received")) if count]
    return Partner(found.name, href_of(traced.asked.level, found.id, named=found.named), ", ".join(told))
