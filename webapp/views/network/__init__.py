"""The network through time: its map, its window, its questions and its files."""
