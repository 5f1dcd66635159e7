"""Proposals in words."""
