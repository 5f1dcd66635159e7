"""Claim: the moving picture of 20,000 actors is ready within 3 s and shows a year in 100 ms without a GPU.

Each contender shows the same synthetic network in headless Chromium, which draws in software: ours the real page of
the network with its fourteen years, from the real server; pyvis one page of all ties at the places ours has, physics
off, for with its physics on nothing of a thousand actors stands still within ten seconds. Ready: from navigation to the
second frame after the first drawing. Frame: the median time from frame to frame while each shows another year (for
pyvis, which has no years, all ties drawn anew); a screen of 60 Hz makes 17 ms the least. Megabytes are what the browser
fetched, unpacked, and its JavaScript heap. Our server has measured the windows before, as after any visit; what the
first visit takes is told apart.
"""

import logging
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
from flask import Flask
from playwright.sync_api import Browser, Page
from pyvis.network import Network

from benchmarks.served import PATIENCE, SETTLED, application, chromium, served, signed_in
from graph.domain.marks import Role
from graph.evolution.layout import kept_layout
from graph.evolution.log.ties import (
    TieColumns,
    TieLog,
    TieNames,
    tie_log,
)
from graph.evolution.measures.measures import Sheet, measure_all
from graph.evolution.measures.mixing import nowhere
from graph.services.network.evolution import USUAL, Evolution, EvolutionQuery
from graph.services.transfers.actors import Actor, Level
from graph.services.transfers.log import TransferLog
from graph.store.transfers import OF_KIND
from webapp.views.network import network as view

SIZES = (1_000, 5_000, 20_000)
QUICK = (100,)
YEARS = (2013, 2026)
REGIONS = 9
CHANGES = 12

# Milliseconds from one frame to the next while every frame shows something else.
_FRAMES = f"""async (change) => {{
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const taken = [];
  let before = await frame();
  for (let turn = 0; turn < {CHANGES}; turn += 1) {{
    change(turn);
    const now = await frame();
    taken.push(now - before);
    before = now;
  }}
  return taken;
}}"""
_OURS = f"""() => ({_FRAMES})((year) => {{
  const slider = document.getElementById("network-time");
  slider.value = year;
  slider.dispatchEvent(new Event("input"));
}})"""
_THEIRS = f"() => ({_FRAMES})(() => network.redraw())"
_FETCHED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, entry) => sum + entry.decodedBodySize, 0)"""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds until ready, milliseconds of a median frame, megabytes fetched and of heap."""

    ready: float
    frame: float
    fetched: float
    heap: float


def synthetic(actors: int) -> TieLog:
    """Two ties an actor, nine of ten among sixty neighbours, of about two years each."""
    chance = np.random.default_rng(actors)
    ties = 2 * actors
    source = chance.integers(0, actors, ties)
    near = source // 60 * 60 + chance.integers(0, 60, ties)
    target = np.where(chance.random(ties) < 0.9, np.minimum(near, actors - 1), chance.integers(0, actors, ties))
    start = chance.integers(0, 365 * (YEARS[1] - YEARS[0]), ties) + 15_706  # days from 1970 to 2013
    columns = TieColumns(source, target, start, start + chance.integers(30, 1_400, ties))
    return tie_log([f"actor-{number}" for number in range(actors)], columns, TieNames(tuple(OF_KIND)))


def evolution(log: TieLog) -> Evolution:
    """What the page shows of the log, every window measured."""
    asked = EvolutionQuery(Level.INSTITUTION, *YEARS, today=date(2026, 11, 28))
    actors = tuple(
        Actor(id_, f"Institution {id_}", f"Region {place % REGIONS}") for place, id_ in enumerate(log.actors)
    )
    windows = measure_all(log, asked.windows(), Sheet(groups=nowhere(len(actors)), names=USUAL))
    return Evolution(asked, actors, log, (), windows, {})


@contextmanager
def shown_by(app: Flask, folder: Path, shown: Evolution) -> Iterator[str]:
    """The address of the real server with that network in the place of its graph's."""
    read = TransferLog(Level.INSTITUTION, shown.actors, shown.log, (), {}, nowhere(len(shown.actors)))
    with (
        patch.object(view, "trace_evolution", lambda *_, **__: shown),
        patch.object(view, "read_log", lambda *_, **__: read),
        patch.object(view, "busiest", lambda *_, **__: 0),
        served(app, folder) as address,
    ):
        yield address


def ours(browser: Browser, shown: Evolution, folder: Path) -> Run:
    """The page of the network, its windows measured before."""
    app = application(folder, Role.RESEARCHER)
    with shown_by(app, folder, shown) as address:
        context = signed_in(browser, app, address)
        run = _measured(context.new_page(), "/network", "#network-canvas", _OURS)
        context.close()
    return run


def pyvis(browser: Browser, shown: Evolution, folder: Path) -> Run:
    """All ties on one page of pyvis at the places of ours."""
    network = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    network.toggle_physics(status=False)
    for number, (actor, (x, y)) in enumerate(zip(shown.actors, kept_layout(shown.log).tolist(), strict=True)):
        network.add_node(number, label=actor.name, x=4000 * x, y=4000 * y, physics=False)
    network.add_edges(zip(shown.log.source.tolist(), shown.log.target.tolist(), strict=True))
    file = folder / "pyvis.html"
    file.write_text(network.generate_html(notebook=False), encoding="utf-8")
    context = browser.new_context(offline=True)
    run = _measured(context.new_page(), file.as_uri(), "#mynetwork canvas", _THEIRS)
    context.close()
    return run


def _measured(page: Page, address: str, drawn: str, frames: str) -> Run:
    page.set_default_timeout(PATIENCE)
    began = time.perf_counter()
    page.goto(address, wait_until="domcontentloaded")
    page.locator(drawn).wait_for()
    page.evaluate(SETTLED)
    ready = time.perf_counter() - began
    frame = statistics.median(page.evaluate(frames))
    return Run(ready, frame, page.evaluate(_FETCHED) / 1e6, page.evaluate("performance.memory.usedJSHeapSize") / 1e6)


CONTENDERS = {"baton": ours, "pyvis": pyvis}


def compare(actors: int) -> None:
    """Print one line a contender."""
    log = synthetic(actors)
    began = time.perf_counter()
    shown = evolution(log)
    kept_layout(log)
    print(f"{actors:>7,}  first visit beside: {time.perf_counter() - began:.1f} s to measure all years and lay it out")
    with chromium() as browser, TemporaryDirectory() as folder:
        for name, contender in CONTENDERS.items():
            run = contender(browser, shown, Path(folder))
            print(f"{actors:>7,}  {name:<6} {run.ready:>7.2f} {run.frame:>7.0f} {run.fetched:>8.1f} {run.heap:>6.0f}")


def report(sizes: Iterable[int]) -> None:
    """Print the table for these numbers of actors."""
    logging.getLogger("waitress").setLevel(logging.ERROR)
    print(f"{'actors':>7}  {'':<6} {'ready s':>7} {'frame ms':>8} {'fetched MB':>8} {'heap':>6}")
    for actors in sizes:
        compare(actors)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
