"""Who shares a past with whom."""
