"""Plans over more pairs than memory holds: a few candidates each, and the proof that they were enough."""
