"""Peers in words: one group for each kind of reason, each reason with the pages of the records it names."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from graph.domain.labels import Label
from graph.services.matching.evidence_text import EvidenceStop
from graph.services.peers.find import (
    Because,
    FoundPeer,
    Kind,
    Peers,
)
from webapp.presenters import words
from webapp.presenters.links import record_page

_HEADING = {
    Kind.HOST: ("Guests of the same host", "at the same time first, then one after the other"),
    Kind.COHORT: ("The same cohort", "one training, or scholars of one place in the same days"),
    Kind.MENTOR: ("The same mentor or mentee", ""),
    Kind.PROBLEM: ("The same problem", "one capability, for programmes that lack it"),
    Kind.LINEAGE: ("The same line of mentors", "taught by those who taught, or who were taught"),
    Kind.NETWORK: ("Near in the network", "nothing shared on record; places and subjects lie between"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence: a record with its page, or bare words without one."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One peer: who, where, the strongest reason, and the others."""

    name: str
    href: str
    about: str
    reason: tuple[Piece, ...]
    others: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """The peers whose strongest reason is of one kind."""

    kind: str
    heading: str
    meaning: str
    rows: tuple[PeerRow, ...]


def headline(found: Peers, whose: str) -> str:
    """The answer: "137 people share part of your path". `whose` is "your", or a name in the genitive."""
    if found.reached:
        return f"{words.counted(found.reached, 'person shares', 'people share')} part of {whose} path"
    if found.peers:
        return f"{words.counted(len(found.peers), 'person is', 'people are')} near {whose} path"
    return f"Nobody on {whose} path yet"


def groups(found: Peers, viewer: str) -> tuple[PeerGroup, ...]:
    """The peers by the kind of their strongest reason, in the order of kinds; `viewer` is the reader's own expert."""
    order = list(Kind)
    peers = sorted(found.peers, key=lambda peer: order.index(peer.reasons[0].kind))
    return tuple(
        PeerGroup(kind.value, *_HEADING[kind], rows=tuple(_row(peer, viewer) for peer in members))
        for kind, members in groupby(peers, key=lambda peer: peer.reasons[0].kind)
    )


def _row(peer: FoundPeer, viewer: str) -> PeerRow:
    strongest, *others = (tuple(_pieces(reason, viewer)) for reason in peer.reasons)
    return PeerRow(
        name=peer.name,
        href=url_for("experts.show", record_id=peer.expert),
        about=" · ".join(filter(None, (peer.headline, peer.country))),
        reason=strongest,
        others=tuple(others),
    )


def _pieces(reason: Because, viewer: str) -> Iterator[Piece]:
    for place, piece in enumerate(reason.pieces):
        if viewer and (piece.label, piece.id) == (Label.EXPERT, viewer):
            yield Piece("you" if place else "You", "")
        else:
            yield Piece(_text(piece), record_page(piece.label, piece.id) if piece.id else "")


def _text(piece: EvidenceStop) -> str:
    """Names stay as they are; dates are written out everywhere else."""
    named = piece.label in (Label.EXPERT, Label.INSTITUTION, Label.CENTRE, Label.PROGRAMME, Label.CAPABILITY)
    return piece.name if named else words.days_written_out(piece.name)
