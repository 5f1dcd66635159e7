"""The network through time: arrays in, frozen results out, no store and no page.

`tie_log` builds the log; `yearly` and its like cut time into windows;
`measure` counts one window and `DEFINITIONS` says what the numbers mean; `earliest_arrival` follows know-how
forward in time; `stable_layout` gives every actor one place for all years.

>>> from datetime import date
>>> from graph.evolution.log.ties import OPEN, TieColumns, tie_log
>>> from graph.evolution.log.windows import day_of, yearly
>>> from graph.evolution.measures.measures import measure_all
>>> began = day_of(date(2019, 3, 1))
>>> log = tie_log(["ana", "ben"], TieColumns(source=[0], target=[1], start=[began], end=[OPEN]))
>>> [(str(seen.window), seen.ties) for seen in measure_all(log, yearly(2018, 2020))]
[('2018', 0), ('2019', 1), ('2020', 1)]
"""
