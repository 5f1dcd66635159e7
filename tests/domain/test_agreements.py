"""The road of a proposal: every step from every status, allowed or refused in one sentence."""

from itertools import product

import pytest

from graph.domain.agreements import STANDS, STEPS, ProposalStatus, Step, after
from graph.errors import Conflict

D, P, H, E, C, N, X = ProposalStatus
# Written out by hand: what each step makes of draft, proposed, accepted by host, by expert, confirmed, declined and
# expired; a dot is a refusal.
ROAD = {
    Step.PUBLISH: (P, ".", ".", ".", ".", ".", "."),
    Step.HOST_ACCEPTS: (".", H, H, C, C, ".", "."),
    Step.EXPERT_ACCEPTS: (".", E, C, E, C, ".", "."),
    Step.HOST_DECLINES: (".", N, N, N, ".", N, "."),
    Step.EXPERT_DECLINES: (".", N, N, N, ".", N, "."),
    Step.WITHDRAW: (D, D, D, D, ".", ".", "."),
    Step.EXPIRE: (".", X, X, X, ".", ".", X),
}


@pytest.mark.parametrize(("step", "status"), list(product(Step, ProposalStatus)))
def test_a_step_leads_where_the_table_says_or_is_refused(step: Step, status: ProposalStatus) -> None:
    expected = ROAD[step][list(ProposalStatus).index(status)]
    if expected == ".":
        with pytest.raises(Conflict) as refusal:
            after(status, step)
        assert str(refusal.value) == f"The proposal cannot be {step} now: it {STANDS[status]}."
    else:
        assert after(status, step) is expected


def test_both_orders_of_acceptance_lead_to_the_same_place() -> None:
    for one, other in ((Step.HOST_ACCEPTS, Step.EXPERT_ACCEPTS), (Step.EXPERT_ACCEPTS, Step.HOST_ACCEPTS)):
        assert after(after(P, one), other) is C


def test_a_step_taken_again_changes_nothing() -> None:
    for step, road in STEPS.items():
        for reached in set(road.values()) & set(road):
            assert road[reached] is reached or step in (Step.HOST_ACCEPTS, Step.EXPERT_ACCEPTS)


def test_nothing_leaves_what_is_confirmed_declined_or_expired() -> None:
    for road in STEPS.values():
        for end in (C, N, X):
            assert road.get(end, end) is end
