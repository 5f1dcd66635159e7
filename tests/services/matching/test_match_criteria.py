"""The facts behind the newer criteria and rules, from the graph to the path: on both engines."""

import dataclasses
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph.connection import Graph
from graph.domain.engagements import EngagementStatus
from graph.domain.marks import Audience, Role
from graph.domain.people import Cefr, Expert, HasCapability, Speaks, WorksAt
from graph.domain.programmes import Opening
from graph.domain.records import Record
from graph.errors import InvalidValue, NotAllowed, NotFound
from graph.matching.scoring.kinds import BRINGS, NAMES
from graph.matching.scoring.points import read_weights
from graph.services.accounts.confirm_capabilities import confirm_capabilities
from graph.services.imports.ingest import ingest
from graph.services.institution_families import InstitutionFamilies
from graph.services.matching.match import MatchQuery, OpeningMatch, Suggestion, match_opening
from graph.services.matching.reachability import HORIZON, Opened, Reachability
from graph.services.matching.weigh import may_weigh, set_weights, weights_of
from graph.services.transfers.transfers import Transfer
from graph.store import openings
from importers import scenario
from tests import factories
from tests.conftest import OFFICER, today
from tests.factories import a_small_world, account, day, institution
from tests.services.bench_world import ready, shown

FORENSICS = "area-forensics"


def able(id_: str, **given: Any) -> Expert:
    """Somebody who could fill the opening of the small world."""
    defaults: dict[str, Any] = {
        "id": id_,
        "name": id_.title(),
        "languages": (Speaks(target="fr", level=Cefr.C2),),
        "capabilities": (shown(FORENSICS, 3),),
    }
    return factories.expert(**{**defaults, **given})


def match(graph: Graph, *more: Record) -> OpeningMatch:
    ingest(graph, "x", [*a_small_world(), *more])
    return match_opening(graph, OFFICER, "togo-mentor", MatchQuery(50, today()))


def one(found: OpeningMatch, expert: str) -> Suggestion:
    return next(item for item in found.suggestions if item.expert == expert)


def told(item: Suggestion, criterion: str) -> list[str]:
    """The paths of a criterion, each as one line."""
    found = [path for path in item.paths if path.criterion == criterion]
    return [" ".join([*sum(zip((s.name for s in p.stops), p.ties, strict=False), ()), p.stops[-1].name]) for p in found]


def test_a_finished_engagement_about_the_gap_is_shown_with_its_outcome(graph: Graph) -> None:
    work = factories.secondment(
        id="work",
        expert="kofi",
        host="academy",
        home="cert-gh",
        capabilities=("nice-analyst",),
        outcome="A laboratory.",
    )
    called_off = factories.secondment(
        id="off", expert="kofi", host="academy", capabilities=(FORENSICS,), status=EngagementStatus.CANCELLED
    )

    kofi = one(match(graph, *ready(able("kofi")), work, called_off), "kofi")

    assert told(kofi, "record") == [
        "Kofi gave in (completed; outcome: A laboratory) secondment 2020 to 2021 was about Digital forensics"
    ]
    assert next(part for part in kofi.parts if part.criterion == "record").value == 0.375


def test_whoever_declared_a_conflict_with_the_house_is_not_offered(graph: Graph) -> None:
    ministry = institution(id="ministry-tg", country="tg")
    team = institution(id="cert-tg", name="Computer Team of Togo", country="tg", parents=("ministry-tg",))
    people = [able("near", conflicts=("cert-tg",)), able("above", conflicts=("ministry-tg",)), able("fit")]

    found = match(graph, ministry, team, *ready(*people, able("elsewhere", conflicts=("academy",))))

    assert next(rule.people for rule in found.ruled_out if rule.rule == "conflict") == 2
    assert {item.expert for item in found.suggestions} == {"ama", "fit", "elsewhere"}


def test_the_own_house_reaches_up_to_the_ministry_and_down_to_its_desks(graph: Graph) -> None:
    ministry = institution(id="ministry-tg", country="tg")
    team = institution(id="cert-tg", name="Computer Team of Togo", country="tg", parents=("ministry-tg",))
    desk = institution(id="desk-tg", country="tg", parents=("cert-tg",))
    sister = institution(id="sister-tg", country="tg", parents=("ministry-tg",))
    people = [able(f"at-{own.id}", posts=(WorksAt(target=own.id),)) for own in (ministry, desk, sister)]

    found = match(graph, ministry, team, desk, sister, *ready(*people))

    assert next(rule.people for rule in found.ruled_out if rule.rule == "own_organisation") == 3  # and Ben, at the team
    assert {item.expert for item in found.suggestions} == {"ama", "at-sister-tg"}


