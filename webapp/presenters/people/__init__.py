"""People and institutions in words."""
