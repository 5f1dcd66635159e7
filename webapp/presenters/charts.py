"""The geometry of our charts: pure functions from figures to places, drawn by `templates/macros/charts.html`.

Places and widths across are percentages of the picture's width (0 to 100), so that a chart fits a phone and a
wall without being stretched; heights are pixels. All functions take time and space linear in their input.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

TONES = ("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10")
CHANNEL_TONES = {
    "mentorship": "c1",
    "scholarship": "c2",
    "secondment": "c3",
    "joint_project": "c4",
    "local": "c5",
    "training": "c6",
}
MARGIN = 3.0  # keeps the round ends of a dumbbell inside its picture
TOP_LEVEL = 4
TRACK_HEIGHT = 48.0
LABELS_WIDE, LABELS_NARROW = 16, 6


def tone(position: int) -> str:
    """The colour token of the n-th series, counted from 0; after the tenth the set starts again."""
    return TONES[position % len(TONES)]


def _channel_tone(channel: str) -> str:
    """The colour token of a channel of transfer; channels without one of their own share the last."""
    return CHANNEL_TONES.get(channel, TONES[-1])


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a score: its words, its points, and where it lies (percent)."""

    label: str
    points: int
    start: float
    width: float
    tone: str


@dataclass(frozen=True, slots=True)
class ScoreBar:
    """A score as the row of its parts. `unknown` is the stretch that missing evidence could still add."""

    segments: tuple[Segment, ...]
    total: int
    most: int
    unknown: Segment | None


def score_bar(parts: Sequence[tuple[str, int]], most: int = 10_000, unknown: int = 0) -> ScoreBar:
    """Lay `(label, points)` end to end on a bar of `most` points; a part keeps its colour by its position.

    `unknown` is how many points missing evidence could add at best; it is cut off at the end of the bar.
    """
    segments: list[Segment] = []
    total = 0
    for position, (label, points) in enumerate(parts):
        segments.append(Segment(label, points, 100 * total / most, 100 * points / most, tone(position)))
        total += points
    open_points = min(unknown, most - total)
    rest = Segment("", open_points, 100 * total / most, 100 * open_points / most, "") if open_points else None
    return ScoreBar(tuple(segments), total, most, rest)


@dataclass(frozen=True, slots=True)
class AxisTick:
    """A mark on an axis."""

    label: str
    at: float


