"""The heart of Baton: the graph, its rules and its numbers. Knows nothing of Flask or of file formats."""
