"""Paths that never run against time: who could have learned what from whom by a day."""
