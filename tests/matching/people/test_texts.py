"""Words in any script, and that word weights find the right people where counting shared words does not."""

from random import Random

import numpy as np
import pytest

from graph.matching.people.texts import count_terms, read_texts, terms

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
    texts = read_texts(profiles, len(profiles))
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
    texts = read_texts(["law law", "law evidence", ""], 3)
    # Of 3 people 2 say "law" and 1 says "evidence"; the need asks both once. Said once counts 2/3, twice 4/5.
    law, evidence = np.log1p(3 / 3) ** 2, np.log1p(3 / 2) ** 2
    stem = evidence  # "evide*" is a term of its own
    whole = law + evidence + stem
    expected = [law * 0.8 / whole, (law + evidence + stem) * 2 / 3 / whole, 0.0]
    assert texts.affinity(count_terms("Law, evidence")).tolist() == pytest.approx(expected)
    assert texts.states.tolist() == [True, True, False]
    assert texts.common(count_terms("law and evidence"), 1, most=5) == ("evidence", "law")


def test_rare_words_and_words_nobody_uses_weigh_most() -> None:
    texts = read_texts(["a law", "the law", "the code"], 3)
    assert texts.rarity("unheard") > texts.rarity("code") > texts.rarity("law") > 0


def test_without_texts_nobody_says_anything() -> None:
    texts = read_texts([], 2)
    assert texts.affinity(count_terms("law")).tolist() == [0.0, 0.0]
    assert texts.states.tolist() == [False, False]
