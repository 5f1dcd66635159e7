"""Who plans: they keep plans, publish them, and see what others are asked."""

from graph.domain.accounts import Account
from graph.domain.marks import PLANNERS
from graph.errors import NotAllowed


def check_planner(account: Account) -> None:
    """Raise NotAllowed unless this account plans."""
    if account.role not in PLANNERS:
        raise NotAllowed("Plans are kept and published by programme officers; ask one of them.")
