"""Programmes, and the openings they offer."""
