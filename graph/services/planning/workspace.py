"""Load a workspace: the openings to plan for, the people who could fill them, and the points of every pair."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Self

import numpy as np

from graph.connection import Graph, Row
from graph.domain.counted import counted
from graph.domain.marks import Audience
from graph.domain.programmes import Opening
from graph.errors import Conflict, InvalidValue, NotFound
from graph.matching.columns import Flags, Indexes, Integers
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster
from graph.matching.problem.assignment_problem import ProblemColumns
from graph.matching.problem.regions import Quota
from graph.matching.scoring.free_days import days_free, days_needed
from graph.matching.scoring.joint_points import Joint, joint, team_columns
from graph.matching.scoring.kinds import LEARNS, NAMES, kind_of
from graph.matching.scoring.points import FULL
from graph.matching.scoring.ranking import Scored, score
from graph.services.indexes import names_with_ids
from graph.services.matching.roster import Ask, People
from graph.services.matching.snapshot import MatchingSnapshot, matching_snapshot
from graph.services.matching.weigh import chosen_weights
from graph.services.planning.named_efforts import NamedEfforts
from graph.store import openings, proposals, reference

Names = tuple[str, str]
"""An expert and an opening, by their ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What goes on a workspace. No openings means all that still take people, no people everybody eligible.

    Locked pairs must be in every plan and bring their opening and their person along; excluded pairs are in none.
    `switched_off` names rules of eligibility; `weights` replace those of the hosts.

    `bounds` say how many seats a region fills at least and at most; a region is that of an opening's programme, by id
    or name. No pair of fewer points than `floor` is made, so no opening that is served falls below it.

    With `teams`, the people of an opening with several free seats close its gaps together; with `efforts`, nobody
    gives more days than they have, and with `hours` nobody more of what is stated there.
    """

    openings: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    locks: tuple[Names, ...] = ()
    exclusions: tuple[Names, ...] = ()
    switched_off: frozenset[str] = frozenset()
    weights: Mapping[str, int] | None = None
    bounds: tuple[Quota, ...] = ()
    floor: int = 0
    teams: bool = False
    efforts: bool = False
    hours: NamedEfforts | None = None

    def to_text(self) -> str:
        """Everything wanted as JSON text, to be kept with a plan."""
        return json.dumps({**asdict(self), "switched_off": sorted(self.switched_off)})

    @classmethod
    def from_text(cls, text: str) -> Self:
        """What `to_text` wrote; a plan kept before there were bounds, teams and efforts has none.

        Criteria that are gone since weigh nothing, and rules have the names of today.
        """
        kept = json.loads(text)
        weights = {name: weight for name, weight in (kept["weights"] or {}).items() if name in NAMES}
        pairs = {name: tuple((expert, opening) for expert, opening in kept[name]) for name in ("locks", "exclusions")}
        return cls(
            openings=tuple(kept["openings"]),
            people=tuple(kept["people"]),
            switched_off=frozenset(_RENAMED.get(rule, rule) for rule in kept["switched_off"]),
            weights=weights if any(weights.values()) else None,
            bounds=tuple(Quota(**bound) for bound in kept.get("bounds", ())),
            floor=kept.get("floor", 0),
            teams=kept.get("teams", False),
            efforts=kept.get("efforts", False),
            hours=NamedEfforts.from_plain(kept.get("hours")),
            **pairs,
        )


_RENAMED = {"dates": "presence"}


@dataclass(frozen=True, slots=True, eq=False)
class WorkspaceOpening:
    """An opening on the workspace with the row of names around it, its region (name), its needs, and who scores what.

    `seats` are those that no confirmed proposal has taken; `over` is the deadline where it has passed, else empty.
    """

    record: Opening
    row: Row
    region: str
    region_id: str
    seats: int
    need: OpeningNeed
    weights: Mapping[str, int]
    scored: Scored
    over: str = ""

    def points_of(self, person: int) -> int | None:
        """The points of a person (index), None for somebody whom a rule removes. O(log m)."""
        found = int(np.searchsorted(self.scored.people, person))
        there = found < len(self.scored.people) and self.scored.people[found] == person
        return int(self.scored.points[found]) if there else None

    def rescored(self, roster: Roster, request: PlanRequest) -> Self:
        """The same place with the people of this roster scored anew."""
        return replace(self, scored=score(roster, self.need, self.weights, request.switched_off))


@dataclass(frozen=True, slots=True, eq=False)
class PlanWorkspace:
    """Everything plans are made from; a person is an index into `people.experts`, an opening one into `openings`.

    `invited` (n,) says who may be planned at all.
    """

    request: PlanRequest
    people: People
    openings: tuple[WorkspaceOpening, ...]
    invited: Flags

    @property
    def loads(self) -> Indexes:
        """How many of these openings each person can take, shape (n,): as many as fit on the fullest days they may get.

        So nobody is asked beyond what they accept at once, whichever of the openings they get and however these lie in
        time. Whoever may go out to learn takes one, and where the rule is switched off everybody one at least.
        """
        roster = self.people.roster
        fullest = np.zeros(len(roster), np.int32)
        least = np.zeros(len(roster), np.int32)
        most = np.full(len(roster), np.iinfo(np.int32).max)
        for opening in self.openings:
            people = opening.scored.people
            fullest[people] = np.maximum(fullest[people], roster.load(opening.need)[people])
            if "capacity" not in opening.scored.eligibility.asked:
                least[people] = 1
            if kind_of(opening.need) is LEARNS:
                most[people] = 1
        loads: Indexes = np.clip(roster.capacity - fullest, least, most).astype(np.int32)
        return loads

    @property
    def knows_wishes(self) -> bool:
        """Whether somebody who may be planned has ranked one of these openings."""
        here = {opening.record.id for opening in self.openings}
        index = self.people.experts.index
        return any(self.invited[index[who]] and here & set(ranked) for who, ranked in self.people.wishes.items())

    @property
    def days(self) -> Indexes:
        """How many days each person has to give to the openings of this workspace, shape (n,)."""
        return days_free(self.people.roster, [opening.need for opening in self.openings], self.loads)

    @property
    def called(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of people (n,) and of openings, with the id behind those that several share."""
        experts, chosen = self.people.experts, [opening.record for opening in self.openings]
        openings = names_with_ids([opening.id for opening in chosen], [opening.name for opening in chosen])
        return names_with_ids(experts.ids, experts.names), openings

    def in_words(self, names: Names) -> str:
        """A pair in a sentence: "Ama Owusu for Forensics mentor". Raises NotFound."""
        (people, openings), (person, opening) = self.called, self.pair(names)
        return f"{people[person]} for {openings[opening]}"

    def problem_columns(self) -> ProblemColumns:
        """A row for every pair that may be made, by opening and person. O(pairs).

        Raises Conflict for a lock below the floor and InvalidValue for a bound on no region of the workspace.
        """
        locks = [self.pair(names) for names in self.request.locks]
        for lock in locks:
            self._check_floor(*lock)
        kept = [
            self.invited[opening.scored.people] & (opening.scored.points >= self.request.floor)
            for opening in self.openings
        ]
        people = [opening.scored.people[some] for opening, some in zip(self.openings, kept, strict=True)]
        joints = [self.joint(opening).only(some) for opening, some in zip(self.openings, kept, strict=True)]
        ends = (
            _joined(people, np.int32).astype(np.int32),
            np.repeat(np.arange(len(people), dtype=np.int32), [len(one) for one in people]),
        )
        return ProblemColumns(
            people=self.people.experts.ids,
            openings=[opening.record.id for opening in self.openings],
            person=ends[0],
            opening=ends[1],
            points=_joined([one.own for one in joints], np.int64),
            wishes=self._liking(people, joints) if self.knows_wishes else None,
            seats=[opening.seats for opening in self.openings],
            loads=self.loads,
            locks=locks,
            exclusions=[self.pair(names) for names in self.request.exclusions],
            groups=[opening.region for opening in self.openings],
            quotas=self._quotas(),
            **self._efforts(ends),
            teams=team_columns(joints),
            called=self.called,
        )

    def _liking(self, people: Sequence[Indexes], joints: Sequence[Joint]) -> Integers:
        """How much each pair is to the person: what they ranked by its rank, above all else, and the rest by points."""
        liking = [one.own.copy() for one in joints]
        for opening, rows, liked in zip(self.openings, people, liking, strict=True):
            for row, person in enumerate(rows.tolist()):
                if rank := self.wish(self.people.experts.ids[person], opening.record.id):
                    liked[row] = 2 * FULL - rank
        return _joined(liking, np.int64)

    def wish(self, expert_id: str, opening_id: str) -> int:
        """At which place a person ranks an opening, from 1; 0 where they do not."""
        ranked = self.people.wishes.get(expert_id, ())
        return ranked.index(opening_id) + 1 if opening_id in ranked else 0

    def _efforts(self, ends: tuple[Indexes, Indexes]) -> dict[str, Any]:
        """The columns that say what pairs take and people have: as stated, or in days, or none."""
        if self.request.hours:
            openings = [opening.record.id for opening in self.openings]
            efforts, capacities = self.request.hours.by_pair(self.people.experts.index, openings, ends)
            return {"pair_efforts": efforts, "capacities": capacities}
        if self.request.efforts:
            return {"efforts": days_needed([opening.need for opening in self.openings]), "capacities": self.days}
        return {}

    def below_floor(self, opening: WorkspaceOpening) -> int:
        """How many of the invited could sit there, and bring fewer points than the floor."""
        low = opening.scored.points < self.request.floor
        return int(np.count_nonzero(low & self.invited[opening.scored.people]))

    def joint(self, opening: WorkspaceOpening) -> Joint:
        """Everybody scored for a place, as a team where one was wanted and there is more than one seat."""
        if self.request.teams and opening.seats > 1:
            return joint(self.people.roster, opening.need, opening.scored, opening.weights)
        return Joint.alone(opening.scored.points)

    def _quotas(self) -> list[Quota]:
        """The bounds by the names of regions, so that a sentence about them can be read."""
        names = {opening.region_id: opening.region for opening in self.openings}
        return [_quota(bound, names) for bound in self.request.bounds]

    def _check_floor(self, person: int, opening: int) -> None:
        points = self.openings[opening].points_of(person)
        if points is not None and points < self.request.floor:
            lock = self.in_words((self.people.experts.ids[person], self.openings[opening].record.id))
            what = f"The lock {lock} brings {counted(points, 'point')}, below the floor of {self.request.floor:,}"
            raise Conflict(f"{what}; take the lock back, or lower the floor.")

    def shuffled(self, seed: int) -> Self:
        """The same workspace with its openings in another order. Its plans are the same; this lets a test show it."""
        order = np.random.default_rng(seed).permutation(len(self.openings))
        return replace(self, openings=tuple(self.openings[opening] for opening in order))

    def pair(self, names: Names) -> tuple[int, int]:
        """The indexes of an expert and an opening on this workspace. Raises NotFound."""
        return self.person(names[0]), self.opening(names[1])

    def person(self, expert_id: str) -> int:
        """The index of an expert. Raises NotFound, also for one the viewer may not see."""
        if expert_id not in self.people.experts.index:
            raise NotFound("expert", expert_id)
        return self.people.experts.index[expert_id]

    def opening(self, opening_id: str) -> int:
        """The index of an opening on the workspace. Raises NotFound."""
        for index, opening in enumerate(self.openings):
            if opening.record.id == opening_id:
                return index
        raise NotFound("opening on the bench", opening_id)


