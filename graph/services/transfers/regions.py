"""The tree of M49 regions: what lies around a region, and which regions lie in the South."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from graph.connection import Graph
from graph.evolution.measures.mixing import NOT_SOUTH, SOUTH
from graph.store import reference


@dataclass(frozen=True, slots=True)
class RegionTree:
    """Region id -> M49 code, name, and the id of the region around it, empty at the top."""

    codes: Mapping[str, str]
    names: Mapping[str, str]
    parents: Mapping[str, str]

    @classmethod
    def read(cls, graph: Graph) -> Self:
        """Out of the reference data."""
        rows = reference.regions(graph)
        id_of = dict(zip(rows["codes"], rows["ids"], strict=True))
        return cls(
            codes=dict(zip(rows["ids"], rows["codes"], strict=True)),
            names=dict(zip(rows["ids"], rows["names"], strict=True)),
            parents={id_: id_of.get(code, "") for id_, code in zip(rows["ids"], rows["parents"], strict=True)},
        )

    @property
    def known(self) -> frozenset[str]:
        """Every id and every name of a region."""
        return frozenset((*self.names, *self.names.values()))

    def around(self, region: str) -> tuple[str, ...]:
        """The region itself and all regions around it, the nearest first; none for an unknown one."""
        if region not in self.codes:
            return ()
        return region, *self.around(self.parents[region])

    def labels_around(self, region: str) -> frozenset[str]:
        """Ids and names of the region and of all around it."""
        return frozenset(label for id_ in self.around(region) for label in (id_, self.names[id_]))

    def is_southern(self, region: str) -> bool:
        """Whether the nearest region around that decides is of the South, as `mixing.SOUTH` has it."""
        codes = (self.codes[id_] for id_ in self.around(region))
        return next((code in SOUTH for code in codes if code in SOUTH | NOT_SOUTH), False)
