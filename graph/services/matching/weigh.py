"""What counts how much for an opening: the host's own weights, kept with it."""

import json
from collections.abc import Mapping

from graph.connection import Graph, Row
from graph.domain.accounts import Account
from graph.domain.marks import PLANNERS, Role
from graph.domain.programmes import Opening
from graph.errors import NotAllowed
from graph.matching.scoring.kinds import KINDS, NAMES
from graph.matching.scoring.points import read_weights
from graph.services.audit import note
from graph.store import openings


def weights_of(opening: Opening) -> Mapping[str, int]:
    """The weights kept with the opening, else the usual ones of its kind. Raises InvalidValue for what will not do."""
    kind = KINDS[opening.kind]
    if not opening.weights:
        return kind.weights
    kept: dict[str, int] = json.loads(opening.weights)
    weights = {name: weight for name, weight in kept.items() if name in kind.names}  # a criterion may be gone since
    if not any(weights.values()):
        return kind.weights
    read_weights(weights, kind.names)
    return weights


def chosen_weights(opening: Opening, wanted: Mapping[str, int] | None) -> Mapping[str, int]:
    """Those of the wanted weights that speak of this kind of opening; its own where none of them does.

    Raises InvalidValue for a criterion of no kind, and for weights that will not do.
    """
    if wanted is not None:
        read_weights(wanted, NAMES)
    own = {name: weight for name, weight in (wanted or {}).items() if name in KINDS[opening.kind].names}
    return own if any(own.values()) else weights_of(opening)


def may_weigh(graph: Graph, account: Account, opening_id: str) -> bool:
    """Whether this account decides what counts for the opening: officers, administrators, and its own hosts.

    A host is its own where the institution of the account owns the programme or hosts the opening. Raises NotFound.
    """
    _, row = openings.find(graph, account.audience, opening_id)
    return _decides(account, row)


def _decides(account: Account, row: Row) -> bool:
    own = account.role is Role.HOST and account.institution in (row["owner"], row["host"])
    return account.role in PLANNERS or bool(account.institution and own)


def check_weigher(graph: Graph, account: Account, opening_id: str) -> Opening:
    """The opening, if this account decides what counts for it. Raises NotAllowed, NotFound where there is none."""
    opening, row = openings.find(graph, account.audience, opening_id)
    if not _decides(account, row):
        raise NotAllowed("Only the host of this opening and programme officers weigh its criteria; ask one of them.")
    return opening


def set_weights(graph: Graph, account: Account, opening_id: str, weights: Mapping[str, int] | None) -> None:
    """Keep these weights with the opening from now on; None goes back to the usual ones.

    Raises NotFound, NotAllowed for somebody who does not decide on this opening, InvalidValue for an unknown
    criterion, anything but whole numbers from 0, or weights that add up to nothing.
    """

    def weigh(within: Graph) -> None:
        kept = _weights_text(check_weigher(within, account, opening_id), weights)
        openings.save_weights(within, opening_id, kept)
        note(within, account, f"weights: {kept or 'the usual ones'}", [opening_id])

    graph.transaction(weigh)


def _weights_text(opening: Opening, weights: Mapping[str, int] | None) -> str:
    """The weights in the order of the criteria. Raises InvalidValue for what will not do for this kind of opening."""
    if weights is None:
        return ""
    names = KINDS[opening.kind].names
    read_weights(weights, names)
    return json.dumps({name: weights[name] for name in names if name in weights})
