"""Answers to a proposal."""
