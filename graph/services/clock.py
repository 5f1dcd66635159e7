"""The instant at which something is recorded, as every record writes it."""

from datetime import UTC, datetime, timedelta

_SILENT = timedelta(minutes=2)


def now() -> str:
    """This instant in UTC to the second, as ISO text that sorts by time."""
    return _text(datetime.now(UTC))


def silence() -> str:
    """The instant since which every import that still runs has written something."""
    return _text(datetime.now(UTC) - _SILENT)


def _text(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
