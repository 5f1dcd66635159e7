"""What a page says of how good a plan is."""

import pytest

from graph.matching.solvers.plans import Certificate
from graph.services.planning.plan import PlanReport, Proof, Worth
from webapp.presenters.planning.proofs import beside_best, how_proved

CERTIFICATE = Certificate(pairs=2_500_000, candidates=46_000, added=1_200, rounds=3)


def report(total: int, proof: Proof) -> PlanReport:
    worth = Worth(
        total=total,
        openings=1,
        served=1,
        seats=1,
        filled=1,
        worst=total,
        tenth=total,
        asked=None,
        gini=0.0,
        blocking=0,
        busiest=1.0,
    )
    return PlanReport("best", worth, (), (), (), proof)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (report(900, Proof(900, None, 0, CERTIFICATE)), "proved to be the best over all 2,500,000 pairs"),
        (report(900, Proof(900)), "the best total there is"),
        (report(900, Proof(930)), "at most 30 below the best there is"),
        (report(810, Proof()), "10.0 % below the best total"),
    ],
)
def test_a_plan_is_told_beside_the_best_total(plan: PlanReport, words: str) -> None:
    assert beside_best(plan, best=900) == words


def test_a_proof_is_a_sentence_with_the_pairs_it_is_about() -> None:
    assert how_proved(CERTIFICATE) == (
        "The plan is proved to be the best over all 2,500,000 pairs: it was made of 46,000 of them, and by its prices "
        "none of the others could improve it."
    )


@pytest.mark.parametrize(
    ("proof", "proved"),
    [(Proof(900), True), (Proof(930), False), (Proof(900, 900), True), (Proof(900, 950), False), (Proof(), True)],
)
def test_a_plan_is_proved_where_its_bounds_are_what_it_reaches(proof: Proof, proved: bool) -> None:
    assert report(900, proof).is_proved is proved


def test_a_plan_that_may_serve_too_few_is_not_proved() -> None:
    assert not report(900, Proof(900, 900, 1)).is_proved
