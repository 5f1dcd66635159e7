"""Lineages in words: the answer, the generations, and the outline of who taught whom."""

from collections import defaultdict
from dataclasses import dataclass

from graph.domain.labels import Label
from graph.services.network.lineage import Generation, Lineage, LineageMember
from webapp.presenters.network.paths import carrier, day, span
from webapp.presenters.words import apart, counted, people, plain


def title(found: Lineage) -> str:
    """What the lineage is of: the name of a person or training, else the kind of the engagement."""
    return found.name or plain(found.kind).capitalize()


def answer(found: Lineage) -> str:
    """How far it reached, in one sentence."""
    if found.unfinished and found.ends:
        return f"It ends only on {day(found.ends)}, so nobody counts as taught by it before."
    if found.unfinished:
        return "It has no known end yet, so nobody counts as taught by it."
    subject = _subject(found)
    begins = f"{subject[:1].upper()}{subject[1:]}"
    reached = f"{people(found.reached)} in {counted(len(found.generations), 'generation')}"
    if found.learner and not found.members:
        return f"{begins} taught {apart(found.learner.name)}; whom people there taught is not on record."
    if found.learner:
        return f"{begins} taught {apart(found.learner.name)} and reached {reached}, nobody counted twice."
    if not found.members:
        return f"Nobody is on record whom {subject} taught."
    return f"{begins} reached {reached}, nobody counted twice."


def generation(row: Generation) -> str:
    """One generation: "2nd generation: 3 people, 1.5 for each one before"."""
    each = f", {row.multiplier:.1f} for each one before" if row.multiplier else ""
    return f"generation {row.number}: {people(row.people)}{each}"


def taught(member: LineageMember) -> str:
    """When and by what somebody was reached."""
    return f"{span(member.step)}: {carrier(member.step)}" if member.step else day(member.day)


def taught_when(member: LineageMember) -> str:
    """The days of what taught somebody."""
    return span(member.step) if member.step else day(member.day)


def _subject(found: Lineage) -> str:
    return apart(title(found)) if found.kind == Label.EXPERT or found.name else f"this {plain(found.kind).lower()}"


@dataclass(frozen=True, slots=True)
class Branch:
    """Somebody in the outline, with those whom they taught."""

    member: LineageMember
    branches: tuple["Branch", ...]


def outline(members: tuple[LineageMember, ...]) -> tuple[Branch, ...]:
    """Everybody under the one who taught them; those the root itself taught stand outermost. O(members).

    Depth is bounded by the number of generations.
    """
    among = {member.actor.id for member in members}
    below: dict[str, list[LineageMember]] = defaultdict(list)
    for member in members:
        giver = member.step.giver.id if member.step else ""
        below[giver if giver in among else ""].append(member)

    def branch(member: LineageMember) -> Branch:
        return Branch(member, tuple(map(branch, below[member.actor.id])))

    return tuple(map(branch, below[""]))
