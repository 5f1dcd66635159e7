"""The numbers of one window, each with its definition."""
