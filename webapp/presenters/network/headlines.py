"""What became of a network, in one sentence: where know-how moves, and whether it hangs on a donor."""

from collections.abc import Iterator, Sequence

from graph.evolution.measures.measures import WindowMeasures
from webapp.presenters import words

_NOTABLE = 0.05  # a change of a share that is worth a word
_MOSTLY = 0.5


def headline(windows: Sequence[WindowMeasures], nouns: tuple[str, str]) -> str:
    """The South-South share and the leading donor's from the first to the last window; growth where neither is known.

    `nouns` are the words for one actor and for several.
    A share counts where at least half of its window is known: half of the ties placed, half of the contacts funded.
    """
    first, last = windows[0], windows[-1]
    if not any(each.contacts for each in windows):
        held = f"in {first.window}" if first is last else f"from {first.window} to {last.window}"
        return f"No tie between {nouns[1]} {held}"
    sentence = "; ".join((*_south(windows), *_donor(windows)))
    return f"{sentence[0].upper()}{sentence[1:]}" if sentence else _growth(first, last, nouns)


def _growth(first: WindowMeasures, last: WindowMeasures, nouns: tuple[str, str]) -> str:
    if first is last:
        return f"{words.counted(first.actors, *nouns)}, {words.counted(first.ties, 'tie')} in {first.window}"
    ties = f"From {first.ties:,} to {words.counted(last.ties, 'tie')} between {nouns[1]}"
    return f"{ties}, {first.window} to {last.window}"


def _south(windows: Sequence[WindowMeasures]) -> Iterator[str]:
    known = [
        (found, found.south_south)
        for found in windows
        if found.south_south is not None and 2 * found.unplaced <= found.ties
    ]
    if not known or not max(share for _, share in known):
        return
    (then, before), (now, after) = known[0], known[-1]
    sentence = f"{words.percent(after)} of ties in {now.window}"
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


def _donor(windows: Sequence[WindowMeasures]) -> Iterator[str]:
    known = [
        (found, found.donor_top.value) for found in windows if found.donor_top and 2 * found.unfunded <= found.contacts
    ]
    if not known:
        return
    (then, before), (now, after) = known[0], known[-1]
    if then is now:
        yield f"the leading donor pays for {words.percent(after)} of contacts"
    elif abs(after - before) < _NOTABLE:
        yield f"the leading donor's share stays at {words.percent(after)}"
    else:
        way = "rose" if after > before else "fell"
        yield f"the leading donor's share {way} from {words.percent(before)} to {words.percent(after)}"
