"""The transfer log of one level: its actors, the ties between them in columns, and the records behind the ties."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from typing import Any, Self

import numpy as np

from graph.cache.disk import disk_cached
from graph.cache.memory import Cache
from graph.connection import Graph
from graph.domain.labels import Label
from graph.domain.marks import Audience
from graph.domain.organisations import InstitutionKind
from graph.errors import InvalidValue, NotFound
from graph.evolution.log.ties import (
    TieColumns,
    TieLog,
    TieNames,
    tie_log,
)
from graph.evolution.log.windows import day_of
from graph.evolution.measures.mixing import ActorGroups
from graph.services.capability_levels import Above, read_above
from graph.services.transfers.actors import Actor, ActorDirectory, Level
from graph.services.transfers.filters import ALL, TransferFilter
from graph.services.transfers.lists import USUAL_LISTS, NetworkLists
from graph.services.transfers.quantities import Payers, in_columns, with_fractions, with_terms
from graph.services.transfers.transfers import (
    Left,
    Transfer,
    Transfers,
    between_institutions,
    between_people,
)
from graph.store import organisations, rosters
from graph.store import transfers as store

_CHANNELS = tuple(store.OF_KIND)
_FIELDS = tuple(field.name for field in fields(Transfer))
_GROUPS = {"region": np.int32, "south": np.int8, "since": np.int32}


@dataclass(frozen=True, slots=True, eq=False)
class TransferLog:
    """The log with its actors in the order of its positions, the records behind it, and what was left out.

    The tie in row r comes from `transfers[log.origin[r]]`. The id of a person whose name is withheld is in none of
    these: `actors` holds a number in its place. `units` are the institutions that work as one: emergency teams, and
    what is a part of another institution and has no parts itself.
    """

    level: Level
    actors: tuple[Actor, ...]
    log: TieLog
    transfers: tuple[Transfer, ...]
    left_out: Mapping[Left, int]
    groups: ActorGroups
    units: frozenset[str] = frozenset()

    def position(self, id_: str) -> int:
        """Where an actor stands in the log. O(actors). Raises NotFound for whoever is in no transfer one may see."""
        if id_ not in self.log.actors:
            raise NotFound(f"{self.level.value} with a transfer", id_)
        return self.log.actors.index(id_)

    def to_plain(self) -> dict[str, Any]:
        """Everything as plain JSON values, the transfers in columns."""
        return {
            "level": self.level.value,
            "actors": [astuple(actor) for actor in self.actors],
            "transfers": {name: [getattr(each, name) for each in self.transfers] for name in _FIELDS},
            "left_out": {left.name: count for left, count in self.left_out.items()},
            "region": self.groups.region.tolist(),
            "south": self.groups.south.tolist(),
            "since": self.groups.since.tolist(),
            "units": sorted(self.units),
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        """What `to_plain` told."""
        actors = tuple(Actor(*actor) for actor in plain["actors"])
        columns = dict(plain["transfers"])
        columns["kind"] = [Label(kind) for kind in columns["kind"]]
        columns["about"] = [tuple(about) for about in columns["about"]]
        transfers = tuple(map(Transfer, *(columns[name] for name in _FIELDS)))
        return cls(
            Level(plain["level"]),
            actors,
            _log([actor.id for actor in actors], transfers),
            transfers,
            {Left[name]: count for name, count in plain["left_out"].items()},
            ActorGroups(*(np.array(plain[name], kind) for name, kind in _GROUPS.items())),
            frozenset(plain["units"]),
        )


_Key = tuple[Audience, Level, date, TransferFilter, NetworkLists]
_CACHE: Cache[_Key, TransferLog] = Cache()


def read_log(  # noqa: PLR0913 -- what is asked for, by whom and of which graph
    graph: Graph,
    audience: Audience,
    level: Level,
    today: date,
    chosen: TransferFilter = ALL,
    lists: NetworkLists = USUAL_LISTS,
) -> TransferLog:
    """What this viewer may see, or what they chose of it: kept since the last write, else read. O(transfers).

    What is only planned, or begins after today, is left out and counted unless it was asked for. Kept in memory, and on
    disk where the graph has a folder for that. Raises InvalidValue for a capability, region or funder that is not
    known.
    """
    key = audience, level, today, chosen, lists

    def make() -> TransferLog:
        return disk_cached(graph, repr(key), lambda: _read(graph, *key), (TransferLog.to_plain, TransferLog.from_plain))

    return _CACHE.fetch(graph, key, make)


def _read(graph: Graph, *key: *_Key) -> TransferLog:
    audience, level, today, chosen, lists = key
    directory, above = ActorDirectory.read(graph, audience, lists), read_above(graph)
    between = between_people if level is Level.PERSON else between_institutions
    found = _begun(_with_subjects(graph, audience, between(graph, audience, chosen.day)), today, chosen)
    seen, left_out = _at_level(level, _with_quantities(graph, audience, found, directory), directory)
    seen = with_fractions(seen)
    placed = _chosen(chosen, level, seen, (directory, above)) if chosen != ALL else seen
    ids = sorted({end for transfer in placed for end in (transfer.source, transfer.target)})
    actors = directory.actors(level, ids)
    shown = {id_: actor.id for id_, actor in zip(ids, actors, strict=True)}
    # From here on nothing holds the id of a person whose name is withheld.
    transfers = tuple(transfer.between(shown) for transfer in placed)
    log = _log([actor.id for actor in actors], transfers)
    units = _units(graph, directory) if level is Level.INSTITUTION else frozenset[str]()
    return TransferLog(level, actors, log, transfers, left_out, directory.groups(level, ids), units)


def _units(graph: Graph, directory: ActorDirectory) -> frozenset[str]:
    """The institutions that work as one, as far as the viewer may see them and what they are part of."""
    columns, seen = organisations.parts(graph), directory.institutions
    pairs = [pair for pair in zip(columns["parts"], columns["wholes"], strict=True) if seen.keys() >= {*pair}]
    teams = {id_ for id_, kind in directory.kinds.items() if kind == InstitutionKind.CSIRT}
    return frozenset(({part for part, _ in pairs} | teams) - {whole for _, whole in pairs})


def _with_subjects(graph: Graph, audience: Audience, found: Transfers) -> Transfers:
    columns = rosters.subjects(graph, audience)
    about: dict[tuple[str, str], set[str]] = defaultdict(set)
    names = ("labels", "engagements", "capabilities")
    for label, engagement, capability in zip(*(columns[name] for name in names), strict=True):
        about[label, engagement].add(capability)
    subjects = {key: tuple(sorted(capabilities)) for key, capabilities in about.items()}
    known = (replace(each, about=subjects.get((each.kind.value, each.engagement), ())) for each in found.found)
    return replace(found, found=tuple(known))


def _with_quantities(graph: Graph, audience: Audience, found: Transfers, directory: ActorDirectory) -> Transfers:
    payers = Payers.read(graph, audience, directory)
    return replace(found, found=tuple(map(payers.placed, with_terms(graph, audience, found.found))))


def _begun(found: Transfers, today: date, chosen: TransferFilter) -> Transfers:
    """What has begun; with what is planned, marked as such, where that was asked for."""
    now = day_of(today)
    marked = tuple(replace(each, planned=True) if each.start > now else each for each in found.found)
    if chosen.planned:
        return replace(found, found=marked)
    begun = tuple(each for each in marked if not each.planned)
    ahead = len(marked) - len(begun)
    return Transfers(begun, {**found.left_out, **({Left.PLANNED: ahead} if ahead else {})})


def _chosen(
    chosen: TransferFilter, level: Level, transfers: Sequence[Transfer], world: tuple[ActorDirectory, Above]
) -> tuple[Transfer, ...]:
    directory, above = world
    _check(chosen, level, directory, above)
    ends = {end for transfer in transfers for end in (transfer.source, transfer.target)}
    around = {end: directory.around(level, end) for end in ends}
    return tuple(
        transfer
        for transfer in transfers
        if chosen.admits(transfer, around[transfer.source] | around[transfer.target], above)
    )


def _check(chosen: TransferFilter, level: Level, directory: ActorDirectory, above: Above) -> None:
    capabilities = {*above, *(broader for some in above.values() for broader in some)}
    for capability in chosen.capability:
        if capability not in capabilities:
            raise InvalidValue("capability", capability, "is no capability; give an id as an opening's page shows it")
    lands = () if level is Level.REGION else (*directory.countries, *directory.countries.values())
    known = {*directory.tree.known, *directory.regions, *directory.regions.values(), *lands}
    for region in (each for each in chosen.region if each not in known):
        why = "is no region of this level; give an M49 region or a country by id or name, as m49-002, Africa or Togo"
        raise InvalidValue("region", region, why)
    for funder in (each for each in chosen.funder if each not in directory.institutions):
        raise InvalidValue("funder", funder, "is no institution; give the id of one, as its page shows it")


def _log(ids: Sequence[str], transfers: Sequence[Transfer]) -> TieLog:
    position = {id_: number for number, id_ in enumerate(ids)}
    funders = sorted({transfer.funder for transfer in transfers} - {""})
    funder = {id_: number for number, id_ in enumerate(funders)}
    capabilities = sorted({id_ for transfer in transfers for id_ in transfer.about})
    capability = {id_: number for number, id_ in enumerate(capabilities)}
    currencies = sorted({transfer.currency for transfer in transfers} - {""})
    columns = TieColumns(
        source=np.array([position[transfer.source] for transfer in transfers], np.int32),
        target=np.array([position[transfer.target] for transfer in transfers], np.int32),
        start=np.array([transfer.start for transfer in transfers], np.int32),
        end=np.array([transfer.end for transfer in transfers], np.int32),
        channel=np.array([_CHANNELS.index(transfer.kind) for transfer in transfers], np.int8),
        mutual=np.array([transfer.mutual for transfer in transfers], np.bool_),
        funder=np.array([funder.get(transfer.funder, -1) for transfer in transfers], np.int32),
        recorded=np.array([transfer.recorded for transfer in transfers], np.int32),
        retracted=np.array([transfer.retracted for transfer in transfers], np.int32),
        planned=np.array([transfer.planned for transfer in transfers], np.bool_),
        about=[[capability[id_] for id_ in transfer.about] for transfer in transfers],
        quantities=in_columns(transfers, {code: number for number, code in enumerate(currencies)}),
    )
    return tie_log(ids, columns, TieNames(_CHANNELS, tuple(funders), tuple(capabilities), tuple(currencies)))


def _at_level(
    level: Level, found: Transfers, directory: ActorDirectory
) -> tuple[tuple[Transfer, ...], Mapping[Left, int]]:
    """The transfers between the actors of a level; ends that the viewer may not see, or without a place, fall away."""
    if level is Level.PERSON:
        return found.found, found.left_out
    homes = directory.homes(level)
    moved = tuple(transfer.between(homes) for transfer in found.found)
    placed = tuple(transfer for transfer in moved if transfer.source and transfer.target)
    without = len(moved) - len(placed) + found.left_out.get(Left.NO_PLACE, 0)
    return placed, {**found.left_out, **({Left.NO_PLACE: without} if without else {})}
