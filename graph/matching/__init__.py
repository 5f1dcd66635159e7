"""Who fits an opening, how well and why: columns in, frozen results out. Knows no store and no driver.

`rosters` and `needs` hold the two sides, `eligibility` removes, `criteria` measure, `points` count, `ranking` puts
them together and `evidence` shows what lies behind. Days are ordinals (`date.toordinal()`), every period is half-open
`[first, until)`, and people, capabilities, languages, institutions and places are indexes the caller has given out.
"""
