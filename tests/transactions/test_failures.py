"""A failure of the driver is told as what it is, whatever class wraps it."""

import pytest
from neo4j.exceptions import (
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
)

from graph.connection import Failure, _failure_of, _ours
from graph.errors import Conflict, Unavailable


def said(code: str) -> Neo4jError:
    return Neo4jError._hydrate_neo4j(code=code, message="said by the server")


def wrapped(failure: Exception) -> DriverError:
    """As the driver wraps what went wrong with an earlier statement of the transaction."""
    try:
        raise DriverError("The result has failed.") from failure
    except DriverError as outer:
        return outer


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("Neo.TransientError.Transaction.DeadlockDetected", Failure.RIVAL),
        ("Neo.TransientError.Transaction.LockClientStopped", Failure.BUSY),
        ("Neo.ClientError.Transaction.TransactionTimedOut", Failure.BUSY),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", Failure.RIVAL),
        ("Neo.TransientError.General.OutOfMemoryError", Failure.MEMORY),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", Failure.MEMORY),
        ("Neo.ClientError.Security.Unauthorized", Failure.REFUSED),
        ("Neo.ClientError.Statement.SyntaxError", Failure.BROKEN),
    ],
)
def test_what_a_server_says_has_one_meaning_also_when_it_is_wrapped(code: str, kind: Failure) -> None:
    assert _failure_of(said(code)) is kind
    assert _failure_of(wrapped(said(code))) is kind


def test_a_lost_connection_and_a_full_pool_are_told_apart() -> None:
    assert _failure_of(wrapped(ServiceUnavailable("gone"))) is Failure.LOST
    assert _failure_of(ConnectionAcquisitionTimeoutError("full")) is Failure.BUSY


def test_only_rivals_are_a_conflict_and_no_memory_is_not_told_as_rivals() -> None:
    rivals = _ours(said("Neo.TransientError.Transaction.DeadlockDetected"))
    memory = _ours(said("Neo.TransientError.General.OutOfMemoryError"))

    assert isinstance(rivals, Conflict)
    assert "Others changed the same records" in str(rivals)
    assert isinstance(memory, Unavailable)
    assert "not enough memory" in str(memory)
