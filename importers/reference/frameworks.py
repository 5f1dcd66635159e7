"""The trees under the capacity areas: NICE work roles with their skills, FIRST services with their functions."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from graph.domain.identifiers import RecordId
from graph.domain.places import Capability
from importers.reference.areas import area_id
from importers.reference.clusters import cluster, split_code
from importers.reference.titles import SERVICES, WORK_ROLES

SKILL_PREFIX = "Skill in "


def nice() -> Iterator[Capability]:
    """Work roles, then skills; a skill hangs under every role that involves it, a few under none."""
    roles = sorted(cluster("nice-framework-work_roles"), key=lambda entry: split_code(entry["value"]))
    roles_of: defaultdict[str, list[str]] = defaultdict(list)
    for role in roles:
        capability = _work_role(role)
        yield capability
        for relation in role["related"]:
            roles_of[relation["dest-uuid"]].append(capability.id)
    for skill in sorted(cluster("nice-framework-skills"), key=lambda entry: split_code(entry["value"])[1]):
        yield _skill(skill, tuple(sorted(set(roles_of[skill["uuid"]]))))


def _work_role(entry: dict[str, Any]) -> Capability:
    code = split_code(entry["value"])[1]
    title, area = WORK_ROLES[code]
    return Capability(
        id=RecordId.from_words("nice", code),
        source="nice",
        source_id=code,
        name=title,
        code=code,
        framework="NICE",
        kind="work role",
        description=entry["description"],
        broader=(area_id(area),),
    )


def _skill(entry: dict[str, Any], roles: tuple[str, ...]) -> Capability:
    statement, code = entry["description"], split_code(entry["value"])[1]
    words = statement.removeprefix(SKILL_PREFIX)
    return Capability(
        id=RecordId.from_words("nice", code),
        source="nice",
        source_id=code,
        name=words[:1].upper() + words[1:],
        code=code,
        framework="NICE",
        kind="skill",
        description=statement,
        broader=roles,
    )


def first() -> Iterator[Capability]:
    """Services, then the functions that are part of them, in the order of the framework.

    The file gives neither service areas nor the framework's numbers; a code is the kind and the name in one word.
    """
    entries = cluster("first-csirt-services-framework")
    id_of = {entry["uuid"]: _first_id(entry) for entry in entries}
    for entry in sorted(entries, key=_is_function):
        kind, name = _kind_and_name(entry)
        above = tuple(id_of[r["dest-uuid"]] for r in entry["related"] if r["type"] == "part-of")
        yield Capability(
            id=_first_id(entry),
            source="first",
            source_id=entry["uuid"],
            name=name,
            code=_first_id(entry).removeprefix("first-"),
            framework="FIRST",
            kind=kind,
            description=entry["description"].strip(),
            broader=above or (area_id(SERVICES[name]),),
        )


def _kind_and_name(entry: dict[str, Any]) -> tuple[str, str]:
    kind, _, name = entry["value"].partition(": ")
    return kind.lower(), name


def _is_function(entry: dict[str, Any]) -> bool:
    return _kind_and_name(entry)[0] == "function"


def _first_id(entry: dict[str, Any]) -> str:
    return RecordId.from_words("first", *_kind_and_name(entry))
