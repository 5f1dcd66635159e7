"""Accounts, and what a person decides about themselves."""
