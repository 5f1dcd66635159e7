"""The table of sources: one line for each kind of file Baton can read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from graph.domain.outcomes import Outcome
from graph.errors import InvalidValue
from importers import cordis, people, ror, ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user says about a file beside its source.

    `today` is the day by which an engagement is planned, active or over, `mapping` is ours -> theirs for tables
    without a fixed layout, `dataset` names the data set (by default after the file).
    """

    today: date
    mapping: Mapping[str, str] = field(default_factory=dict)
    dataset: str = ""

    def dataset_of(self, path: Path) -> str:
        """The name given, else the file's own without its ending."""
        return self.dataset.strip() or path.stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A kind of file: its name in commands, its title, whether it needs a mapping, the endings it may have.

    `read` gives the records, rejections and warnings of a file, in an order fit for writing; consume it whole before
    writing anything, since a file that breaks off raises late. It raises InvalidValue for an unfit mapping and
    (Unreadable) an unfit file. `stamp` gives the `source` that all its records carry. A `whole` file states all of that
    source, so what it leaves out may be retired; a register comes in extracts, and what one extract leaves out still
    holds.
    """

    name: str
    title: str
    needs_mapping: bool
    whole: bool
    formats: tuple[str, ...]
    columns: tuple[str, ...]
    read: Callable[[Path, Options], Iterator[Outcome]]
    stamp: Callable[[Path, Options], str]


_TABLES = (".csv", ".xlsx")

_ALL = (
    Source(
        name="ror",
        title="Research Organization Registry, schema v2",
        needs_mapping=False,
        whole=False,
        formats=(".json",),
        columns=(),
        read=lambda path, options: ror.read(path),
        stamp=lambda path, options: ror.SOURCE,
    ),
    Source(
        name="cordis",
        title="CORDIS, Horizon 2020 participations",
        needs_mapping=False,
        whole=False,
        formats=_TABLES,
        columns=cordis.COLUMNS,
        read=lambda path, options: cordis.read(path, options.today),
        stamp=lambda path, options: cordis.SOURCE,
    ),
    Source(
        name="people",
        title="People out of any table",
        needs_mapping=True,
        whole=True,
        formats=_TABLES,
        columns=people.COLUMNS,
        read=lambda path, options: people.read(path, options.mapping, options.dataset_of(path)),
        stamp=lambda path, options: people.source_name(options.dataset_of(path)),
    ),
    Source(
        name="ties",
        title="Engagements out of any table",
        needs_mapping=True,
        whole=True,
        formats=_TABLES,
        columns=ties.COLUMNS,
        read=lambda path, options: ties.read(path, options.mapping, options.dataset_of(path), options.today),
        stamp=lambda path, options: ties.source_name(options.dataset_of(path)),
    ),
)

SOURCES: Mapping[str, Source] = {source.name: source for source in _ALL}


def find(name: str) -> Source:
    """The source of that name. Raises InvalidValue for another name."""
    if name not in SOURCES:
        raise InvalidValue("source", name, f"is not a source; use {', '.join(SOURCES)}")
    return SOURCES[name]
