"""The transfer log of one level: its actors, the ties between them in columns, and the records behind the ties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.errors import NotFound
from graph.evolution.ties import TieColumns, TieLog, TieNames, tie_log
from graph.services.atlases import Actor, Atlas, Level
from graph.services.transfers import Left, Transfer, Transfers, between_institutions, between_people
from graph.store import transfers as store

_CHANNELS = tuple(store.OF_KIND)


@dataclass(frozen=True, slots=True, eq=False)
class TransferLog:
    """The log with its actors in the order of its positions, the records behind it, and what was left out.

    The tie in row r comes from `transfers[log.origin[r]]`. The id of a person whose name is withheld is in none of
    these: `actors` holds a number in its place.
    """

    level: Level
    actors: tuple[Actor, ...]
    log: TieLog
    transfers: tuple[Transfer, ...]
    left_out: Mapping[Left, int]

    def position(self, id_: str) -> int:
        """Where an actor stands in the log. O(actors). Raises NotFound for whoever is in no transfer one may see."""
        if id_ not in self.log.actors:
            raise NotFound(f"{self.level.value} with a transfer", id_)
        return self.log.actors.index(id_)


def read_log(graph: Graph, audience: Audience, level: Level) -> TransferLog:
    """Read what this viewer may see. O(transfers)."""
    atlas = Atlas.read(graph, audience)
    found = between_people(graph, audience) if level is Level.PERSON else between_institutions(graph, audience)
    placed, left_out = _at_level(level, found, atlas)
    ids = sorted({end for transfer in placed for end in (transfer.source, transfer.target)})
    actors = atlas.actors(level, ids)
    shown = {id_: actor.id for id_, actor in zip(ids, actors, strict=True)}
    # From here on nothing holds the id of a person whose name is withheld.
    transfers = tuple(transfer.between(shown) for transfer in placed)
    return TransferLog(level, actors, _log([actor.id for actor in actors], transfers), transfers, left_out)


def _log(ids: Sequence[str], transfers: Sequence[Transfer]) -> TieLog:
    position = {id_: number for number, id_ in enumerate(ids)}
    funders = sorted({transfer.funder for transfer in transfers} - {""})
    funder = {id_: number for number, id_ in enumerate(funders)}
    columns = TieColumns(
        source=np.array([position[transfer.source] for transfer in transfers], np.int32),
        target=np.array([position[transfer.target] for transfer in transfers], np.int32),
        start=np.array([transfer.start for transfer in transfers], np.int32),
        end=np.array([transfer.end for transfer in transfers], np.int32),
        channel=np.array([_CHANNELS.index(transfer.kind) for transfer in transfers], np.int8),
        mutual=np.array([transfer.mutual for transfer in transfers], np.bool_),
        funder=np.array([funder.get(transfer.funder, -1) for transfer in transfers], np.int32),
    )
    return tie_log(ids, columns, TieNames(channels=_CHANNELS, funders=tuple(funders)))


def _at_level(level: Level, found: Transfers, atlas: Atlas) -> tuple[tuple[Transfer, ...], Mapping[Left, int]]:
    """The transfers between the actors of a level; ends that the viewer may not see, or without a place, fall away."""
    if level is Level.PERSON:
        return found.found, found.left_out
    homes = atlas.homes(level)
    moved = tuple(transfer.between(homes) for transfer in found.found)
    placed = tuple(transfer for transfer in moved if transfer.source and transfer.target)
    without = len(moved) - len(placed) + found.left_out.get(Left.NO_PLACE, 0)
    return placed, {**found.left_out, **({Left.NO_PLACE: without} if without else {})}
