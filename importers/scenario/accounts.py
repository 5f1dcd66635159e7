"""Who can sign in to look around: one account for each role, passwords as plain text for all to read."""

from dataclasses import dataclass

from graph.domain.marks import Role


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """A sign-in of the demonstration; `expert` and `institution` are ids or empty. Whoever stores it hashes it."""

    email: str
    name: str
    role: Role
    password: str
    expert: str = ""
    institution: str = ""


ACCOUNTS = (
    DemonstrationAccount("member@demo.example", "Isatu Conteh", Role.MEMBER, "cotton-compass", "demo-expert-isatu"),
    DemonstrationAccount("researcher@demo.example", "Demonstration researcher", Role.RESEARCHER, "baobab-archive"),
    DemonstrationAccount(
        "host@demo.example", "Mele Vainikolo", Role.HOST, "reef-lantern", "demo-expert-mele", "demo-to-team"
    ),
    DemonstrationAccount("officer@demo.example", "Demonstration officer", Role.OFFICER, "harbour-relay"),
    DemonstrationAccount("admin@demo.example", "Demonstration administrator", Role.ADMIN, "granite-ledger"),
)
