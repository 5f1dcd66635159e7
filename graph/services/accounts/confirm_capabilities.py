"""A person confirms by one click that what they state still holds."""

from datetime import date

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.services.accounts.passwords import own_person
from graph.services.audit import note
from graph.store import experts


def confirm_capabilities(graph: Graph, account: Account, today: date) -> int:
    """Confirm on this day every capability of the person of this account; how many there are. Raises NotAllowed."""
    expert = own_person(account)

    def confirm(within: Graph) -> int:
        confirmed = experts.confirm(within, expert, today.isoformat())
        note(within, account, f"capabilities confirmed: {confirmed}", [expert])
        return confirmed

    return graph.transaction(confirm)
