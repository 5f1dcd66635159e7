"""Programmes and their assessments out of the sketches: levels rise between two dates, targets stay ahead."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from graph.domain.dates import PartialDate
from graph.domain.marks import Tlp
from graph.domain.programmes import Assessment, Programme, Rating, Stage, Support
from importers.reference.areas import area_id
from importers.scenario.clock import TODAY, soon_after
from importers.scenario.organisation_rows import INSTITUTIONS
from importers.scenario.organisations import SOURCE, institution_id
from importers.scenario.programme_rows import SKETCHES, Sketch

_COUNTRY_OF = {row[0]: row[1] for row in INSTITUTIONS}
_FIRST_LEVEL = {
    Stage.NASCENT: (0.0, 0.5, 1.0),
    Stage.DEVELOPING: (0.5, 1.0, 1.5),
    Stage.ESTABLISHED: (1.0, 1.5, 2.0),
    Stage.HANDED_OVER: (0.5, 1.0),
}
_BETWEEN_ASSESSMENTS = timedelta(days=700)


def programmes(factor: int, seed: int) -> Iterator[tuple[Programme, Sketch]]:
    """Every programme with its sketch; a larger scenario runs each sketch again at a branch of its owner."""
    rng = Random(f"{seed} programmes")
    for copy in range(factor):
        for sketch in SKETCHES:
            yield _programme(sketch, copy, rng), sketch


def _programme(sketch: Sketch, copy: int, rng: Random) -> Programme:
    programme_id = institution_id(sketch.slug, copy)
    start = PartialDate.parse(sketch.start)
    return Programme(
        id=programme_id,
        source=SOURCE,
        source_id=programme_id,
        recorded_at=soon_after(start.first, rng),
        name=f"{sketch.name} ({copy + 1})" if copy else sketch.name,
        stage=sketch.stage,
        summary=sketch.summary,
        start=start,
        end=PartialDate.parse(sketch.end),
        owner=institution_id(sketch.owner, copy),
        country=_COUNTRY_OF[sketch.owner],
        supporters=tuple(_support(pair) for pair in sketch.support.split("; ")),
    )


def _support(pair: str) -> Support:
    slug, share = pair.split()
    return Support(target=institution_id(slug), share=float(share))


def assessments(programme: Programme, sketch: Sketch, seed: int) -> list[Assessment]:
    """One assessment in the first half year, and one of late where two years lie between."""
    rng = Random(f"{seed} assessments of {programme.id}")
    days = _assessment_days(sketch, rng)
    rounds = [_first_ratings(sketch, rng)]
    rounds += [_later_ratings(rounds[0], sketch.stage, rng) for _ in days[1:]]
    return [
        Assessment(
            id=f"{programme.id}-assessment-{number}",
            source=SOURCE,
            source_id=f"{programme.id}-assessment-{number}",
            recorded_at=soon_after(day, rng),
            tlp=Tlp.GREEN if sketch.stage is Stage.NASCENT else Tlp.CLEAR,
            framework=sketch.framework,
            assessed_on=PartialDate.of_day(day),
            method=rng.choice(("Self-assessment with an outside facilitator", "Workshop of three days", "Peer review")),
            programme=programme.id,
            ratings=ratings,
        )
        for number, (day, ratings) in enumerate(zip(days, rounds, strict=True), 1)
    ]


def _assessment_days(sketch: Sketch, rng: Random) -> list[date]:
    first = PartialDate.parse(sketch.start).first + timedelta(days=rng.randint(90, 180))
    last_word = min(PartialDate.parse(sketch.end).first, TODAY) - timedelta(days=rng.randint(150, 600))
    return [first, last_word] if last_word - first > _BETWEEN_ASSESSMENTS else [first]


def _first_ratings(sketch: Sketch, rng: Random) -> tuple[Rating, ...]:
    """The programme's areas, the owner's first concerns with the greatest weight."""
    return tuple(
        _rating(area, rng.choice(_FIRST_LEVEL[sketch.stage]), rng.choice((1.5, 2.0, 2.0, 2.5)), max(1.0, 3.0 - place))
        for place, area in enumerate(sketch.areas.split())
    )


def _rating(area: str, level: float, climb: float, weight: float) -> Rating:
    return Rating(target=area_id(area), level=level, target_level=min(4.0, level + climb), weight=weight)


def _later_ratings(before: tuple[Rating, ...], stage: Stage, rng: Random) -> tuple[Rating, ...]:
    """Each level some steps up; a programme that hands over has reached what it aimed at."""
    return tuple(
        Rating(
            target=rating.target,
            level=rating.target_level if stage is Stage.HANDED_OVER else _risen(rating, rng),
            target_level=rating.target_level,
            weight=rating.weight,
        )
        for rating in before
    )


def _risen(rating: Rating, rng: Random) -> float:
    return min(rating.target_level, rating.level + rng.choice((0.0, 0.5, 0.5, 1.0, 1.0, 1.5)))
