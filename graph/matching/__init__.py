"""Who fits an opening, how well and why: columns in, frozen results out. Knows no store and no driver.

`people` holds who there is and what openings ask, `scoring` removes, measures and ranks, `problem` says what a plan may
do, `solvers` make it, `sensitivity` answers what would change it, `repair` mends it, `large_scale` plans where pairs
are too many for memory. Days are ordinals (`date.toordinal()`), every period is half-open `[first, until)`, and people,
capabilities, languages, institutions and places are indexes the caller has given out.
"""
