"""The tree of M49 regions: what lies around a region."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from graph.connection import Graph
from graph.store import reference

_WORLD = "001"


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

    def codes_around(self, region: str) -> tuple[str, ...]:
        """The M49 codes of the region and of all around it."""
        return tuple(self.codes[id_] for id_ in self.around(region))

    def continent(self, region: str) -> str:
        """The region below the world in which a region lies, itself where it is one; empty for an unknown one."""
        around = self.around(region)
        return around[-2] if len(around) > 1 and self.codes[around[-1]] == _WORLD else (around or ("",))[-1]
