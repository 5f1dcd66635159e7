"""An engine that is killed at any step keeps all of a use case or nothing, and nobody does it twice."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph import engine, schema
from graph.connection import Database, connect_embedded
from graph.domain.agreements import ProposalStatus
from graph.services.imports.ingest import ingest
from graph.services.proposals.settle import settle_proposals
from tests.conftest import WIPE, today
from tests.services.agreement_world import filled
from tests.transactions.dying import chain
from tests.transactions.striking import Stroke, carried_out, steps_of
from tests.transactions.traces import (
    ALL,
    ROUNDS,
    a_draft,
    an_accepted_proposal,
    shape,
    shown_runs,
    whole_portions,
)

Prepare = Callable[[Database], str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where an engine of its own lives, and dies again and again."""
    place = tmp_path_factory.mktemp("dying-engine")
    yield place
    engine.stop(place)


@pytest.fixture
def alone(folder: Path) -> Iterator[Database]:
    with connect_embedded(folder) as graph:
        schema.bootstrap(graph)
        yield graph


def again(graph: Database) -> Database:
    """The small world as it was at first."""
    graph.write(WIPE)
    filled(graph)
    return graph


def strokes(steps: int, round_: int, stays_away: bool) -> Iterator[Stroke]:
    """One at each step; in a single round only one, at the commit or in the middle.

    The first round kills between two steps, the others within one.
    """
    for step in range(1, steps + 1) if ROUNDS > 1 else (steps // 2 if stays_away else steps,):
        delay = random.Random(f"{round_} {step}").uniform(0.0, 0.02) if round_ else 0.0
        yield Stroke(step, delay, stays_away)


@pytest.mark.parametrize("round_", range(ROUNDS))
@pytest.mark.parametrize("stays_away", [False, True], ids=["it comes back", "it stays away"])
@pytest.mark.parametrize(
    ("use_case", "prepare", "status"),
    [
        ("confirm a proposal", an_accepted_proposal, ProposalStatus.CONFIRMED),
        ("publish a plan", a_draft, ProposalStatus.PROPOSED),
    ],
)
def test_an_engine_that_is_killed_within_a_use_case_has_kept_all_of_it_or_nothing(
    alone: Database, folder: Path, use_case: str, prepare: Prepare, status: str, stays_away: bool, round_: int
) -> None:
    steps = steps_of(alone, use_case, prepare(again(alone)))
    done = shape(alone.read(ALL))
    assert steps > 5
    assert status.value in {row["status"] for row in alone.read(ALL) if row["label"] == "Proposal"}

    for stroke in strokes(steps, round_, stays_away):
        subject = prepare(again(alone))
        nothing = shape(alone.read(ALL))

        ended = carried_out(alone, folder, use_case, subject, stroke)

        found = shape(alone.read(ALL))
        assert ended or stays_away, "an engine that comes back is found again, and the use case carried out"
        assert found == done or (found == nothing and not ended), stroke
        assert settle_proposals(alone, today()) == 0


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_an_import_whose_engine_is_killed_and_comes_back_is_complete(
    alone: Database, folder: Path, round_: int
) -> None:
    steps = steps_of(again(alone), "import a file", "chain")

    for stroke in strokes(steps, round_, stays_away=False):
        assert carried_out(again(alone), folder, "import a file", "chain", stroke)

        assert whole_portions(alone.read(ALL)) == 12
        assert shown_runs(alone) == ["complete"]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_an_import_whose_engine_stays_away_leaves_whole_portions_and_is_completed_by_sending_it_again(
    alone: Database, folder: Path, round_: int
) -> None:
    steps, left = steps_of(again(alone), "import a file", "chain"), set()

    for stroke in strokes(steps, round_, stays_away=True):
        ended = carried_out(again(alone), folder, "import a file", "chain", stroke)

        links, shown = whole_portions(alone.read(ALL)), shown_runs(alone)
        left.add(links)
        assert links % 4 == 0
        assert shown in ([], ["interrupted"], ["complete"])
        assert shown == ["complete"] or not ended
        assert shown or not links, "whoever left records is shown"
        assert ingest(alone, "chain", chain()).created == 12 - links
        assert whole_portions(alone.read(ALL)) == 12
        assert shown_runs(alone)[0] == "complete"

    assert left & {4, 8}, "it was killed between two portions, too"
