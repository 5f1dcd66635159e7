"""Putting the invented records in, and taking every one of them out again."""

from collections.abc import Callable, Iterable, Sequence

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.marks import Role
from graph.domain.outcomes import Outcome
from graph.services.accounts.passwords import open_account
from graph.services.accounts.wishes import note_wishes
from graph.services.imports.ingest import ImportReport, ingest_whole
from graph.store import accounts, records

SOURCE = "demonstration"
_LOADER = Account(id="demonstration", email="", name="Demonstration", role=Role.OFFICER, password_hash="")


def load_demonstration(
    graph: Graph,
    incoming: Iterable[Outcome],
    sign_ins: Iterable[tuple[Account, str]],
    wished: Callable[[], Iterable[tuple[str, Sequence[str]]]] = tuple,
) -> ImportReport:
    """Take in the scenario and open its sign-ins (account, password) where they are missing.

    `wished` gives people (id) with the openings (ids) they would take; asked only when something new was taken in.
    """
    report = ingest_whole(graph, SOURCE, incoming)
    for account, password in sign_ins:
        if accounts.maybe_find_by_email(graph, account.email) is None:
            open_account(graph, account, password)
    for expert, openings in wished() if report.created else ():
        note_wishes(graph, _LOADER, expert, openings)
    return report


def remove_demonstration(graph: Graph) -> int:
    """Delete every demonstration record with its ties and sign-ins; how many there were."""
    return records.erase_source(graph, SOURCE)
