"""How near the words of a need come to what people say and have done, document by document, in any language.

Documents are compared by the cosine of their terms, each weighed by how often it occurs and how rare it is (term
frequency and inverse document frequency; Salton and Buckley, Term-weighting approaches in automatic text retrieval,
1988), and a person counts by the best three of theirs. How rare a term is for somebody is counted over the documents of
all others, and fewer than three documents count as nothing in place of those that are missing: so one more document
never lowers what a person has, and to withhold one never pays.
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
from graph.matching.columns import Flags, Fractions, Indexes, check_length, frozen, integers
from graph.matching.people.stop_words import STOP_WORDS

Terms = tuple[tuple[str, int], ...]
"""The terms of a text and how often each occurs, in the order of the terms."""

BEST = 3
"""So many of a person's documents count."""

_PLAIN = re.compile("[a-z]+")
_STEM = 5
_LINES = 16_384  # some megabytes, and most of the words of five thousand people
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextColumns:
    """What people say and have done in words, a row a document: person, text."""

    person: Sequence[int] = ()
    text: Sequence[str] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The d documents of n people, by term, without those that have no term.

    `owner` (d,) is ascending, `documents` (n,) counts those of each person. Term t stands in the documents
    `document[start[t]:start[t + 1]]`, where `share` is what it adds to their cosine for each 1 + log of how often the
    need has it. It is used by the people `user[first[t]:first[t + 1]]`, of `user_kind`, for whom `square` is the square
    of how rare it is. People with equally many documents are of one `kind` (n,), for which `others` (k,) says how many
    the others have, and one more. `many` are the documents of whoever has more than count.
    """

    owner: Indexes
    documents: Indexes
    kind: Indexes
    others: Fractions
    index: Mapping[str, int]
    start: Indexes
    document: Indexes
    share: Fractions
    first: Indexes
    user: Indexes
    user_kind: Indexes
    square: Fractions
    many: Indexes

    @property
    def states(self) -> Flags:
        """Who says anything (n,)."""
        return self.documents > 0

    @property
    def missing(self) -> Fractions:
        """The part of the documents that count which each person has not got, shape (n,)."""
        missing: Fractions = np.maximum(BEST - self.documents, 0) / BEST
        return missing

    def affinity(self, terms: Terms) -> Fractions:
        """The sum over the best three documents of each person of their cosine with these terms, over three.

        Arguments: `terms`, those of the need, with how often each occurs.
        Returns: one number a person (n,), in [0, 1]; 0 without terms.
        Complexity: O(terms + their documents), and a sort of the documents of those who have more than three.
        """
        if not terms:
            return np.zeros(len(self.documents))
        places, often = self._read(terms)
        unused = self._squares_unused(places)
        cosines, squares = np.zeros(len(self.owner)), (often**2 @ unused)[self.kind]
        for row, place in enumerate(places):
            if place is not None:
                there, users = _between(self.start, place), _between(self.first, place)
                cosines[self.document[there]] += often[row] * self.share[there]
                more = self.square[users] - unused[row][self.user_kind[users]]
                squares[self.user[users]] += often[row] ** 2 * more
        return self._best_of(cosines / np.sqrt(squares[self.owner]))

    def common(self, terms: Terms, person: int, most: int) -> tuple[str, ...]:
        """The words, rarest first and then by the alphabet, that the need and this person both use."""
        squares = {term: self._square_for(person, term) for term, _ in terms if not term.endswith("*")}
        used = {term: square for term, square in squares.items() if square}
        return tuple(sorted(used, key=lambda term: (-used[term], term))[:most])

    def _read(self, terms: Terms) -> tuple[list[int | None], Fractions]:
        """The places of terms, None for what nobody uses, and 1 + log of how often each occurs (t,)."""
        often: Fractions = 1.0 + np.log([count for _, count in terms])
        return [self.index.get(term) for term, _ in terms], often

    def _squares_unused(self, places: Sequence[int | None]) -> Fractions:
        """The square of how rare terms are for people who do not use them, by kind (t, k)."""
        found = [0 if place is None else self.start[place + 1] - self.start[place] for place in places]
        squares: Fractions = np.log1p(self.others / (1 + np.array(found)[:, np.newaxis])) ** 2
        return squares

    def _square_for(self, person: int, term: str) -> float:
        """The square of how rare a term is for somebody who uses it; 0 for who does not."""
        place = self.index.get(term)
        if place is None:
            return 0.0
        users = _between(self.first, place)
        return float(self.square[users][self.user[users] == person].sum())

    def _best_of(self, cosines: Fractions) -> Fractions:
        """The sum of the best `BEST` of these (d,) of each person, over as many; shape (n,)."""
        if (many := self.many).size:
            order = many[np.lexsort((-cosines[many], self.owner[many]))]
            owner = self.owner[order]
            cosines[order[np.arange(len(order)) - np.searchsorted(owner, owner) >= BEST]] = 0.0
        sums = np.bincount(self.owner, cosines, len(self.documents))
        best: Fractions = np.minimum(sums / BEST, 1.0)
        return best


def read_texts(columns: TextColumns, people: int) -> Texts:
    """Count the words of every document of n people; one without terms is none.

    Arguments: `columns`, the documents; `people`, how many people there are.
    Returns: the documents by term. For person p, who has N(p) of N documents, a term that stands in d, d(p) of them of
    p, is so rare as log(1 + (1 + N - N(p)) / (1 + d - d(p))).
    Raises: InvalidValue for a person who is not there.
    Complexity: O(length of the texts), and a sort of the terms by document.
    """
    person = integers("text.person", columns.person, 0, people)
    check_length("text.text", len(columns.text), len(person))
    counted = [
        (who, counts) for who, text in zip(person.tolist(), columns.text, strict=True) if (counts := _counted(text))
    ]
    counted.sort(key=lambda one: one[0])
    owner = np.array([who for who, _ in counted], np.int32)
    index = {term: place for place, term in enumerate(sorted({term for _, counts in counted for term in counts}))}
    rows = [(index[term], row, times) for row, (_, counts) in enumerate(counted) for term, times in counts.items()]
    term, document, times = np.array(sorted(rows), np.int64).reshape(-1, 3).T
    documents = np.bincount(owner, minlength=people)
    kinds, kind = np.unique(documents, return_inverse=True)
    uses, which, own = np.unique(term * max(people, 1) + owner[document], return_inverse=True, return_counts=True)
    used, user = np.divmod(uses, max(people, 1))
    spread = np.bincount(term, minlength=len(index))
    rarity = np.log1p((1 + len(owner) - documents[user]) / (1 + spread[used] - own))
    weight = (1.0 + np.log(times)) * rarity[which]
    length = np.sqrt(np.bincount(document, weight**2, len(owner)))
    places = np.arange(len(index) + 1)
    return Texts(
        owner=frozen(owner),
        documents=frozen(documents.astype(np.int32)),
        kind=frozen(kind.astype(np.int32)),
        others=frozen((1 + len(owner) - kinds).astype(np.float64)),
        index=index,
        start=frozen(np.searchsorted(term, places).astype(np.int32)),
        document=frozen(document.astype(np.int32)),
        share=frozen(rarity[which] * weight / length[document]),
        first=frozen(np.searchsorted(used, places).astype(np.int32)),
        user=frozen(user.astype(np.int32)),
        user_kind=frozen(kind[user].astype(np.int32)),
        square=frozen(rarity**2),
        many=frozen(np.flatnonzero(documents[owner] > BEST).astype(np.int32)),
    )


def _between(starts: Indexes, place: int) -> slice:
    return slice(int(starts[place]), int(starts[place + 1]))


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

    Scripts that put no spaces between words give pairs of neighbouring characters instead. Numbers are no words, and
    stop words are left out.

    >>> list(terms("Forensic labs of the police, since 2019"))
    ['forensic', 'foren*', 'labs', 'police', 'polic*']
    """
    folded = fold(text)
    for word in _PLAIN.findall(folded) if folded.isascii() else _words(folded):
        if len(word) > 1 and word not in STOP_WORDS:
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
