"""The instant at which something is recorded, as every record writes it."""

from datetime import UTC, datetime


def now() -> str:
    """This instant in UTC to the second, as ISO text that sorts by time."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