def test_a_house_is_followed_four_steps_and_round_a_circle() -> None:
    chain = {"parts": ["a", "b", "c", "d", "e"], "wholes": ["b", "c", "d", "e", "f"]}
    assert InstitutionFamilies.of(chain).around(["a"]) == set("abcde")
    assert InstitutionFamilies.of(chain).around(["c"]) == set("abcdef")
    assert InstitutionFamilies.of({"parts": ["a", "b"], "wholes": ["b", "a"]}).around(["a"]) == {"a", "b"}


def _tie(engagement: str, source: str, target: str, start: int, end: int) -> Transfer:
    return Transfer(factories.Training.label, engagement, source, target, start, end)


def test_a_capability_comes_newly_to_the_host_and_its_circle_as_far_as_no_path_leads_there() -> None:
    # a taught b in days 0 to 10. b taught c before that, and will teach d after day 100, as c will teach e.
    ties = [
        _tie("1", "a", "b", 0, 10),
        _tie("2", "b", "c", 5, 9),
        _tie("3", "b", "d", 200, 210),
        _tie("4", "c", "e", 300, 310),
    ]
    reachability = Reachability(ties, {"law": {"1", "2", "3", "4"}, "logs": {"1"}})
    nobody = frozenset[str]()
    since = date(1970, 1, 1).toordinal() + 100

    def opened(capability: str, institution: str, days: int = 0, holders: frozenset[str] = nobody) -> Opened:
        return reachability.opened(capability, holders, institution, since + days)

    assert opened("law", "b") == Opened(0, 2, ())  # b and c have passed it on; d is not of the circle yet
    logs = opened("logs", "b")
    assert (logs.new, logs.among, [(leg.giver, leg.receiver) for leg in logs.known]) == (1, 2, [("a", "b")])
    assert opened("logs", "b", holders=frozenset("c")).new == 0
    assert opened("logs", "b", days=150).among == 3  # d is one of the circle then
    assert opened("logs", "b", days=HORIZON).among == 2  # and c no longer
    assert opened("other", "b") == Opened(2, 2, ())
    assert opened("law", "nowhere") == Opened(1, 1, ())
    mutual = Reachability([replace(ties[0], mutual=True)], {})
    assert mutual.opened("law", nobody, "b", since).among == 2


def test_bringing_what_no_path_has_brought_yet_gains_and_says_so(graph: Graph) -> None:
    law = factories.capability(id="area-law", name="Cybercrime law", code="law")
    ratings = tuple(factories.Rating(target=area, level=1, target_level=3) for area in (FORENSICS, "area-law"))
    later = factories.assessment(id="togo-2027", programme="togo-cert", assessed_on=day("2026-09"), ratings=ratings)
    both = tuple(shown(area, 3) for area in (FORENSICS, "area-law"))

    found = match(graph, law, later, *ready(able("jurist", capabilities=both)))

    parts = {item.expert: {part.criterion: part.points for part in item.parts} for item in found.suggestions}
    assert (parts["ama"]["network"], parts["jurist"]["network"]) == (0, 150)  # one of two gaps
    brought, new = told(one(found, "jurist"), "network")
    assert brought == (
        "Jurist would bring Digital forensics is held already, or passed on, by Équipe Ghana passed it on "
        "by mentorship, 2020-01-01 to 2021-12-31, to Computer Team of Togo"
    )
    assert new == "Jurist would bring Cybercrime law is new to 1 of 1 institution around Computer Team of Togo"


