"""Every page for everybody: it answers, it is sound, and it shows no more than its viewer may see."""

import io
import json
from pathlib import Path

import pytest
from flask import Flask

from graph.connection import Graph
from graph.domain.marks import Role
from graph.domain.programmes import Need, OpeningKind
from graph.services.imports.ingest import ingest
from tests import factories
from tests.conftest import WIPE
from tests.hostile import EVIL, hostile_records
from tests.web.browsers import PASSWORD, SIGNED_IN, ClientFor, address, flaws, sign_in, token
from tests.web.conftest import app_over, clients_of
from webapp.presenters.words import engagement_name
from webapp.security import roles_of
from webapp.throttle import LIMIT

LISTS = ("/experts", "/institutions", "/centres", "/programmes", "/openings", "/engagements")
KINDS = ("Secondment", "Mentorship", "Scholarship", "Training", "JointProject")
RECORDS = (
    "/experts/ama",
    "/institutions/cert-gh",
    "/institutions/academy",
    "/centres/centre-accra",
    "/programmes/togo-cert",
    "/openings/togo-mentor",
    "/engagements/Mentorship/ama-ben",
    "/engagements/Secondment/ama-away",
    "/engagements/Training/course",
    "/engagements/JointProject/joint",
)
PAGES = (
    "/",
    *LISTS,
    *(f"/engagements?kind={kind}" for kind in KINDS),
    *RECORDS,
    "/search",
    "/search?q=ama",
    "/search?q=nobody+at+all",
    "/experts?q=nobody&country=gh&capability=area-forensics&language=fr&sort=-country",
    "/experts?country=nowhere",
    "/network",
    "/network?level=person&step=quarter&window=3y&at=2021&colour=community&filter=region%3DTogo&sort=-first&page=2",
    "/network/exports",
    "/network/map?sort=-giver",
    "/network/compare",
    "/network/compare?then=2020&now=2021-Q2&level=country",
    "/network/paths",
    "/network/paths?from=ama&to=ben&by=2022",
    "/network/paths?from=ama",
    "/network/paths?to=cert-tg&level=institution",
    "/network/lineage",
    "/network/lineage?of=ama",
    "/network/lineage?of=course",
    "/network/what-if",
    "/network/what-if?without=academy&level=institution&pass=2999-12-31",
    "/network/relay?on=2021-01-01&within=60",
    "/network/bridges",
    "/peers",
    "/peers?q=ama",
    "/account",
)
SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.mark.parametrize("role", SIGNED_IN)
def test_every_page_is_sound_and_names_only_who_agreed_to_it(client_for: ClientFor, role: Role) -> None:
    """Cleo has agreed to nothing, so nobody but the administrator meets her."""
    client, shown = client_for(role), False
    for page in PAGES:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert flaws(answer.text) == [], page
        shown |= "Cleo Silent" in answer.text
    assert shown is (role is Role.ADMIN)


def test_every_page_is_sound_on_neo4j_too(neo4j: Graph, tmp_path: Path) -> None:
    neo4j.write(WIPE)
    client = clients_of(app_over(neo4j, tmp_path))(Role.OFFICER)
    for page in PAGES:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert flaws(answer.text) == [], page


def test_what_is_no_window_is_told_above_the_form_of_the_comparison(client_for: ClientFor) -> None:
    answer = client_for(Role.MEMBER).get("/network/compare?then=soon&now=2021")
    assert (answer.status_code, flaws(answer.text)) == (422, [])
    assert "is no window; write one like 2019" in answer.text


def test_what_became_of_a_community_is_said_after_its_name(client_for: ClientFor) -> None:
    text = client_for(Role.OFFICER).get("/network/compare?then=2019&now=2020&level=person").text
    assert '<bdi>Ama Owusu</bdi> <small class="muted">(2)</small> <strong>formed</strong></li>' in text


@pytest.mark.parametrize("role", [Role.PUBLIC, *SIGNED_IN])
def test_imports_are_for_administrators(client_for: ClientFor, role: Role) -> None:
    answer = client_for(role).get("/imports")
    assert answer.status_code == {Role.PUBLIC: 302, Role.ADMIN: 200}.get(role, 403)
    assert role is Role.PUBLIC or flaws(answer.text) == []


