"""Programmes in words."""
