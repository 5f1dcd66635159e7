"""Steps of know-how from one actor to the next, with the record that carried it, as a viewer may read them."""

from dataclasses import dataclass
from datetime import date

from graph.errors import InvalidValue, NotFound
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import date_of
from graph.services.transfers.actors import Actor
from graph.services.transfers.log import TransferLog


@dataclass(frozen=True, slots=True)
class PathStep:
    """One tie; both days belong to it, `last` is None while it goes on, `record` is empty beside a withheld name."""

    giver: Actor
    receiver: Actor
    first: date
    last: date | None
    kind: str
    record: str


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
