"""What makes a fit, each as a number from 0 to 1 with the interval that missing facts leave open."""

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
    closing,
    gap_coverage,
    maturity_step,
    network_gain,
    step,
)

__all__ = ["CRITERIA", "Criterion", "Scores", "closing", "extra_tongues", "gap_coverage", "maturity_step", "step"]

CRITERIA = (
    Criterion("gap", "closes what the programme lacks", gap_coverage),
    Criterion("maturity", "stands one or two levels above the programme", maturity_step),
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
