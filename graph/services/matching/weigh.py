"""What counts how much for an opening: the host's own weights, kept with it."""

import json
from collections.abc import Mapping

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.marks import PLANNERS, Role
from graph.domain.programmes import Opening
from graph.errors import NotAllowed
from graph.matching.scoring.points import read_weights
from graph.matching.scoring.ranking import DEFAULT_WEIGHTS, NAMES
from graph.services.audit import note
from graph.store import openings


def weights_of(opening: Opening) -> Mapping[str, int]:
    """The weights kept with the opening, else the usual ones. Raises InvalidValue for weights that will not do."""
    if not opening.weights:
        return DEFAULT_WEIGHTS
    weights: dict[str, int] = json.loads(opening.weights)
    read_weights(weights, NAMES)
    return weights


def may_weigh(graph: Graph, account: Account, opening_id: str) -> bool:
    """Whether this account decides what counts for the opening: officers, administrators, and its own hosts.

    A host is its own where the institution of the account owns the programme or hosts the opening. Raises NotFound.
    """
    _, row = openings.find(graph, account.audience, opening_id)
    own = account.role is Role.HOST and account.institution in (row["owner"], row["host"])
    return account.role in PLANNERS or bool(account.institution and own)


def check_weigher(graph: Graph, account: Account, opening_id: str) -> None:
    """Raise NotAllowed unless this account decides what counts for the opening, NotFound where there is none."""
    if not may_weigh(graph, account, opening_id):
        raise NotAllowed("Only the host of this opening and programme officers weigh its criteria; ask one of them.")


def set_weights(graph: Graph, account: Account, opening_id: str, weights: Mapping[str, int] | None) -> None:
    """Keep these weights with the opening from now on; None goes back to the usual ones.

    Raises NotFound, NotAllowed for somebody who does not decide on this opening, InvalidValue for an unknown
    criterion, anything but whole numbers from 0, or weights that add up to nothing.
    """
    if weights is not None:
        read_weights(weights, NAMES)
    kept = json.dumps({name: weights[name] for name in NAMES if name in weights}) if weights else ""

    def weigh(within: Graph) -> None:
        check_weigher(within, account, opening_id)
        openings.save_weights(within, opening_id, kept)
        note(within, account, f"weights: {kept or 'the usual ones'}", [opening_id])

    graph.transaction(weigh)
