"""Everything that can go wrong, in five words. Each message says what to do next."""


class GraphError(Exception):
    """The family: one sentence a user can act on."""


class NotFound(GraphError):
    """No such record for this viewer (absent, retracted and not visible look the same on purpose)."""

    def __init__(self, kind: str, record_id: str) -> None:
        self.kind = kind
        self.record_id = record_id
        super().__init__(f"There is no {kind} {record_id!r} that you may see; check the id or search for the name.")


class Conflict(GraphError):
    """The record changed meanwhile, or a rule of the domain forbids the change."""


class InvalidValue(GraphError):
    """A text that does not become the value it should be.

    `field` names what was asked for, `text` is what was given, `why` says what would be accepted.
    """

    def __init__(self, field: str, text: object, why: str) -> None:
        self.field = field
        self.text = text
        self.why = why
        super().__init__(f"{field}: {str(text)[:80]!r} {why}.")


class NotAllowed(GraphError):
    """The viewer's role or the record's mark forbids it."""


class Unavailable(GraphError):
    """The graph does not answer now; trying again later may help."""
