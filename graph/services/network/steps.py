"""Steps of know-how from one actor to the next, with the record that carried it, as a viewer may read them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph.errors import InvalidValue, NotFound
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import date_of
from graph.services.transfers.actors import Actor, Level
from graph.services.transfers.log import TransferLog


class Basis(StrEnum):
    """Why an institution may pass on what it learned: somebody who learned was still there, it is one unit, or neither.

    Only the last is an assumption, and pages say so.
    """

    STAYED = "stayed"
    UNIT = "unit"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class PathStep:
    """One tie; both days belong to it, `last` is None while it goes on, `record` is empty beside a withheld name.

    `basis` says why the giver may pass on what came by the tie before; None for the first, and where no institutions
    are looked at.
    """

    giver: Actor
    receiver: Actor
    first: date
    last: date | None
    kind: str
    record: str
    basis: Basis | None = None


def step(read: TransferLog, row: int, giver: int, receiver: int) -> PathStep:
    """The tie in that row of the log, from giver to receiver, both positions. O(1)."""
    ends = read.actors[giver], read.actors[receiver]
    end, transfer = int(read.log.end[row]), read.transfers[int(read.log.origin[row])]
    return PathStep(
        *ends,
        first=date_of(int(read.log.start[row])),
        last=None if end == OPEN else date_of(end - 1),
        kind=transfer.kind.value,
        record=transfer.engagement if all(actor.named for actor in ends) else "",
    )


class Stays:
    """Until when somebody who learned in an engagement works at the institution that did."""

    def __init__(self, read: TransferLog) -> None:
        self._read = read
        self._until: dict[tuple[str, str], int] = {}
        for each in read.transfers:
            for where, until in ((each.target, each.stays), (each.source, each.stays_there)):
                key = each.engagement, where
                self._until[key] = max(until, self._until.get(key, until))

    def basis(self, before: int, row: int, institution: str) -> Basis | None:
        """Why an institution may pass on with the tie in `row` of the log what came with the one in `before`. O(1)."""
        if self._read.level is not Level.INSTITUTION:
            return None
        engagement = self._read.transfers[int(self._read.log.origin[before])].engagement
        if self._until.get((engagement, institution), -OPEN) > int(self._read.log.start[row]):
            return Basis.STAYED
        return Basis.UNIT if institution in self._read.units else Basis.ASSUMED


def resolve(read: TransferLog, text: str) -> int:
    """The position in the log of the actor with that id or name; case does not matter in a name. O(actors).

    Raises NotFound for whoever is in no transfer that the viewer may see, InvalidValue for a name that several bear.
    """
    if text in read.log.actors:
        return read.position(text)
    folded = text.strip().casefold()
    bearers = [place for place, actor in enumerate(read.actors) if actor.named and actor.name.casefold() == folded]
    if len(bearers) > 1:
        ids = ", ".join(read.actors[place].id for place in bearers[:5])
        raise InvalidValue(read.level.value, text, f"is the name of {len(bearers)}; give one of the ids {ids}")
    if not bearers:
        raise NotFound(f"{read.level.value} with a transfer", text)
    return bearers[0]
