"""What every number of a window means: the table a page shows one click away from the number."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure in words: its name, how it is counted, its unit, and where the method comes from."""

    name: str
    words: str
    unit: str
    source: str


_OURS = "Baton's own counting rule"
_TEXTBOOK = "Wasserman and Faust, Social Network Analysis, 1994"

DEFINITIONS: Mapping[str, Definition] = MappingProxyType(
    {
        "actors": Definition(
            "Actors", "those with at least one tie to another actor during the window", "actors", _OURS
        ),
        "ties": Definition(
            "Ties",
            "ordered pairs of actors with at least one contact from first to second; a mutual contact makes two",
            "directed pairs",
            _OURS,
        ),
        "contacts": Definition(
            "Contacts",
            "engagements between two different actors that hold on at least one day of the window, each counted once",
            "engagements",
            _OURS,
        ),
        "self_ties": Definition(
            "Internal contacts",
            "engagements whose two ends are the same actor at this level; left out of every other number",
            "engagements",
            _OURS,
        ),
        "density": Definition(
            "Density", "ties / (actors x (actors - 1)); 0 with fewer than two actors", "share, 0 to 1", _TEXTBOOK
        ),
        "reciprocity": Definition(
            "Reciprocity",
            "share of the ties whose opposite is a tie as well; 0 without ties",
            "share, 0 to 1",
            _TEXTBOOK,
        ),
        "components": Definition(
            "Components",
            "groups of actors joined by ties in whatever direction, with none between groups",
            "groups",
            "Hopcroft and Tarjan, Efficient algorithms for graph manipulation, 1973",
        ),
        "giant_share": Definition(
            "Giant share", "actors of the largest component / actors", "share, 0 to 1", _TEXTBOOK
        ),
        "givers": Definition(
            "Strength given",
            "weights of an actor's contacts summed over those in which it gives; mutual contacts count as given",
            "sum of weights",
            "Barrat, Barthelemy, Pastor-Satorras and Vespignani, The architecture of complex weighted networks, 2004",
        ),
        "receivers": Definition(
            "Strength received",
            "weights of an actor's contacts summed over those in which it receives; mutual contacts count as received",
            "sum of weights",
            "Barrat, Barthelemy, Pastor-Satorras and Vespignani, The architecture of complex weighted networks, 2004",
        ),
        "brokers": Definition(
            "Brokerage",
            "betweenness: of all ordered pairs of two other actors, the share whose shortest directed paths run "
            "through this one, split evenly where several are shortest; above 3,000 actors estimated from 64 of them "
            "as starting points, with its standard error",
            "share, 0 to 1",
            "Freeman, A set of measures of centrality based on betweenness, 1977; Brandes and Pich, Centrality "
            "estimation in large networks, 2007",
        ),
        "constraint": Definition(
            "Constraint",
            "how far an actor's contacts are contacts of each other, low for brokers: the sum over its contacts j of "
            "(p_ij + sum over q of p_iq p_qj) squared, p_ij being the part of i's ties that it has with j",
            "0 and up, rarely above 1",
            "Burt, Structural Holes, 1992",
        ),
    }
)
"""By the name of the field of `WindowMeasures`, and `constraint` for the function of that name."""
