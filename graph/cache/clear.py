"""Make everything old that is kept of a graph, in every process and on disk."""

from graph.cache import disk
from graph.connection import Graph
from graph.statement import ANNOUNCE


def clear_caches(graph: Graph) -> int:
    """Give every topic a new version and delete the entries on disk; the number of entries deleted. Raises Unavailable.

    A process that still reads from an older version finds at its next look that nothing holds any more.
    """
    graph.write(ANNOUNCE)
    return disk.clear(graph.disk_cache) if graph.disk_cache else 0
