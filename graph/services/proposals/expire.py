"""Write down which proposals nobody answered in time; every read says so already, from the day on."""

from datetime import date

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.services import audit
from graph.store import proposals


def expire_proposals(graph: Graph, account: Account, today: date) -> int:
    """Let every open proposal expire whose last day for answers is over today; how many. The account is who looked."""
    return graph.transaction(lambda within: write_expired(within, account, today))


def write_expired(graph: Graph, account: Account, today: date) -> int:
    """The same as a part of a transaction."""
    gone = proposals.expire(graph, today, audit.instant())
    audit.note(graph, account, "proposal expired", gone)
    return len(gone)
