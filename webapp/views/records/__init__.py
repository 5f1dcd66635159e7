"""Records as they are stated: engagements, the search over everything, files taken in."""
