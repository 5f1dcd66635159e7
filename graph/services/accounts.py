"""Opening accounts and checking passwords."""

import hashlib
from dataclasses import replace

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.identifiers import RecordId
from graph.domain.marks import Role
from graph.errors import Conflict, InvalidValue
from graph.services.ingest import ingest
from graph.store import accounts as store

_HASHER = PasswordHasher()
# Checked when the address is unknown, so that both cases take the same time.
_NOBODY = _HASHER.hash("nobody signs in with this")
SHORTEST_PASSWORD = 12


def open_account(graph: Graph, account: Account, password: str) -> Account:
    """Save a new account with its password hashed. Raises InvalidValue for a short password, Conflict for a
    taken address.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidValue("password", "…", f"is too short; use {SHORTEST_PASSWORD} characters or more")
    if store.maybe_find_by_email(graph, account.email):
        raise Conflict(f"There is an account for {account.email} already; sign in with it or name another address.")
    opened = replace(account, email=account.email.strip().casefold(), password_hash=_HASHER.hash(password))
    ingest(graph, account.source or "accounts", [opened])
    return opened


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
    account = store.maybe_find_by_email(graph, email)
    try:
        _HASHER.verify(account.password_hash if account else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return None
    return account
