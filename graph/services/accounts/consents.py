"""A person decides what they agree to."""

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.marks import Purpose, open_to
from graph.services.accounts.passwords import own_person
from graph.services.audit import instant, note
from graph.store import consents as store


def choose_consents(graph: Graph, account: Account, consents: frozenset[Purpose]) -> None:
    """Set what the person of this account agrees to; from now on no import changes it. Raises NotAllowed."""
    expert = own_person(account)

    def choose(within: Graph) -> None:
        store.save(within, expert, sorted(consents), open_to(consents), instant())
        note(within, account, f"consents: {', '.join(sorted(consents)) or 'none'}", [expert])

    graph.transaction(choose)