def _quota(bound: Quota, names: Mapping[str, str]) -> Quota:
    """The bound by the name of its region, out of id -> name. Raises InvalidValue."""
    group = names.get(bound.group, bound.group)
    if group not in names.values():
        known = ", ".join(sorted(f"{name} ({region})" for region, name in names.items() if region))
        raise InvalidValue("region", bound.group, f"has no opening on this bench; choose from {known or 'none'}")
    if bound.least > bound.most:
        why = f"cannot get at least {counted(bound.least, 'seat')} and at most {bound.most}; turn the two round"
        raise InvalidValue("region", group, why)
    return replace(bound, group=group)


def load_workspace(graph: Graph, audience: Audience, request: PlanRequest, today: date) -> PlanWorkspace:
    """Read and score everything a plan needs. O(people x openings x criteria).

    Raises NotFound for an opening or a person the viewer may not see or that is not there, InvalidValue for a lock on
    somebody a rule removes, naming the rule.
    """
    snapshot = matching_snapshot(graph, audience, today)
    chosen = request.openings or tuple(openings.open_ids(graph, audience, today.isoformat()))
    locked = [opening for _, opening in request.locks]
    loader = _OpeningLoader(snapshot, request, _regions(graph), proposals.taken(graph), today)
    workspace = PlanWorkspace(
        request=request,
        people=snapshot.people,
        openings=tuple(loader.load(*needed) for needed in snapshot.asked(sorted({*chosen, *locked}))),
        invited=_invited(snapshot.people, request),
    )
    for names in request.locks:
        _check_lock(workspace, names)
    return workspace