@dataclass(frozen=True, slots=True)
class NeedMark:
    """An assessed need: level now, target, and the levels people on the way will add (all 0 to 4)."""

    label: str
    level: float
    target: float
    closing: float = 0.0
    href: str = ""


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need and where its three marks lie."""

    need: NeedMark
    level_at: float
    reach_at: float
    target_at: float

    @property
    def is_met(self) -> bool:
        """Whether the level already is the target or better."""
        return self.need.level >= self.need.target


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """Needs under one another over the same scale of levels."""

    rows: tuple[NeedRow, ...]
    ticks: tuple[AxisTick, ...]


def _level_place(level: float) -> float:
    return MARGIN + (100 - 2 * MARGIN) * min(max(level, 0.0), TOP_LEVEL) / TOP_LEVEL


def dumbbell(needs: Sequence[NeedMark]) -> Dumbbell:
    """Place level, reach and target of each need on the scale 0 to 4; the reach never passes the target."""
    rows = tuple(_need_row(need) for need in needs)
    return Dumbbell(rows, tuple(AxisTick(str(level), _level_place(level)) for level in range(TOP_LEVEL + 1)))


def _need_row(need: NeedMark) -> NeedRow:
    reach = max(need.level, min(need.level + need.closing, need.target))
    return NeedRow(need, _level_place(need.level), _level_place(reach), _level_place(need.target))


@dataclass(frozen=True, slots=True)
class Stint:
    """Somebody's time with a programme. `end` is the first day after it; None while no end is known."""

    who: str
    what: str
    start: date
    end: date | None
    channel: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A stint and its bar (percent); an open end runs to the edge."""

    stint: Stint
    start: float
    width: float
    tone: str

    @property
    def is_open(self) -> bool:
        """Whether no end is known."""
        return self.stint.end is None


@dataclass(frozen=True, slots=True)
class Gantt:
    """Stints over whole years, with a mark at each new year and, when it lies within, at today."""

    rows: tuple[GanttRow, ...]
    ticks: tuple[AxisTick, ...]
    today: float | None


def gantt(stints: Sequence[Stint], today: date) -> Gantt:
    """Spread stints over the years they touch; without stints there are no years and no today.

    An open end reaches at least to the end of this year. The rows keep the order they come in.
    """
    if not stints:
        return Gantt((), (), None)
    first = min(stint.start.year for stint in stints)
    last = max(_last_year(stint, today) for stint in stints)
    opening, closing = date(first, 1, 1), date(last + 1, 1, 1)
    days = (closing - opening).days

    def place(day: date) -> float:
        return 100 * (day - opening).days / days

    rows = tuple(
        GanttRow(
            stint,
            place(stint.start),
            place(stint.end or closing) - place(stint.start),
            _channel_tone(stint.channel),
        )
        for stint in stints
    )
    step = ceil((last - first + 1) / 8)
    ticks = tuple(AxisTick(str(year), place(date(year, 1, 1))) for year in range(first, last + 1, step))
    return Gantt(rows, ticks, place(today) if opening <= today < closing else None)


def _last_year(stint: Stint, today: date) -> int:
    if stint.end is None:
        return max(stint.start.year, today.year)
    return max(stint.start.year, stint.end.year if stint.end > date(stint.end.year, 1, 1) else stint.end.year - 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a histogram: place and width in percent, top and height in pixels.

    `label_class` is empty where the label always shows, `wide` where a phone leaves it out, `none` where it
    would never fit. What is `ahead` is only planned and drawn in broken lines.
    """

    label: str
    count: float
    at: float
    width: float
    top: float
    height: float
    label_class: str
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars over a common floor."""

    bars: tuple[Bar, ...]
    height: float


def histogram(counts: Sequence[tuple[str, float]], height: float = TRACK_HEIGHT, ahead: int = 0) -> Histogram:
    """Give each `(label, count)` an equal band; the highest count fills `height`, anything above 0 shows.

    The last `ahead` of them are only planned.
    """
    most = max((count for _, count in counts), default=0) or 1
    band = 100 / max(len(counts), 1)
    longest = max((len(label) for label, _ in counts), default=0)
    bars: list[Bar] = []
    for position, (label, count) in enumerate(counts):
        tall = max(height * count / most, 1.0) if count else 0.0
        label_class = _label_class(position, len(counts), longest)
        planned = position >= len(counts) - ahead
        bars.append(Bar(label, count, position * band, band, height - tall, tall, label_class, planned))
    return Histogram(tuple(bars), height)


def _label_class(position: int, number: int, longest: int) -> str:
    """Whether a label shows everywhere, on wide pages or never; those longer than a year need the room of several."""
    room = ceil(longest / len("2026")) or 1
    if position % ceil(number * room / LABELS_NARROW) == 0:
        return ""
    return "wide" if position % ceil(number * room / LABELS_WIDE) == 0 else "none"


SPARK, COURSE = (76, 26), (240, 84)  # pixels


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A small line in pixels: its unbroken stretches as SVG `points`, the place of every value, the one marked."""

    stretches: tuple[str, ...]
    places: tuple[tuple[float, float] | None, ...]
    chosen: tuple[float, float] | None
    width: int
    height: int


def sparkline(
    values: Sequence[float | None], chosen: int = -1, width: int = SPARK[0], height: int = SPARK[1]
) -> Sparkline:
    """Draw a measure over its windows; None (not defined there) breaks the line, equal values lie in the middle.

    `chosen` is the position of the value to mark, counted as in any sequence.
    """
    edge = 3.0
    known = [value for value in values if value is not None]
    if not known:
        return Sparkline((), (None,) * len(values), None, width, height)
    low, spread = min(known), max(known) - min(known)
    step = (width - 2 * edge) / max(len(values) - 1, 1)
    places = tuple(
        None
        if value is None
        else (
            round(edge + step * position, 1),
            round(height - edge - (height - 2 * edge) * ((value - low) / spread if spread else 0.5), 1),
        )
        for position, value in enumerate(values)
    )
    return Sparkline(_stretches(places), places, places[chosen], width, height)


@dataclass(frozen=True, slots=True)
class MeasureCourse:
    """A measure over all windows: its line, lowest and highest value in words, the first and the last window."""

    label: str
    line: Sparkline
    low: str
    high: str
    first: str
    last: str


Named = tuple[str, Callable[[float], str]]
"""The label of a measure, and how it is written."""


def course(
    measure: Named, windows: Sequence[str], values: Sequence[float | None], chosen: int = -1
) -> MeasureCourse | None:
    """Draw the course of a measure, `chosen` as in a sparkline; None where it is defined in no window."""
    label, written = measure
    known = [value for value in values if value is not None]
    if not known:
        return None
    line = sparkline(values, chosen, *COURSE)
    return MeasureCourse(label, line, written(min(known)), written(max(known)), windows[0], windows[-1])


def _stretches(places: Sequence[tuple[float, float] | None]) -> tuple[str, ...]:
    stretches: list[list[str]] = [[]]
    for place in places:
        if place is None:
            stretches.append([])
        else:
            stretches[-1].append(f"{place[0]},{place[1]}")
    return tuple(" ".join(stretch) for stretch in stretches if stretch)