def test_the_public_sees_the_first_page_and_signs_in_for_the_rest(client_for: ClientFor) -> None:
    client = client_for(Role.PUBLIC)
    for page in ("/", "/sign-in"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert flaws(answer.text) == []
    for page in (*LISTS, *RECORDS, "/search?q=ama", "/network", "/account"):
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in?next=/"), page


def test_public_numbers_below_five_are_left_out(client_for: ClientFor) -> None:
    text = client_for(Role.PUBLIC).get("/").text
    assert "programmes owned" not in text
    assert "secondments, mentorships" in text


def test_every_route_says_who_may_open_it(app: Flask) -> None:
    assert [rule.endpoint for rule in app.url_map.iter_rules() if not roles_of(app, rule.endpoint)] == []


def test_every_route_that_is_not_open_to_all_asks_the_public_to_sign_in(app: Flask, client_for: ClientFor) -> None:
    client = client_for(Role.PUBLIC)
    for rule in app.url_map.iter_rules():
        if Role.PUBLIC in roles_of(app, rule.endpoint) or "GET" not in (rule.methods or ()):
            continue
        path = rule.rule
        for argument in rule.arguments:
            path = path.replace(f"<{argument}>", "Training" if argument == "kind" else "ama")
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/sign-in"), path


@pytest.mark.parametrize("role", SIGNED_IN)
def test_a_person_without_consent_is_found_by_the_administrator_only(client_for: ClientFor, role: Role) -> None:
    client = client_for(role)
    pages = (*(f"{page}?format=csv" for page in LISTS), "/search?q=cleo", "/experts?q=cleo")
    shown = [page for page in pages if "Cleo Silent" in client.get(page).text]
    assert bool(shown) is (role is Role.ADMIN)
    assert client.get("/experts/cleo").status_code == (200 if role is Role.ADMIN else 404)


@pytest.mark.parametrize("role", SIGNED_IN)
def test_an_amber_record_is_for_hosts_officers_and_administrators(client_for: ClientFor, role: Role) -> None:
    client, may = client_for(role), role in (Role.HOST, Role.OFFICER, Role.ADMIN)
    assert ("Dede Amber" in client.get("/experts").text) is may
    assert ("Dede Amber" in client.get("/experts?format=csv").text) is may
    assert ("Dede Amber" in client.get("/search?q=dede").text) is may
    assert client.get("/experts/dede").status_code == (200 if may else 404)


@pytest.mark.parametrize("role", SIGNED_IN)
def test_suggestions_are_for_those_who_decide(client_for: ClientFor, role: Role) -> None:
    client, may = client_for(role), role in (Role.HOST, Role.OFFICER, Role.ADMIN)
    for page in ("/programmes/togo-cert", "/openings/togo-mentor"):
        text = client.get(page).text
        assert ("Ama Owusu" in text and "Closes 1 of 1 assessed gap" in text) is may, page
        assert ("people are eligible" in text) is may, page


def test_a_suggestion_carries_its_points_its_path_and_who_was_ruled_out(client_for: ClientFor) -> None:
    text = client_for(Role.OFFICER).get("/programmes/togo-cert").text
    assert "Closes 1 of 1 assessed gap: Digital forensics." in text
    assert "holds level 3, confirmed Jan 2026" in text
    assert 'href="/experts?capability=area-forensics"' in text
    assert "of 4 people are eligible. Ruled out:" in text or "of 3 people are eligible. Ruled out:" in text


def test_a_list_says_how_many_and_what_it_was_narrowed_to(client_for: ClientFor) -> None:
    client = client_for(Role.MEMBER)
    assert "<h1>2 people</h1>" in client.get("/experts").text
    assert "<h1>1 person based in Togo</h1>" in client.get("/experts?country=tg").text
    assert "<h1>No people matching “zzz”</h1>" in client.get("/experts?q=zzz").text


@pytest.mark.parametrize(
    "argument", ["endpoint=x", "values=x", "_external=1&_scheme=javascript", "self=1", "_anchor=x"]
)
def test_arguments_of_an_address_never_steer_the_links_of_a_page(client_for: ClientFor, argument: str) -> None:
    answer = client_for(Role.MEMBER).get(f"/experts?{argument}")
    assert answer.status_code == 200
    assert flaws(answer.text) == []


def test_paging_and_sorting_keep_what_was_asked(client_for: ClientFor) -> None:
    text = client_for(Role.MEMBER).get("/experts?q=a&country=gh").text
    assert 'href="/experts?q=a&amp;country=gh&amp;sort=country"' in text
    assert 'href="/experts?q=a&amp;country=gh&amp;format=csv"' in text


def test_a_csv_file_holds_the_list_and_calculates_nothing(graph: Graph, client_for: ClientFor) -> None:
    client = client_for(Role.MEMBER)
    ingest(graph, "sums", [factories.expert(id="sum", name="=HYPERLINK(1)", headline="@cmd")])
    answer = client.get("/experts?format=csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="baton-people.csv"'
    assert answer.text.startswith("\ufeffName,What they do")
    assert "'=HYPERLINK(1),'@cmd" in answer.text
    assert "\r\n=" not in answer.text


def test_a_wrong_password_is_refused_and_the_sixth_try_has_to_wait(app: Flask) -> None:
    client, email = app.test_client(), address(Role.OFFICER)
    assert [sign_in(client, email, "wrong password")[0] for _ in range(LIMIT)] == [422] * LIMIT
    assert sign_in(client, email.upper(), PASSWORD)[0] == 429
    assert sign_in(client, address(Role.MEMBER), PASSWORD)[0] == 302


def test_a_refused_sign_in_says_why_and_keeps_the_address(app: Flask) -> None:
    client = app.test_client()
    form = {"csrf_token": token(client, "/sign-in"), "email": "ama@example.org", "password": "wrong"}
    answer = client.post("/sign-in", data=form)
    assert "do not fit together" in answer.text
    assert 'value="ama@example.org"' in answer.text
    assert flaws(answer.text) == []


@pytest.mark.parametrize(
    ("then", "leads_to"),
    [
        ("/experts", "/experts"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/%5Cevil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_signing_in_leads_to_our_own_pages_only(app: Flask, then: str, leads_to: str) -> None:
    found = sign_in(app.test_client(), address(Role.MEMBER), PASSWORD, f"/sign-in?next={then}")
    assert found == (302, leads_to)


@pytest.mark.parametrize("page", ["/sign-in", "/sign-out", "/account", "/imports", "/imports/check"])
def test_a_form_without_its_token_is_refused(client_for: ClientFor, page: str) -> None:
    answer = client_for(Role.ADMIN).post(page, data={"email": "a@b.c", "password": "x"})
    assert answer.status_code == 400
    assert flaws(answer.text) == []


def test_signing_out_closes_every_page_again(client_for: ClientFor) -> None:
    client = client_for(Role.MEMBER)
    client.post("/sign-out", data={"csrf_token": token(client, "/")})
    assert client.get("/experts").status_code == 302


def test_a_withdrawn_consent_takes_the_person_out_of_the_directory(client_for: ClientFor) -> None:
    member, officer = client_for(Role.MEMBER), client_for(Role.OFFICER)
    assert "Ben Adjovi" in officer.get("/experts").text
    answer = member.post("/account", data={"csrf_token": token(member, "/account")})
    assert answer.status_code == 302
    assert "Ben Adjovi" not in officer.get("/experts").text
    assert "Ben Adjovi" in member.get("/experts").text


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("/nowhere", 404),
        ("/experts/nobody", 404),
        ("/institutions/none", 404),
        ("/centres/none", 404),
        ("/programmes/none", 404),
        ("/openings/none", 404),
        ("/engagements?kind=Nonsense", 404),
        ("/engagements/Training/none", 404),
        ("/engagements/Expert/ama", 404),
        ("/imports", 403),
        ("/network?level=galaxy", 422),
        ("/network?at=soon", 422),
        ("/network/window?filter=region%3DAtlantis", 422),
        ("/network/ties.bin?level=galaxy", 422),
        ("/sign-out", 405),
    ],
)
def test_what_cannot_be_shown_says_so_on_a_page(client_for: ClientFor, page: str, status: int) -> None:
    answer = client_for(Role.OFFICER).get(page)
    assert answer.status_code == status
    assert flaws(answer.text) == []


def test_no_text_of_a_record_is_ever_taken_for_markup(graph: Graph, client_for: ClientFor) -> None:
    client = client_for(Role.ADMIN)
    ingest(graph, "hostile", hostile_records())
    pages = (
        *PAGES,
        "/imports",
        "/experts/bad",
        "/institutions/bad-institution",
        "/centres/bad-centre",
        "/programmes/bad-programme",
        "/openings/bad-opening",
        "/engagements/Training/bad-course",
        "/engagements/Mentorship/bad-mentorship",
        f"/search?q={EVIL}",
        f"/experts?q={EVIL}&country={EVIL}&sort={EVIL}",
    )
    for page in pages:
        text = client.get(page).text
        assert "<script>alert" not in text, page
        assert "<img src=x" not in text, page
        assert flaws(text) == [], page


def test_a_file_is_looked_at_before_it_is_taken_in(client_for: ClientFor) -> None:
    client = client_for(Role.ADMIN)
    upload = io.BytesIO((SAMPLES / "ror" / "one_record.json").read_bytes())
    form = {"csrf_token": token(client, "/imports"), "source": "ror", "file": (upload, "one_record.json")}
    assert client.post("/imports", data=form).headers["Location"] == "/imports/check"
    check = client.get("/imports/check")
    assert "nothing is written yet" in check.text
    assert flaws(check.text) == []
    assert client.post("/imports/check", data={"csrf_token": token(client, "/imports/check")}).status_code == 302
    page = client.get("/imports")
    assert "Imported: " in page.text
    assert flaws(page.text) == []


def test_a_file_that_is_no_register_is_refused_on_its_field(client_for: ClientFor) -> None:
    client = client_for(Role.ADMIN)
    upload = io.BytesIO(json.dumps({"not": "it"}).encode())
    form = {"csrf_token": token(client, "/imports"), "source": "ror", "file": (upload, "broken.json")}
    answer = client.post("/imports", data=form)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert flaws(answer.text) == []


def test_an_opening_whose_deadline_has_passed_says_so_and_is_not_matched(client_for: ClientFor, graph: Graph) -> None:
    gone = factories.opening(
        id="gone", name="Past mentor", programme="togo-cert", host="cert-tg", deadline=factories.day("2020-05-03")
    )
    lasting = factories.opening(
        id="lasting", name="Late mentor", programme="togo-cert", host="cert-tg", deadline=factories.day("9990")
    )
    ingest(graph, "more", [gone, lasting])
    officer = client_for(Role.OFFICER)

    programme = officer.get("/programmes/togo-cert").text
    assert programme.index("Late mentor") < programme.index("Past mentor")
    assert "closed 3 May 2020" in programme
    assert "nobody is asked any more" in programme.partition("Past mentor")[2]
    assert "could have filled" in officer.get("/openings/gone").text
    assert "nobody is asked any more" not in officer.get("/openings/lasting").text
    assert "3 May 2020 <span" in officer.get("/openings").text
    assert "Past mentor" not in officer.get("/").text


def test_an_opening_says_how_much_of_somebodys_time_it_asks_for(client_for: ClientFor, graph: Graph) -> None:
    asked = {"programme": "togo-cert", "host": "cert-tg"}
    usual = factories.opening(id="usual", kind=OpeningKind.SECONDMENT, **asked)
    own = factories.opening(id="own", kind=OpeningKind.SECONDMENT, presence=0.25, **asked)
    none = factories.opening(id="none", kind=OpeningKind.SECONDMENT, presence=0.0, **asked)
    ingest(graph, "more", [usual, own, none])
    officer = client_for(Role.OFFICER)

    usual_page, own_page, none_page = (officer.get(f"/openings/{id_}").text for id_ in ("usual", "own", "none"))

    assert "It asks for at least 50 % of somebody's time from start to end, as is usual for its kind; who" in usual_page
    assert "It asks for at least 25 % of somebody's time from start to end; who states less, or nothing" in own_page
    assert "of somebody's time" not in none_page


def test_an_opening_says_what_a_need_weighs_where_it_is_not_one(client_for: ClientFor, graph: Graph) -> None:
    heavy = Need(target="area-forensics", level=2, weight=2.5)
    ingest(graph, "more", [factories.opening(id="heavy", programme="togo-cert", needs=(heavy,))])
    officer = client_for(Role.OFFICER)

    assert "weight 2.5" in officer.get("/openings/heavy").text
    assert "weight " not in officer.get("/openings/togo-mentor").text.partition("What it asks")[2].partition("</ul>")[0]


def test_names_written_from_right_to_left_do_not_turn_the_sentence_around_them() -> None:
    parties = [{"part": "MENTOR", "name": "أمينة"}, {"part": "MENTEE", "name": "Ben"}]
    assert engagement_name("Mentorship", None, parties) == "\u2068أمينة\u2069, mentor of Ben"
