import dataclasses
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.domain.dates import PartialDate
from graph.domain.engagements import Training
from graph.domain.identifiers import Orcid
from graph.domain.kinds import KIND_OF, RECORD_KINDS, TIE_SLOTS
from graph.domain.labels import Label, TieType
from graph.domain.marks import Purpose
from graph.domain.people import Cefr, HasCapability, Speaks, WorksAt
from graph.domain.programmes import Need, OpeningKind, Rating, Stage, Support
from graph.domain.properties import STAMPS, digest, from_properties, to_properties, to_ties
from graph.domain.records import Record, fold, tie_fields
from graph.errors import InvalidValue
from graph.schema import drawing
from tests import factories
from tests.domain.strategies import records
from tests.factories import day

ANY_RECORD = st.sampled_from(RECORD_KINDS).flatmap(records)
STORABLE = (str, int, float, bool)


def stated(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in tie_fields(type(record))}


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_every_kind_of_record_comes_back_as_it_was(kind: type[Record]) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(records(kind))
    def comes_back(record: Record) -> None:
        again = from_properties(kind, to_properties(record), **stated(record))

        assert again == record
        assert digest(again) == digest(record)

    comes_back()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_RECORD)
def test_a_graph_can_store_what_a_record_says(record: Record) -> None:
    found = [to_properties(record), *(row.properties for row in to_ties(record))]
    for value in (value for properties in found for value in properties.values()):
        items = value if isinstance(value, list) else [value]
        assert items, "an empty list has no type"
        assert {type(item) for item in items} <= set(STORABLE)
        assert len({type(item) for item in items}) == 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_RECORD)
def test_a_property_has_one_type_whatever_its_value(record: Record) -> None:
    numbers = {name: value for name, value in to_properties(record).items() if isinstance(value, int | float)}
    hints = {field.name: str(field.type) for field in dataclasses.fields(record)}

    for name, value in numbers.items():
        assert isinstance(value, float) == ("float" in hints[name]), name


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_RECORD, st.text(min_size=1, max_size=5))
def test_when_and_by_what_run_it_came_in_does_not_change_what_a_record_says(record: Record, stamp: str) -> None:
    assert digest(dataclasses.replace(record, **dict.fromkeys(STAMPS, stamp))) == digest(record)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_RECORD)
def test_another_source_id_is_another_thing_said(record: Record) -> None:
    assert digest(dataclasses.replace(record, source_id=record.source_id + "x")) != digest(record)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_RECORD)
def test_every_tie_a_record_states_is_in_the_model(record: Record) -> None:
    for row in to_ties(record):
        assert (row.label, row.type, row.target_label) in TIE_SLOTS
        assert row.source == record.id


def test_a_tie_to_an_absent_end_does_not_count_until_it_is_there() -> None:
    ama = factories.expert(id="ama", country="gh")
    nowhere = dataclasses.replace(ama, country="")

    assert digest(ama, {(Label.COUNTRY, "gh")}) == digest(nowhere)
    assert digest(ama) != digest(nowhere)


def test_every_label_has_one_kind_of_record_and_every_tie_type_a_place() -> None:
    assert set(KIND_OF) == set(Label)
    assert len(RECORD_KINDS) == len(KIND_OF)
    assert {type_ for _, type_, _ in TIE_SLOTS} == set(TieType)


def test_the_drawing_names_every_label_and_every_tie() -> None:
    lines = [line.strip() for line in drawing().splitlines()]

    assert lines[0] == "classDiagram"
    assert {f"class {label} {{" for label in Label} <= set(lines)
    assert {f"{source} --> {target} : {type_}" for source, type_, target in TIE_SLOTS} <= set(lines)


def test_a_date_is_stored_with_the_days_it_can_mean() -> None:
    found = to_properties(factories.programme(start=day("2024-02"), owner="x"))

    assert {name: found[name] for name in ("start", "start_first", "start_last")} == {
        "start": "2024-02",
        "start_first": "2024-02-01",
        "start_last": "2024-02-29",
    }
    assert "end" not in found


