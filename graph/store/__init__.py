"""Cypher and the short functions that run it, one module per subject."""
