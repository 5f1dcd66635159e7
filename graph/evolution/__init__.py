"""The network through time: arrays in, frozen results out, no store and no page.

`tie_log` builds the log; `collapse` sees it from further away; `yearly` and its like cut time into windows;
`measure` counts one window and `DEFINITIONS` says what the numbers mean; `earliest_arrival` follows know-how
forward in time; `stable_layout` gives every actor one place for all years.

>>> from datetime import date
>>> began = day_of(date(2019, 3, 1))
>>> log = tie_log(["ana", "ben"], TieColumns(source=[0], target=[1], start=[began], end=[OPEN]))
>>> [(str(seen.window), seen.ties) for seen in measure_all(log, yearly(2018, 2020))]
[('2018', 0), ('2019', 1), ('2020', 1)]
"""

from graph.evolution.layout import QUANTUM, kept_layout, quantised, stable_layout
from graph.evolution.log.collapse import Collapsed, collapse
from graph.evolution.log.ties import (
    OPEN,
    TieColumns,
    TieLog,
    TieNames,
    tie_log,
)
from graph.evolution.log.windows import (
    STEPS,
    Snapshot,
    Window,
    active,
    cumulative,
    daily,
    date_of,
    day_of,
    monthly,
    quarterly,
    rolling,
    snapshot,
    yearly,
)
from graph.evolution.measures.brokers import Betweenness, betweenness, constraint
from graph.evolution.measures.communities import (
    ALONE,
    CommunityGeneration,
    Event,
    Fate,
    Partition,
    descend,
    generations,
    partition,
)
from graph.evolution.measures.concentration import Concentration, concentration
from graph.evolution.measures.definitions import DEFINITIONS, Definition
from graph.evolution.measures.measures import (
    MEASURES,
    Known,
    Ranked,
    Sheet,
    Strength,
    WindowMeasures,
    chosen_measures,
    component_sizes,
    least_constrained,
    measure,
    measure_all,
    ranked,
    reciprocity,
    strength,
)
from graph.evolution.measures.mixing import ActorGroups, Mixing, mixing
from graph.evolution.measures.turnover import turnover
from graph.evolution.paths.paths import (
    Arrivals,
    Hop,
    earliest_arrival,
    path_to,
)

__all__ = [
    "ALONE",
    "DEFINITIONS",
    "MEASURES",
    "OPEN",
    "QUANTUM",
    "STEPS",
    "ActorGroups",
    "Arrivals",
    "Betweenness",
    "Collapsed",
    "CommunityGeneration",
    "Concentration",
    "Definition",
    "Event",
    "Fate",
    "Hop",
    "Known",
    "Mixing",
    "Partition",
    "Ranked",
    "Sheet",
    "Snapshot",
    "Strength",
    "TieColumns",
    "TieLog",
    "TieNames",
    "Window",
    "WindowMeasures",
    "active",
    "betweenness",
    "chosen_measures",
    "collapse",
    "component_sizes",
    "concentration",
    "constraint",
    "cumulative",
    "daily",
    "date_of",
    "day_of",
    "descend",
    "earliest_arrival",
    "generations",
    "kept_layout",
    "least_constrained",
    "measure",
    "measure_all",
    "mixing",
    "monthly",
    "partition",
    "path_to",
    "quantised",
    "quarterly",
    "ranked",
    "reciprocity",
    "rolling",
    "snapshot",
    "stable_layout",
    "strength",
    "tie_log",
    "turnover",
    "yearly",
]
