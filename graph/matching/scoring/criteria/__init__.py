"""What makes a fit, each as a number from 0 to 1, and what it could be once missing facts are known."""

from graph.matching.scoring.criteria.circumstances import (
    availability,
    context,
    extra_tongues,
    hours,
    language,
)
from graph.matching.scoring.criteria.history import load, text, track_record
from graph.matching.scoring.criteria.learning import carried_home, chances_so_far, need_at_home, place_to_return_to
from graph.matching.scoring.criteria.scores import Criterion, Scores
from graph.matching.scoring.criteria.skills import (
    asked,
    climb,
    closing,
    gap_coverage,
    network_gain,
)

__all__ = ["BRINGING", "LEARNING", "Criterion", "Scores", "climb", "closing", "extra_tongues"]

BRINGING = (
    Criterion("asked", "meets what the opening asks", asked),
    Criterion("gap", "closes what else the programme lacks", gap_coverage),
    Criterion("record", "has done such work before, or worked here", track_record),
    Criterion("context", "knows the region and its languages", context),
    Criterion("language", "speaks better than required", language),
    Criterion("availability", "is free when needed, in the way needed", availability),
    Criterion("hours", "works at hours of the day that overlap", hours),
    Criterion("load", "still carries little of what they accept", load),
    Criterion("network", "brings a capability to where no path leads yet", network_gain),
    Criterion("text", "describes themselves in the words of the need", text),
)
"""What speaks for somebody who brings know-how, in the order in which parts are shown and evidence is gathered."""

LEARNING = (
    Criterion("need", "is sent out for what is lacking at home", need_at_home),
    Criterion("carry", "would carry much home", carried_home),
    Criterion("return", "has a place to return to", place_to_return_to),
    Criterion("language", "speaks better than required", language),
    Criterion("availability", "is free when needed, in the way needed", availability),
    Criterion("chances", "has seldom been sent before", chances_so_far),
    Criterion("text", "describes themselves in the words of the need", text),
)
"""What speaks for somebody who goes out to learn, in the same order."""
