"""What the state of a proposal means, once for all statements."""

from graph.domain.agreements import AWAITS


def open_on(proposal: str, opening: str) -> str:
    """The condition that a proposal waits for an answer on the day `$today`, by the names of two bound nodes.

    It waits through its last day and has expired from the next on, whether or not that was written down.
    """
    return f"({proposal}.status IN {_WAITING} AND {last_day(proposal, opening)} >= $today)"


def overdue(proposal: str, opening: str) -> str:
    """The condition that a proposal was open and nobody answered it in time."""
    return f"({proposal}.status IN {_WAITING} AND {last_day(proposal, opening)} < $today)"


def last_day(proposal: str, opening: str) -> str:
    """The last day for answers: the proposal's own, else the deadline of the opening, else its end."""
    return f"coalesce({proposal}.answer_by_last, {opening}.deadline_last, {opening}.end_last)"


_WAITING = [status.value for status in AWAITS]
