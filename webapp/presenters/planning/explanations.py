"""Why somebody is in a plan or is not, and what would change it, in sentences."""

from collections.abc import Iterator

from graph.matching.sensitivity.changes import REPAIRABLE
from graph.services.planning.explain import (
    UNPROVEN,
    PairVerdict,
    Turn,
    Why,
)
from graph.services.planning.explain_fit import Fit
from webapp.presenters.matching.matches import CRITERION, listed
from webapp.presenters.words import apart, counted, days_written_out, form_of


def explanation(found: Why) -> tuple[str, ...]:
    """Everything there is to say about one person and one opening, the verdict first."""
    return (*_verdict(found), *_others(found), *_turns(found), *ways_in(found))


_STANDS = {
    PairVerdict.EXCLUDED: "{} was excluded by hand.",
    PairVerdict.UNINVITED: "{} is not among the people chosen for this bench.",
    PairVerdict.BELOW_FLOOR: "{} brings fewer points here than the floor of this plan.",
    PairVerdict.TOO_LONG: "{} is not free for as many days as this opening takes.",
    PairVerdict.SEATS_LOCKED: "{} could be here, but every seat is locked or taken.",
    PairVerdict.CAPACITY_LOCKED: "{} could be here, but is locked to as many openings as they take; take a lock back.",
}


def own_fit(found: Fit) -> tuple[str, ...]:
    """What somebody hears of themselves and an opening."""
    name = apart(found.expert_name)
    if not found.rules:
        silent = listed([CRITERION[criterion].lower() for criterion in found.unstated])
        known = f"Nothing is stated of you about {silent}: until it is, that counts nothing." if silent else ""
        return tuple(filter(None, ("No rule stands in your way: you can be suggested for it.", known)))
    stands = (f"{name} {rule.sentence}." for rule in found.rules)
    way = f"No rule would stand in the way if {name} {_changes(found)}." if found.changes else ""
    return (*stands, *filter(None, [way]))


def _changes(found: Fit | Why) -> str:
    return days_written_out(listed(found.changes))


def lock_cost(found: Why) -> str:
    """What a locked pair costs the plan."""
    if found.lost:
        return f"costs {counted(found.lost, 'point')}"
    return "costs nothing" if found.proven else "cost not settled"


_HOPELESS = dict.fromkeys(
    (PairVerdict.LEFT_OUT, PairVerdict.BELOW_FLOOR, PairVerdict.TOO_LONG),
    "No single change to a capability, a language or free time would do.",
)


def _verdict(found: Why) -> Iterator[str]:
    if found.verdict in _STANDS:
        yield _STANDS[found.verdict].format(apart(found.expert_name))
    yield from (f"{apart(found.expert_name)} {rule.sentence}." for rule in found.rules)
    yield from _difference(found)
    if found.needed is not None:
        yield f"{apart(found.expert_name)} is in for certain with {counted(found.needed, 'point')} more."


def _difference(found: Why) -> Iterator[str]:
    """What the pair costs the plan or brings it."""
    if not found.proven:
        yield UNPROVEN
    elif found.verdict is PairVerdict.LOCKED:
        yield (
            f"This lock costs {counted(found.lost, 'point')}."
            if found.lost
            else "This lock costs nothing: the plan is worth no less."
        )
    elif found.lost is not None:
        side = "With" if found.verdict is PairVerdict.LEFT_OUT else "Without"
        seats = f" and fill {counted(found.fewer, 'seat')} fewer" if found.fewer else ""
        lost = counted(found.lost, "point")
        yield f"{side} {apart(found.expert_name)} here the plan would be worth {lost} less{seats}."


def _others(found: Why) -> Iterator[str]:
    if found.rivals:
        held = listed([f"{apart(rival.expert_name)} ({counted(rival.points, 'point')})" for rival in found.rivals])
        yield f"Here {form_of(len(found.rivals), 'sits', 'sit')} {held}."
    if found.runners_up:
        after = [
            f"{apart(other.expert_name)}, for {counted(other.lost or 0, 'point')} less in total"
            for other in found.runners_up
        ]
        yield f"Next for this seat: {'; then '.join(after)}."


def _turns(found: Why) -> Iterator[str]:
    if found.turns:
        yield f"It would mean: {listed([turn_in_words(turn) for turn in found.turns])}."


def turn_in_words(turn: Turn) -> str:
    """ "Ama goes from one opening to another"."""
    if not turn.destination:
        return f"{apart(turn.expert_name)} leaves {apart(turn.origin_name)}"
    if not turn.origin:
        return f"{apart(turn.expert_name)} comes to {apart(turn.destination_name)}"
    return f"{apart(turn.expert_name)} goes from {apart(turn.origin_name)} to {apart(turn.destination_name)}"


def ways_in(found: Why) -> Iterator[str]:
    """What would put the person in."""
    if found.changes:
        yield f"The smallest change that would do: {apart(found.expert_name)} {_changes(found)}."
    elif found.verdict in _HOPELESS:
        yield _HOPELESS[found.verdict]
    elif found.rules and all(rule.rule in REPAIRABLE for rule in found.rules):
        yield "To satisfy these rules would not be enough, nor would one change more."
    if found.seat:
        yield "One more seat would do."
