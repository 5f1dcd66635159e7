"""Flows between the groups of a plain file, against a count one contact at a time."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.evolution.measures.structures import TieDirection
from graph.evolution.plain_flows import UNKNOWN, group_flows
from graph.evolution.plain_ties import PlainTies

group = st.integers(UNKNOWN, 2)
contacts = st.lists(st.tuples(group, group, st.booleans(), st.integers(0, 9)), max_size=25)


@given(contacts, st.sampled_from(TieDirection))
def test_flows_are_those_of_a_count_one_contact_at_a_time(
    rows: list[tuple[int, int, bool, int]], direction: TieDirection
) -> None:
    counted: Counter[tuple[int, int]] = Counter()
    weighed: Counter[tuple[int, int]] = Counter()
    for giver, receiver, mutual, weight in rows:
        both = [(giver, receiver), (receiver, giver)] if mutual else [(giver, receiver)]
        for pair in both if direction is TieDirection.DIRECTED else [(min(both[0]), max(both[0]))]:
            counted[pair] += 1
            weighed[pair] += weight
    giver, receiver, mutual, weight = np.array(rows, np.int32).reshape(-1, 4).T
    nothing = np.zeros(len(rows))
    ties = PlainTies(giver, receiver, nothing, nothing, weight.astype(float), mutual.astype(bool), giver, receiver)
    found = group_flows(ties, np.arange(len(rows)), direction)
    assert {(flow.giver, flow.receiver): flow.contacts for flow in found} == counted
    assert {(flow.giver, flow.receiver): flow.weight for flow in found} == weighed
    assert [flow.contacts for flow in found] == sorted(counted.values(), reverse=True)


def test_a_file_without_groups_has_no_flows() -> None:
    ends = np.array([0, 1])
    assert group_flows(PlainTies(ends, ends, *np.zeros((2, 2)), np.ones(2)), np.arange(2), TieDirection.DIRECTED) == ()
