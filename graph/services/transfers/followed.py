"""Follow know-how of something: the ties about a subject, each from the day on which it leaves its giver."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from graph.cache.memory import Cache
from graph.connection import Graph
from graph.domain.marks import Audience
from graph.errors import InvalidValue
from graph.evolution.log.ties import TieLog
from graph.services.capability_levels import Above, read_above
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import ALL, TransferFilter
from graph.services.transfers.log import TransferLog, read_log
from graph.store import reference

ANY = "any"
"""What to ask for where know-how of whatever kind is to be followed."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is followed: a contact counts if it is about one of `ids`, or about something narrower or broader.

    `names` are theirs; `wanted` are all capabilities that count. Without ids whatever is known is followed.
    """

    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    wanted: frozenset[str] = frozenset()


ANYTHING = Subject()
"""No subject: every contact counts."""


@dataclass(frozen=True, slots=True)
class SubjectShare:
    """How many contacts of a log are about the subject, about something else, and about nothing that is stated.

    `ids` and `names` are those of the subject, none where every contact counts.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    about: int
    others: int
    unstated: int


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which log to follow know-how in: the level, the day it is, and which transfers count."""

    level: Level
    today: date
    transfer_filter: TransferFilter = ALL


def read_subject(graph: Graph, asked: Iterable[str]) -> Subject:
    """The subject of these capabilities, each by its id or its name; `ANY`, and no text, asks for none.

    Raises InvalidValue for what is no capability, and for a name that several bear.
    """
    given = [text.strip() for text in asked if text.strip() and text.strip() != ANY]
    if not given:
        return ANYTHING
    columns = reference.capabilities(graph)
    names: dict[str, str] = dict(zip(columns["ids"], columns["names"], strict=True))
    ids = tuple(dict.fromkeys(_capability(text, names) for text in given))
    return Subject(ids, tuple(names[id_] for id_ in ids), narrower_and_broader(ids, read_above(graph)))


def _capability(text: str, names: dict[str, str]) -> str:
    if text in names:
        return text
    bearers = [id_ for id_, name in names.items() if name.casefold() == text.casefold()]
    if len(bearers) == 1:
        return bearers[0]
    why = f"is the name of {len(bearers)}; give one of the ids {', '.join(bearers[:5])}" if bearers else _NO_SUCH
    raise InvalidValue("about", text, why)


_NO_SUCH = f"is no capability; give an id or a name as an opening's page shows it, or {ANY}"


def narrower_and_broader(ids: Iterable[str], above: Above) -> frozenset[str]:
    """These capabilities with everything narrower and everything broader."""
    chosen = {*ids}
    narrower = (id_ for id_, broader in above.items() if not chosen.isdisjoint(broader))
    return frozenset(chosen.union(narrower, *(above.get(id_, ()) for id_ in chosen)))


_CACHE: Cache[tuple[Audience, LogQuery, Subject], TransferLog] = Cache()


def read_followed(graph: Graph, audience: Audience, query: LogQuery, subject: Subject = ANYTHING) -> TransferLog:
    """The log in which know-how of the subject is followed, with the actors of the whole.

    Each tie begins on the day on which know-how leaves its giver, for a scholarship the first day of study. Kept as
    the log it is made from. O(ties log ties).
    """
    return _CACHE.fetch(
        graph, (audience, query, subject), lambda: follow(_read(graph, audience, query), subject.wanted)
    )


def share_of(graph: Graph, audience: Audience, query: LogQuery, subject: Subject) -> SubjectShare:
    """How many contacts of the log are about the subject. O(ties)."""
    log = _read(graph, audience, query).log
    about = int(_is_about(log, subject.wanted).sum()) if subject.wanted else len(log)
    unstated = int((np.diff(log.about.bound) == 0).sum())
    others = len(log) - about - unstated if subject.wanted else 0
    return SubjectShare(subject.ids, subject.names, about, others, unstated)


def _read(graph: Graph, audience: Audience, query: LogQuery) -> TransferLog:
    return read_log(graph, audience, query.level, query.today, query.transfer_filter)


def subjects_of(graph: Graph, read: TransferLog) -> tuple[tuple[str, str], ...]:
    """Id and name of what the contacts of a log are about and of everything broader, by name: what can be followed."""
    columns, above = reference.capabilities(graph), read_above(graph)
    names = dict(zip(columns["ids"], columns["names"], strict=True))
    about = set(read.log.names.capabilities)
    found = about.union(*(above.get(id_, ()) for id_ in about))
    return tuple(sorted(((id_, names[id_]) for id_ in found), key=lambda each: (each[1], each[0])))


def follow(read: TransferLog, wanted: frozenset[str]) -> TransferLog:
    """The log without the ties about nothing of these, all of them where there are none, as they leave their givers."""
    log = read.log.where(_is_about(read.log, wanted)) if wanted else read.log
    leaves = np.array([transfer.departure for transfer in read.transfers], np.int32)[log.origin]
    return read if log is read.log and np.array_equal(leaves, log.start) else replace(read, log=log.beginning(leaves))


def _is_about(log: TieLog, wanted: frozenset[str]) -> np.ndarray:
    codes = [code for code, id_ in enumerate(log.names.capabilities) if id_ in wanted]
    return log.about.touching(codes)
