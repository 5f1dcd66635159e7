"""Two windows beside each other, and whether a difference is news or late data entry."""
