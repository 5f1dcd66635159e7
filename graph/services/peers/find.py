"""Find peers: who did what a person did, each with the dated records that show it.

Consent to the directory is asked of both, and of everybody a reason names. What the viewer may not see is not even
read, so no reason can reveal it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from graph.connection import Graph
from graph.domain.counted import counted
from graph.domain.labels import Label
from graph.domain.marks import Audience, Purpose
from graph.errors import InvalidValue
from graph.matching.people.peers import (
    MentorLineage,
    Neighbour,
    Peer,
    Reason,
    SharedHost,
    SharedMentor,
    SharedProblem,
    acquaintances,
    nearest,
    shared_history,
)
from graph.services.matching.evidence_text import EvidenceStop
from graph.services.peers.shared_history import Engaged, SharedHistory, read_shared_history
from graph.store import experts

_NAMED = 3  # how many common neighbours a reason names


class Kind(StrEnum):
    """What two people share."""

    HOST = "host"
    MENTOR = "mentor"
    COHORT = "cohort"
    PROBLEM = "problem"
    LINEAGE = "lineage"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: a sentence, and the same in pieces, each a stored record or, without an id, bare words."""

    kind: Kind
    sentence: str
    pieces: tuple[EvidenceStop, ...]


@dataclass(frozen=True, slots=True)
class FoundPeer:
    """A peer, the strongest reason first."""

    expert: str
    name: str
    headline: str
    country: str
    reasons: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Peers:
    """The peers of a person who `agreed` to the directory, or none.

    `recorded` tells whether anything is on record that others could share; `reached` counts everybody whom shared
    history reaches, listed or not.
    """

    expert: str
    name: str
    agreed: bool
    recorded: bool
    reached: int
    peers: tuple[FoundPeer, ...]


def find_peers(graph: Graph, audience: Audience, expert_id: str, top: int) -> Peers:
    """The first `top` peers: those of shared history, then those near in the network.

    Raises NotFound, and InvalidValue for a top below 1. O(rows of the whole network).
    """
    if top < 1:
        raise InvalidValue("top", top, "lists nobody; give 1 or more")
    expert = experts.find(graph, audience, expert_id)
    if Purpose.DIRECTORY not in expert.consents:
        return Peers(expert_id, expert.name, agreed=False, recorded=False, reached=0, peers=())
    return peers_among(read_shared_history(graph, audience), expert_id, top)


def peers_among(shared: SharedHistory, expert_id: str, top: int) -> Peers:
    """The peers of a person, out of a history that is already loaded."""
    person = shared.index[expert_id]
    met = shared_history(shared.history, person)
    known = {peer.person for peer in met} | acquaintances(shared.history.mentorings, person)
    near = nearest(shared.ties, person, known, max(top - len(met), 0))
    found: tuple[Peer | Neighbour, ...] = (*met[:top], *near)
    texts = _PeerTexts(shared, person)
    return Peers(
        expert=expert_id,
        name=shared.people[person].name,
        agreed=True,
        recorded=bool(shared.ties[[person]].nnz or known),
        reached=len(met),
        peers=tuple(map(texts.peer, found)),
    )


