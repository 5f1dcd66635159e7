"""Windows in words.

What became of a network in one sentence; of two windows what changed, the weightiest first, and whether the records say
so or their late entry.
"""

from collections.abc import Iterator, Sequence

from graph.evolution.log.windows import date_of, day_of
from graph.evolution.measures.communities import Fate
from graph.evolution.measures.counting import Count
from graph.evolution.measures.measures import WindowMeasures
from graph.services.network.compare import EntryVerdict, WindowComparison
from graph.services.transfers.actors import Level
from webapp.presenters import words
from webapp.presenters.network.nouns import NOUN, NOUNS
from webapp.presenters.network.terms import of_shares
from webapp.urls.network import until

SENTENCES = 10
_NAMED = 3
_WORTH = 0.02

_NOTABLE = 0.05  # a change of a share that is worth a word
_MOSTLY = 0.5

Weighed = tuple[float, str]
"""How much a sentence weighs, from 0 to 1, and the sentence."""


def brief(found: WindowComparison) -> list[str]:
    """At most ten sentences. The counts and the verdict come first, then whatever changed most."""
    nothing = _nothing(found)
    if nothing:
        return [*nothing, *_order(found)]
    then, now = found.measures
    if not then.ties or not now.ties:
        return [_counts(found), *_order(found), *_entry(found), *_emptied(found)]
    return [_counts(found), *_order(found), *_entry(found), *_weightiest(found)][:SENTENCES]


def sentences(found: WindowComparison) -> list[str]:
    """The two weightiest changes, and whether the records mean them or their late entry: what to say beside counts."""
    nothing = _nothing(found)
    if nothing:
        return nothing
    if not all(each.ties for each in found.measures):
        return [_counts(found), *_entry(found), *_emptied(found)][:_NAMED]
    return [*_weightiest(found)[: _NAMED - 1], *_entry(found)]


def _nothing(found: WindowComparison) -> list[str]:
    """Why there is nothing to compare, if there is nothing."""
    then, now = found.measures
    if found.query.then == found.query.now:
        return [f"Both windows are {then.window}, so nothing changed."]
    if not then.ties and not now.ties:
        return [f"No tie between {NOUN[found.query.level]} holds in {then.window} or in {now.window}."]
    return []


def _weightiest(found: WindowComparison) -> list[str]:
    """What changed by enough to be worth a sentence, the most first."""
    changes = sorted(_changes(found), key=lambda weighed: -weighed[0])
    return [sentence for weight, sentence in changes if weight >= _WORTH]


def _counts(found: WindowComparison) -> str:
    then, now = found.measures
    way = "rose" if now.ties > then.ties else "fell" if now.ties < then.ties else "stayed at the same number"
    ties = found.ties
    course = f"from {then.ties:,} in {then.window} to {now.ties:,} in {now.window}"
    parts = f"{len(ties.gained):,} gained, {len(ties.kept):,} kept, {len(ties.lost):,} lost"
    return f"Ties between {NOUN[found.query.level]} {way}, {course}: {parts}."


def _emptied(found: WindowComparison) -> list[str]:
    """Who came or went, and that a share of nothing is none to hold others against."""
    empty = next(each for each in found.measures if not each.ties)
    nothing = f"Nothing holds in {empty.window}, so shares, brokers and communities are not compared."
    return [nothing, *(sentence for _, sentence in _actors(found))]


def _order(found: WindowComparison) -> list[str]:
    """What to know about the windows themselves."""
    then, now = found.query.then, found.query.now
    both = min(then.last_exclusive, now.last_exclusive) - max(then.first, now.first)
    if both > 0 and then != now:
        return [f"The two windows share {_days(both)}; a tie that holds then counts as kept.", *_unfinished(found)]
    if then.days and now.days and abs(then.days - now.days) > 0.1 * max(then.days, now.days):
        uneven = f"They are not equally long, {_days(then.days)} and {_days(now.days)}, so counts compare badly."
        return [uneven, *_unfinished(found)]
    return _unfinished(found)


def _unfinished(found: WindowComparison) -> list[str]:
    """That the later window goes on after today or after the last entry, so that fewer ties there may mean nothing."""
    counted = until(found.query.now, found.query)
    if counted:
        return [f"{found.query.now} is counted {counted}; what is planned is not in it."]
    last = found.recorded_until
    if last is None or found.query.now.last_exclusive <= day_of(last) + 1:
        return []
    entered = f"The last entry in the records is of {words.day(last.isoformat())}"
    return [f"{entered}, before {found.query.now} ends: what begins later is not in it."]


