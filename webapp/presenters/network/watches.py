"""What hangs by a thread, as its pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from graph.services.network.handovers import Relay
from graph.services.network.what_if import Figures, WhatIf
from graph.services.transfers.actors import Level
from webapp.presenters import words

FIGURES = {
    "Actors with a tie": "actors",
    "Ties": "ties",
    "Components": "components",
    "Share of the largest component": "giant_share",
    "Reached from a centre": "taught",
    "With a path to a centre": "heard",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One number before and after; `change` with its sign and an arrow, empty where it stays.

    The widths of its bars are in percent: of one for a share, else of the larger of the two.
    """

    label: str
    before: str
    after: str
    change: str
    before_wide: float
    after_wide: float


def compared(found: WhatIf) -> tuple[Compared, ...]:
    """Every number of a removal, before and after."""
    return tuple(_compared(label, found.before, found.after, name) for label, name in FIGURES.items())


@dataclass(frozen=True, slots=True)
class Lesser:
    """Somebody who receives less, with the widths of the bars in percent of the most that anybody received."""

    name: str
    before: int
    after: int
    before_wide: float
    after_wide: float


def lesser(found: WhatIf) -> tuple[Lesser, ...]:
    """Who receives less than before, as `received` has them."""
    most = max((each.before for each in found.received), default=0.0) or 1.0
    return tuple(
        Lesser(
            each.actor.name, round(each.before), round(each.after), 100 * each.before / most, 100 * each.after / most
        )
        for each in found.received
    )


def caveat(found: WhatIf) -> str:
    """What a removal seen from this level cannot tell exactly; empty where it is exact."""
    if found.level is Level.PERSON or all(each.kind != "person" for each in found.removed):
        return ""
    return (
        "From here it is not told apart which of several people carried an engagement, so what several did together "
        "falls away with each of them; between people the loss is exact."
    )


def months(relays: Sequence[Relay]) -> tuple[tuple[str, tuple[Relay, ...]], ...]:
    """Relays under the name of the month in which they end: ("February 2026", ...)."""
    grouped = groupby(relays, key=lambda relay: f"{date.fromisoformat(relay.end):%B %Y}")
    return tuple((month, tuple(each)) for month, each in grouped)


def _compared(label: str, before: Figures, after: Figures, name: str) -> Compared:
    old, new = getattr(before, name), getattr(after, name)
    if isinstance(old, float):
        points = words.points(old, new)
        text = f"{_arrow(new - old)} {points}" if points else ""
        return Compared(label, words.percent(old), words.percent(new), text, 100 * old, 100 * new)
    text = f"{_arrow(new - old)} {abs(new - old):,}" if new != old else ""
    return Compared(label, f"{old:,}", f"{new:,}", text, *_wide(old, new))


def _wide(old: float, new: float) -> tuple[float, float]:
    longest = max(old, new) or 1
    return 100 * old / longest, 100 * new / longest


def _arrow(change: float) -> str:
    return "↑" if change > 0 else "↓"
