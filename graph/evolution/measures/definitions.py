"""What every number of a window means: the table a page shows one click away from the number."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph.evolution.measures.counting import FRACTIONAL_COUNTING


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
            "engagements between two different actors that hold on at least one day of the window, each once for every "
            "two actors: a course with five learners of five institutions makes five contacts",
            "contacts",
            _OURS,
        ),
        "engagements": Definition(
            "Engagements",
            "records (a secondment, a course, a joint project) with at least one contact in the window, each once",
            "engagements",
            _OURS,
        ),
        "person_days": Definition(
            "Person-days",
            "days of the window on which a contact holds x people x their part of full time, summed over the contacts; "
            "contacts of which one of these is not known are left out and counted beside; none where none is known",
            "person-days",
            _OURS,
        ),
        "days_unknown": Definition(
            "Contacts without person-days",
            "contacts of which the days, the people or their part of full time are not known",
            "contacts",
            _OURS,
        ),
        "self_ties": Definition(
            "Internal contacts",
            "contacts whose two ends are the same actor at this level; in no other number but the E-I index, "
            "the South-South share and those of donors",
            "contacts",
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
            "what is counted, contacts by default, summed over those in which an actor gives; mutual contacts count "
            "as given; as engagements a contact is 1/n where n receive, 1/(k-1) each way among k partners",
            "contacts, engagements or person-days",
            f"{FRACTIONAL_COUNTING}; "
            "Barrat, Barthelemy, Pastor-Satorras and Vespignani, The architecture of complex weighted networks, 2004",
        ),
        "receivers": Definition(
            "Strength received",
            "what is counted, contacts by default, summed over those in which an actor receives; mutual contacts count "
            "as received; as engagements a contact is 1/n where n receive, 1/(k-1) each way among k partners",
            "contacts, engagements or person-days",
            f"{FRACTIONAL_COUNTING}; "
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
            "(p_ij + sum over q of p_iq p_qj) squared, p_ij being the part of i's ties that it has with j; the lowest "
            "are ranked, among actors with two contacts or more",
            "0 and up, rarely above 1",
            "Burt, Structural Holes, 1992",
        ),
        "ei_index": Definition(
            "E-I index by region",
            "(between regions - within one) / both together, of what is counted, engagements by default, over the "
            "contacts whose two ends have a known region, internal ones too; none without such contacts. An engagement "
            "is 1, split evenly over its contacts",
            "-1 (all within) to 1 (all between)",
            f"Krackhardt and Stern, Informal networks and organizational crises, 1988; {FRACTIONAL_COUNTING}",
        ),
        "south_south": Definition(
            "South-South share",
            "share of what is counted, engagements by default, whose two ends both lie in the South, over the contacts "
            "of which that is known, internal ones too. An engagement is 1, split evenly over its contacts. "
            "The South is that of the list chosen; a region lies where all of its "
            "countries with an institution do, else it is not known",
            "share, 0 to 1",
            f"the list named beside the number; {FRACTIONAL_COUNTING}",
        ),
        "unplaced": Definition(
            "Not known whether South",
            "what is counted with an end of which the list does not say whether it lies in the South",
            "contacts, engagements or person-days",
            _OURS,
        ),
        "donor_outside": Definition(
            "Paid from outside",
            "share of what is counted, engagements by default, whose funder lies neither in the country of whoever "
            "receives nor in the family of the receiving institution (what it is part of, and its parts) or of the "
            "owner of the programme, over the contacts whose funder is known and whose countries are; who works "
            "together both receive",
            "share, 0 to 1",
            f"{_OURS}; {FRACTIONAL_COUNTING}",
        ),
        "donor_top": Definition(
            "Leading donor",
            "largest share of one funder in what is counted, engagements by default, over what has a known funder",
            "share, 0 to 1",
            _OURS,
        ),
        "donor_hhi": Definition(
            "Donor concentration",
            "Herfindahl-Hirschman index: the sum over funders of (share of what is counted) squared, engagements by "
            "default, over what has a known funder; 1/n where n funders pay for as much each; none without a funder",
            "0 to 1 (one funder)",
            "Hirschman, The paternity of an index, 1964",
        ),
        "unfunded": Definition(
            "Without a known funder",
            "what is counted, engagements by default, for which no funder is stated that the viewer may know",
            "contacts, engagements or person-days",
            _OURS,
        ),
        "donors": Definition(
            "Donor dependence",
            "share paid from outside, leading donor and Herfindahl-Hirschman index by engagements, by person-days and "
            "by money in each currency, with what each is a share of. An amount is spread evenly over the days of its "
            "engagement; without a known end it is left out and counted",
            "shares, 0 to 1",
            "Hirschman, The paternity of an index, 1964",
        ),
        "turnover": Definition(
            "Turnover",
            "1 - ties of both this window and the one before / ties of either; none for the first window and where "
            "neither has a tie",
            "share, 0 to 1",
            "Jaccard, The distribution of the flora in the alpine zone, 1912",
        ),
        "communities": Definition(
            "Communities",
            "groups of actors found by Leiden on the ties without their direction, as heavy as their contacts; each "
            "window starts from the groups of the one before, and a group keeps its number where at least 0.3 of the "
            "members of either are common (Jaccard)",
            "groups",
            "Traag, Waltman and van Eck, From Louvain to Leiden: guaranteeing well-connected communities, 2019; "
            "Greene, Doyle and Cunningham, Tracking the evolution of communities in dynamic social networks, 2010",
        ),
        "modularity": Definition(
            "Modularity",
            "share of contacts within communities - the share expected if contacts fell by chance between actors "
            "as active as these; none without ties",
            "-0.5 to 1",
            "Newman and Girvan, Finding and evaluating community structure in networks, 2004",
        ),
    }
)
"""By the name of the field of `WindowMeasures`."""

_NEWMAN = "Newman, Mixing patterns in networks, 2003"
_SMALL_WORLDS = "Watts and Strogatz, Collective dynamics of small-world networks, 1998"
_LIFTED = "Newman, Strogatz and Watts, Random graphs with arbitrary degree distributions, 2001"

STRUCTURE_DEFINITIONS: Mapping[str, Definition] = MappingProxyType(
    {
        "actors": Definition("Actors", "those with at least one contact", "actors", _OURS),
        "ties": Definition(
            "Ties",
            "pairs of actors with at least one contact, each once: ordered pairs in a directed network, unordered in "
            "an undirected one; self-ties only where they are kept",
            "pairs",
            _OURS,
        ),
        "contacts": Definition("Contacts", "rows of the file that hold on, repeats counted as asked", "rows", _OURS),
        "self_ties": Definition(
            "Self-ties",
            "contacts whose two ends are the same actor; where they are dropped, left out of every other number, and "
            "in no run of consecutive ties",
            "rows",
            _OURS,
        ),
        "density": Definition(
            "Density",
            "ties between different actors / (actors x (actors - 1)), undirected ones / (actors x (actors - 1) / 2); "
            "0 with fewer than two actors",
            "share, 0 to 1",
            _TEXTBOOK,
        ),
        "reciprocity": Definition(
            "Reciprocity",
            "share of the ties between different actors whose opposite is a tie as well; 0 without ties, none where "
            "ties have no direction",
            "share, 0 to 1",
            _TEXTBOOK,
        ),
        "components": DEFINITIONS["components"],
        "giant": Definition("Giant", "actors of the largest component", "actors", _TEXTBOOK),
        "giant_share": DEFINITIONS["giant_share"],
        "strong_components": Definition(
            "Strong components",
            "groups of actors each of whom can reach every other along the direction of the ties; the components "
            "where ties have no direction",
            "groups",
            "Tarjan, Depth-first search and linear graph algorithms, 1972",
        ),
        "strong_giant": Definition("Strong giant", "actors of the largest strong component", "actors", _TEXTBOOK),
        "triangles": Definition(
            "Triangles",
            "sets of three actors who are all tied to each other, in whatever direction",
            "triangles",
            "Chiba and Nishizeki, Arboricity and subgraph listing algorithms, 1985",
        ),
        "wedges": Definition(
            "Wedges",
            "pairs of different actors tied to the same third one, in whatever direction: the sum of "
            "degree x (degree - 1) / 2",
            "paths of length two",
            _LIFTED,
        ),
        "clustering": Definition(
            "Global clustering", "3 x triangles / wedges; 0 without wedges", "share, 0 to 1", _LIFTED
        ),
        "mean_local_clustering": Definition(
            "Mean local clustering",
            "mean over all actors of the share of the pairs of their neighbours that are tied, in whatever direction; "
            "an actor with fewer than two neighbours counts as 0",
            "share, 0 to 1",
            _SMALL_WORLDS,
        ),
        "max_degree": Definition(
            "Highest degree", "most different others that one actor is tied to, in whatever direction", "actors", _OURS
        ),
        "max_in_degree": Definition(
            "Highest in-degree", "most different others who give to one actor; none without direction", "actors", _OURS
        ),
        "max_out_degree": Definition(
            "Highest out-degree",
            "most different others to whom one actor gives; none without direction",
            "actors",
            _OURS,
        ),
        "max_contacts": Definition(
            "Most contacts",
            "highest degree with repeats: most contacts of one actor, given and received, each row of the file once, a "
            "mutual one too, and a self-tie that is kept at both of its ends",
            "rows",
            _TEXTBOOK,
        ),
        "assortativity": Definition(
            "Degree assortativity",
            "correlation of the degrees at the two ends of a tie, direction ignored, each tie read both ways; none "
            "where all those degrees are equal",
            "correlation, -1 to 1",
            _NEWMAN,
        ),
        "assortativity_out_in": Definition(
            "Assortativity, out to in",
            "correlation of the giver's out-degree with the receiver's in-degree over the ties; none where one of "
            "them never changes or ties have no direction",
            "correlation, -1 to 1",
            _NEWMAN,
        ),
        "diameter": Definition(
            "Diameter",
            "ties on the longest of the shortest paths within the largest component, direction ignored; none where "
            "only a bound was found in the time allowed",
            "ties",
            "Crescenzi, Grossi, Habib, Lanzi and Marino, On computing the diameter of real-world undirected graphs, "
            "2013",
        ),
        "diameter_at_least": Definition(
            "Diameter, at least",
            "the longest shortest path found: the diameter itself where that is known, else a lower bound",
            "ties",
            "Crescenzi, Grossi, Habib, Lanzi and Marino, On computing the diameter of real-world undirected graphs, "
            "2013",
        ),
        "mean_distance": Definition(
            "Mean distance",
            "mean number of ties on the shortest path between two different actors of the largest component, direction "
            "ignored; 0 with fewer than two. Where actors x (actors + 2 x ties) there is above 300,000,000 it is "
            "estimated from 64 of them as starting points, with its standard error beside it",
            "ties",
            _SMALL_WORLDS,
        ),
        "mean_distance_error": Definition(
            "Mean distance, error",
            "standard error of the mean distance; 0 where it is exact",
            "ties",
            "Cochran, Sampling Techniques, 1977",
        ),
        "weight": Definition("Weight", "sum of the weights of all contacts", "sum of weights", _OURS),
        "max_strength": Definition(
            "Highest strength",
            "most weight of one actor: its contacts given and received summed, a mutual one once, a self-tie twice",
            "sum of weights",
            "Barrat, Barthelemy, Pastor-Satorras and Vespignani, The architecture of complex weighted networks, 2004",
        ),
    }
)
"""The measures of a plain tie file, by the name of the property of `Structure`."""
