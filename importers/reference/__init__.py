"""Reference records out of installed packages: places, languages and what people can be good at."""

from collections.abc import Iterator

from graph.domain.records import Record
from importers.reference.areas import areas
from importers.reference.frameworks import first, nice
from importers.reference.places import countries, languages, regions

__all__ = ["areas", "read"]


def read() -> Iterator[Record]:
    """Every reference record, each after the records its ties point to; the same in every run."""
    yield from regions()
    yield from countries()
    yield from languages()
    yield from areas()
    yield from nice()
    yield from first()