def _entry(found: WindowComparison) -> list[str]:
    """Whether the ties gained are new or entered late."""
    entered, verdict = found.entered, found.verdict
    if verdict is EntryVerdict.NOTHING_NEW:
        return []
    of = f"Of {words.counted(entered.contacts, 'new contact')}"
    if verdict is EntryVerdict.CHANGE:
        soon = entered.contacts - entered.late
        sentence = f"{of} {soon:,} {_was(soon)}" if entered.late else _all_were(entered.contacts)
        return [f"{sentence} recorded within a year of beginning: this is a real change."]
    if verdict is EntryVerdict.MIXED:
        late = f"{of} {entered.late:,} {_was(entered.late)} recorded a year or more after beginning, at different times"
        return [f"{late}: part of this change is late entry."]
    first, last = (words.day(date_of(day).isoformat()) for day in (entered.first, entered.last))
    when = f"on {first}" if first == last else f"between {first} and {last}"
    burst = f"{of} {entered.burst:,} {_was(entered.burst)} recorded {when}, on the median {_years(entered.delay)} late"
    if verdict is EntryVerdict.TOGETHER:
        return [f"{burst}; so was most of {found.measures[0].window}: entered together, both windows compare fairly."]
    return [f"{burst}: this is late entry, not growth."]


def _all_were(contacts: int) -> str:
    return "The only new contact was" if contacts == 1 else f"All {contacts:,} new contacts were"


def _changes(found: WindowComparison) -> Iterator[Weighed]:
    yield from _actors(found)
    yield from _brokers(found)
    yield from _communities(found)
    yield from _flows(found)
    yield from _donors(found)
    yield from _shape(found)


def _actors(found: WindowComparison) -> Iterator[Weighed]:
    everybody = len(found.actors.gained) + len(found.actors.kept) + len(found.actors.lost)
    level = found.query.level
    for part, way in ((found.actors.gained, "came in"), (found.actors.lost, "are no longer tied")):
        if part:
            names = _names([actor.name for actor in part])
            yield len(part) / everybody, f"{len(part):,} of {words.counted(everybody, *NOUNS[level])} {way}: {names}."


def _brokers(found: WindowComparison) -> Iterator[Weighed]:
    new, gone = ([each.actor.name for each in part] for part in (found.brokers.gained, found.brokers.lost))
    weight = (len(new) + len(gone)) / (len(new) + len(gone) + len(found.brokers.kept) or 1)
    if new and gone:
        yield weight, f"Among the leading brokers {_names(new)} took the place of {_names(gone)}."
    elif new or gone:
        yield weight, f"{'New' if new else 'No longer'} among the leading brokers: {_names(new or gone)}."


def _communities(found: WindowComparison) -> Iterator[Weighed]:
    everybody = max(found.measures[0].actors, found.measures[1].actors, 1)
    for each in found.communities[:_NAMED]:
        size = max(sum(part.size for part in each.then), sum(part.size for part in each.now))
        then, now = ([f"{part.leading.name} ({part.size:,})" for part in side] for side in (each.then, each.now))
        yield 0.9 * size / everybody, _FATES[each.fate].format(_names(then), _names(now))


_FATES = {
    Fate.MERGE: "The communities around {} merged into one around {}.",
    Fate.SPLIT: "The community around {} split into those around {}.",
    Fate.BIRTH: "A community formed around {1}.",
    Fate.DEATH: "The community around {} dissolved.",
}


def _flows(found: WindowComparison) -> Iterator[Weighed]:
    """The flow between two regions whose share of all changed most."""
    if found.query.level is Level.REGION:
        return
    shares = [_shares(found, side) for side in (0, 1)]
    pairs = sorted({*shares[0], *shares[1]})
    if not pairs:
        return
    most = max(pairs, key=lambda pair: abs(shares[1].get(pair, 0.0) - shares[0].get(pair, 0.0)))
    then, now = (share.get(most, 0.0) for share in shares)
    what = f"within {most[0]}" if most[0] == most[1] else f"from {most[0]} to {most[1]}"
    unit = of_shares(found.query).unit
    yield abs(now - then), f"Of all {unit} {words.percent(now)} run {what}, {_against(then, now)}."


def _shares(found: WindowComparison, side: int) -> dict[tuple[str, str], float]:
    matrix = found.flows[side]
    total = matrix.total or 1
    return {
        (giver, receiver): count / total
        for giver, row in zip(matrix.regions, matrix.counts, strict=True)
        for receiver, count in zip(matrix.regions, row, strict=True)
    }


def _donors(found: WindowComparison) -> Iterator[Weighed]:
    """The leading donor and what comes from outside, as the tables of the page have them."""
    then, now = found.measures
    unit = of_shares(found.query).unit
    if now.donor_top:
        leading = words.apart(found.funders[now.donor_top.actor])
        before = next((donor.share[0] for donor in found.donors if donor.id == now.donor_top.actor), 0.0)
        sentence = f"{leading} pays for {words.percent(now.donor_top.value)} of {unit} with a known funder"
        weight = max(abs(now.donor_top.value - before), 0.05)
        yield weight, f"{sentence}, {_against(before, now.donor_top.value)}{_other_led(found)}."
    if then.donor_outside is not None and now.donor_outside is not None:
        sentence = f"{words.percent(now.donor_outside)} of {unit} with a known funder are paid from outside"
        yield (
            abs(now.donor_outside - then.donor_outside),
            f"{sentence}, {_against(then.donor_outside, now.donor_outside)}.",
        )
    shares = [_unfunded(each, unit) for each in found.measures]
    if found.donors and shares[0] != shares[1]:
        sentence = f"No funder is known for {words.percent(shares[1])} of {unit}, {_against(*shares)}."
        yield abs(shares[1] - shares[0]), sentence


