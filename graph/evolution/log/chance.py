"""Chance that can be repeated, although igraph keeps one generator for the whole process."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_ONE_AT_A_TIME = Lock()


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Seed what igraph draws from for one task at a time, then give the random numbers of the process back."""
    import igraph  # a tenth of a second that few commands need

    with _ONE_AT_A_TIME:
        igraph.set_random_number_generator(random.Random(seed))
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)
