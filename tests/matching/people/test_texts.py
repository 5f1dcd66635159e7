"""Words in any script, and that word weights find the right people where counting shared words does not."""

import math
from collections import Counter
from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidValue
from graph.matching.people.texts import TextColumns, Texts, count_terms, read_texts, terms

# A few fields, each with its own words, and the words that everybody uses. Needs ask in other forms of the same words.
FIELDS = {
    "forensics": ("forensics evidence disk imaging chain custody laboratory seizure", "forensic evidence, imaging"),
    "law": ("legislation prosecution treaty jurisdiction court drafting harmonisation", "legislative drafting, courts"),
    "grids": ("substation telemetry industrial control turbine scada outage", "industrial telemetry at substations"),
    "awareness": (
        "campaign schools teachers radio village storytelling children",
        "campaigns for schools and teachers",
    ),
    "malware": ("reversing sandbox unpacking signature ransomware decompiler", "unpacking ransomware, signatures"),
}
COMMON = (
    *("national", "programme", "team", "support", "capacity", "training", "security", "cyber", "work"),
    *("with", "the", "and", "for", "of", "in", "years"),
)


def said(*people: Sequence[str]) -> Texts:
    """What people say, each a few documents."""
    rows = [(row, text) for row, texts in enumerate(people) for text in texts]
    return read_texts(TextColumns(person=[row for row, _ in rows], text=[text for _, text in rows]), len(people))


def _profile(field: str, rng: Random) -> str:
    own = FIELDS[field][0].split()
    words = rng.sample(own, rng.randint(1, 3)) + rng.choices(COMMON, k=rng.randint(4, 14))
    if rng.random() < 0.3:
        words.append(rng.choice(FIELDS[rng.choice(sorted(FIELDS))][0].split()))
    return " ".join(rng.sample(words, len(words)))


def _need(field: str) -> str:
    return f"Support for the national team of the programme: {FIELDS[field][1]}, and training in security with years"


def _ranking_loss(scores: np.ndarray, right: np.ndarray) -> float:
    """The share of pairs (right, wrong) that stand in the wrong order, ties counting half: 0 at best, 0.5 at random."""
    ahead = scores[right][:, np.newaxis] - scores[~right]
    return float((ahead < 0).mean() + (ahead == 0).mean() / 2)


def _losses() -> dict[str, float]:
    rng = Random("people in their own words")
    fields = [rng.choice(sorted(FIELDS)) for _ in range(300)]
    profiles = [_profile(field, rng) for field in fields]
    texts = said(*([profile] for profile in profiles))
    found: dict[str, list[float]] = {"weighed": [], "counted": [], "random": []}
    for field in FIELDS:
        right = np.array([own == field for own in fields])
        need = _need(field)
        asked = {term for term, _ in count_terms(need) if not term.endswith("*")}
        shared = np.array([float(len(asked & set(terms(profile)))) for profile in profiles])
        found["weighed"].append(_ranking_loss(texts.affinity(count_terms(need)), right))
        found["counted"].append(_ranking_loss(shared, right))
        found["random"].append(_ranking_loss(np.array([rng.random() for _ in profiles]), right))
    return {name: float(np.mean(values)) for name, values in found.items()}


def test_word_weights_find_the_right_people_far_better_than_shared_words_or_chance() -> None:
    losses = _losses()
    assert losses["weighed"] < 0.25
    assert losses["weighed"] < 0.6 * losses["counted"]
    assert losses["weighed"] < 0.5 * losses["random"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Équipe, ÉQUIPE", ["equipe", "equip*", "equipe", "equip*"]),
        ("CSIRT 24/7 a", ["csirt"]),
        ("数字取证", ["数字", "字取", "取证"]),
        ("क़ानून", ["कानून"]),
        ("фо́рум", ["форум"]),
    ],
)
def test_text_becomes_terms_in_any_script(text: str, found: list[str]) -> None:
    assert list(terms(text)) == found


def test_affinity_by_hand() -> None:
    texts = said(["law law"], ["law evidence", "court", "of the"], ["", "2019"])
    found = texts.affinity(count_terms("Law, evidence"))
    # For person 0 the need has three terms alike (law, evidence, evide*), each in one of the two documents of others;
    # their document has one of them. For person 1 their first document is the need word for word, whatever it weighs.
    assert found.tolist() == pytest.approx([1 / math.sqrt(3) / 3, 1 / 3, 0.0])
    assert texts.documents.tolist() == [1, 2, 0]
    assert texts.missing.tolist() == pytest.approx([2 / 3, 1 / 3, 1.0])
    assert texts.states.tolist() == [True, True, False]
    assert texts.common(count_terms("law and evidence"), 1, most=5) == ("evidence", "law")
    assert texts.common(count_terms("law and evidence"), 1, most=1) == ("evidence",)
    assert texts.common(count_terms("law and evidence"), 2, most=5) == ()


