"""What the scenario remembers while it is told: who has learned what, and who already carries how much."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from graph.domain.engagements import EngagementStatus
from graph.domain.marks import Tlp
from importers.scenario.cast import Cast
from importers.scenario.clock import TODAY, is_late, soon_after, typed_in_late
from importers.scenario.people import InventedPerson
from importers.scenario.sources import KnowHowMove


@dataclass(frozen=True, slots=True)
class Ledger:
    """The stage, the dice and the memory of one telling."""

    cast: Cast
    rng: Random
    learned: dict[str, date] = field(default_factory=dict)
    load: Counter[str] = field(default_factory=Counter)
    studied: set[str] = field(default_factory=set)
    numbers: Counter[str] = field(default_factory=Counter)

    def next_id(self, kind: str) -> str:
        """Engagement ids count from 1 within their kind."""
        self.numbers[kind] += 1
        return f"demo-{kind}-{self.numbers[kind]:04d}"

    def remember(self, people: list[InventedPerson], day: date) -> None:
        """From this day on these people have learned something they can pass on."""
        for person in people:
            self.learned[person.id] = min(day, self.learned.get(person.id, date.max))

    def givers(self, move: KnowHowMove) -> list[InventedPerson]:
        """Who can help: people of the source country with five years of work, and at home in the region only alumni."""
        return [
            person
            for person in self.cast.people[move.source.country]
            if person.began + 5 <= move.start.year
            and (not move.is_south_south or self.learned.get(person.id, date.max) <= move.start)
        ]

    def receivers(self, move: KnowHowMove) -> list[InventedPerson]:
        """Who can be helped: people of the receiving country who work there already."""
        return [person for person in self.cast.people[move.receiver.country] if person.began < move.start.year]

    def least_loaded(self, people: list[InventedPerson]) -> InventedPerson:
        """One of four people drawn, the one who has given least so far."""
        drawn = self.rng.sample(people, min(4, len(people)))
        chosen = min(drawn, key=lambda person: self.load[person.id])
        self.load[chosen.id] += 1
        return chosen

    def recorded(self, move: KnowHowMove) -> str:
        """Within weeks, except for the country that typed everything in at once."""
        if is_late(move.receiver.country, move.start):
            return typed_in_late(self.rng)
        return soon_after(move.start, self.rng)

    def mark(self) -> Tlp:
        """Most engagements are public, some stay in the community, few among those concerned."""
        return self.rng.choices((Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER), (60, 35, 5))[0]

    def wanted(self, move: KnowHowMove, able: tuple[str, ...]) -> tuple[str, ...]:
        """One or two areas that the giver masters, those the running programme works on first."""
        programme = self.cast.programme(move.receiver, move.source, move.start)
        focus = self.cast.focus[programme.id] if programme else ()
        fitting = [area for area in able if area in focus] or list(able[:2])
        return tuple(self.rng.sample(fitting, min(len(fitting), self.rng.randint(1, 2))))

    def ending(self, move: KnowHowMove, shortest: int, longest: int) -> tuple[date, EngagementStatus]:
        """A last day after so many days, and the status this gives today; one in twenty ends early."""
        days = self.rng.randint(shortest, longest)
        if self.rng.random() < 0.05 and days > 60:
            early = move.start + timedelta(days=days // 2)
            if early < TODAY:
                return early, EngagementStatus.COMPLETED_EARLY
        return (end := move.start + timedelta(days=days)), status_of(move.start, end)


def status_of(start: date, end: date) -> EngagementStatus:
    """Planned, active or completed, as seen today."""
    if start > TODAY:
        return EngagementStatus.PLANNED
    return EngagementStatus.ACTIVE if end >= TODAY else EngagementStatus.COMPLETED
