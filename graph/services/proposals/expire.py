"""Write down which proposals nobody answered in time; reading them says so already."""

from datetime import UTC, datetime

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.services import audit
from graph.store import proposals


def expire_proposals(graph: Graph, account: Account) -> int:
    """Let every open proposal expire whose last day for answers is over; how many. The account is who looked."""
    gone = proposals.expire(graph, datetime.now(UTC).date(), audit.instant())
    audit.note(graph, account, "proposal expired", gone)
    return len(gone)
