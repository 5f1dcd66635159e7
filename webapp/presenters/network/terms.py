"""By what a page or a command about the network counts: what is counted, which lists, and who looks."""

from graph.domain.marks import Audience
from graph.evolution.measures.counting import Count
from graph.services.network.compare import ComparisonQuery
from graph.services.network.evolution import EvolutionQuery
from webapp.presenters import words

NOUNS = {
    Count.ENGAGEMENTS: ("engagement", "engagements"),
    Count.CONTACTS: ("contact", "contacts"),
    Count.DAYS: ("person-day", "person-days"),
}
USUALLY = "engagements for shares, donors and flows, contacts for structure"
_HOW = {
    Count.ENGAGEMENTS: "engagements, each 1 and split evenly over its contacts",
    Count.CONTACTS: "contacts, each engagement once for every two actors in it",
    Count.DAYS: "the person-days known",
}
_LEAST = 0.05  # what one decimal can show
Query = EvolutionQuery | ComparisonQuery


def terms(query: Query) -> tuple[str, ...]:
    """What shares are of, and by which lists, in sentences."""
    return (
        f"Shares and donors count {_HOW[of_shares(query)]}; what is about structure counts contacts and ties.",
        f"The South: {query.lists.south.words}. Regions: {query.lists.regions.words}.",
    )


def of_shares(query: Query) -> Count:
    """What shares, donors and flows count."""
    return query.count or Count.ENGAGEMENTS


def plain_terms(query: Query) -> dict[str, object]:
    """The same for programs."""
    strengths = query.count or Count.CONTACTS
    return {
        "count": {"shares": of_shares(query), "strengths": strengths},
        "south": {"list": query.lists.south, "words": query.lists.south.words},
        "regions": {"list": query.lists.regions.name, "words": query.lists.regions.words},
    }


def seen_by(audience: Audience) -> str:
    """As whom a page looks, and that others may read other numbers."""
    role, marks = words.ROLE[audience.role].lower(), ", ".join(audience.marks)
    return f"Seen as {role}: records marked {marks}. Who may see more or fewer records reads other numbers."


def much(value: float) -> str:
    """A number of contacts, engagements or days: whole, or with one decimal where it is a sum of fractions."""
    if 0 < value < _LEAST:
        return "<0.1"
    return words.number(int(value) if value == int(value) else round(value, 1))


def counted(value: float, count: Count) -> str:
    """A number with what it counts: "1 engagement", "12.5 person-days"."""
    one, several = NOUNS[count]
    return f"{much(value)} {one if value == 1 else several}"
