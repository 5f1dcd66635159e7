"""An engine that dies by SIGKILL at a chosen step of a use case, while the process that carries it out goes on."""

import threading
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psutil
import pytest

from graph import engine
from graph.connection import Database
from graph.errors import Unavailable
from tests.transactions.dying import USE_CASES, in_steps


@dataclass(frozen=True, slots=True)
class Stroke:
    """The engine dies at the call of a step, or `delay` seconds after it, when the step is perhaps half done.

    Where it `stays_away`, nobody can start it again until the use case is over.
    """

    step: int
    delay: float
    stays_away: bool


def steps_of(graph: Database, use_case: str, subject: str) -> int:
    """Carry out a use case; how many steps it took."""
    steps = count()
    with pytest.MonkeyPatch.context() as patch:
        in_steps(lambda: next(steps) and None, patch)
        USE_CASES[use_case](graph, subject)
    return next(steps)


def carried_out(graph: Database, folder: Path, use_case: str, subject: str, stroke: Stroke) -> bool:
    """Carry out a use case whose engine dies; whether it came to its end, else its user was told of no answer."""
    steps, deaths = count(1), list[threading.Thread]()
    with pytest.MonkeyPatch.context() as patch:

        def step() -> None:
            if next(steps) == stroke.step:
                if stroke.stays_away:
                    patch.setattr(engine, "ensure", _nobody_starts_it)
                deaths.append(_killed(folder, stroke.delay))

        in_steps(step, patch)
        try:
            USE_CASES[use_case](graph, subject)
        except Unavailable:
            return False
        finally:
            for death in deaths:
                death.join()
        return True


def _nobody_starts_it(*_: object, **__: object) -> engine.Endpoint:
    raise engine.EngineError("The graph engine cannot be started: the disk is gone.")


def _killed(folder: Path, delay: float) -> threading.Thread:
    """The engine of the folder is gone once the thread ends; without a delay before this returns."""
    process = psutil.Process(engine.status(folder).pid)

    def end() -> None:
        process.kill()
        process.wait(20)

    death = threading.Timer(delay, end)
    death.start()
    if not delay:
        death.join()
    return death
