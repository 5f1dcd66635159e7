"""Fifteen years of engagements, told year by year so that today's mentors are yesterday's scholars."""

from collections.abc import Callable, Iterator

from graph.domain.engagements import Engagement
from importers.scenario.engagements import joint_project, mentorship, scholarship, secondment, training
from importers.scenario.ledger import Ledger
from importers.scenario.sources import KnowHowMove, next_move

Maker = Callable[[Ledger, KnowHowMove], Engagement | None]

# Growth, and the two years in which nobody travelled.
PER_YEAR = {
    2012: 32,
    2013: 36,
    2014: 42,
    2015: 48,
    2016: 54,
    2017: 60,
    2018: 64,
    2019: 68,
    2020: 40,
    2021: 48,
    2022: 68,
    2023: 78,
    2024: 86,
    2025: 90,
    2026: 86,
}
_MAKERS: tuple[Maker, ...] = (training, scholarship, secondment, mentorship, joint_project)
# From which year on the kinds are drawn with these weights, in the order of the makers: courses first, people later.
_WEIGHTS = {2012: (34, 30, 20, 8, 8), 2016: (24, 18, 24, 24, 10), 2020: (20, 8, 6, 52, 14), 2022: (16, 12, 22, 36, 14)}


def engagements(ledger: Ledger, factor: int) -> Iterator[Engagement]:
    """About 900 engagements for each unit of the factor, in the order of their years."""
    for year, count in PER_YEAR.items():
        weights = _WEIGHTS[max(since for since in _WEIGHTS if since <= year)]
        for _ in range(count * factor):
            yield _one(ledger, year, ledger.rng.choices(_MAKERS, weights)[0])


def _one(ledger: Ledger, year: int, maker: Maker) -> Engagement:
    """Draw who helps whom until the people for it exist; a training can always be held."""
    for _ in range(4):
        made = maker(ledger, next_move(ledger.cast, year, ledger.rng))
        if made:
            return made
    return _one(ledger, year, training)