@dataclass(frozen=True, slots=True)
class _PeerTexts:
    """Turns indexes back into records and words, for one person."""

    shared: SharedHistory
    person: int

    def peer(self, found: Peer | Neighbour) -> FoundPeer:
        """The person with every reason."""
        person = self.shared.people[found.person]
        reasons = (self._near(found),) if isinstance(found, Neighbour) else map(self._because, found.reasons)
        return FoundPeer(
            expert=person.id,
            name=person.name,
            headline=self.shared.headlines[found.person],
            country=self.shared.countries[found.person],
            reasons=tuple(reasons),
        )

    def _because(self, reason: Reason) -> Because:
        if isinstance(reason, SharedHost):
            return _because(Kind.COHORT if reason.cohort else Kind.HOST, *self._host(reason))
        if isinstance(reason, SharedMentor):
            return _because(Kind.MENTOR, *self._mentor(reason))
        if isinstance(reason, SharedProblem):
            return _because(Kind.PROBLEM, *self._problem(reason))
        return _because(Kind.LINEAGE, *self._lineage(reason))

    def _host(self, reason: SharedHost) -> Iterator[EvidenceStop | str]:
        """ "Both guests of the Academy at the same time, 2019 to 2020: Ben (scholarship), Ama (secondment)." """
        own, theirs = self.shared.records[reason.own.record], self.shared.records[reason.theirs.record]
        if own is theirs:
            yield from ("Same training: ", EvidenceStop(own.label, own.id, own.name))
            yield from self._held(reason.own.record)
            yield f", {_period(own.start, own.end)}."
            return
        yield from ("Scholars at " if reason.cohort else "Both guests of ", self._thing(reason.place))
        if reason.together:
            start = max(own, theirs, key=lambda record: record.since).start
            end = min(own, theirs, key=lambda record: record.until).end
            yield f" at the same time, {_period(start, end)}: "
        else:
            yield ": "
        yield from (self._expert(reason.theirs.person), " (", self._record(reason.theirs.record), "), ")
        yield from (self._expert(reason.own.person), " (", self._record(reason.own.record), ").")

    def _held(self, record: int) -> Iterator[EvidenceStop | str]:
        """ ", held by the Academy in Ghana"; nothing where neither is known."""
        holder, place = self.shared.held_by.get(record), self.shared.held_in.get(record)
        if holder is not None:
            yield from (", held by ", self._thing(holder))
        if place is not None:
            where = self._thing(place)
            yield from (" in " if where.label == Label.COUNTRY else " at ", where)

    def _mentor(self, reason: SharedMentor) -> Iterator[EvidenceStop | str]:
        """ "Both mentored by Ama: Ben (mentorship, 2020 to 2021), Kofi (mentorship, 2022)." """
        own, theirs = reason.own, reason.theirs
        taught = own.mentor == theirs.mentor
        yield from (
            ("Both mentored by ", self._expert(own.mentor))
            if taught
            else (
                "Both mentors of ",
                self._expert(own.mentee),
            )
        )
        yield from (": ", self._expert(theirs.mentee if taught else theirs.mentor))
        yield from (" (", self._record(theirs.record), "), ", self._expert(self.person))
        yield from (" (", self._record(own.record), ").")

    def _problem(self, reason: SharedProblem) -> Iterator[EvidenceStop | str]:
        """ "Both worked on forensics, which Togo CERT lacks: Ben (secondment, 2020), Ama (mentorship, 2022)." """
        own, theirs = reason.own, reason.theirs
        one = own.programme == theirs.programme
        yield from ("Both worked on ", self._thing(own.capability))
        yield from (", which ", self._thing(own.programme), " lacks: ") if one else (" where it is lacking: ",)
        for task, end in ((theirs, ", "), (own, ".")):
            yield self._expert(task.person)
            yield from () if one else (" for ", self._thing(task.programme))
            yield from (" (", self._record(task.record), f"){end}")

    def _lineage(self, reason: MentorLineage) -> Iterator[EvidenceStop | str]:
        """ "Ama mentored Ben (mentorship, 2019), who mentored Kofi (mentorship, 2021)." """
        yield self._expert(reason.steps[0].mentor)
        for place, step in enumerate(reason.steps):
            yield from (", who mentored " if place else " mentored ", self._expert(step.mentee))
            yield from (" (", self._record(step.record), ")")
        yield "."

    def _near(self, found: Neighbour) -> Because:
        """ "Linked through the Academy (4 people) and forensics (12 people)." """
        pieces: list[EvidenceStop | str] = ["Linked through "]
        named = found.common[:_NAMED]
        for place, common in enumerate(named, 1):
            between = "." if place == len(named) else " and " if place == len(named) - 1 else ", "
            pieces += [self._thing(common.thing), f" ({counted(common.people, 'person', 'people')}){between}"]
        return _because(Kind.NETWORK, *pieces)

    def _expert(self, person: int) -> EvidenceStop:
        return self.shared.people[person]

    def _thing(self, index: int) -> EvidenceStop:
        return self.shared.things[index]

    def _record(self, index: int) -> EvidenceStop:
        record = self.shared.records[index]
        return EvidenceStop(record.label, record.id, f"{record.label.value.lower()}, {_dates(record)}")


def _because(kind: Kind, *pieces: EvidenceStop | str) -> Because:
    named = tuple(piece if isinstance(piece, EvidenceStop) else EvidenceStop("", "", piece) for piece in pieces)
    return Because(kind, "".join(piece.name for piece in named), named)


def _dates(record: Engaged) -> str:
    return _period(record.start, record.end)


def _period(start: str, end: str) -> str:
    """ "2019 to 2020-03", "2019", "from 2019", "until 2020", or that nothing is known."""
    if start and end:
        return start if start == end else f"{start} to {end}"
    if start:
        return f"from {start}"
    return f"until {end}" if end else "dates not known"
