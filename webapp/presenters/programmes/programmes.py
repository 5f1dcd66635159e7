"""A programme in words and figures: what it needs, and who carries it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from graph.connection import Row
from graph.services.network.handovers import Relay, Successor
from webapp.presenters import words
from webapp.presenters.charts import Dumbbell, Gantt, NeedMark, Stint, dumbbell, gantt
from webapp.presenters.matching.matches import listed

_STALE = timedelta(days=548)  # a year and a half
_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Needs:
    """The latest assessment as a chart, when and how it was made, how many there are, and what they tell together."""

    chart: Dumbbell
    assessed: str
    method: str
    assessments: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carriers:
    """Who carries the programme, as a chart; `undated` engagements have no known start and stand beside it."""

    chart: Gantt
    undated: int


@dataclass(frozen=True, slots=True)
class RelayGap:
    """A relay that nobody takes over: from when, what is left behind, who could follow while there is time to ask."""

    programme: str
    programme_name: str
    end: str
    when: str
    sentence: str
    followers: tuple[Successor, ...]


def needs(ratings: Sequence[Row], reach: Mapping[str, float], today: date) -> Needs | None:
    """The latest ratings; None where nobody has assessed the programme.

    `reach` is the level to which people on the way can bring a capability, by its id.
    """
    if not ratings:
        return None
    latest = [row for row in ratings if row["assessment"] == ratings[0]["assessment"]]
    first = latest[0]
    framework = "own framework" if first["framework"] == "own" else first["framework"]
    method = ", ".join(words.apart(part) for part in (framework, first["method"]) if part)
    chart = dumbbell([NeedMark(row["name"], row["level"], row["target"], _closing(row, reach)) for row in latest])
    assessments = len({row["assessment"] for row in ratings})
    return Needs(chart, words.day(first["assessed_on"]), method, assessments, tuple(_sentences(latest, ratings, today)))


def _sentences(latest: Sequence[Row], ratings: Sequence[Row], today: date) -> Iterator[str]:
    """How many targets are reached, what rose and fell since the assessment before, and whether it is time for one."""
    reached = sum(row["level"] >= row["target"] for row in latest)
    if reached == len(latest):
        yield "Every target is reached: by this assessment it is ready to stand alone."
    else:
        yield f"Targets reached: {reached} of {len(latest)}."
    before = {row["capability"]: row for row in reversed(ratings) if row["assessment"] != latest[0]["assessment"]}
    steps = [row["level"] - before[row["capability"]]["level"] for row in latest if row["capability"] in before]
    if steps:
        since = words.day(max(before.values(), key=lambda row: str(row["day"]))["assessed_on"])
        rose, fell = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
        yield f"Since {since}: {words.counted(rose, 'level')} up, {fell} down."
    age = today - date.fromisoformat(latest[0]["day"])
    if age > _STALE and reached < len(latest):
        months = round(age.days / _MONTH)
        yield f"The assessment is {months} months old; assess again, since matching starts from these gaps."


def _closing(row: Row, reach: Mapping[str, float]) -> float:
    """How many levels of the gap people on the way close; nobody brings a programme above its target."""
    best: float = min(reach.get(row["capability"], 0.0), row["target"])
    return max(0.0, best - float(row["level"]))


def carriers(rows: Sequence[Row], today: date) -> Carriers:
    """The engagements of the programme over the years."""
    stints = [_stint(row) for row in rows if row["first"]]
    return Carriers(gantt(stints, today), len(rows) - len(stints))


def gaps(relays: Sequence[Relay], rows: Sequence[Row], today: date) -> tuple[RelayGap, ...]:
    """The relays nobody takes over: those ahead, and those behind as long as no engagement of `rows` goes on."""
    now = today.isoformat()
    goes_on = any(not row["last"] or row["last"] >= now for row in rows if row["first"])
    return tuple(_gap(relay, now) for relay in relays if relay.end >= now or not goes_on)


def gaps_ahead(relays: Sequence[Relay], today: date) -> tuple[RelayGap, ...]:
    """The relays that nobody takes over from today on, of whatever programmes."""
    now = today.isoformat()
    return tuple(_gap(relay, now) for relay in relays if relay.end >= now)


def _gap(relay: Relay, now: str) -> RelayGap:
    ahead = relay.end >= now
    who = f" by {words.apart(relay.carrier_name)}" if relay.carrier_name else ""
    what = f"The {words.kind(relay.kind).lower()}{who} {'ends' if ahead else 'ended'}"
    left = listed([words.apart(each.name) for each in relay.dropped])
    behind = f"no successor for {left} and nobody local who has taken it over" if left else "no successor"
    learners = dict.fromkeys(words.apart(each.name) for drop in relay.dropped for each in drop.on_the_way)
    way = f"; {listed(list(learners))} {'is' if len(learners) == 1 else 'are'} on the way" if learners else ""
    when = f"{'on' if ahead else 'since'} {words.day(relay.end)}"
    return RelayGap(
        relay.programme,
        relay.programme_name,
        relay.end,
        when,
        f"{what} with {behind}{way}.",
        relay.candidates if ahead else (),
    )


def _stint(row: Row) -> Stint:
    about = f" · {words.apart(row['about'][0])}" if row["about"] else ""
    return Stint(
        who=row["name"] or words.UNKNOWN,
        what=f"{words.KIND.get(row['label'], row['label'])}{about}",
        start=date.fromisoformat(row["first"]),
        end=date.fromisoformat(row["last"]) + timedelta(days=1) if row["last"] else None,
        channel=row["label"].lower(),
        href=url_for("engagements.show", kind=row["label"], record_id=row["id"]),
    )
