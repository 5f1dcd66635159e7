"""Claim: peers over two hops are those of networkx, value by value, many times sooner.

A seeded synthetic network like the e-mail of an organisation: departments of unequal size, most messages within them,
a few people who write to everybody, and friends of friends who find each other. A tenth of its ties is held out; both
contenders give every pair that is not tied a resource allocation index from the rest. The values must be equal. AUC is
the chance that a held-out tie has a higher value than a pair that was never tied (equal values count half), recall at
10 the share of a person's held-out ties among the ten best of their list, over all people with one.
"""

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import rankdata

from graph.matching.people.peers import nearest, resource_allocation, touching

SIZES = (200, 1_000)
QUICK = (200,)
HELD_OUT = 0.1
TOP = 10
WRITES = 4  # the fewest messages a person begins with

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mail:
    """A network cut in two: the ties that are known and those held out; `people` by number."""

    people: int
    known: tuple[Pair, ...]
    held_out: tuple[Pair, ...]


def mail(people: int) -> Mail:
    """The same network every time."""
    chance = Random(people)
    department = [min(int(chance.paretovariate(1.2)), people // 20) for _ in range(people)]
    colleagues = [[other for other in range(people) if department[other] == at] for at in department]
    ties: set[Pair] = set()
    for person in range(people):
        for _ in range(round(chance.paretovariate(1.8) * WRITES)):
            others = colleagues[person] if chance.random() < 0.7 else range(people)
            ties |= {_pair(person, chance.choice(others))}
    ties |= _introductions(chance, ties, people)
    every = sorted(pair for pair in ties if pair[0] != pair[1])
    held_out = set(chance.sample(every, round(HELD_OUT * len(every))))
    return Mail(people, tuple(pair for pair in every if pair not in held_out), tuple(sorted(held_out)))


def _pair(one: int, other: int) -> Pair:
    return min(one, other), max(one, other)


def _introductions(chance: Random, ties: set[Pair], people: int) -> set[Pair]:
    """Two people who write to a third find each other, as many times as there are ties."""
    circle: list[list[int]] = [[] for _ in range(people)]
    for one, other in sorted(ties):
        circle[one].append(other)
        circle[other].append(one)
    known = [person for person in range(people) if len(circle[person]) > 1]
    return {_pair(*chance.sample(circle[chance.choice(known)], 2)) for _ in range(len(ties))}


def with_baton(network: Mail) -> NDArray[np.float64]:
    """Every value as a square matrix, from our own sparse product."""
    values: NDArray[np.float64] = resource_allocation(ties_of(network), range(network.people)).toarray()
    return values


def ties_of(network: Mail) -> csr_array:
    """The known ties, both ways."""
    one, other = np.array(network.known).T
    return touching([*one, *other], [*other, *one], (network.people, network.people))


def with_networkx(network: Mail) -> NDArray[np.float64]:
    """The same from `networkx.resource_allocation_index` for every pair of different people."""
    graph: nx.Graph[Any] = nx.Graph(network.known)
    graph.add_nodes_from(range(network.people))
    pairs = [(one, other) for other in range(network.people) for one in range(other)]
    values = np.zeros((network.people, network.people))
    for one, other, value in nx.resource_allocation_index(graph, pairs):
        values[one, other] = values[other, one] = value
    return values


def auc(network: Mail, values: NDArray[np.float64]) -> float:
    """The chance that a held-out tie lies above a pair that was never tied: Mann and Whitney, ties by half."""
    never = np.triu(np.ones(values.shape, np.bool_), 1)
    never[tuple(np.array(network.known + network.held_out).T)] = False
    held_out = values[tuple(np.array(network.held_out).T)]
    ranks = rankdata(np.concatenate([held_out, values[never]]))[: len(held_out)]
    smallest = len(held_out) * (len(held_out) + 1) / 2
    return float((ranks.sum() - smallest) / (len(held_out) * never.sum()))


def recall(network: Mail) -> float:
    """The share of held-out ties among the ten first of a list, averaged over those who have one."""
    ties = ties_of(network)
    wanted: list[set[int]] = [set() for _ in range(network.people)]
    for one, other in network.held_out:
        wanted[one].add(other)
        wanted[other].add(one)
    shares = []
    for person, missing in enumerate(wanted):
        if missing:
            tied = {int(other) for other in ties[[person]].indices}
            listed = {found.person for found in nearest(ties, person, tied, TOP)}
            shares.append(len(listed & missing) / len(missing))
    return sum(shares) / len(shares)


def compare(people: int) -> None:
    """Print one line a contender; stop with an error when a value differs."""
    network = mail(people)
    began = time.process_time()
    ours = with_baton(network)
    product = time.process_time()
    theirs = with_networkx(network)
    looped = time.process_time()
    assert np.allclose(ours, theirs, rtol=0, atol=1e-12), "the values differ"
    seconds, rows = product - began, f"{people:>7,} {len(network.known):>8,} {len(network.held_out):>9,}"
    found = f"{auc(network, ours):>6.3f} {recall(network):>10.3f}"
    print(f"{rows}  {'baton':<9} {seconds:>8.4f} {1:>7.1f} {found}")
    print(f"{rows}  {'networkx':<9} {looped - product:>8.4f} {(looped - product) / seconds:>7.1f} {'equal':>6}")


def report(sizes: Iterable[int]) -> None:
    """Print the table for networks of these numbers of people."""
    print(
        f"{'people':>7} {'known':>8} {'held out':>9}  {'':<9} {'seconds':>8} {'ratio':>7} {'AUC':>6} {'recall@10':>10}"
    )
    for people in sizes:
        compare(people)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
