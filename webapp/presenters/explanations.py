"""Why somebody is in a plan or is not, and what would change it, in sentences."""

from collections.abc import Iterator

from graph.services.explain_plan import Turn, Verdict, Why
from webapp.presenters.matches import listed


def explanation(found: Why) -> tuple[str, ...]:
    """Everything there is to say about one person and one opening, the verdict first."""
    return (*_verdict(found), *_others(found), *_turns(found), *_ways_in(found))


def _verdict(found: Why) -> Iterator[str]:
    name, lost = found.expert_name, found.lost or 0
    if found.verdict is Verdict.LOCKED:
        yield f"This lock costs {lost:,} points." if lost else "This lock costs nothing: the plan is worth no less."
    elif found.verdict is Verdict.EXCLUDED:
        yield f"{name} was excluded by hand."
    elif found.verdict is Verdict.UNINVITED:
        yield f"{name} is not among the people chosen for this bench."
    elif found.verdict is Verdict.BELOW_FLOOR:
        yield f"{name} brings fewer points here than the floor of this plan."
    elif found.verdict is Verdict.RULED_OUT:
        yield from (f"{name} {rule.sentence}." for rule in found.rules)
    elif found.verdict is Verdict.LEFT_OUT and found.lost is not None:
        seats = f" and fill {_counted(found.fewer, 'seat')} fewer" if found.fewer else ""
        yield f"With {name} here the plan would be worth {lost:,} points less{seats}."
    if found.needed is not None:
        yield f"{name} is in for certain with {found.needed:,} points more."


def _others(found: Why) -> Iterator[str]:
    if found.rivals:
        held = listed([f"{rival.expert_name} ({rival.points:,} points)" for rival in found.rivals])
        yield f"Here {'sits' if len(found.rivals) == 1 else 'sit'} {held}."
    if found.runners_up:
        after = [f"{other.expert_name}, for {other.lost or 0:,} points less in total" for other in found.runners_up]
        yield f"Next for this seat: {'; then '.join(after)}."


def _turns(found: Why) -> Iterator[str]:
    if found.turns:
        yield f"It would mean: {listed([_turn(turn) for turn in found.turns])}."


def _turn(turn: Turn) -> str:
    if not turn.destination:
        return f"{turn.expert_name} leaves {turn.origin_name}"
    if not turn.origin:
        return f"{turn.expert_name} comes to {turn.destination_name}"
    return f"{turn.expert_name} goes from {turn.origin_name} to {turn.destination_name}"


def _ways_in(found: Why) -> Iterator[str]:
    if found.changes:
        yield f"The smallest change that would do: {found.expert_name} {listed(found.changes)}."
    if found.seat:
        yield "One more seat would do."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"
