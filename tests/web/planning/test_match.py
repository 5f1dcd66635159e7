"""The bench in a browser without scripts: everything is in its address, and nothing in an address breaks it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from graph.connection import Graph
from graph.domain.dates import PartialDate
from graph.domain.marks import Role
from graph.domain.people import Cefr, Expert, HasCapability, Speaks
from graph.domain.programmes import Need, Opening
from graph.matching.scoring.kinds import NAMES
from graph.matching.scoring.rules import RULES
from graph.matching.solvers.plans import Objective
from graph.services.accounts.wishes import note_wishes
from graph.services.imports.ingest import ingest
from graph.services.planning.explain import Broken
from graph.services.planning.explain_fit import Fit
from tests import factories
from tests.services.bench_world import able as skilled
from tests.services.bench_world import free, ready
from tests.web.browsers import ClientFor, flaws, token
from webapp.presenters.matching import matches
from webapp.presenters.planning.explanations import own_fit
from webapp.urls.workspace import WorkspaceQuery, read_query

SOON = PartialDate.of_day((datetime.now(UTC) + timedelta(days=60)).date())
HEADLINE = re.compile(r"<h1>(.*?)</h1>")
TOTAL = re.compile(r'<div class="measure"><b>([\d,]+)</b>')


def able(id_: str, level: float, **given: object) -> Expert:
    """Somebody who states a level and shows nothing of it, so that each level more brings points for what is asked."""
    skill = HasCapability(target="area-forensics", level=level)
    spoken = Speaks(target="fr", level=Cefr.C2)
    return factories.expert(id=id_, name=id_.title(), capabilities=(skill,), languages=(spoken,), **given)


def wanting(id_: str, programme: str, **given: object) -> Opening:
    needs = (Need(target="area-forensics", level=2, must=True),)
    return factories.opening(id=id_, name=id_.title(), programme=programme, needs=needs, deadline=SOON, **given)


@pytest.fixture
def bench(graph: Graph, client_for: ClientFor) -> ClientFor:
    """The small world, three more people, all free, and two more openings: one of Togo's team and one of Ghana's."""
    people = ready(able("esi", 3), able("kojo", 2, country="tg"), able("yaa", 2.5))
    ghana = factories.programme(id="ghana-cert", name="Ghana CERT", owner="cert-gh", country="gh")
    ingest(graph, "bench", [*people, free("ben"), ghana, wanting("lome", "togo-cert"), wanting("accra", "ghana-cert")])
    return client_for


def page(client: FlaskClient, address: str = "/match") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert flaws(answer.text) == [], address
    return answer.text


def headline(text: str) -> str:
    found = HEADLINE.search(text)
    assert found
    return unescape(found[1])


def total(text: str) -> int:
    found = TOTAL.search(text)
    assert found
    return int(found[1].replace(",", ""))


def link(text: str, id_: str) -> str:
    found = re.search(rf'id="{id_}" href="([^"]+)"', text)
    assert found, id_
    return unescape(found[1])


CHOSEN = "/match?opening=lome&opening=accra"


def test_a_step_on_the_bench_is_a_link_to_another_bench_that_anybody_can_open(graph: Graph, bench: ClientFor) -> None:
    officer, colleague = bench(Role.OFFICER), bench(Role.OFFICER)
    before = page(officer, f"{CHOSEN}&focus=lome")
    assert headline(before) == "2 of 2 openings served"
    assert "the best total there is" in before
    address = link(before, "lock-kojo")
    locked = page(officer, address)
    assert total(locked) < total(before)
    assert "Locked, take back" in locked
    assert total(page(colleague, address)) == total(locked)
    assert total(page(officer, link(locked, "lock-kojo"))) == total(before)
    held = page(officer, f"{address.split('#')[0]}&{urlencode({'held': 'opening=lome&opening=accra'})}")
    assert f"−{total(before) - total(locked):,} on the plan held" in held
    assert "This lock costs" in page(officer, link(locked, "why-kojo"))
    assert "objective-5" not in before
    by_wishes = f"{CHOSEN}&focus=lome&objective=expert-stable"
    assert "Nobody on the bench has said which of these openings they would take" in page(officer, by_wishes)
    note_wishes(graph, factories.account(role=Role.OFFICER), "kojo", ["lome"])
    before = page(officer, f"{CHOSEN}&focus=lome")
    assert "their wish 1" in before
    for position, objective in enumerate(Objective, 1):
        chosen = page(officer, link(before, f"objective-{position}"))
        assert (objective.value in link(chosen, "lock-kojo")) is (objective is not Objective.BEST)


def test_weights_and_rules_are_tried_and_what_they_admit_is_said(graph: Graph, bench: ClientFor) -> None:
    officer = bench(Role.OFFICER)
    ingest(graph, "full", ready(able("full", 3, capacity=0)))
    assert 'id="who-full"' not in page(officer, f"{CHOSEN}&focus=accra")
    text = page(officer, f"{CHOSEN}&focus=accra&off=capacity")
    assert "Would be ruled out</b>: has promised as many engagements in its days as they accept at once." in text
    tried = page(officer, f"{CHOSEN}&focus=accra&w-gap=100")
    assert "tried on every opening" in tried
    keeping = dict.fromkeys(NAMES, 0) | {"gap": 100, "csrf_token": token(officer, CHOSEN)}
    assert officer.post("/openings/accra/weights", data=keeping).status_code == 302


def test_who_is_left_out_is_told_with_points_rivals_and_what_each_lock_costs(bench: ClientFor) -> None:
    officer = bench(Role.OFFICER)
    text = page(officer, "/match/left?opening=accra&opening=lome&lock=kojo=lome")
    assert headline(text) == "2 people are left out, 0 openings have seats left"
    assert "Ama Owusu could be in Lome" in text
    assert re.search(r"but for what was fixed by hand: Kojo \([\d,]+\) is locked there", text)
    assert re.search(r"(\b1 point|[\d,]{2,} points|[02-9] points) more would do\. Behind", text)
    assert re.search(r'Kojo for Lome</bdi><br><small class="muted">costs [\d,]+ points', text)
    assert "0 openings have seats left" not in page(officer, "/match/left?opening=accra&person=ben")
    assert bench(Role.MEMBER).get("/match/left").status_code == 403
    assert "No opening is left on this bench" in page(officer, "/match/left?opening=nowhere")


def test_bounds_are_kept_and_those_that_cannot_be_are_told(bench: ClientFor) -> None:
    officer = bench(Role.OFFICER)
    region = re.search(r'name="least-([^"]+)"', page(officer, CHOSEN))
    assert region
    assert headline(page(officer, f"{CHOSEN}&most-{region.group(1)}=1")) == "1 of 2 openings served"
    text = unescape(page(officer, f"{CHOSEN}&least-{region.group(1)}=9"))
    assert "This plan was made without bounds." in text
    assert headline(text) == "2 of 2 openings served"
    impossible = urlencode({"a": f"opening=lome&least-{region.group(1)}=9", "b": "opening=lome"})
    assert "This plan was made without bounds." in unescape(page(officer, f"/match/compare?{impossible}"))
    assert headline(page(officer, f"{CHOSEN}&floor=10000")) == "0 of 2 openings served"
    assert "nobody reaches the floor of this plan; " in page(officer, f"{CHOSEN}&floor=10000")
    assert "is nearest to the floor in" in page(officer, f"/match/left?{CHOSEN.partition('?')[2]}&floor=10000")
    assert "is more than anybody can bring" in unescape(page(officer, f"{CHOSEN}&floor=10001"))
    assert "is not a number" in unescape(page(officer, f"{CHOSEN}&floor=high"))


def test_what_is_ticked_is_counted_and_what_the_team_does_is_said(graph: Graph, bench: ClientFor) -> None:
    officer = bench(Role.OFFICER)
    pair = replace(wanting("pair", "togo-cert", seats=2), needs=())  # only what is not asked is closed as a team
    ingest(graph, "two", [pair, *ready(skilled("ada", 3), skilled("bea", 2))])
    chosen = "/match?opening=pair&person=ada&person=bea"
    plain = page(officer, chosen)
    text = unescape(page(officer, f"{chosen}&count=teams&count=efforts"))
    assert "1 team</summary>" in text
    assert "Days given" in text
    assert re.search(r"In this plan adding [\d,]+ points to what the others of the team bring", text)
    assert total(text) < total(plain)
    assert 'value="teams" data-now checked' in text
    assert "1 team</summary>" not in plain
    assert "price for each seat" in page(officer, f"/match/left?{chosen[7:]}&count=teams")
    beside = urlencode({"a": chosen[7:], "b": f"{chosen[7:]}&count=teams"})
    assert "their points differ for that too" in page(officer, f"/match/compare?{beside}")
    fair = unescape(page(officer, f"{chosen}&count=teams&count=efforts&objective=fair"))
    assert "This plan was made without teams." in fair
    assert 'value="efforts" data-now checked' in fair


def test_a_plan_that_is_not_settled_in_time_is_made_without_what_takes_long(
    graph: Graph, bench: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(graph, "two", [wanting("pair", "togo-cert", seats=2)])
    monkeypatch.setattr("graph.matching.solvers.integer_programs.SECONDS", 0.0)

    text = unescape(page(bench(Role.OFFICER), "/match?opening=pair&person=esi&person=kojo&count=efforts"))

    assert "The plan was not settled in 0 seconds" in text
    assert "This plan was made without efforts." in text
    assert headline(text) == "1 of 1 opening served"


def test_points_of_nothing_make_a_plan_all_the_same(bench: ClientFor) -> None:
    officer = bench(Role.OFFICER)
    nothing = f"/match?opening=accra&{urlencode({f'w-{name}': int(name == 'record') for name in NAMES})}"
    first = page(officer, nothing)

    assert total(first) == 0
    assert headline(first) == "1 of 1 opening served"


def test_weights_are_kept_by_those_who_decide_on_the_opening(bench: ClientFor) -> None:
    tried = f"{CHOSEN}&w-gap=9&focus="

    assert "Keep with this opening" in page(bench(Role.OFFICER), f"{tried}lome")
    assert "Keep with this opening" not in page(bench(Role.OFFICER), CHOSEN)
    assert "Keep with this opening" in page(bench(Role.HOST), f"{tried}lome")


def test_whatever_stands_in_an_address_gets_one_sentence_and_a_bench(bench: ClientFor) -> None:
    client = bench(Role.OFFICER)
    for argument, sentence in (
        ("objective=best-of-all", "is not an objective"),
        ("lock=kojo", "is not a pair"),
        ("lock=kojo=lome&lock=esi=lome", "The lock of Esi for Lome was left out."),
        ("lock=ben=lome", "The lock of Ben Adjovi for Lome was left out: Ben Adjovi does not state a capability"),
        ("lock=nobody=lome", "There is no person 'nobody'"),
        ("exclude=kojo=nowhere", "There is no opening 'nowhere'"),
        ("person=cleo-not", "There is no person 'cleo-not'"),
        ("opening=nowhere&opening=lome", "There is no opening 'nowhere'"),
        ("off=consent", "is not a rule that can be switched off"),
        ("w-gap=-1", "is not a weight"),
        ("w-beauty=3", "is no criterion"),
        ("w-gap=0", "rank nobody"),
        ("count=hours", "is nothing that can be counted"),
        ("focus=nowhere&why=nobody&held=%25%25", "1 assessed gap"),
    ):
        text = unescape(page(client, f"/match?{argument}"))
        assert sentence in text, argument
    assert "No opening is left on this bench" in page(client, "/match?opening=nowhere")


def test_hosts_plan_for_their_own_institution_and_members_not_at_all(bench: ClientFor) -> None:
    host = bench(Role.HOST)
    text = page(host)
    assert "Lome" in text
    assert "Accra" not in text
    assert re.search(r"Match <span>(\d)</span>", text)
    assert "Accra" not in page(host, "/match/choose?q=accra")
    for asked in ("opening=accra&opening=lome", "lock=esi=accra", "focus=accra"):
        assert "Ghana CERT" not in page(host, f"/match?{asked}"), asked
    assert host.get("/match/people?opening=accra&person=esi").status_code == 404
    assert host.post("/match/keep", data={"csrf_token": token(host, "/account")}).status_code == 403
    for role in (Role.MEMBER, Role.RESEARCHER):
        assert bench(role).get("/match").status_code == 403


def test_two_plans_and_five_people_stand_side_by_side(bench: ClientFor) -> None:
    officer = bench(Role.OFFICER)
    chosen = "opening=lome&opening=accra"
    kept_out = "".join(f"&exclude={name}={opening}" for name in ("ama", "esi") for opening in ("lome", "accra"))
    plain = {"a": chosen, "b": chosen + kept_out}
    text = page(officer, f"/match/compare?{urlencode(plain)}")
    assert re.match(r"Plan B has [\d,]+ points fewer; \d placements? differs?", headline(text)), headline(text)
    assert "Esi" in text
    same = page(officer, f"/match/compare?{urlencode({'a': plain['a'], 'b': plain['a']})}")
    assert headline(same) == "Both plans put the same people in the same places"
    locked = page(officer, f"/match/compare?{urlencode({'a': chosen, 'b': chosen + '&lock=kojo=lome'})}")
    costs = r">Kojo for Lome</th><td>not locked</td><td>costs [\d,]+ points</td>"
    assert len(re.findall(costs, locked)) == 1
    assert "What each lock costs" not in same
    people = [("person", name) for name in ("esi", "kojo", "yaa", "ama", "ben", "dede")]
    text = page(officer, f"/match/people?{urlencode([('opening', 'accra'), *people])}")
    assert "5 people fit side by side" in text
    assert "Ben Adjovi does not state a capability" in text
    assert "Nobody to put side by side" in page(officer, "/match/people?opening=accra")


def test_a_search_for_more_loses_nobody_who_was_chosen(bench: ClientFor) -> None:
    officer = bench(Role.OFFICER)
    text = page(officer, "/match/choose?person=esi&opening=lome&who=yaa&q=accra&lock=kojo=lome&until=never")
    for value in ("esi", "yaa", "lome", "accra"):
        box = re.search(rf'<input[^>]*value="{value}"[^>]*>', text)
        assert box
        assert ("checked" in box[0]) is (value in ("esi", "lome")), value
    assert 'name="lock" value="kojo=lome"' in text
    assert "is not a day" in text
    every = page(officer, "/match/choose?take=openings")
    assert every.count(" checked") == 3
    sent = officer.get("/match?choose=1&opening=lome&who=yaa&person=esi")
    assert (sent.status_code, sent.headers["Location"]) == (302, "/match?opening=lome&person=esi")


def test_a_plan_is_kept_as_a_draft_or_published_as_proposals(bench: ClientFor) -> None:
    officer = bench(Role.OFFICER)
    form = {"csrf_token": token(officer, CHOSEN), "name": "Autumn"}
    assert "Give the plan a name" in officer.post(f"/match/keep{CHOSEN[6:]}", data={**form, "name": ""}).text
    kept = officer.post(f"/match/keep{CHOSEN[6:]}", data=form)
    assert "2 of 2 proposals are not published" in headline(page(officer, kept.headers["Location"]))
    sent = officer.post(f"/match/keep{CHOSEN[6:]}", data={**form, "name": "Autumn, sent", "publish": "1"})
    assert "0 of 2 proposals confirmed" in headline(page(officer, sent.headers["Location"]))


def test_an_empty_world_says_what_would_stand_here(client_for: ClientFor, graph: Graph) -> None:
    officer = client_for(Role.OFFICER)
    ingest(graph, "hard", [factories.opening(id="hard", programme="togo-cert", deadline=SOON, needs=NEVER)])
    text = page(officer, "/match?opening=hard")
    assert headline(text) == "0 of 1 opening served"
    assert "Nobody can fill it as it stands" in text
    assert "Publish" not in text


NEVER = (Need(target="area-forensics", level=4, must=True),)

IDS = st.text(alphabet="abc-123 é&#+", min_size=1, max_size=6).map(str.strip).filter(bool)
PAIRS = st.lists(st.tuples(IDS, IDS), max_size=3, unique=True).map(tuple)
BENCHES = st.builds(
    WorkspaceQuery,
    openings=st.lists(IDS, max_size=3, unique=True).map(tuple),
    people=st.lists(IDS, max_size=3, unique=True).map(tuple),
    objective=st.sampled_from(Objective),
    locks=PAIRS,
    exclusions=PAIRS,
    switched_off=st.lists(st.sampled_from([r.name for r in RULES if not r.firm]), unique=True).map(tuple),
    counted=st.sampled_from([(), ("teams",), ("efforts",), ("teams", "efforts")]),
    weights=st.just(()) | st.integers(1, 1000).map(lambda weight: tuple((name, weight) for name in NAMES)),
    focus=IDS | st.just(""),
    held=st.just("") | PAIRS.map(lambda pairs: WorkspaceQuery(locks=pairs).encoded),
)


@given(BENCHES)
def test_an_address_says_all_of_a_bench(asked: WorkspaceQuery) -> None:
    assert read_query(asked.encoded) == (asked, ())


def test_a_member_hears_on_the_page_of_an_opening_whether_it_could_be_theirs(bench: ClientFor) -> None:
    own = page(bench(Role.MEMBER), "/openings/accra")

    assert own.index("Could it be you?") < own.index("Who decides")
    assert "Ben Adjovi does not state a capability that this opening must have, at the level it needs." in own
    assert "No rule would stand in the way if Ben Adjovi holds Digital forensics at level " in own
    assert "Could it be you?" not in page(bench(Role.OFFICER), "/openings/accra")


def test_the_days_of_a_change_are_written_out_for_whom_it_concerns() -> None:
    needed = Fit("Ama Owusu", (Broken("free", "is not free on any day", firm=False),), ("is free from 2027-01-22",), ())
    assert own_fit(needed)[-1] == "No rule would stand in the way if Ama Owusu is free from 22 Jan 2027."


def test_every_rule_and_criterion_has_its_words() -> None:
    assert {rule.name for rule in RULES} == set(matches._RULE)
    assert set(NAMES) == set(matches.CRITERION) == set(matches.MEANING)
