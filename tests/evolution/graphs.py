"""Small logs and their counterparts in networkx, for the tests of evolution."""

from collections.abc import Sequence

import networkx as nx
from hypothesis import strategies as st

from graph.evolution.log.ties import OPEN, TieColumns, TieLog, tie_log
from graph.evolution.log.windows import Window

Row = tuple[int, int, int, int, bool]


def log_of(actors: str, *ties: tuple[str, int, int]) -> TieLog:
    """A log of ties written "a>b" (one way) or "a=b" (mutual), each with its first day and its end."""
    rows = [(actors.index(tie[0]), actors.index(tie[2]), start, end, tie[1] == "=") for tie, start, end in ties]
    return log_of_rows(list(actors), rows)


def log_of_rows(actors: Sequence[str], rows: Sequence[Row]) -> TieLog:
    """A log of (source, target, start, end, mutual) rows."""
    source, target, start, end, mutual = zip(*rows, strict=True) if rows else ([], [], [], [], [])
    return tie_log(actors, TieColumns(source, target, start, end, mutual=mutual))


def digraph(rows: Sequence[Row], window: Window) -> "nx.DiGraph[int]":
    """The window's directed pairs without self-ties, counted one row at a time."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    for source, target, start, end, mutual in rows:
        if source == target or not (start < window.last_exclusive and window.first < end and window.days):
            continue
        graph.add_edge(source, target)
        if mutual:
            graph.add_edge(target, source)
    return graph


ACTORS = "abcdefg"


@st.composite
def tie_rows(draw: st.DrawFn) -> list[Row]:
    """Up to twenty ties of any kind between seven actors, from day 0 to 30, some without an end."""
    actor, day = st.integers(0, len(ACTORS) - 1), st.integers(0, 30)
    return [
        (source, target, start, OPEN if length == 0 else start + length, mutual)
        for source, target, start, length, mutual in draw(
            st.lists(st.tuples(actor, actor, day, st.integers(0, 10), st.booleans()), max_size=20)
        )
    ]


windows = st.tuples(st.integers(-5, 45), st.integers(0, 20)).map(lambda span: Window(span[0], sum(span)))
