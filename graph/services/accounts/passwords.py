"""Opening accounts and checking passwords."""

import hashlib
from dataclasses import replace
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.identifiers import RecordId
from graph.domain.marks import Role
from graph.domain.properties import to_properties, to_ties
from graph.errors import Conflict, InvalidValue, NotAllowed
from graph.services.clock import now
from graph.store import accounts as store
from graph.store import records

_HASHER = PasswordHasher()
SHORTEST_PASSWORD = 12


def own_person(account: Account) -> str:
    """The id of the person this account belongs to. Raises NotAllowed where it belongs to none."""
    if not account.expert:
        raise NotAllowed("Your account belongs to no person record; ask the administrator to connect it.")
    return account.expert


def open_account(graph: Graph, account: Account, password: str) -> Account:
    """Save a new account with its password hashed. Raises InvalidValue for a short password, Conflict for a
    taken address.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidValue("password", "…", f"is too short; use {SHORTEST_PASSWORD} characters or more")
    cleaned = account.email.strip().casefold()
    opened = replace(account, email=cleaned, password_hash=_HASHER.hash(password), recorded_at=now())
    graph.transaction(lambda within: _open(within, opened))
    return opened


def _open(graph: Graph, account: Account) -> None:
    if store.maybe_find_by_email(graph, account.email):
        raise Conflict(f"There is an account for {account.email} already; sign in with it or name another address.")
    store.open_account(graph, to_properties(account))
    records.save_ties(graph, to_ties(account))


def new_account(email: str, name: str, role: Role) -> Account:
    """An account to be opened; its id is a digest of the address, so that no two addresses share one."""
    cleaned = email.strip().casefold()
    if "@" not in cleaned:
        raise InvalidValue("email", email, "is not an e-mail address; it needs an @")
    digest = hashlib.blake2b(cleaned.encode(), digest_size=10).hexdigest()
    id_ = RecordId.from_words("account", digest)
    return Account(id=id_, email=cleaned, name=name.strip() or cleaned, role=role, password_hash="")


def sign_in(graph: Graph, email: str, password: str) -> Account | None:
    """The account when address and password fit, else None. Takes the same time either way."""
    account, nobody = store.maybe_find_by_email(graph, email), _nobody()
    try:
        _HASHER.verify(account.password_hash if account else nobody, password)
    except (VerificationError, InvalidHashError):
        return None
    return account


@cache
def _nobody() -> str:
    """A hash to check when the address is unknown, so that both cases take the same time. Made at the first use."""
    return _HASHER.hash("nobody signs in with this")
