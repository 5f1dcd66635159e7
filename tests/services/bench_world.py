"""Two openings and three people whose plans can be worked out by hand.

With all weight on the gap, points are the share of the gap that a person closes: Togo wants forensics from level 1 to
3, Accra from 2 to 4. Xena (4) brings 10,000 to either, Yves (2.9) 9,500 and 4,500, Zoe (2.5) 7,500 and 2,500.
"""

from dataclasses import replace
from typing import Any

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.domain.people import Availability, Cefr, Expert, HasCapability, Speaks
from graph.domain.programmes import Rating
from graph.domain.records import Mode, Record
from graph.matching.solvers.plans import Objective
from graph.services.imports.ingest import ingest
from graph.services.planning.plan import PlanReport, report_plan
from graph.services.planning.workspace import PlanRequest, load_workspace
from tests import factories
from tests.conftest import today
from tests.factories import a_small_world, day

CLUTTER = ("ama", "ben", "dede", "ama-2027", "ama-ben", "ama-away", "ben-studies", "course")
OPENINGS = ("accra-mentor", "togo-mentor")


def able(id_: str, level: float, **given: Any) -> Expert:
    """Somebody who speaks French, is skilled in forensics and lives in Ghana."""
    defaults: dict[str, Any] = {
        "id": id_,
        "name": id_.title(),
        "languages": (Speaks(target="fr", level=Cefr.C2),),
        "capabilities": (shown("area-forensics", level),),
    }
    return factories.expert(**{**defaults, **given})


def free(person: str) -> Availability:
    """All of somebody's time, whatever the opening."""
    return factories.availability(
        id=f"{person}-free", expert=person, start=day("2020"), end=day("2035"), mode=Mode.HYBRID, share=1.0
    )


def ready(*people: Expert) -> tuple[Record, ...]:
    """These people, each with all of their time free."""
    return (*people, *(free(person.id) for person in people))


def shown(capability: str, level: float) -> HasCapability:
    """A capability that counts whole: with evidence, and confirmed lately."""
    return HasCapability(target=capability, level=level, evidence="Certificate.", confirmed_on=day("2026-11"))


def bench_world(graph: Graph, *more: Record) -> Graph:
    """The graph with the two openings, the three people and these records, beside or in place of those of their ids."""
    kept = [record for record in a_small_world() if record.id not in {*CLUTTER, "togo-mentor"}]
    (mentor,) = (record for record in a_small_world() if record.id == "togo-mentor")
    rating = Rating(target="area-forensics", level=2, target_level=4)
    own = [
        factories.programme(id="accra", name="Accra CERT", owner="cert-gh", country="gh"),
        factories.assessment(id="accra-2026", programme="accra", ratings=(rating,)),
        factories.opening(id="accra-mentor", name="Accra mentor", programme="accra", deadline=day("2030-01-01")),
        replace(mentor, needs=()),
        *ready(able("xena", 4), able("yves", 2.9), able("zoe", 2.5)),
    ]
    given = {record.id for record in more}
    ingest(graph, "x", [*(record for record in (*kept, *own) if record.id not in given), *more])
    return graph


def asking(graph: Graph, *more: Record) -> Graph:
    """The bench world where Togo asks for forensics at level 2 or above, which it must have."""
    (togo,) = (record for record in a_small_world() if record.id == "togo-mentor")
    return bench_world(graph, togo, *more)


def seated(graph: Graph, *more: Record) -> Graph:
    """The bench world where Togo takes two people."""
    (togo,) = (record for record in a_small_world() if record.id == "togo-mentor")
    bench_world(graph, *more)
    ingest(graph, "x", [replace(togo, needs=(), seats=2)])
    return graph


def spring(expert: str) -> Record:
    """All the time somebody has: 120 of the 150 days for which both openings run."""
    return replace(free(expert), start=day("2027-02-01"), end=day("2027-05-31"))


def plan_openings(graph: Graph, audience: Audience, request: PlanRequest, objective: Objective) -> PlanReport:
    """The plan of a request, as of today."""
    return report_plan(load_workspace(graph, audience, request, today()), objective)


def wanted(**given: Any) -> PlanRequest:
    return PlanRequest(**{"openings": OPENINGS, "weights": {"gap": 1}, **given})