def test_rare_words_weigh_more_and_more_of_a_word_ever_less() -> None:
    texts = said(["law court"], ["law"], ["law"], ["harbour"])
    need = count_terms("court law law law")
    # Of the three documents of others two have "law" and none "court".
    law, court = math.log(1 + 4 / 3), math.log(1 + 4 / 1)
    asked = (1 + math.log(3)) * law, court
    cosine = (asked[0] * law + asked[1] * court) / (math.hypot(*asked) * math.hypot(law, court))
    assert texts.affinity(need)[0] == pytest.approx(cosine / 3)


def test_the_best_three_documents_count() -> None:
    texts = said(["court", "law x-ray", "law", "law court", "law harbour boats ships"], ["court"])
    alone = [said([text], ["court"]) for text in ("law", "law x-ray", "law court")]
    best = sum(each.affinity(count_terms("law"))[0] for each in alone)
    assert texts.affinity(count_terms("law"))[0] == pytest.approx(best)
    assert texts.missing.tolist() == pytest.approx([0, 2 / 3])


words = st.lists(st.sampled_from(["law", "court", "harbour", "forensics", "networks", "and", "法律"]), max_size=6)
documents = st.lists(words.map(" ".join), max_size=6)


@given(st.lists(documents, min_size=1, max_size=4), words.map(" ".join))
def test_to_withhold_a_document_never_pays(crowd: list[list[str]], need: str) -> None:
    before = said(*crowd).affinity(count_terms(need))[0]
    for place in range(len(crowd[0])):
        fewer = said(crowd[0][:place] + crowd[0][place + 1 :], *crowd[1:])
        after = fewer.affinity(count_terms(need))[0]
        assert after <= before + 1e-12
        if fewer.missing[0]:
            assert before <= after + fewer.missing[0] + 1e-12


@given(st.lists(documents, min_size=1, max_size=4), words.map(" ".join))
def test_affinity_is_what_plain_loops_find(crowd: list[list[str]], need: str) -> None:
    found = said(*crowd).affinity(count_terms(need)).tolist()
    assert found == pytest.approx([plain(crowd, person, need) for person in range(len(crowd))])


def plain(crowd: list[list[str]], person: int, need: str) -> float:
    """The same in plain loops over words."""
    others = [set(terms(text)) for who, texts in enumerate(crowd) for text in texts if who != person and text_of(text)]

    def vector(text: str) -> dict[str, float]:
        return {
            term: (1 + math.log(times)) * math.log(1 + (1 + len(others)) / (1 + sum(term in each for each in others)))
            for term, times in text_of(text).items()
        }

    asked, near = vector(need), []
    for text in crowd[person]:
        weights = vector(text)
        shared = sum(weight * asked.get(term, 0.0) for term, weight in weights.items())
        near.append(shared / (math.hypot(*asked.values()) * math.hypot(*weights.values())) if shared else 0.0)
    return sum(sorted(near)[-3:]) / 3


def text_of(text: str) -> Counter[str]:
    return Counter(terms(text))


@pytest.mark.parametrize(
    "text", ["of the and for", "dans les avec pour", "de los para una", "com para uma das", "для и"]
)
def test_stop_words_are_no_terms_in_any_of_their_languages(text: str) -> None:
    assert list(terms(text)) == []
    assert said([text]).states.tolist() == [False]


def test_without_texts_nobody_says_anything() -> None:
    texts = said([], [])
    assert texts.affinity(count_terms("law")).tolist() == [0.0, 0.0]
    assert texts.states.tolist() == [False, False]
    assert said(["law"]).affinity(count_terms("")).tolist() == [0.0]
    assert said().affinity(count_terms("law")).tolist() == []


def test_a_document_of_nobody_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"text\.person: '2' in row 0 is out of range"):
        read_texts(TextColumns(person=[2], text=["law"]), 2)
    with pytest.raises(InvalidValue, match=r"text\.text: '0' is not the number of rows"):
        read_texts(TextColumns(person=[0], text=[]), 2)
