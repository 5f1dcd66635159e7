"""The network through time in words, tables and pictures."""
