"""The heart of Baton: the graph, its rules and its numbers. Knows nothing of Flask or of file formats."""

VERSION = "0.1.0"
"""Of the program; what it writes for others says by which version it was written."""
