"""Which people have something in common on record."""
