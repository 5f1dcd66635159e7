"""Why no plan can keep all that was asked of it: few locks, exclusions, bounds and days that cannot hold together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from graph.domain.counted import counted
from graph.errors import Conflict
from graph.matching.problem.assignment_problem import build_problem
from graph.matching.problem.regions import Quota
from graph.matching.solvers.minimums import check_minimums
from graph.services.planning.workspace import Names, PlanRequest, PlanWorkspace

_NOTHING: Mapping[str, object] = MappingProxyType({"floor": 0, "efforts": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What cannot hold together, and without any one of which the rest can. A floor of 0 has no part in it.

    `efforts` says whether it is the days people have that stand in the way.

    `sentence` names them and what to do.
    """

    locks: tuple[Names, ...]
    exclusions: tuple[Names, ...]
    bounds: tuple[Quota, ...]
    floor: int
    efforts: bool
    sentence: str


def contradiction(workspace: PlanWorkspace) -> Contradiction | None:
    """The few things asked of a workspace that no plan keeps at once; None where some plan keeps everything.

    Shrunk by deletion: whatever can be left out with the rest still impossible is left out, the floor first and
    bounds last. One maximum flow for each thing asked. Raises InvalidValue for a bound on a region without openings.
    """
    if not _trouble(workspace):
        return None
    left = workspace.request
    for field, one in _parts_of(left):
        fewer = _without(left, field, one)
        if _trouble(replace(workspace, request=fewer)):
            left = fewer
    shrunk = replace(workspace, request=left)
    kinds = [left.locks, left.exclusions, left.bounds, left.floor, left.efforts]
    # One kind alone has its own sentence, with the seats or the region it is about.
    sentence = _sentence(shrunk) if sum(map(bool, kinds)) > 1 else _trouble(shrunk)
    return Contradiction(
        locks=left.locks,
        exclusions=left.exclusions,
        bounds=left.bounds,
        floor=left.floor,
        efforts=left.efforts,
        sentence=sentence,
    )


def _parts_of(request: PlanRequest) -> list[tuple[str, Any]]:
    """Everything asked for that can be taken back alone: the field and the value in it."""
    fields = ("locks", "exclusions", "bounds")
    return [
        ("floor", request.floor),
        ("efforts", request.efforts),
        *((name, one) for name in fields for one in getattr(request, name)),
    ]


def _without(request: PlanRequest, field: str, one: object) -> PlanRequest:
    kept: Any = _NOTHING[field] if field in _NOTHING else tuple(v for v in getattr(request, field) if v != one)
    return replace(request, **{field: kept})


def _trouble(workspace: PlanWorkspace) -> str:
    """Why no plan keeps what this workspace asks; empty where one does."""
    try:
        check_minimums(build_problem(workspace.problem_columns()).choice())
    except Conflict as error:
        return str(error)
    return ""


def _sentence(workspace: PlanWorkspace) -> str:
    *most, last = _named(workspace)
    named = f"{', '.join(most)} and {last}"
    return f"{named[0].upper()}{named[1:]} cannot hold together; take one of them back."


def _named(workspace: PlanWorkspace) -> Iterator[str]:
    request, regions = workspace.request, {opening.region_id: opening.region for opening in workspace.openings}
    yield from (f"the lock of {workspace.in_words(names)}" for names in request.locks)
    yield from (f"the exclusion of {workspace.in_words(names)}" for names in request.exclusions)
    for bound in request.bounds:
        least = [f"at least {bound.least}"] if bound.least else []
        most = [f"at most {bound.most}"] if bound.most != Quota("").most else []
        yield f"{' and '.join([*least, *most])} in {regions.get(bound.group, bound.group)}"
    if request.floor:
        yield f"the floor of {counted(request.floor, 'point')}"
    if request.efforts:
        yield _days(workspace)


def _days(workspace: PlanWorkspace) -> str:
    people = {workspace.person(expert) for expert, _ in workspace.request.locks}
    if len(people) != 1:
        return "the days that people have"
    person = people.pop()
    return f"the {counted(workspace.days[person], 'day')} that {workspace.called[0][person]} has"
