"""Sign-in accounts, imports and the trail of who did what."""

from dataclasses import dataclass

from graph.domain.labels import Label, TieType
from graph.domain.marks import Audience, Role, Tlp
from graph.domain.records import Record, tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Record):
    """Somebody who can sign in. `password_hash` is argon2; the ties say whose record and which institution."""

    label = Label.ACCOUNT

    email: str
    name: str
    role: Role
    password_hash: str
    tlp: Tlp = Tlp.RED
    expert: str = tie(TieType.OF, Label.EXPERT)
    institution: str = tie(TieType.WORKS_AT, Label.INSTITUTION)

    @property
    def audience(self) -> Audience:
        """What this account may read."""
        return Audience(self.role, self.expert)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch(Record):
    """One run of one import: the source, its counts as JSON text, when it last wrote, and whether it finished."""

    label = Label.BATCH

    tlp: Tlp = Tlp.RED
    status: str = "running"
    started_at: str = ""
    written_at: str = ""
    finished_at: str = ""
    counts: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent(Record):
    """Who did what to which record, and when."""

    label = Label.AUDIT_EVENT

    action: str
    subject: str
    actor: str
    happened_at: str
    tlp: Tlp = Tlp.RED