@dataclass(frozen=True, slots=True)
class _OpeningLoader:
    """Scores the same people for one opening after the other."""

    snapshot: MatchingSnapshot
    request: PlanRequest
    regions: Mapping[str, tuple[str, str]]
    taken: Mapping[str, int]
    today: date

    def load(self, ask: Ask, need: OpeningNeed) -> WorkspaceOpening:
        opening, region = ask.opening, self.regions.get(ask.row["country"] or "", ("", ""))
        weights = chosen_weights(opening, self.request.weights)
        scored = self.snapshot.scored(need, weights, self.request.switched_off)
        seats = max(opening.seats - self.taken.get(opening.id, 0), 0)
        return WorkspaceOpening(opening, ask.row, *region, seats, need, weights, scored, self._over(opening))

    def _over(self, opening: Opening) -> str:
        last = opening.deadline or opening.end
        return last.text if last.last < self.today else ""


def _regions(graph: Graph) -> Mapping[str, tuple[str, str]]:
    """Country -> the name and the id of its region, empty where it lies in none."""
    found = reference.countries(graph)
    regions = zip(found["region_names"], found["regions"], strict=True)
    return dict(zip(found["ids"], regions, strict=True))


def _invited(people: People, request: PlanRequest) -> Flags:
    invited = np.full(len(people.roster), not request.people, np.bool_)
    for expert_id in (*request.people, *(expert for expert, _ in request.locks)):
        if expert_id not in people.experts.index:
            raise NotFound("expert", expert_id)
        invited[people.experts.index[expert_id]] = True
    return invited


def _check_lock(workspace: PlanWorkspace, names: Names) -> None:
    person, opening = workspace.pair(names)
    reasons = workspace.openings[opening].scored.eligibility.reasons(person)
    if reasons:
        name = workspace.called[0][person]
        why = f"cannot be: {name} {reasons[0].sentence}; switch the rule {reasons[0].name} off, or take the lock back"
        raise InvalidValue("lock", workspace.in_words(names), why)


def _joined(columns: list[Integers] | list[Indexes], dtype: type[np.int32] | type[np.int64]) -> Integers:
    return np.concatenate([np.empty(0, dtype), *columns])
