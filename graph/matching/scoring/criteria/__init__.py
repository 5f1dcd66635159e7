"""What makes a fit, each as a number from 0 to 1, and what it could be once missing facts are known."""

from graph.matching.scoring.criteria.circumstances import (
    availability,
    context,
    extra_tongues,
    hours,
    language,
)
from graph.matching.scoring.criteria.history import load, text, track_record
from graph.matching.scoring.criteria.scores import Criterion, Scores
from graph.matching.scoring.criteria.skills import (
    asked,
    climb,
    closing,
    gap_coverage,
    network_gain,
)

__all__ = ["CRITERIA", "Criterion", "Scores", "climb", "closing", "extra_tongues"]

CRITERIA = (
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
"""The order in which parts are shown and evidence is gathered."""
