"""The demonstration scenario: invented people, institutions and programmes with fifteen years of history.

Same factor and seed, same records. Every record carries the source "demonstration".
"""

from collections.abc import Iterator
from random import Random

from graph.domain.records import Record
from importers.scenario.cast import Cast
from importers.scenario.history import engagements
from importers.scenario.ledger import Ledger
from importers.scenario.openings import openings
from importers.scenario.organisations import SOURCE, centres, institutions
from importers.scenario.people import people
from importers.scenario.profiles import Profiler, sentences_of
from importers.scenario.programmes import assessments, programmes
from importers.scenario.returns import at_place_of_study, settled_abroad, with_returns
from importers.scenario.story import anchors, bonds

__all__ = ["SOURCE", "read"]


def read(factor: int = 1, seed: int = 2026) -> Iterator[Record]:
    """Every record of the scenario, each after the records its ties point to; reference records come before.

    `factor` multiplies people, institutions, programmes, openings and engagements. Linear in the factor but for the
    choice of people, which looks through one country at a time.
    """
    employers = tuple(institutions(factor, seed))
    hubs = tuple(centres())
    running = tuple(programmes(factor, seed))
    named = tuple(anchors(seed))
    crowd = (*people(employers, [person.name for person in named], factor, seed), *named)
    cast = Cast.assemble(crowd, employers, hubs, [(p, tuple(sketch.areas.split())) for p, sketch in running])
    history = engagements(Ledger(cast, Random(f"{seed} history")), factor)
    stated = tuple(with_returns((*history, *bonds(seed))))
    settled = settled_abroad(stated)

    names = {institution.id: institution.name for institution in employers}
    countries = {institution.id: institution.country for institution in employers}
    profiler = Profiler(names, sentences_of(stated, names), Random(f"{seed} profiles"))
    rounds = {programme.id: assessments(programme, sketch, seed) for programme, sketch in running}

    # A desk comes after the ministry that it is part of.
    yield from sorted(employers, key=lambda institution: bool(institution.parents))
    yield from hubs
    for person in crowd:
        expert = profiler.expert(person)
        stayed = settled.get(person.id)
        yield at_place_of_study(expert, stayed, countries[stayed.place]) if stayed else expert
        yield from profiler.availabilities(person)
    for programme, _ in running:
        yield programme
        yield from rounds[programme.id]
    yield from openings([(programme, rounds[programme.id][-1]) for programme, _ in running], factor, seed)
    yield from stated
