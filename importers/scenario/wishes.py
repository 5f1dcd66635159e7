"""Which openings some of the invented people would take, the dearest first."""

from collections.abc import Iterable, Iterator
from random import Random

from graph.domain.dates import PartialDate
from graph.domain.marks import Purpose, Tlp
from graph.domain.people import Expert
from graph.domain.programmes import LEARNING, Opening
from graph.domain.records import Record
from importers.scenario.clock import TODAY

_PEOPLE = 40
_RANKED = 3


def wishes(records: Iterable[Record]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Some people (id) with openings (ids) that ask for what they can do and still take people.

    They do not go by how well they fit: dice of their own decide, so that wishes and points tell different stories.
    """
    experts: list[Expert] = []
    openings: list[Opening] = []
    for record in records:
        if isinstance(record, Expert) and Purpose.MATCHING in record.consents and record.tlp is not Tlp.RED:
            experts.append(record)
        if isinstance(record, Opening) and _takes_people(record.deadline or record.end, record):
            openings.append(record)
    for expert in experts[: -_PEOPLE - 1 : -1]:  # those with a story come last in the scenario
        held = {each.target for each in expert.capabilities}
        fitting = [opening.id for opening in openings if held & {need.target for need in opening.needs}]
        chosen = Random(f"wishes of {expert.id}").sample(fitting, min(len(fitting), _RANKED))
        if chosen:
            yield expert.id, tuple(chosen)


def _takes_people(last: PartialDate, opening: Opening) -> bool:
    return last.last >= TODAY and opening.kind not in LEARNING and opening.tlp is not Tlp.RED
