"""The numbers of one window. What each of them means stands in `definitions`."""

from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue
from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.log.windows import Snapshot, Window, snapshot
from graph.evolution.measures.brokers import betweenness, constraint, present
from graph.evolution.measures.communities import CommunityGeneration, descend, partition
from graph.evolution.measures.concentration import DonorDependence, dependence, paid, spent
from graph.evolution.measures.counting import Count, each_way, person_days
from graph.evolution.measures.mixing import ActorGroups, mixing, nowhere
from graph.evolution.measures.turnover import turnover


@dataclass(frozen=True, slots=True)
class Ranked:
    """An actor and its value in a list of the highest, with the standard error of an estimate (0.0 if exact)."""

    actor: str
    value: float
    standard_error: float = 0.0


@dataclass(frozen=True, slots=True)
class WindowMeasures:
    """Every number of one window; `DEFINITIONS` says by field name what it counts, in which unit, after whom.

    None stands where a number has nothing to count, empty or None where the sheet did not ask for it.
    """

    window: Window
    actors: int
    ties: int
    contacts: int
    engagements: int
    person_days: float | None
    days_unknown: int
    self_ties: int
    density: float
    reciprocity: float
    components: int
    giant_share: float
    givers: tuple[Ranked, ...]
    receivers: tuple[Ranked, ...]
    brokers: tuple[Ranked, ...]
    constraint: tuple[Ranked, ...] = ()
    ei_index: float | None = None
    south_south: float | None = None
    unplaced: float = 0
    donor_outside: float | None = None
    donor_top: Ranked | None = None
    donor_hhi: float | None = None
    unfunded: float = 0
    donors: tuple[DonorDependence, ...] = ()
    turnover: float | None = None
    communities: int | None = None
    modularity: float | None = None
    generation: CommunityGeneration | None = None


MEASURES = tuple(each.name for each in fields(WindowMeasures) if each.name not in ("window", "generation"))
"""The names by which numbers can be asked for, in the order of the sheet."""

_OF_BROKERS = frozenset(("brokers",))
_OF_CONSTRAINT = frozenset(("constraint",))
_OF_COMMUNITIES = frozenset(("communities", "modularity"))


