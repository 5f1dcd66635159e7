"""Addresses that hold a whole question: read and written here, and nowhere else."""
