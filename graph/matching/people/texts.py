"""Word weights: how much of what a need says stands in what people say about themselves, in any language.

Term frequency grows ever slower, rare words count more (inverse document frequency); see Robertson and Zaragoza, The
Probabilistic Relevance Framework: BM25 and Beyond, 2009. The length of a profile is left out on purpose: who writes
more never loses by it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby, pairwise

import numpy as np

from graph.domain.records import fold
from graph.matching.columns import Flags, Fractions, Indexes, frozen

Terms = tuple[tuple[str, int], ...]
"""The terms of a text and how often each occurs, in the order of the terms."""

_PLAIN = re.compile("[a-z]+")
_STEM = 5
_LINES = 16_384  # some megabytes, and most of the words of five thousand people
_HALF = 0.5  # occurrences at which a term counts half of the most it ever can; the first counts two thirds
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """What n people say, by term: those who use term t are `person[start[t]:start[t + 1]]`, with `strength` in [0, 1].

    `states` (n,) says who uses any word at all.
    """

    index: Mapping[str, int]
    start: Indexes
    person: Indexes
    strength: Fractions
    states: Flags

    def rarity(self, term: str) -> float:
        """log(1 + n / (1 + d)) for a term that d of the n people use: never less than 0, most for one nobody uses."""
        place = self.index.get(term)
        users = 0 if place is None else int(self.start[place + 1] - self.start[place])
        return float(np.log1p(len(self.states) / (1 + users)))

    def weights(self, terms: Terms) -> dict[str, float]:
        """How much each term of a need weighs: its rarity, once for either side, times 1 + log(occurrences)."""
        return {term: self.rarity(term) ** 2 * (1.0 + float(np.log(count))) for term, count in terms}

    def affinity(self, terms: Terms) -> Fractions:
        """The weighed share of these terms that each person uses, shape (n,), in [0, 1]. O(terms + their users)."""
        weights = self.weights(terms)
        said = np.zeros(len(self.states))
        for term, weight in weights.items():
            place = self.index.get(term)
            if place is not None:
                users = slice(self.start[place], self.start[place + 1])
                said[self.person[users]] += weight * self.strength[users]
        return said / (sum(weights.values()) or 1.0)

    def common(self, terms: Terms, person: int, most: int) -> tuple[str, ...]:
        """The words, heaviest first and then by the alphabet, that the need and this person both use."""
        weights = self.weights(terms)
        used = [term for term in weights if not term.endswith("*") and self._uses(person, term)]
        return tuple(sorted(used, key=lambda term: (-weights[term], term))[:most])

    def _uses(self, person: int, term: str) -> bool:
        place = self.index.get(term)
        return place is not None and person in self.person[self.start[place] : self.start[place + 1]]


def read_texts(texts: Sequence[str], people: int) -> Texts:
    """Count the words of each person; without any texts nobody says anything.

    Complexity: O(length of the texts).
    """
    counted = [_counted(text) for text in texts] or [Counter[str]() for _ in range(people)]
    index = {term: place for place, term in enumerate(sorted({term for counts in counted for term in counts}))}
    rows = [(index[term], row, times) for row, counts in enumerate(counted) for term, times in counts.items()]
    term, person, times = np.array(sorted(rows), np.int64).reshape(-1, 3).T
    return Texts(
        index=index,
        start=frozen(np.searchsorted(term, np.arange(len(index) + 1)).astype(np.int32)),
        person=frozen(person.astype(np.int32)),
        strength=frozen(times / (times + _HALF)),
        states=frozen(np.array([bool(counts) for counts in counted], np.bool_)),
    )


def count_terms(text: str) -> Terms:
    """The terms of one text with their numbers."""
    return tuple(sorted(_counted(text).items()))


def _counted(text: str) -> Counter[str]:
    """A line at a time, since no word runs over its end and many people name the same capabilities."""
    return Counter(chain.from_iterable(map(_terms_of_line, text.splitlines())))


@lru_cache(_LINES)
def _terms_of_line(line: str) -> tuple[str, ...]:
    return tuple(terms(line))


def terms(text: str) -> Iterator[str]:
    """The folded words of a text, and of the longer ones the first letters with a star, so that endings matter less.

    Scripts that put no spaces between words give pairs of neighbouring characters instead. Numbers are no words.

    >>> list(terms("Forensic labs, since 2019"))
    ['forensic', 'foren*', 'labs', 'since']
    """
    folded = fold(text)
    for word in _PLAIN.findall(folded) if folded.isascii() else _words(folded):
        if len(word) > 1:
            yield from _terms(word)


def _words(folded: str) -> Iterator[str]:
    """Unbroken runs of letters and marks: vowel signs belong to their word, which `re` does not know."""
    for is_word, characters in groupby(folded, key=lambda character: unicodedata.category(character)[0] in "LM"):
        if is_word:
            yield "".join(characters)


def _terms(word: str) -> Iterator[str]:
    if not word[0].isascii() and unicodedata.name(word[0], "").startswith(_UNSPACED):
        yield from (one + other for one, other in pairwise(word))
        return
    yield word
    if len(word) > _STEM:
        yield f"{word[:_STEM]}*"
