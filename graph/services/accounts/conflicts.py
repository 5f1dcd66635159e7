"""A person declares with which institutions they have a conflict of interest, and takes it back."""

from datetime import date

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.labels import Label
from graph.domain.records import fold
from graph.errors import InvalidValue
from graph.services.accounts.passwords import own_person
from graph.services.audit import instant, note
from graph.store import conflicts, institutions, locks

_SHOWN = 5  # institutions that fit a name and are told, when several do


def declare_conflict(graph: Graph, account: Account, text: str, today: date) -> str:
    """Keep the person of this account away from an institution, told by id or name; its name.

    No opening that it owns or hosts is offered to them from now on, nor one of its parts or wholes, and no import
    changes it. Raises NotAllowed without a person, InvalidValue unless one institution is meant.
    """
    expert = own_person(account)

    def declare(within: Graph) -> str:
        locks.take(within, {Label.EXPERT: [expert]})
        found = _meant(within, account, text)
        conflicts.declare(within, expert, found["id"], today.isoformat(), instant())
        note(within, account, f"conflict of interest declared with {found['id']}", [expert])
        return str(found["name"])

    return graph.transaction(declare)


def take_conflict_back(graph: Graph, account: Account, institution_id: str) -> str:
    """The person of this account has no such conflict any more; the name of the institution.

    Raises NotAllowed without a person, NotFound for an institution that the person may not see or that is not there.
    """
    expert = own_person(account)

    def take_back(within: Graph) -> str:
        institution, _ = institutions.find(within, account.audience, institution_id)
        conflicts.take_back(within, expert, institution_id, instant())
        note(within, account, f"conflict of interest with {institution_id} taken back", [expert])
        return institution.name

    return graph.transaction(take_back)


def _meant(graph: Graph, account: Account, text: str) -> dict[str, str]:
    words = fold(text).split()
    found = conflicts.named(graph, account.audience, text.strip(), words, _SHOWN + 1) if words else []
    exact = [row for row in found if row["id"] == text.strip()] or [
        row for row in found if fold(row["name"]).split() == words
    ]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise InvalidValue("institution", text, "is the name of no institution you may see; look it up and copy it")
    names = "; ".join(f"{row['name']} ({row['id']})" for row in found[:_SHOWN])
    raise InvalidValue("institution", text, f"may mean several: {names}; write the name in full, or the id")
