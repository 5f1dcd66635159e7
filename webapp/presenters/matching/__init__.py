"""Suggestions for an opening in words."""
