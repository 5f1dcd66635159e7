"""Reference records come out of installed packages, whole, connected and in order."""

from collections import Counter
from functools import cache
from typing import TypeVar

import pycountry
import pytest

from graph.domain.identifiers import USER_ASSIGNED_COUNTRIES
from graph.domain.places import Capability, Country, Language, Region
from graph.domain.records import Record, tie_fields
from graph.errors import Unavailable
from importers import reference
from importers.reference import clusters
from importers.reference.areas import UNCOVERED
from importers.reference.titles import SERVICES, WORK_ROLES

R = TypeVar("R", bound=Record)


@cache
def records() -> tuple[Record, ...]:
    return tuple(reference.read())


def by_id(kind: type[R]) -> dict[str, R]:
    return {record.id: record for record in records() if isinstance(record, kind)}


def capabilities(framework: str, kind: str) -> list[Capability]:
    found = (record for record in records() if isinstance(record, Capability))
    return [record for record in found if (record.framework, record.kind) == (framework, kind)]


def codes(cluster_name: str) -> set[str]:
    return {clusters.split_code(entry["value"])[1] for entry in clusters.cluster(cluster_name)}


def region_path(country_id: str) -> list[str]:
    country = by_id(Country)[country_id]
    path, above = [], country.region
    while above:
        region = by_id(Region)[above]
        path.append(region.name)
        above = region.parent
    return path


def test_reading_twice_gives_the_same_records() -> None:
    assert tuple(reference.read()) == records()


def test_every_record_comes_after_what_it_points_to_and_ids_are_unique() -> None:
    seen: set[tuple[str, str]] = set()
    for record in records():
        for name, kind in tie_fields(type(record)).items():
            value = getattr(record, name)
            targets = (value,) if isinstance(value, str) else value
            assert all((kind.target, target) in seen for target in targets if target), record.id
        assert (record.label, record.id) not in seen
        seen.add((record.label, record.id))


def test_every_iso_country_is_there_and_kosovo_too() -> None:
    expected = {country.alpha_2.lower() for country in pycountry.countries} | {
        c.lower() for c in USER_ASSIGNED_COUNTRIES
    }
    assert by_id(Country).keys() == expected


def test_a_country_has_its_common_name_and_numbers() -> None:
    bolivia = by_id(Country)["bo"]
    assert (bolivia.name, bolivia.code, bolivia.numeric) == ("Bolivia", "BO", "068")


@pytest.mark.parametrize(
    ("country", "path"),
    [
        ("gh", ["Western Africa", "Sub-Saharan Africa", "Africa", "World"]),
        ("fj", ["Melanesia", "Oceania", "World"]),
        ("je", ["Channel Islands", "Northern Europe", "Europe", "World"]),
        ("aq", ["Antarctica", "World"]),
        ("tw", ["Eastern Asia", "Asia", "World"]),
        ("xk", ["Southern Europe", "Europe", "World"]),
    ],
)
def test_a_country_stands_in_its_most_specific_region(country: str, path: list[str]) -> None:
    assert region_path(country) == path


def test_the_region_tree_is_the_one_of_the_cluster_file() -> None:
    assert len(by_id(Region)) == len(clusters.cluster("region"))


def test_official_languages_come_most_spoken_first_without_script_variants() -> None:
    countries = by_id(Country)
    spoken = {code: countries[code].languages for code in ("vu", "xk", "sn")}
    assert spoken == {"vu": ("bi", "en", "fr"), "xk": ("sq", "sr"), "sn": ("wo", "fr")}


def test_every_language_of_a_country_is_a_language_record() -> None:
    known = by_id(Language).keys()
    for country in by_id(Country).values():
        assert set(country.languages) <= known


def test_all_of_iso_639_1_is_there_with_everyday_names() -> None:
    languages = by_id(Language)
    short = {language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")}
    assert short <= languages.keys()
    assert [languages[code].name for code in ("el", "sw", "tet")] == ["Greek", "Swahili", "Tetum"]


def test_nice_roles_and_skills_are_those_of_the_cluster_files() -> None:
    assert {role.code for role in capabilities("NICE", "work role")} == codes("nice-framework-work_roles")
    assert {skill.code for skill in capabilities("NICE", "skill")} == codes("nice-framework-skills")


def test_every_work_role_has_a_title_and_no_title_is_left_over() -> None:
    assert WORK_ROLES.keys() == codes("nice-framework-work_roles")


def test_a_skill_hangs_under_every_role_that_involves_it() -> None:
    skills = {skill["uuid"] for skill in clusters.cluster("nice-framework-skills")}
    involved = {
        (relation["dest-uuid"], role["value"])
        for role in clusters.cluster("nice-framework-work_roles")
        for relation in role["related"]
        if relation["dest-uuid"] in skills
    }
    assert sum(len(skill.broader) for skill in capabilities("NICE", "skill")) == len(involved)


def test_first_services_and_functions_are_those_of_the_cluster_file() -> None:
    entries = Counter(entry["value"].partition(": ")[0] for entry in clusters.cluster("first-csirt-services-framework"))
    assert len(capabilities("FIRST", "service")) == entries["Service"]
    assert len(capabilities("FIRST", "function")) == entries["Function"]
    assert {service.name for service in capabilities("FIRST", "service")} == SERVICES.keys()


def test_a_function_belongs_to_exactly_one_service() -> None:
    services = {service.id for service in capabilities("FIRST", "service")}
    assert all(len(f.broader) == 1 and f.broader[0] in services for f in capabilities("FIRST", "function"))


def test_every_area_has_something_beneath_it_or_says_why_not() -> None:
    used = {above for record in records() if isinstance(record, Capability) for above in record.broader}
    for area in reference.areas():
        assert (area.id in used) != (UNCOVERED in area.description), area.id


def test_there_are_about_thirty_areas_and_they_are_among_the_records() -> None:
    assert 28 <= len(reference.areas()) <= 36
    assert tuple(capabilities("areas", "area")) == reference.areas()


def test_a_cluster_that_the_package_lost_is_named_in_the_error() -> None:
    with pytest.raises(Unavailable, match="no longer holds nothing-of-the-kind"):
        clusters.cluster("nothing-of-the-kind")
