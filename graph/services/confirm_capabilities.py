"""A person confirms by one click that what they state still holds."""

from datetime import date

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.errors import NotAllowed
from graph.services.trail import note
from graph.store import experts


def confirm_capabilities(graph: Graph, account: Account, today: date) -> int:
    """Confirm on this day every capability of the person of this account; how many there are. Raises NotAllowed."""
    if not account.expert:
        raise NotAllowed("Your account belongs to no person record; ask the administrator to connect it.")
    confirmed = experts.confirm(graph, account.expert, today.isoformat())
    note(graph, account, f"capabilities confirmed: {confirmed}", [account.expert])
    return confirmed
