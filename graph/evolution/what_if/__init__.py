"""What would change: losses when an actor goes, engagements without a successor, missing bridges."""
