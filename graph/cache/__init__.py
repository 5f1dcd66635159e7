"""What is costly to read or to make is kept in memory and on disk until what it was read from changes."""
