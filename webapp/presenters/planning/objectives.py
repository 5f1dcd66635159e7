"""What plans are best at, and the numbers they are told apart by, in words."""

from graph.matching.solvers.plans import Objective

OBJECTIVE = {
    Objective.BEST: ("Best total", "The most points over all openings together."),
    Objective.FEWEST_UNSERVED: ("Most served", "As many seats filled as can be, then the most points."),
    Objective.FAIR: (
        "Fair",
        "As many openings served as can be, then the worst served of them as well as can be, then the most points.",
    ),
    Objective.HOST_STABLE: (
        "Host-stable",
        (
            "No opening and person outside the plan would both rather have each other; of all such plans the best for "
            "the openings. Stating one's true ranking is then the best course for a host with one seat only: with "
            "more seats, no stable rule makes that so."
        ),
    ),
    Objective.EXPERT_STABLE: (
        "Expert-stable",
        (
            "No opening and person outside the plan would both rather have each other; of all such plans the best for "
            "the people. They go by the openings they ranked on their account page, and for the rest by points. To "
            "rank as one truly wishes is then the best course for a person who takes one opening."
        ),
    ),
}

MEASURE = {
    "total": "The points of all pairs of the plan together; a pair has at most 10,000.",
    "worst": "The points a seat of the opening that gets least, of those that get anybody: the points of its people "
    "over its seats, an empty one counting 0.",
    "asked": "Of what an opening asks people to bring, the share that those it gets are known to meet together: here "
    "of the opening where that is least.",
    "busiest": "Of all placements, the share that falls on the tenth of the placed people who carry most.",
    "blocking": "Pairs outside the plan that would both rather have each other than what they have, people going by "
    "the openings they ranked: they may be tempted to arrange themselves. A stable plan has none.",
    "gini": "How unequally points a seat fall on the openings somebody could fill: 0 where all get the same, near 1 "
    "where one gets everything (Gini coefficient). An opening left empty counts 0.",
}
