"""Flows between the groups of a plain tie file: how many contacts carry from one to the other."""

from dataclasses import dataclass

import numpy as np

from graph.evolution.measures.structures import TieDirection
from graph.evolution.plain_ties import PlainTies, Rows

UNKNOWN = -1
"""The group of an end that has none."""


@dataclass(frozen=True, slots=True)
class GroupFlow:
    """The contacts that carry from one group to another, and their summed weight; groups by their codes."""

    giver: int
    receiver: int
    contacts: int
    weight: float


def group_flows(ties: PlainTies, rows: Rows, direction: TieDirection) -> tuple[GroupFlow, ...]:
    """Count the chosen contacts by the groups of their ends, the most first.

    A mutual contact carries both ways and so stands in two flows, within one group twice. Without direction each
    contact is counted once, between the two groups in the order of their codes.

    Arguments: `ties`, with or without groups; `rows`, positions in them; `direction`, whether an order of the ends
    counts.
    Returns: a flow for each pair of groups that has one; none where the file has no groups.
    Complexity: O(rows log rows).

    >>> ends, groups = np.array([[0, 1], [1, 2]]), np.array([[0, 0], [0, 1]])
    >>> ties = PlainTies(*ends, *np.zeros((2, 2)), np.ones(2), np.array([False, True]), *groups)
    >>> [(flow.giver, flow.receiver, flow.contacts) for flow in group_flows(ties, np.arange(2), TieDirection.DIRECTED)]
    [(0, 0, 1), (0, 1, 1), (1, 0, 1)]
    """
    if ties.source_group is None or ties.target_group is None:
        return ()
    giver, receiver, weight = ties.source_group[rows], ties.target_group[rows], ties.weight[rows]
    if direction is TieDirection.UNDIRECTED:
        giver, receiver = np.minimum(giver, receiver), np.maximum(giver, receiver)
    elif ties.mutual is not None:
        back = ties.mutual[rows]
        giver, receiver = np.concatenate((giver, receiver[back])), np.concatenate((receiver, giver[back]))
        weight = np.concatenate((weight, weight[back]))
    pairs, place, contacts = np.unique((giver, receiver), axis=1, return_inverse=True, return_counts=True)
    sums = np.bincount(place.ravel(), weight, len(contacts))
    found = (GroupFlow(*row) for row in zip(*pairs.tolist(), contacts.tolist(), sums.tolist(), strict=True))
    return tuple(sorted(found, key=lambda flow: (-flow.contacts, flow.giver, flow.receiver)))
