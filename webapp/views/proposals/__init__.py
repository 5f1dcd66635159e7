"""Proposals, and who answers them."""
