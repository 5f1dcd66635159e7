"""What a programme's own people can do, by the rules of matching, and who of them is learning it now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

import numpy as np

from graph.connection import Graph, Row
from graph.domain.engagements import EngagementStatus, TrainingKind
from graph.domain.labels import Label, TieType
from graph.domain.marks import Audience
from graph.evolution.log.windows import day_of
from graph.evolution.what_if.relays import Carried, Locals, Practice
from graph.matching.people.ageing import known_levels
from graph.services.capability_levels import Above, read_above
from graph.services.indexes import Axis
from graph.services.matching.roster_columns import capability_tree
from graph.store import reference
from graph.store import relays as store

UNRATED = 3.0
"""The target of what a programme never rated."""

SHORT_OF = 1.0
"""By how much somebody who takes over may be short of the target."""

_LISTENED = (TrainingKind.COURSE, TrainingKind.CONFERENCE)
_OVER = (EngagementStatus.COMPLETED, EngagementStatus.COMPLETED_EARLY)


@dataclass(frozen=True, slots=True)
class LocalLearner:
    """Somebody at the owner who is mentored in it on the day asked for; `until` is the last day, empty if not known."""

    expert: str
    name: str
    engagement: str
    until: str


@dataclass(frozen=True, slots=True)
class LocalPeople:
    """What the people of each programme can do, and who of them is on the way."""

    able: Locals
    learning: Mapping[Carried, Sequence[LocalLearner]]


def read_locals(graph: Graph, audience: Audience, targets: Mapping[str, Mapping[str, float]], on: date) -> LocalPeople:
    """The people who work at the owner of each programme on the day `on`, as this viewer may see them.

    `targets` gives programme -> capability -> target. Somebody can do what is known of them, by evidence, age and
    capability tree, at the target less one or above. Practice is every engagement about it but a course or conference:
    about the capability itself or something broader.
    """
    above, ids = read_above(graph), sorted(targets)
    practised: dict[Carried, list[Practice]] = defaultdict(list)
    learning: dict[Carried, list[LocalLearner]] = defaultdict(list)
    told = _narrower(above)
    for row in store.done(graph, audience, ids, on):
        for capability in (row["capability"], *told.get(row["capability"], ())):
            if _is_practice(row):
                practice = Practice(row["person"], row["engagement"], day_of(date.fromisoformat(row["last"])) + 1)
                practised[row["programme"], capability].append(practice)
            elif _is_mentored(row, on.isoformat()):
                learner = LocalLearner(row["person"], row["name"], row["engagement"], row["last"])
                learning[row["programme"], capability].append(learner)
    held = frozenset(_held(graph, store.held(graph, audience, ids, on), targets, on))
    return LocalPeople(Locals(held, practised), learning)


def _narrower(above: Above) -> Mapping[str, Set[str]]:
    """Capability -> everything narrower."""
    found: dict[str, set[str]] = defaultdict(set)
    for capability, broader in above.items():
        for each in broader:
            found[each].add(capability)
    return found


def _is_practice(row: Row) -> bool:
    return bool(row["last"]) and row["status"] in _OVER and row["kind"] not in _LISTENED


def _is_mentored(row: Row, on: str) -> bool:
    """Whether somebody is a mentee on that day."""
    runs = row["first"] <= on <= (row["last"] or on) and row["status"] == EngagementStatus.ACTIVE
    return bool(runs and row["label"] == Label.MENTORSHIP and row["part"] == TieType.MENTEE)


def _held(graph: Graph, rows: Sequence[Row], targets: Mapping[str, Mapping[str, float]], on: date) -> Set[Carried]:
    """What somebody of each programme is known to hold at its target less one, or above."""
    capabilities = Axis.of_columns(reference.capabilities(graph))
    people = Axis.of_ids(row["person"] for row in rows)
    shape = (len(people.ids), len(capabilities.ids))
    level, day = np.full(shape, np.nan, np.float32), np.full(shape, -1, np.int32)
    shown, at = np.zeros(shape, np.bool_), defaultdict[str, set[int]](set)
    for row in rows:
        place = people.index[row["person"]], capabilities.index[row["capability"]]
        level[place], shown[place] = row["level"], bool(row["evidence"].strip())
        day[place] = date.fromisoformat(row["confirmed"]).toordinal() if row["confirmed"] else -1
        at[row["programme"]].add(place[0])
    tree = capability_tree(reference.broader(graph), capabilities)
    known = tree.known(known_levels(level, day, shown, on.toordinal()))
    found: set[Carried] = set()
    for programme, staff in at.items():
        wanted = np.full(len(capabilities.ids), UNRATED, np.float32)
        for capability, target in targets[programme].items():
            wanted[capabilities.index[capability]] = target
        best = np.nan_to_num(known[sorted(staff)]).max(axis=0)
        able = np.flatnonzero((best > 0) & (best >= wanted - SHORT_OF)).tolist()
        found.update((programme, capabilities.ids[each]) for each in able)
    return found