def test_two_posts_at_one_institution_are_two_ties() -> None:
    posts = (WorksAt(target="cert", start=day("2015")), WorksAt(target="cert", start=day("2020")))

    assert [row.key for row in to_ties(factories.expert(posts=posts, country=""))] == ["2015", "2020"]


def test_a_person_is_stored_with_the_roles_that_may_see_them() -> None:
    silent, found = (factories.expert(consents=some) for some in (frozenset(), {Purpose.DIRECTORY}))

    assert to_properties(silent)["open_to"] == ["admin"]
    assert "member" in to_properties(dataclasses.replace(found, consents=frozenset(found.consents)))["open_to"]


def test_search_words_are_folded() -> None:
    assert fold("  Équipe\tÐ  ŞİRKET ", "Straße") == "equipe ð sirket strasse"
    assert fold("Ｇｈａｎａ ﬁ") == "ghana fi"
    assert factories.institution(name="Équipe", aliases=("CERT-GH",)).search_text == "equipe cert-gh"
    assert factories.expert(name="Ólafur", headline="Söker", orcid=Orcid("0000-0002-1825-0097")).search_text == (
        "olafur soker 0000-0002-1825-0097"
    )


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: factories.mentorship(mentor="ama", mentee="ama"), "is the mentor"),
        (lambda: factories.secondment(expert="ama", home="a", host="a"), "is the home institution"),
        (lambda: factories.secondment(expert="ama", host="a", start=day("2021"), end=day("2020")), "lies before"),
        (lambda: factories.mentorship(mentor="a", mentee="b", start=day("2021"), end=day("2020-12")), "lies before"),
        (lambda: Training(id="t", name="T", start=day("2021-05-03"), end=day("2021-05-02")), "lies before"),
        (lambda: factories.programme(owner="a", start=day("2021"), end=day("2020")), "lies before"),
        (lambda: factories.opening(programme="p", start=day("2028"), end=day("2027")), "lies before"),
        (lambda: factories.opening(programme="p", seats=0), "give 1 or more"),
        (lambda: factories.availability(expert="a", start=day("2028"), end=day("2027")), "lies before"),
        (lambda: factories.availability(expert="a", share=1.01), "is not a share"),
        (lambda: factories.availability(expert="a", share=float("nan")), "is not a share"),
        (lambda: WorksAt(target="a", start=day("2021"), end=day("2020")), "lies before"),
        (lambda: Support(target="a", share=-0.1), "is not a share"),
        (lambda: HasCapability(target="a", level=4.5), "is not a level"),
        (lambda: HasCapability(target="a", level=float("nan")), "is not a level"),
        (lambda: Need(target="a", level=-1), "is not a level"),
        (lambda: Rating(target="a", level=1, target_level=5), "is not a level"),
        (lambda: Rating(target="a", level=1, target_level=2, weight=-1), "give 0 or more"),
        (lambda: factories.expert(name="  "), "needs a name"),
        (lambda: factories.expert(capacity=-1), "give 0 or more"),
        (lambda: factories.expert(id="Ama"), "is not an id"),
        (lambda: factories.institution(name=""), "needs a name"),
        (lambda: factories.institution(id="a", parents=("a",)), "is the institution itself"),
        (lambda: factories.institution(id="a", successors=("a",)), "is the institution itself"),
    ],
)
def test_a_record_that_contradicts_itself_is_never_born(make: Any, why: str) -> None:
    with pytest.raises(InvalidValue, match=why) as refused:
        make()

    assert str(refused.value).endswith(".")


def test_a_mentorship_of_one_year_may_end_in_it() -> None:
    assert factories.mentorship(mentor="a", mentee="b", start=day("2020"), end=day("2020")).end == PartialDate.parse(
        "2020"
    )


def test_the_rank_of_a_language_level_is_its_order() -> None:
    assert [level.rank for level in Cefr] == [1, 2, 3, 4, 5, 6]
    assert Speaks(target="fr", level=Cefr.C2).level > Cefr.B1


def test_stages_and_openings_are_words_of_the_field() -> None:
    assert list(Stage) == ["nascent", "developing", "established", "handed_over"]
    assert set(OpeningKind) == {"mentorship", "secondment", "residency", "scholarship", "attachment"}
