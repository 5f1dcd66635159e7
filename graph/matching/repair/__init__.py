"""A confirmed plan after a change: the best one that ends at most so many of its pairs."""
