"""Files to take in."""
