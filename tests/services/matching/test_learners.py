"""A scholarship is for the people of the programme: planned, published and agreed, it brings know-how home to them."""

from dataclasses import replace

import pytest

from graph.connection import Graph
from graph.domain.labels import Label
from graph.domain.programmes import Need, OpeningKind
from graph.errors import InvalidValue
from graph.matching.solvers.plans import Objective
from graph.services.imports.ingest import ingest
from graph.services.matching.match import MatchQuery, match_opening
from graph.services.matching.weigh import chosen_weights, set_weights, weights_of
from graph.services.planning.plan import report_plan
from graph.services.planning.workspace import PlanRequest, load_workspace
from graph.store import openings
from tests import factories
from tests.conftest import OFFICER, today
from tests.factories import a_small_world, day
from tests.services.agreement_world import OFFICER as OFFICERS_ACCOUNT
from tests.services.agreement_world import confirm, opening_to_come, parties, published
from tests.services.bench_world import free, shown

STUDIES = opening_to_come(
    id="studies",
    kind=OpeningKind.SCHOLARSHIP,
    host="academy",
    needs=(Need(target="area-forensics", level=3),),
)


def learning(graph: Graph) -> Graph:
    """Ama of Ghana teaches forensics; Ben of Togo and Cleo, who lives there, know little of it."""
    world = {record.id: record for record in a_small_world()}
    ben = replace(world["ben"], capabilities=(shown("area-forensics", 1),), capacity=0)
    cleo = factories.expert(id="chi", name="Chi", country="tg", capabilities=(shown("area-forensics", 3),))
    people = [ben, cleo, *map(free, ("ama", "ben", "chi"))]
    ingest(graph, "x", [*(one for one in world.values() if one.id not in ("ben", "ama-2027")), *people, STUDIES])
    return graph


def test_people_of_the_programme_learn_and_nobody_else(graph: Graph) -> None:
    found = match_opening(learning(graph), OFFICER, "studies", MatchQuery(10, today()))

    assert [one.expert for one in found.suggestions] == ["ben"]
    removed = {rule.rule: rule.people for rule in found.ruled_out if rule.people}
    assert removed["elsewhere"] >= 1
    assert removed["beyond"] >= 1
    assert "own_organisation" not in {rule.rule for rule in found.ruled_out}
    assert (found.lessons, found.uncovered) == (("Digital forensics",), ())
    told = {path.criterion: " ".join(path.ties) for path in found.suggestions[0].paths}
    assert told["carry"] == "states level 1, where the programme wants 3, in"
    assert told["chances"] == "was sent out to learn 1 time before"


def test_a_plan_seats_a_learner_who_mentors_nobody_and_what_is_agreed_runs_home(graph: Graph) -> None:
    workspace = load_workspace(learning(graph), OFFICER, PlanRequest(openings=("studies",)), today())
    plan = report_plan(workspace, Objective.BEST)
    assert [(one.expert, one.opening) for one in plan.placements] == [("ben", "studies")]

    ingest(graph, "x", [replace(account, email=f"{account.id}@example.org") for account in (OFFICERS_ACCOUNT,)])
    proposal = published(graph, "ben", "studies")
    confirm(graph, proposal)

    assert {("AWARDED_TO", "ben"), ("AT", "academy"), ("FROM", "cert-tg")} <= parties(
        graph, Label.SCHOLARSHIP, proposal
    )


def test_a_learner_opening_has_weights_of_its_own_kind(graph: Graph) -> None:
    learning(graph)
    set_weights(graph, OFFICERS_ACCOUNT, "studies", {"carry": 2, "chances": 1})
    kept, _ = openings.find(graph, OFFICER, "studies")
    assert weights_of(kept) == {"carry": 2, "chances": 1}
    with pytest.raises(InvalidValue, match="asked"):
        set_weights(graph, OFFICERS_ACCOUNT, "studies", {"asked": 1})
    assert chosen_weights(kept, {"gap": 1}) == {"carry": 2, "chances": 1}
    assert chosen_weights(kept, {"gap": 1, "need": 5}) == {"need": 5}
    with pytest.raises(InvalidValue, match="luck"):
        chosen_weights(kept, {"luck": 1})


def test_whoever_was_never_sent_goes_first(graph: Graph) -> None:
    learning(graph)
    dan = factories.expert(id="dan", name="Dan", country="tg", capabilities=(shown("area-forensics", 1),))
    often = factories.scholarship(id="dans", scholar="dan", place="academy", home="cert-tg", start=day("2021"))
    eve = replace(dan, id="eve", name="Eve")
    ingest(graph, "x", [dan, eve, free("dan"), free("eve"), often])
    found = match_opening(graph, OFFICER, "studies", MatchQuery(10, today(), {"chances": 1}))
    assert [(one.expert, one.points) for one in found.suggestions] == [("eve", 10_000), ("ben", 5_000), ("dan", 5_000)]
