"""A person says which openings they would take, in their order; somebody who plans may note it for them."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.labels import Label
from graph.domain.marks import PLANNERS
from graph.errors import InvalidValue, NotAllowed
from graph.services.accounts.passwords import own_person
from graph.services.audit import note
from graph.store import experts, locks, openings, wishes

MOST = 20
"""Openings a person can rank."""


class WishStep(StrEnum):
    """What a person does with one opening on their list."""

    ADD = "add"
    UP = "up"
    OFF = "off"


def move_wish(graph: Graph, account: Account, opening_id: str, move: WishStep) -> tuple[str, ...]:
    """Add an opening at the end of one's list, move it up by one, or take it off; the list then (ids).

    Adding one that is there and taking off one that is not change nothing. Raises NotAllowed without a person,
    NotFound for an opening that the account may not see, InvalidValue for more than MOST.
    """
    expert = own_person(account)
    step = partial(_MOVES[move], opening_id)
    return graph.transaction(lambda within: _rank(within, account, expert, step))


def note_wishes(graph: Graph, account: Account, expert_id: str, wanted: Sequence[str]) -> tuple[str, ...]:
    """Note for a person which openings they would take, the dearest first, in place of all before; the list then.

    Raises NotAllowed but for those who plan and the person, NotFound, and InvalidValue for one named twice.
    """
    if account.role not in PLANNERS and account.expert != expert_id:
        raise NotAllowed("Only the person, or somebody who plans, says which openings the person would take.")
    return graph.transaction(lambda within: _rank(within, account, expert_id, lambda _: list(wanted)))


def _rank(graph: Graph, account: Account, expert_id: str, change: Callable[[list[str]], list[str]]) -> tuple[str, ...]:
    experts.find(graph, account.audience, expert_id)
    locks.take(graph, {Label.EXPERT: [expert_id]})
    before = [row["opening"] for row in wishes.of_person(graph, account.audience, expert_id)]
    after = change(before)
    _check(graph, account, after)
    if after != before:
        wishes.keep(graph, expert_id, after)
        note(graph, account, f"wishes: {', '.join(after) or 'none'}", [expert_id])
    return tuple(after)


def _check(graph: Graph, account: Account, wanted: Sequence[str]) -> None:
    if len(wanted) > MOST:
        raise InvalidValue("wishes", len(wanted), f"is too many; rank {MOST} openings at most, the dearest first")
    for place, opening in enumerate(wanted):
        if opening in wanted[:place]:
            raise InvalidValue("wishes", opening, "stands there twice; name each opening once")
        openings.find(graph, account.audience, opening)


def _add(opening: str, before: list[str]) -> list[str]:
    return before if opening in before else [*before, opening]


def _off(opening: str, before: list[str]) -> list[str]:
    return [each for each in before if each != opening]


def _up(opening: str, before: list[str]) -> list[str]:
    if opening not in before[1:]:
        return before
    place = before.index(opening)
    return [*before[: place - 1], opening, before[place - 1], *before[place + 1 :]]


_MOVES = {WishStep.ADD: _add, WishStep.UP: _up, WishStep.OFF: _off}
