"""A contender in a process of its own, so that its peak of memory is its own."""

import resource
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def alone(task: Callable[..., Answer], *given: Any) -> tuple[Answer, float]:
    """What a function of a module answers, and the most memory it took meanwhile in megabytes, imports included."""
    with get_context("spawn").Pool(1, maxtasksperchild=1) as processes:
        return processes.apply(_measured, (task, given))


def _measured(task: Callable[..., Answer], given: tuple[Any, ...]) -> tuple[Answer, float]:
    answer = task(*given)
    return answer, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
