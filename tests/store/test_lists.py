"""List pages: order, pages, words and facets."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.connection import Graph
from graph.domain.engagements import EngagementStatus
from graph.domain.labels import Label
from graph.domain.marks import EVERYTHING
from graph.domain.organisations import InstitutionKind
from graph.domain.people import Cefr, HasCapability, Speaks
from graph.domain.programmes import OpeningKind, Stage
from graph.domain.records import fold
from graph.services.imports.ingest import ingest
from graph.store import centres, engagements, experts, facets, institutions, openings, programmes
from graph.store.pages import Listing, SortDirection
from tests import factories
from tests.conftest import OFFICER
from tests.factories import a_small_world, day

FOLDED = ["abe", "Ábel", "ACE", "Ænima", "Bö", "bz", "Çelik", "émile", "Zoë", "Ömer", "أمينة", "Амина"]


def ids(listing: Listing, graph: Graph, **asked: Any) -> list[str]:
    return [row["id"] for row in listing.page(graph, EVERYTHING, factories.query(**asked)).rows]


def both_ways(listing: Listing, graph: Graph, sort: str) -> tuple[list[str], list[str]]:
    return ids(listing, graph, sort=sort), ids(listing, graph, sort=sort, direction=SortDirection.DESCENDING)


def test_names_sort_as_people_look_them_up(graph: Graph) -> None:
    people = [factories.expert(id=f"p-{number}", name=name) for number, name in enumerate(FOLDED)]
    ingest(graph, "x", people)

    up, down = both_ways(experts.LISTING, graph, "name")

    names = {person.id: person.name for person in people}
    assert [names[id_] for id_ in up] == sorted(FOLDED, key=fold)
    assert [names[id_] for id_ in up][:3] == ["abe", "Ábel", "ACE"], "Á stands between A and B"
    assert down == up[::-1]


def test_countries_sort_as_people_look_them_up_and_the_unknown_come_last(graph: Graph) -> None:
    lands = {
        "ch": "Chad",
        "ci": "Côte d'Ivoire",
        "co": "Costa Rica",
        "al": "Åland",
        "al2": "Albania",
        "tz": "Türkiye",
        "tu": "Tuvalu",
    }
    institutions_of_lands = [factories.institution(id=f"h-{id_}", country=id_) for id_ in lands]
    people = [factories.expert(id=f"e-{id_}", country=id_) for id_ in lands]
    works = [factories.programme(id=f"p-{id_}", country=id_, owner="h-ch") for id_ in lands]
    sites = [factories.centre(id=f"c-{id_}", host=f"h-{id_}") for id_ in lands]
    lost = [factories.institution(id="h-lost", country=""), factories.expert(id="e-lost", country="")]
    ingest(
        graph,
        "x",
        [
            *(factories.country(id=i, name=n, region="") for i, n in lands.items()),
            *institutions_of_lands,
            *people,
            *works,
            *sites,
            *lost,
        ],
    )

    order = ["al", "al2", "ch", "co", "ci", "tz", "tu"]
    for stem, listing in (("h", institutions), ("e", experts), ("p", programmes), ("c", centres)):
        last = [f"{stem}-lost"] if stem in "he" else []
        up, down = both_ways(listing.LISTING, graph, "country")
        assert up == [f"{stem}-{id_}" for id_ in order] + last
        assert down == [f"{stem}-{id_}" for id_ in order][::-1] + last


def test_dates_sort_by_time_and_the_undated_come_last_either_way(graph: Graph) -> None:
    base = [factories.institution(id="i"), factories.expert(id="a"), factories.expert(id="b")]
    starts = {"m-2019": "2019", "m-2020-06": "2020-06", "m-2020-03": "2020-03-05", "m-none": None}
    meetings = [
        factories.mentorship(id=id_, mentor="a", mentee="b", start=day(text) if text else None, end=None)
        for id_, text in starts.items()
    ]
    stages = dict(zip(("p-1", "p-2", "p-3"), (Stage.HANDED_OVER, Stage.NASCENT, Stage.DEVELOPING), strict=True))
    works = [
        factories.programme(id=id_, stage=stage, owner="i", start=day(f"202{number}"))
        for number, (id_, stage) in enumerate(stages.items())
    ]
    ingest(graph, "x", [*base, *meetings, *works])

    up, down = both_ways(engagements.LISTINGS[Label.MENTORSHIP], graph, "start")
    assert up == ["m-2019", "m-2020-03", "m-2020-06", "m-none"]
    assert down == ["m-2020-06", "m-2020-03", "m-2019", "m-none"]
    assert both_ways(programmes.LISTING, graph, "start") == (["p-1", "p-2", "p-3"], ["p-3", "p-2", "p-1"])
    assert ids(programmes.LISTING, graph, sort="stage") == ["p-2", "p-3", "p-1"], "by maturity, not by letter"


def test_openings_sort_by_deadline_name_and_start(graph: Graph) -> None:
    ingest(
        graph,
        "x",
        [
            factories.institution(id="i"),
            factories.programme(id="p", owner="i"),
            factories.opening(id="late", name="Ába", programme="p", deadline=day("2027-01"), start=day("2027-03")),
            factories.opening(id="soon", name="Bee", programme="p", deadline=day("2026-12"), start=day("2027-04")),
            factories.opening(id="open", name="abz", programme="p", deadline=None, start=day("2027-05")),
        ],
    )

    assert both_ways(openings.LISTING, graph, "deadline") == (["soon", "late", "open"], ["late", "soon", "open"])
    assert ids(openings.LISTING, graph, sort="name") == ["late", "open", "soon"]
    assert ids(openings.LISTING, graph, sort="start") == ["late", "soon", "open"]


def test_openings_whose_deadline_has_passed_come_after_those_ahead(graph: Graph) -> None:
    deadlines = {"gone": day("2026-10"), "next": day("2026-12"), "this": day("2026-11"), "none": None}
    known = [factories.opening(id=id_, programme="p", deadline=deadline) for id_, deadline in deadlines.items()]
    ingest(graph, "x", [factories.institution(id="i"), factories.programme(id="p", owner="i"), *known])

    assert ids(openings.LISTING, graph, sort="deadline", today="2026-11-23") == ["this", "next", "gone", "none"]


def test_only_deadlines_that_have_not_passed_are_ahead_and_the_nearest_comes_first(graph: Graph) -> None:
    deadlines = {"today": "2026-11-23", "month": "2026-11", "year": "2027", "gone": "2026-11-22", "none": ""}
    ingest(
        graph,
        "x",
        [
            factories.institution(id="i"),
            factories.programme(id="p", owner="i"),
            factories.programme(id="secret", owner="i", tlp="RED"),
            factories.opening(id="hidden", programme="secret"),
            *(
                factories.opening(id=id_, programme="p", deadline=day(text) if text else None)
                for id_, text in deadlines.items()
            ),
        ],
    )
    today, until = date(2026, 11, 23), date(2026, 11, 30)

    assert [row["id"] for row in openings.ahead(graph, OFFICER, today, 9)] == ["today", "month", "year"]
    assert [row["id"] for row in openings.ahead(graph, OFFICER, today, 2)] == ["today", "month"]
    assert openings.how_many_ahead(graph, OFFICER, today, until) == {"total": 3, "soon": 2}


def test_people_on_the_way_reach_as_far_as_the_best_of_them(graph: Graph) -> None:
    law = factories.capability(id="area-law", name="Cybercrime law", code="law")
    two = factories.expert(id="eve", capabilities=(HasCapability(target="area-forensics", level=2),))
    four = factories.expert(
        id="max", capabilities=tuple(HasCapability(target=area, level=4) for area in ("area-forensics", "area-law"))
    )
    shy = factories.expert(id="shy", consents=frozenset(), capabilities=(HasCapability(target="area-law", level=3),))
    ways: dict[str, Any] = {"programme": "togo-cert", "host": "cert-tg", "start": day("2026-01")}
    running = {**ways, "end": day("2026-11"), "status": EngagementStatus.ACTIVE}
    forensics, both = ("area-forensics",), ("area-forensics", "area-law")
    ingest(
        graph,
        "x",
        [
            *a_small_world(),
            law,
            two,
            four,
            shy,
            factories.secondment(id="s-eve", expert="eve", capabilities=both, **running),
            factories.secondment(id="s-shy", expert="shy", capabilities=both, **running),
            factories.secondment(id="s-over", expert="max", capabilities=both, **{**running, "end": day("2026-10")}),
            factories.secondment(
                id="s-done", expert="max", capabilities=both, **{**running, "status": EngagementStatus.COMPLETED}
            ),
            factories.secondment(id="s-other", expert="max", capabilities=both, **{**running, "programme": ""}),
        ],
    )
    today = date(2026, 11, 23)

    assert programmes.reach(graph, OFFICER, "togo-cert", today) == {"area-forensics": 2}

    planned = factories.secondment(
        id="s-max",
        expert="max",
        capabilities=forensics,
        **{**ways, "start": day("2027"), "end": None, "status": EngagementStatus.PLANNED},
    )
    ingest(graph, "y", [planned])
    assert programmes.reach(graph, OFFICER, "togo-cert", today) == {"area-forensics": 4}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(1, 9), direction=st.sampled_from(SortDirection))
def test_the_pages_of_a_list_are_the_list(graph: Graph, size: int, direction: SortDirection) -> None:
    ingest(graph, "x", [factories.institution(id=f"i-{number}", name=f"House {number % 3}") for number in range(7)])
    whole = ids(institutions.LISTING, graph, direction=direction)

    pages = [
        institutions.LISTING.page(graph, EVERYTHING, factories.query(size=size, page=number, direction=direction))
        for number in range(1, -(-7 // size) + 2)
    ]

    assert [row["id"] for page in pages for row in page.rows] == whole
    assert {(page.total, page.last) for page in pages} == {(7, -(-7 // size))}
    assert pages[-1].rows == [], "a page behind the last one is empty"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", {"ama", "ben", "cleo", "dede"}),
        ("AMA", {"ama"}),
        ("owu ama", {"ama"}),
        ("ama adjovi", set()),
        ("adj", {"ben"}),
        ("  ", {"ama", "ben", "cleo", "dede"}),
        ("'\"`$id}", set()),
        (".*", set()),
    ],
)
def test_every_word_must_occur(graph: Graph, words: str, found: set[str]) -> None:
    ingest(graph, "x", a_small_world())

    assert set(ids(experts.LISTING, graph, words=words)) == found


def test_words_find_names_with_and_without_accents(graph: Graph) -> None:
    ingest(graph, "x", a_small_world())

    for words in ("equipe", "Équipe", "ÉQUIPE", "gh-cert"):
        assert ids(institutions.LISTING, graph, words=words) == ["cert-gh"]


FACETED: Mapping[str, tuple[Any, dict[str, dict[str, int]]]] = {
    "experts": (
        experts,
        {"country": {"gh": 2, "tg": 1}, "capability": {"area-forensics": 2}, "language": {"fr": 1, "en": 1}},
    ),
    "institutions": (institutions, {"country": {"gh": 2}, "kind": {"csirt": 2, "donor": 1}}),
    "programmes": (programmes, {"country": {"gh": 1, "tg": 1}, "stage": {"nascent": 1, "established": 1}}),
    "openings": (openings, {"kind": {"mentorship": 1, "residency": 2}}),
}


def faceted_world() -> list[Any]:
    skilled = (HasCapability(target="area-forensics", level=2),)
    both = (InstitutionKind.CSIRT, InstitutionKind.DONOR)
    kinds = (OpeningKind.MENTORSHIP, OpeningKind.RESIDENCY, OpeningKind.RESIDENCY)
    return [
        *(factories.region(), factories.country(), factories.country(id="tg", name="Togo"), factories.capability()),
        *(factories.language(), factories.language(id="en", name="English")),
        factories.expert(id="a", languages=(Speaks(target="fr", level=Cefr.B1),), capabilities=skilled),
        factories.expert(id="b", languages=(Speaks(target="en", level=Cefr.B1),), capabilities=skilled),
        factories.expert(id="c", country="tg"),
        factories.institution(id="i", kinds=both),
        factories.institution(id="j", kinds=both[:1]),
        factories.programme(id="p", owner="i"),
        factories.programme(id="q", owner="i", country="tg", stage=Stage.ESTABLISHED),
        *(factories.opening(id=f"o-{number}", kind=kind, programme="p") for number, kind in enumerate(kinds)),
    ]


@pytest.mark.parametrize("subject", FACETED)
def test_a_facet_leaves_as_many_as_it_says(graph: Graph, subject: str) -> None:
    module, expected = FACETED[subject]
    ingest(graph, "x", faceted_world())

    values = facets.values(graph, EVERYTHING, module.FACETS)

    assert {name: {row["id"]: row["total"] for row in rows} for name, rows in values.items()} == expected
    for name, totals in expected.items():
        for value, total in totals.items():
            assert len(ids(module.LISTING, graph, facets=((name, value),))) == total
        assert ids(module.LISTING, graph, facets=((name, "nothing"),)) == []


def test_facets_and_words_narrow_together(graph: Graph) -> None:
    ingest(graph, "x", a_small_world())

    assert ids(experts.LISTING, graph, facets=(("country", "gh"), ("language", "fr")), words="ama") == ["ama"]
    assert ids(experts.LISTING, graph, facets=(("country", "tg"), ("language", "fr"))) == []


def test_a_facet_that_the_list_does_not_have_is_not_asked(graph: Graph) -> None:
    ingest(graph, "x", a_small_world())

    assert len(ids(centres.LISTING, graph, facets=(("country", "tg"),))) == 1


def test_engagements_narrow_by_status(graph: Graph) -> None:
    states = (EngagementStatus.ACTIVE, EngagementStatus.COMPLETED_EARLY, EngagementStatus.ACTIVE)
    people = [factories.expert(id="a"), factories.expert(id="b")]
    ingest(
        graph,
        "x",
        [*people, *(factories.mentorship(id=f"m-{n}", mentor="a", mentee="b", status=s) for n, s in enumerate(states))],
    )

    listing = engagements.LISTINGS[Label.MENTORSHIP]
    (rows,) = facets.values(graph, EVERYTHING, engagements.FACETS[Label.MENTORSHIP]).values()

    assert {row["id"]: row["total"] for row in rows} == {"active": 2, "completed_early": 1}
    assert ids(listing, graph, sort="start", facets=(("status", "completed_early"),)) == ["m-1"]
