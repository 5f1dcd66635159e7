"""Use cases with rules, one verb phrase each."""
