"""What people of a plan do together: how far a team closes each gap, and who gives how many days."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from graph.matching.scoring.criteria.skills import met
from graph.matching.scoring.kinds import BRINGS, kind_of
from graph.matching.solvers.plans import Pair
from graph.services.planning.workspace import PlanWorkspace


@dataclass(frozen=True, slots=True)
class Closed:
    """A gap of an opening: the share in [0, 1] that the team closes of it, and the points of closing it altogether."""

    capability: str
    capability_name: str
    share: float
    weight: int


@dataclass(frozen=True, slots=True)
class Team:
    """The people of an opening who close its gaps together, in the order of their ids, and their points in all.

    `gaps` are all that is open, whoever closes it; `points` is less than those of the members one by one where they
    close the same.
    """

    opening: str
    opening_name: str
    experts: tuple[str, ...]
    expert_names: tuple[str, ...]
    points: int
    gaps: tuple[Closed, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """How many days a person gives to openings of the plan, out of those they have for all openings."""

    expert: str
    expert_name: str
    days: int
    free: int


def points_by_opening(workspace: PlanWorkspace, pairs: Sequence[Pair]) -> Mapping[int, int]:
    """Served opening (index) -> its points; a gap that several people close counts once."""
    return {index: round(points) for index, points in _exactly(workspace, pairs).items()}


def per_seat(workspace: PlanWorkspace, pairs: Sequence[Pair]) -> Mapping[int, int]:
    """Served opening (index) -> its points a seat, an empty seat counting 0."""
    return {
        index: round(points / workspace.openings[index].seats) for index, points in _exactly(workspace, pairs).items()
    }


def least_asked(workspace: PlanWorkspace, pairs: Sequence[Pair]) -> float | None:
    """Of all served openings that ask for a capability, the least share of what is asked that their people meet.

    Together they have the best level known of any of them, and meet an ask as the criterion `asked` counts it. What is
    asked of learners is what they come to learn, so their openings do not count. None where no other opening asks.
    """
    shares = [
        share
        for index, people in _by_opening(pairs).items()
        if (share := _met(workspace, index, [pair.person for pair in people])) is not None
    ]
    return round(min(shares), 4) if shares else None


def _met(workspace: PlanWorkspace, index: int, people: Sequence[int]) -> float | None:
    need = workspace.openings[index].need
    asks = [ask for ask in need.asks if ask.weight] if kind_of(need) is BRINGS else []
    if not asks:
        return None
    best = np.fmax.reduce(workspace.people.roster.known[people])
    shares = [ask.weight * float(met(best[[ask.capability]], ask)[0]) for ask in asks]
    return fsum(shares) / fsum(ask.weight for ask in asks)


def worth_of(workspace: PlanWorkspace, pairs: Sequence[Pair]) -> int:
    """The points of all these pairs; whoever is no longer eligible counts the points of the pair."""
    able = [pair for pair in pairs if workspace.openings[pair.opening].points_of(pair.person) is not None]
    gone = sum(pair.points for pair in pairs if pair not in able)
    return round(fsum([*_exactly(workspace, able).values(), gone]))


def _exactly(workspace: PlanWorkspace, pairs: Sequence[Pair]) -> Mapping[int, float]:
    points: dict[int, float] = {}
    for index, people in _by_opening(pairs).items():
        found, rows = workspace.joint(workspace.openings[index]), _rows(workspace, index, people)
        points[index] = int(found.own[rows].sum()) + float(found.weight @ found.closed(rows))
    return points


def teams_of(workspace: PlanWorkspace, pairs: Sequence[Pair]) -> tuple[Team, ...]:
    """The teams of a plan, by opening; none where none were wanted. A single person is a team of one."""
    if not workspace.request.teams:
        return ()
    points, placed = points_by_opening(workspace, pairs), _by_opening(pairs)
    found = (
        _team(workspace, index, placed[index], points[index]) for index in placed if workspace.openings[index].seats > 1
    )
    return tuple(sorted(found, key=lambda team: team.opening))


def days_given(workspace: PlanWorkspace, pairs: Sequence[Pair]) -> tuple[Given, ...]:
    """What everybody in a plan gives, by person; nothing where efforts were not counted."""
    if not workspace.request.efforts:
        return ()
    free, experts = workspace.days, workspace.people.experts
    given: Counter[int] = Counter()
    for pair in pairs:
        given[pair.person] += workspace.openings[pair.opening].need.days
    found = (Given(experts.ids[one], experts.names[one], days, int(free[one])) for one, days in given.items())
    return tuple(sorted(found, key=lambda one: one.expert))


def _team(workspace: PlanWorkspace, index: int, people: Sequence[Pair], points: int) -> Team:
    opening, experts, axis = workspace.openings[index], workspace.people.experts, workspace.people.capabilities
    found = workspace.joint(opening)
    shares = found.closed(_rows(workspace, index, people)).tolist()
    members = sorted((experts.ids[pair.person], experts.names[pair.person]) for pair in people)
    return Team(
        opening=opening.record.id,
        opening_name=opening.record.name,
        experts=tuple(expert for expert, _ in members),
        expert_names=tuple(name for _, name in members),
        points=points,
        gaps=tuple(
            Closed(axis.ids[gap.capability], axis.names[gap.capability], round(share, 4), round(weight))
            for gap, share, weight in zip(opening.need.open_gaps, shares, found.weight.tolist(), strict=True)
        ),
    )


def _rows(workspace: PlanWorkspace, index: int, people: Sequence[Pair]) -> Sequence[int]:
    rows: list[int] = np.searchsorted(
        workspace.openings[index].scored.people, [pair.person for pair in people]
    ).tolist()
    return rows


def _by_opening(pairs: Sequence[Pair]) -> Mapping[int, list[Pair]]:
    placed: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        placed[pair.opening].append(pair)
    return placed
