"""A shortlist in words: bars, reasons and the paths behind them, each stop with the page that shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.domain.labels import Label
from graph.matching.scoring.influence import Influence
from graph.services.matching.evidence_text import EvidencePath
from graph.services.matching.match import (
    OpeningMatch,
    OutweighedAsk,
    PartOfScore,
    RuledOut,
    Suggestion,
)
from webapp.presenters import words
from webapp.presenters.charts import ScoreBar, score_bar
from webapp.presenters.links import record_page

_OF_OPENINGS = "need"  # tells openings apart, not people
_REASONS = 3  # criteria that are named; the others decide little

CRITERION = {
    "asked": "What is asked",
    "gap": "What else is lacking",
    "record": "Track record",
    "context": "Context",
    "language": "Language",
    "availability": "Availability",
    "hours": "Working hours",
    "load": "Free capacity",
    "network": "Network gain",
    "text": "Words in common",
    "need": "Need at home",
    "carry": "What comes home",
    "return": "Place to return to",
    "chances": "Chances so far",
}

MEANING = {
    "asked": "Which share of the asked levels this person is known to meet; one that is not met counts half at most.",
    "gap": "How much of the other assessed gaps they close; one engagement lifts a programme by two levels at most.",
    "record": "Finished engagements about what is lacking, and earlier work for this programme or its host.",
    "context": "Nearness, income group and law of both countries, and an official language beyond what is required.",
    "language": "How far above the required level they speak the required languages.",
    "availability": "Which share of the opening's days they are free, at which share of full time, in which mode.",
    "hours": "How many working hours of a day they share with the programme; on site it does not matter.",
    "load": "Which share of the engagements they accept at once is still free on the fullest day of the opening.",
    "network": "How many get a first path to it: the host, and whom it passed something on to within five years.",
    "text": "How much of what the need says stands in their own words too; rare words count more.",
    "need": "How much the programme lacks what is to be learned; the same for everybody, so that openings compare.",
    "carry": "How much of what the programme wants is still before them, and how many colleagues they return to.",
    "return": "Whether they work at the owner of the programme, or at least in its country.",
    "chances": "First-timers come before those who were often sent.",
}

_RULE = {
    "consent": "consent",
    "capacity": "full load",
    "away": "away to learn",
    "presence": "presence",
    "capability": "must-have capability",
    "language": "language",
    "elsewhere": "from elsewhere",
    "beyond": "nothing left to learn",
    "own_organisation": "own organisation",
    "refused_before": "earlier refusal",
    "conflict": "declared conflict",
}


@dataclass(frozen=True, slots=True)
class PathStop:
    """One stop of a path with the address of its page, empty where it has none, and the words that lead on."""

    name: str
    href: str
    leads: str


@dataclass(frozen=True, slots=True)
class CriterionReason:
    """What stands behind one criterion: its name and meaning, its points of how many, the paths, or why none."""

    criterion: str
    meaning: str
    points: int
    most: int
    paths: tuple[tuple[PathStop, ...], ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """A suggested person as the shortlist shows them."""

    rank: int
    name: str
    href: str
    points: int
    bar: ScoreBar
    sentence: str
    missing: str
    reasons: tuple[CriterionReason, ...]


@dataclass(frozen=True, slots=True)
class ShortlistTable:
    """The shortlist of one opening, how the others were ruled out, and what nobody closes."""

    rows: tuple[SuggestionRow, ...]
    eligible: int
    roster: int
    ruled_out: str
    rules: tuple[RuledOut, ...]
    uncovered: tuple[str, ...]
    outweighed: str
    moved: tuple[str, ...]
    gaps: int


def shortlist(match: OpeningMatch) -> ShortlistTable:
    """Word one match for the page."""
    return ShortlistTable(
        rows=tuple(_row(item, match) for item in match.suggestions),
        eligible=match.eligible,
        roster=match.roster,
        ruled_out=", ".join(f"{_RULE[rule.rule]} {rule.first}" for rule in match.ruled_out if rule.first),
        rules=match.ruled_out,
        uncovered=match.uncovered,
        outweighed=outweighed_in_words(match.outweighed) if match.outweighed else "",
        moved=what_moved(match.influences),
        gaps=len(match.gaps),
    )


def what_moved(found: Sequence[Influence]) -> tuple[str, ...]:
    """ "Without asked, 7 of the first 10 places would go to others; without gap, 2." and who tells nobody apart."""
    moved = sorted((one for one in found if one.moved), key=lambda one: -one.moved)
    flat = [CRITERION[one.criterion].lower() for one in found if one.flat and one.criterion != _OF_OPENINGS]
    sentences = []
    if moved:
        most, *rest = moved
        first = f"Without {CRITERION[most.criterion].lower()}, {most.moved} of the first "
        first += f"{words.counted(most.first, 'place')} would go to others"
        more = [f"without {CRITERION[one.criterion].lower()}, {one.moved}" for one in rest]
        sentences.append(f"{'; '.join([first, *more])}.")
    if flat:
        verb = "tells" if len(flat) == 1 else "tell"
        what = listed(flat)
        sentences.append(f"{what[0].upper()}{what[1:]} {verb} nobody apart here, so the weight carries nothing.")
    return tuple(sentences)


def outweighed_in_words(found: OutweighedAsk) -> str:
    """ "Ama states everything asked and stands at place 2: Ben is ahead by language (300) and load (200)." """
    ahead = listed(f"{CRITERION[name].lower()} ({points:,})" for name, points in found.ahead[:_REASONS])
    return f"{found.name} states everything asked and stands at place {found.place}: {found.first} is ahead by {ahead}."


def _row(item: Suggestion, match: OpeningMatch) -> SuggestionRow:
    parts = [(CRITERION[part.criterion], part.points) for part in item.parts]
    return SuggestionRow(
        rank=item.rank,
        name=item.name,
        href=record_page(Label.EXPERT, item.expert),
        points=item.points,
        bar=score_bar(parts, unknown=item.high - item.points),
        sentence=_sentence(item, match),
        missing=_missing(item),
        reasons=_reasons(item),
    )


def _sentence(item: Suggestion, match: OpeningMatch) -> str:
    """ "Closes 3 of 4 assessed gaps: a, b and c." """
    if match.lessons:
        return f"Would learn {listed(match.lessons)}."
    if not match.gaps:
        return "The programme has no assessed gap yet, so nothing can be closed."
    if not item.closes:
        return f"Closes none of {words.counted(len(match.gaps), 'assessed gap')}."
    return f"Closes {len(item.closes)} of {words.counted(len(match.gaps), 'assessed gap')}: {listed(item.closes)}."


def _missing(item: Suggestion) -> str:
    if not item.unknown:
        return ""
    about = listed([CRITERION[name].lower() for name in dict.fromkeys(item.unknown)])
    high = words.counted(item.high, "point")
    return f"Nothing is stated about {about}: up to {high} once it is known."


def _reasons(item: Suggestion) -> tuple[CriterionReason, ...]:
    weights = sum(part.weight for part in item.parts)
    return tuple(
        CriterionReason(
            criterion=CRITERION[part.criterion],
            meaning=MEANING[part.criterion],
            points=part.points,
            most=round(10_000 * part.weight / weights),
            paths=tuple(_steps(path) for path in item.paths if path.criterion == part.criterion),
            otherwise=_otherwise(part, item),
        )
        for part in item.parts
    )


def _otherwise(part: PartOfScore, item: Suggestion) -> str:
    if part.criterion in item.unknown:
        return "Nothing is stated, so this counts nothing until it is."
    if part.criterion in ("asked", "gap") and part.value == 1:
        return "Nothing is asked that is not met." if part.criterion == "asked" else "Nothing else is lacking."
    if part.value < part.high:
        return f"Up to {part.high:.0%} of these points once more is known."
    return "Nothing is recorded that speaks for it."


def _steps(path: EvidencePath) -> tuple[PathStop, ...]:
    leads = (*map(words.days_written_out, path.ties), "")
    return tuple(
        PathStop(words.days_written_out(stop.name), record_page(stop.label, stop.id), lead)
        for stop, lead in zip(path.stops, leads, strict=True)
    )


def listed(names: Iterable[str]) -> str:
    """ "a, b and c"."""
    *most, last = list(names) or [""]
    return f"{', '.join(most)} and {last}" if most else last
