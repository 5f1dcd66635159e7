"""How much each transfer is: its fraction of an engagement, its people and its money, and who pays from where."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt
from typing import Self

import numpy as np

from graph.connection import Graph
from graph.domain.labels import Label
from graph.domain.marks import Audience
from graph.evolution.log.quantities import NONE, Quantities, quantities
from graph.evolution.log.ties import OPEN
from graph.services.institution_families import InstitutionFamilies
from graph.services.transfers.actors import ActorDirectory
from graph.services.transfers.transfers import Transfer
from graph.store import organisations
from graph.store import transfers as store

_DAY = len("2020-05-03")
# Whoever works together is every two of a group; of what else is mutual there are two.
_AMONG_ALL = frozenset((Label.JOINT_PROJECT, Label.PUBLICATION))


@dataclass(frozen=True, slots=True)
class _Terms:
    share: float | None
    days: int
    amount: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class Payers:
    """What says whether a funder is from outside: who is where, families of institutions, owners of programmes."""

    directory: ActorDirectory
    families: InstitutionFamilies
    owners: Mapping[tuple[str, str], str]

    @classmethod
    def read(cls, graph: Graph, audience: Audience, directory: ActorDirectory) -> Self:
        """As far as the viewer may see."""
        columns, parts = store.owners(graph, audience), organisations.parts(graph)
        named = zip(columns["labels"], columns["ids"], strict=True)
        steps = zip(parts["parts"], parts["wholes"], strict=True)
        seen = [step for step in steps if directory.institutions.keys() >= {*step}]
        return cls(
            directory,
            InstitutionFamilies.of({"parts": [part for part, _ in seen], "wholes": [whole for _, whole in seen]}),
            dict(zip(named, columns["owners"], strict=True)),
        )

    def placed(self, transfer: Transfer) -> Transfer:
        """The transfer with how far its funder is from outside; a funder whom the viewer may not see is not known."""
        if transfer.funder not in self.directory.institutions:
            return replace(transfer, funder="")
        receivers = (transfer.target, transfer.source) if transfer.mutual else (transfer.target,)
        found = [self._is_outside(transfer, receiver) for receiver in receivers]
        known = [each for each in found if each is not None]
        return replace(transfer, outside=sum(known) / len(known)) if len(known) == len(found) else transfer

    def _is_outside(self, transfer: Transfer, receiver: str) -> bool | None:
        """Whether the funder is neither of the country nor of the family of a receiver; None if that is not known."""
        owner = self.owners.get((transfer.kind.value, transfer.engagement), "")
        if transfer.funder in self.families.around({receiver, owner} - {""}):
            return False
        there = self.directory.country_of.get(receiver) or self.directory.bases.get(receiver, "")
        payer = self.directory.country_of.get(transfer.funder, "")
        return payer != there if payer and there else None


def with_terms(graph: Graph, audience: Audience, found: Iterable[Transfer]) -> tuple[Transfer, ...]:
    """The transfers with what their records state of part of full time and of money. O(transfers).

    Person-days need both days of an engagement, or the first of one that goes on; a month or a year is no day.
    """
    columns = store.terms(graph, audience)
    names = ("labels", "ids", "shares", "amounts", "currencies", "starts", "ends", "active")
    stated = {
        (label, id_): _Terms(
            share if share >= 0 and _days_are_known(start, end, active=active) else None,
            _days_between(start, end),
            amount if amount >= 0 else None,
            currency,
        )
        for label, id_, share, amount, currency, start, end, active in zip(
            *(columns[name] for name in names), strict=True
        )
    }
    nothing = _Terms(None, 0, None, "")
    return tuple(_stating(each, stated.get((each.kind.value, each.engagement), nothing)) for each in found)


def _days_are_known(start: str, end: str, *, active: bool) -> bool:
    return len(start) == _DAY and (len(end) == _DAY or (active and not end))


def _days_between(start: str, end: str) -> int:
    """The days from one to the other, both included; 0 where either is not known to the day."""
    if len(start) != _DAY or len(end) != _DAY:
        return 0
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


def _stating(transfer: Transfer, terms: _Terms) -> Transfer:
    # How many people of a partner work in a project is not recorded.
    share = None if transfer.kind in _AMONG_ALL else terms.share
    if share is not None and transfer.departure < transfer.start:
        # A scholarship counts from the return, and its person-days are the days of study: spread over those of the
        # return they come to as many. Without a last day of study, or of the return, they are not known.
        known = terms.days and transfer.end < OPEN
        share = share * terms.days / (transfer.end - transfer.start) if known else None
    return replace(transfer, share=share, amount=terms.amount, currency=terms.currency)


def with_fractions(found: Sequence[Transfer]) -> tuple[Transfer, ...]:
    """The transfers with their fractional counts: 1/n of an engagement with n receivers, 1/(k-1) among k partners.

    O(transfers).
    """
    contacts = Counter((each.kind, each.engagement) for each in found)
    return tuple(replace(each, fraction=_fraction(each, contacts[each.kind, each.engagement])) for each in found)


def _fraction(transfer: Transfer, contacts: int) -> float:
    # Every two of k partners are k(k-1)/2 contacts.
    partners = (1 + sqrt(1 + 8 * contacts)) / 2 if transfer.kind in _AMONG_ALL else contacts + 1
    return 1 / (partners - 1)


def in_columns(transfers: Sequence[Transfer], currencies: Mapping[str, int]) -> Quantities:
    """The quantities of transfers as columns of a log."""
    number: dict[tuple[str, str], int] = {}
    engagement = [number.setdefault((each.kind.value, each.engagement), len(number)) for each in transfers]
    return quantities(
        len(transfers),
        engagement=np.array(engagement, np.int32),
        fraction=np.array([each.fraction for each in transfers], np.float64),
        share=np.array([each.share for each in transfers], np.float64),
        outside=np.array([each.outside for each in transfers], np.float64),
        amount=np.array([each.amount for each in transfers], np.float64),
        currency=np.array([currencies.get(each.currency, NONE) for each in transfers], np.int8),
    )