def chosen_measures(text: str) -> tuple[str, ...]:
    """The measures named in "ties,turnover", in the order of the sheet; all of them with "all".

    Raises: InvalidValue.
    """
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in (*MEASURES, "all"):
            near = get_close_matches(name, MEASURES, 1)
            meant = f"perhaps {near[0]} is meant" if near else "`--measures help` tells what each means"
            raise InvalidValue("measures", name, f"is no measure; {meant}; choose from {', '.join(MEASURES)}")
    return tuple(name for name in MEASURES if name in names or "all" in names)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What to count: the length of rankings, where actors stand (nowhere known by default), and which measures.

    `count` says what shares, donors and strengths count; without it shares and donors count engagements, strengths
    contacts. Days count up to `until`, the first day of which nothing is known. Brokerage, constraint and communities
    cost more than all others together and are left out where `names` does.
    """

    top: int = 5
    groups: ActorGroups | None = None
    names: frozenset[str] = field(default=frozenset(MEASURES))
    count: Count | None = None
    until: int = OPEN

    @property
    def of_shares(self) -> Count:
        """What shares and donors count."""
        return self.count or Count.ENGAGEMENTS

    @property
    def of_strengths(self) -> Count:
        """What strengths count."""
        return self.count or Count.CONTACTS


Known = MutableMapping[bytes, WindowMeasures]
"""Windows measured before, by what they held: see `measure_all`."""


@dataclass(frozen=True, slots=True, eq=False)
class Strength:
    """For every actor of the log the summed weight of what it gave and of what it received."""

    given: NDArray[np.float64]
    received: NDArray[np.float64]


def measure(log: TieLog, window: Window, top: int = 5) -> WindowMeasures:
    """All numbers of one window, with the `top` actors of each ranking; zeros where there is nothing to count.

    The cost is that of `betweenness`; everything else is O(ties begun + actors) but for communities and constraint.

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("abc", TieColumns(source=[0, 1, 1], target=[1, 0, 2], start=[0, 0, 0], end=[9, 9, 9]))
    >>> seen = measure(log, Window(0, 1))
    >>> seen.ties, seen.density, round(seen.reciprocity, 3), seen.brokers
    (3, 0.5, 0.667, (Ranked(actor='b', value=0.5, standard_error=0.0),))
    """
    return measure_all(log, [window], Sheet(top))[0]


def measure_all(
    log: TieLog, windows: Iterable[Window], sheet: Sheet | None = None, known: Known | None = None
) -> tuple[WindowMeasures, ...]:
    """The numbers of one window after the other; turnover and the ids of communities look back on the one before.

    What is `known` is taken from there and what is not is put there, under a digest of all that its numbers depend
    on: actors, ties, sheet, and for communities the windows before. So after new ties only the windows they touch,
    and the communities after these, are counted again; the answer equals that of a count from nothing.

    Arguments: `log`; `windows`, in the order of time; `sheet`, what to count; `known`, windows measured before.
    Returns: the numbers of each window, in units that `DEFINITIONS` states.
    """
    sheet = sheet or Sheet()
    memory: Known = {} if known is None else known
    base = _sheet_digest(log, sheet)
    found: list[WindowMeasures] = []
    before, key, fresh = None, b"", 0
    for window in windows:
        shot = snapshot(log, window)
        key = _digest(log, shot, sheet, base + (key if sheet.names & _OF_COMMUNITIES else b""))
        counted = memory.get(key)
        if counted is None:
            counted = memory[key] = _with_communities(_counted(log, shot, sheet), shot, sheet, (found, fresh))
        change = turnover(before, shot) if before else None
        seen = replace(counted, window=window, turnover=change)
        if seen.generation:
            fresh = max(fresh, int(seen.generation.member.max(initial=-1)) + 1)
        found.append(seen)
        before = shot
    return tuple(found)


def _counted(log: TieLog, shot: Snapshot, sheet: Sheet) -> WindowMeasures:
    """Everything that one window tells by itself."""
    actors, ties, top = len(present(shot)), int(shot.pairs.nnz), sheet.top
    sizes = component_sizes(shot)
    sums = strength(log, shot, sheet.of_strengths, sheet.until)
    mixed = mixing(log, shot, sheet.groups or nowhere(len(log.actors)), sheet.of_shares, sheet.until)
    donors = dependence(log, shot, sheet.of_shares, sheet.until)
    days = person_days(log, shot.rows, shot.window, sheet.until)
    unknown = int(np.count_nonzero(np.isnan(days)))
    return WindowMeasures(
        window=shot.window,
        actors=actors,
        ties=ties,
        contacts=len(shot.rows),
        engagements=log.quantities.records(shot.rows),
        person_days=None if unknown == len(days) else float(np.nansum(days)),
        days_unknown=unknown,
        self_ties=shot.self_ties,
        density=ties / (actors * (actors - 1)) if actors > 1 else 0.0,
        reciprocity=reciprocity(shot),
        components=len(sizes),
        giant_share=int(sizes[0]) / actors if actors else 0.0,
        givers=ranked(log, sums.given, top),
        receivers=ranked(log, sums.received, top),
        brokers=_brokers(log, shot, top) if sheet.names & _OF_BROKERS else (),
        constraint=least_constrained(log, shot, top) if sheet.names & _OF_CONSTRAINT else (),
        ei_index=mixed.ei_index,
        south_south=mixed.south_south,
        unplaced=_whole(mixed.unplaced),
        donor_outside=donors.outside,
        donor_top=None if donors.top is None else Ranked(donors.top_funder, donors.top),
        donor_hhi=donors.hhi,
        unfunded=_whole(donors.unknown),
        donors=_dependences(log, shot, donors, sheet),
    )


def _with_communities(
    seen: WindowMeasures, shot: Snapshot, sheet: Sheet, past: tuple[Sequence[WindowMeasures], int]
) -> WindowMeasures:
    if not sheet.names & _OF_COMMUNITIES:
        return seen
    found, fresh = past
    before = found[-1].generation if found else None
    parted = partition(shot, before.member if before else None)
    generation = descend(before, parted, fresh)
    return replace(seen, communities=parted.count, modularity=parted.modularity, generation=generation)


def _brokers(log: TieLog, shot: Snapshot, top: int) -> tuple[Ranked, ...]:
    between = betweenness(shot)
    return ranked(log, between.share, top, between.standard_error)


def _whole(number: float) -> float:
    """A sum of fractions without what adding them up left behind, a whole number as one."""
    near = round(number, 9)
    return int(near) if near == int(near) else near


def _dependences(log: TieLog, shot: Snapshot, asked: DonorDependence, sheet: Sheet) -> tuple[DonorDependence, ...]:
    """By engagements, by person-days and by money in each currency; by contacts as well where these are counted."""
    counts = (Count.ENGAGEMENTS, Count.DAYS) if sheet.of_shares is not Count.CONTACTS else (*Count,)
    counted = (asked if each is sheet.of_shares else dependence(log, shot, each, sheet.until) for each in counts)
    return (*counted, *paid(log, shot, sheet.until))


def _sheet_digest(log: TieLog, sheet: Sheet) -> bytes:
    digest = blake2b(repr((log.actors, log.names, sheet.top, sorted(sheet.names), sheet.count)).encode())
    if sheet.groups:
        digest.update(sheet.groups.region.tobytes())
    return digest.digest()


def _digest(log: TieLog, shot: Snapshot, sheet: Sheet, base: bytes) -> bytes:
    digest, held = blake2b(base), shot.every
    for column in (log.source, log.target, log.mutual, log.weight, log.funder):
        digest.update(column[held].tobytes())
    if not log.quantities.alone:
        _update(digest, log, held, (shot.window, sheet.until))
    if sheet.groups:
        digest.update(sheet.groups.south_on(shot.window.last_exclusive - 1).tobytes())
    digest.update(shot.self_ties.to_bytes(8, "big"))
    return digest.digest()


def _update(digest: "blake2b", log: TieLog, held: NDArray[np.intp], days: tuple[Window, int]) -> None:
    """Take in how much of an engagement each of the contacts is, and how much of it lies in the window."""
    amounts = log.quantities
    # The number of an engagement changes with every new record, which of them are one does not.
    digest.update(amounts.numbered(held).tobytes())
    for each in (amounts.fraction, amounts.outside, amounts.currency):
        digest.update(each[held].tobytes())
    digest.update(person_days(log, held, *days).tobytes())
    digest.update(spent(log, held, *days).tobytes())


def reciprocity(shot: Snapshot) -> float:
    """Share of the distinct directed ties that are returned; 0.0 without ties.

    Complexity: O(ties).
    """
    ties = int(shot.pairs.nnz)
    return int(shot.pairs.multiply(shot.pairs.T).nnz) / ties if ties else 0.0


def component_sizes(shot: Snapshot) -> NDArray[np.intp]:
    """How many actors each weak component has, the largest first; actors without a tie form none.

    Complexity: O(actors + ties).
    """
    actors = present(shot)
    if not actors.size:
        return np.empty(0, np.intp)
    from scipy.sparse.csgraph import connected_components  # brings scipy.linalg along, which few commands need

    _, label = connected_components(shot.pairs, directed=True, connection="weak")
    sizes = np.bincount(label[actors])
    return np.sort(sizes[sizes > 0])[::-1]


def strength(log: TieLog, shot: Snapshot, count: Count = Count.CONTACTS, until: int = OPEN) -> Strength:
    """Summed weights of what is counted, over the contacts each actor gives and receives in; mutual ones count as both.

    What is not known of person-days counts for nothing here; the sheet says of how many contacts that is.

    Arguments: `log`, and `shot`, the network of one window of it; `count`; `until`, the first day of which nothing is
    known.
    Complexity: O(ties).
    """
    rows, giver, receiver = log.arcs(shot.rows)
    counted = np.nan_to_num(each_way(log, rows, count, shot.window, until))
    size, weight = len(log.actors), log.weight[rows] * counted
    given = np.bincount(giver, weight, size).astype(np.float64)
    return Strength(given, np.bincount(receiver, weight, size).astype(np.float64))


def ranked(
    log: TieLog, values: NDArray[np.float64], top: int, errors: NDArray[np.float64] | None = None
) -> tuple[Ranked, ...]:
    """The `top` actors with the highest values above zero; equals stand in the order of their ids.

    Complexity: O(actors log).
    """
    error = np.zeros(len(values)) if errors is None else errors
    above = np.flatnonzero(values > 0)
    order = sorted(above.tolist(), key=lambda actor: (-values[actor], log.actors[actor]))[: max(top, 0)]
    return tuple(Ranked(log.actors[actor], float(values[actor]), float(error[actor])) for actor in order)


def least_constrained(log: TieLog, shot: Snapshot, top: int) -> tuple[Ranked, ...]:
    """The `top` actors of lowest constraint among those with two contacts or more; equals in the order of their ids.

    An actor with one contact has a constraint too, 1 or more, but nobody to stand between.
    """
    both = shot.pairs + shot.pairs.T
    able = np.flatnonzero(np.diff(both.tocsr().indptr) > 1)
    held = constraint(shot)
    order = sorted(able.tolist(), key=lambda actor: (held[actor], log.actors[actor]))[: max(top, 0)]
    return tuple(Ranked(log.actors[actor], float(held[actor])) for actor in order)
