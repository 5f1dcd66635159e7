"""The bench, and the plans made on it."""