def _other_led(found: WindowComparison) -> str:
    """Who led then, where that was another donor."""
    then, now = (each.donor_top for each in found.measures)
    if not then or not now or then.actor == now.actor:
        return ""
    return f"; then {words.apart(found.funders[then.actor])} led with {words.percent(then.value)}"


def _unfunded(found: WindowMeasures, unit: str) -> float:
    whole = next((each.funded + each.unknown for each in found.donors if each.unit == unit), 0.0)
    return found.unfunded / whole if whole else 0.0


def _shape(found: WindowComparison) -> Iterator[Weighed]:
    then, now = found.measures
    if then.south_south is not None and now.south_south is not None:
        unit = of_shares(found.query).unit
        sentence = f"{words.percent(now.south_south)} of {unit} hold within the South"
        yield abs(now.south_south - then.south_south), f"{sentence}, {_against(then.south_south, now.south_south)}."
    if then.ties and now.ties:
        sentence = f"The largest component holds {words.percent(now.giant_share)} of those tied"
        yield abs(now.giant_share - then.giant_share), f"{sentence}, {_against(then.giant_share, now.giant_share)}."


def _against(then: float, now: float) -> str:
    return f"against {words.percent(then)} then" if words.points(then, now) else "as then"


def _names(names: Sequence[str]) -> str:
    """The first few names, and how many there are beside."""
    shown, rest = [words.apart(name) for name in names[:_NAMED]], len(names) - _NAMED
    if rest > 0:
        shown.append(f"{rest:,} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _days(number: int) -> str:
    return words.counted(number, "day")


def _years(days: float) -> str:
    return words.counted(max(1, round(days / 365.25)), "year")


def _was(number: int) -> str:
    return words.form_of(number, "was", "were")


def headline(windows: Sequence[WindowMeasures], nouns: tuple[str, str], count: Count = Count.ENGAGEMENTS) -> str:
    """The South-South share and the leading donor's from the first to the last window; growth where neither is known.

    `nouns` are the words for one actor and for several, `count` is what shares count.
    A share is told where at least half of what its window counts is known: half of it placed, half of it funded.
    """
    first, last = windows[0], windows[-1]
    if not any(each.contacts for each in windows):
        held = f"in {first.window}" if first is last else f"from {first.window} to {last.window}"
        return f"No tie between {nouns[1]} {held}"
    sentence = "; ".join((*_south(windows, count), *_leading_donor(windows, count)))
    return f"{sentence[0].upper()}{sentence[1:]}" if sentence else _growth(first, last, nouns)


def _growth(first: WindowMeasures, last: WindowMeasures, nouns: tuple[str, str]) -> str:
    if first is last:
        return f"{words.counted(first.actors, *nouns)}, {words.counted(first.ties, 'tie')} in {first.window}"
    ties = f"From {first.ties:,} to {words.counted(last.ties, 'tie')} between {nouns[1]}"
    return f"{ties}, {first.window} to {last.window}"


def _south(windows: Sequence[WindowMeasures], count: Count) -> Iterator[str]:
    known = [
        (found, found.south_south)
        for found in windows
        if found.south_south is not None and 2 * found.unplaced <= _whole(found, count)
    ]
    if not known or not max(share for _, share in known):
        return
    (then, before), (now, after) = known[0], known[-1]
    sentence = f"{words.percent(after)} of {count.unit} in {now.window}"
    if then is now:
        yield f"{sentence} hold within the South"
    else:
        yield f"{_moved(before, after)}: {sentence}, {words.percent(before)} in {then.window}"


def _moved(before: float, after: float) -> str:
    if (before >= _MOSTLY) != (after >= _MOSTLY):
        return f"Know-how {'now' if after >= _MOSTLY else 'no longer'} moves mostly within the South"
    if abs(after - before) < _NOTABLE:
        return "As much know-how moves within the South as before"
    return f"{'More' if after > before else 'Less'} know-how moves within the South"


def _leading_donor(windows: Sequence[WindowMeasures], count: Count) -> Iterator[str]:
    """The leading donor's share as the table has it, in the first and the last window in which there is one."""
    known = [
        (found, found.donor_top.value)
        for found in windows
        if found.donor_top and 2 * found.unfunded <= _whole(found, count)
    ]
    if not known:
        return
    (then, before), (now, after) = known[0], known[-1]
    whole = f"of {count.unit} with a known funder"
    if then is now:
        yield f"the leading donor pays for {words.percent(after)} {whole} in {now.window}"
        return
    if not words.points(before, after):
        yield f"the leading donor's share {whole} is {words.percent(after)} in {now.window} as in {then.window}"
        return
    way = "rose" if after > before else "fell"
    course = f"from {words.percent(before)} in {then.window} to {words.percent(after)} in {now.window}"
    yield f"the leading donor's share {whole} {way} {course}"


def _whole(found: WindowMeasures, count: Count) -> float:
    """All that shares and donors count in a window, whoever pays for it."""
    return next((each.funded + each.unknown for each in found.donors if each.unit == count.unit), 0.0)