def test_an_old_fact_weighs_less_and_one_click_restores_it(graph: Graph) -> None:
    stale = (HasCapability(target=FORENSICS, level=3, confirmed_on=day("2019-01-15")),)
    before = one(match(graph, *ready(able("kofi", capabilities=stale))), "kofi")
    own = account(id="account-kofi", role=Role.MEMBER, expert="kofi")

    confirmed = confirm_capabilities(graph, own, datetime.now(UTC).date())
    after = one(match_opening(graph, OFFICER, "togo-mentor", MatchQuery(50, today())), "kofi")

    assert confirmed == 1
    # Half is left of level 3, and three quarters of that without evidence: less than the asked 2 before, more after.
    assert "confirmed 2019-01-15, without evidence, which counts as level 1.12 " in told(before, "asked")[0]
    assert "without evidence, which counts as level 2.25 " in told(after, "asked")[0]
    assert before.points < after.points <= before.high
    with pytest.raises(NotAllowed, match="no person record"):
        confirm_capabilities(graph, account(), datetime.now(UTC).date())


def test_the_weights_of_an_opening_order_its_shortlist_until_they_are_taken_back(graph: Graph) -> None:
    ingest(graph, "x", a_small_world())
    officer = account(id="account-officer", role=Role.OFFICER)

    set_weights(graph, officer, "togo-mentor", {"asked": 3, "language": 1, "load": 0})
    (ama,) = match_opening(graph, OFFICER, "togo-mentor", MatchQuery(5, today())).suggestions

    assert {part.criterion: part.points for part in ama.parts if part.points} == {"asked": 7500, "language": 1250}
    assert sum(part.weight for part in ama.parts) == 4
    (tried,) = match_opening(graph, OFFICER, "togo-mentor", MatchQuery(5, today(), {"language": 2})).suggestions
    assert tried.points == 5000

    mentor = next(record for record in a_small_world() if isinstance(record, Opening))
    ingest(graph, "x", [dataclasses.replace(mentor, seats=2)])
    kept, _ = openings.find(graph, OFFICER, "togo-mentor")
    assert (kept.seats, weights_of(kept)) == (2, {"asked": 3, "language": 1, "load": 0})

    set_weights(graph, officer, "togo-mentor", None)
    assert weights_of(openings.find(graph, OFFICER, "togo-mentor")[0]) == BRINGS.weights


@pytest.mark.parametrize(
    ("role", "institution", "may"),
    [
        (Role.OFFICER, "", True),
        (Role.ADMIN, "", True),
        (Role.HOST, "cert-tg", True),
        (Role.HOST, "cert-gh", False),
        (Role.HOST, "", False),
        (Role.MEMBER, "cert-tg", False),
    ],
)
def test_only_the_host_and_officers_weigh(graph: Graph, role: Role, institution: str, may: bool) -> None:
    ingest(graph, "x", a_small_world())
    asking = account(id="account-x", role=role, institution=institution)

    assert may_weigh(graph, asking, "togo-mentor") is may
    if not may:
        with pytest.raises(NotAllowed, match="Only the host"):
            set_weights(graph, asking, "togo-mentor", {"gap": 1})
    with pytest.raises(NotFound):
        may_weigh(graph, asking, "nowhere")


@pytest.mark.parametrize("weights", [{"luck": 1}, {"gap": -1}, {"gap": 0}, {}])
def test_weights_that_will_not_do_are_not_kept(graph: Graph, weights: dict[str, int]) -> None:
    ingest(graph, "x", a_small_world())
    with pytest.raises(InvalidValue):
        set_weights(graph, account(role=Role.OFFICER), "togo-mentor", weights)
    assert openings.find(graph, OFFICER, "togo-mentor")[0].weights == ""


def test_a_person_the_viewer_may_not_see_leaves_no_trace_in_the_history(graph: Graph) -> None:
    hidden = factories.secondment(id="hidden", expert="kofi", host="cert-tg", programme="togo-cert", tlp="RED")

    kofi = one(match(graph, *ready(able("kofi")), hidden), "kofi")

    assert "record" in kofi.unknown
    assert match_opening(graph, Audience(Role.ADMIN), "togo-mentor", MatchQuery(50, today())).roster > 0


def test_the_hosts_of_the_demonstration_weigh_known_criteria_and_some_people_keep_away() -> None:
    records = list(scenario.read())
    own = [record for record in records if isinstance(record, Opening) and record.weights]
    assert len(own) == 2
    for opening in own:
        assert read_weights(weights_of(opening), NAMES).sum() == 100
    assert 5 < sum(bool(record.conflicts) for record in records if isinstance(record, Expert)) < 40
