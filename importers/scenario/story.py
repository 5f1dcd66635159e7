"""The threads one should find again: a lineage, a programme handed over, a programme left without its mentor."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from graph.domain.dates import PartialDate
from graph.domain.engagements import EngagementStatus, Mentorship
from importers.reference.areas import area_id
from importers.scenario.clock import soon_after
from importers.scenario.ledger import status_of
from importers.scenario.organisation_rows import INSTITUTIONS
from importers.scenario.organisations import SOURCE
from importers.scenario.people import Anchor, InventedPerson, anchored

_COUNTRY_OF = {row[0]: row[1] for row in INSTITUTIONS}

ANCHORS = (
    # Incident handling comes to Accra from the North Sea and goes on along the coast.
    Anchor("marijke", "Marijke van der Meer", "nl-lab", 1998, "incident-handling malware-analysis security-monitoring"),
    Anchor(
        "akosua", "Akosua Boateng", "gh-team", 2010, "incident-handling team-building security-monitoring workforce"
    ),
    Anchor("rokhaya", "Rokhaya Sène", "sn-equipe", 2012, "incident-handling team-building information-sharing"),
    Anchor("isatu", "Isatu Conteh", "sl-team", 2016, "incident-handling team-building awareness"),
    Anchor("ebrima", "Ebrima Saidykhan", "gm-team", 2021, "incident-handling awareness information-sharing"),
    # The lighthouse and those who carry its light.
    Anchor("gretchen", "Gretchen Hargrove", "us-company", 1999, "threat-intelligence incident-handling exercises"),
    Anchor("jimena", "Jimena Quesada Araya", "cr-equipo", 2009, "threat-intelligence incident-handling team-building"),
    Anchor("noe", "Noé Chinchilla Peña", "cr-equipo", 2014, "incident-handling security-monitoring exercises"),
    Anchor(
        "fabiola", "Fabiola Grullón Núñez", "do-equipo", 2019, "incident-handling critical-infrastructure exercises"
    ),
    # The mentor who left.
    Anchor("lachlan", "Lachlan Fraser", "au-university", 2003, "security-monitoring network-resilience workforce"),
    Anchor("mele", "Mele Vainikolo", "to-team", 2020, "security-monitoring incident-handling network-resilience"),
)


@dataclass(frozen=True, slots=True)
class Bond:
    """A mentorship that the story needs; `programme` is a slug or empty."""

    mentor: str
    mentee: str
    start: str
    end: str
    programme: str
    about: str
    outcome: str


_EARLY_END = "Ended fifteen months early when the mentor changed posts; nobody has followed."

BONDS = (
    Bond("marijke", "akosua", "2013-03-04", "2014-05-30", "", "incident-handling", "The first national playbook."),
    Bond(
        "gretchen", "jimena", "2014-02-10", "2015-06-26", "faro", "threat-intelligence", "A first yearly threat report."
    ),
    Bond("akosua", "rokhaya", "2016-04-04", "2017-06-30", "", "team-building", "The team in Dakar opened its doors."),
    Bond("jimena", "noe", "2018-01-15", "2019-03-29", "faro", "incident-handling", "The mentee leads the night shift."),
    Bond("rokhaya", "isatu", "2019-09-02", "2021-02-26", "", "team-building", "A unit of two became a unit of nine."),
    Bond("noe", "fabiola", "2022-03-07", "2023-05-26", "malecon", "exercises", "The first exercise with the port."),
    Bond("jimena", "fabiola", "2024-02-05", "2027-01-29", "malecon", "incident-handling", ""),
    Bond("isatu", "ebrima", "2023-04-03", "2024-08-30", "", "incident-handling", "The desk answers within the hour."),
    Bond("lachlan", "mele", "2024-06-03", "2026-02-27", "reef-watch", "security-monitoring", _EARLY_END),
)


def anchors(seed: int) -> Iterator[InventedPerson]:
    """The people of the story."""
    for anchor in ANCHORS:
        yield anchored(anchor, _COUNTRY_OF[anchor.employer], seed)


def bonds(seed: int) -> Iterator[Mentorship]:
    """The mentorships of the story, earliest first."""
    rng = Random(f"{seed} story")
    for number, bond in enumerate(sorted(BONDS, key=lambda bond: bond.start), 1):
        yield _mentorship(bond, f"demo-story-{number}", rng)


def _mentorship(bond: Bond, record_id: str, rng: Random) -> Mentorship:
    start, end = PartialDate.parse(bond.start), PartialDate.parse(bond.end)
    early = bond.outcome == _EARLY_END
    return Mentorship(
        id=record_id,
        source=SOURCE,
        source_id=record_id,
        recorded_at=soon_after(start.first + timedelta(days=1), rng),
        start=start,
        end=end,
        status=EngagementStatus.COMPLETED_EARLY if early else status_of(start.first, end.last),
        outcome=bond.outcome,
        capabilities=(area_id(bond.about),),
        mentor=f"demo-expert-{bond.mentor}",
        mentee=f"demo-expert-{bond.mentee}",
        programme=f"demo-{bond.programme}" if bond.programme else "",
    )
